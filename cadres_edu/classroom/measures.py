"""The formulas of the report, as pure functions; each names its source."""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

CONFIDENCE = 0.95
_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)

# Below this many answers no discrimination is shown. Of an item that discriminates not at all, the coefficient strays
# from 0 with a standard error of 1/√(n − 1) (Crocker & Algina 1986, Introduction to Classical and Modern Test Theory,
# ch. 14); twice that is at most 0.40, from which on Ebel & Frisbie (1991, Essentials of Educational Measurement, 5th
# ed., ch. 13) call an item very good, only from 26 answers on. Kromrey & Bacon (1992, ERIC ED348378) measured for 5 to
# 160 examinees how far the corrected coefficient strays.
FEWEST_FOR_DISCRIMINATION = 26
FEWEST_OTHERS = 5  # other answers that a rest score is made of at least
FEWEST_FOR_GAIN = 10  # learners, below which a gain has no interval
FEWEST_FOR_GUESSING = 20  # choice questions, below which a learner is not held against guessing

Interval = tuple[float, float]


def proportion(right: int, answered: int) -> Interval:
    """The interval, from 0 to 1, in which the share right of all such learners lies with 95 per cent confidence.

    Wilson (1927), “Probable inference, the law of succession, and statistical inference”, Journal of the American
    Statistical Association 22(158), 209–212; it holds for few answers too. ValueError without an answer.
    """
    if answered < 1:
        raise ValueError("no answers, so no proportion")
    share, weight = right / answered, _Z**2 / answered
    middle = (share + weight / 2) / (1 + weight)
    half = math.sqrt(share * (1 - share) * weight + weight**2 / 4) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)


def correlation(coefficient: float, pairs: int) -> Interval:
    """The 95 per cent interval of a correlation, from −1 to 1.

    Fisher (1921), “On the ‘probable error’ of a coefficient of correlation deduced from a small sample”, Metron 1,
    3–32. ValueError for fewer than four pairs, which it can't be reckoned from.
    """
    if pairs < 4:
        raise ValueError(f"{pairs} pairs are too few for an interval")
    if abs(coefficient) >= 1:
        return coefficient, coefficient
    centre, half = math.atanh(coefficient), _Z / math.sqrt(pairs - 3)
    return math.tanh(centre - half), math.tanh(centre + half)


def gain_error(gain: float, pairs: int, left: int, squares: tuple[int, int, int]) -> float:
    """The standard error of a class's normalised gain, a number without a unit.

    The gain is a ratio of two sums over `pairs` learners: of d, how many more questions each had right at the end, to
    m, how many each had left to gain (`left` in all); `squares` are the sums of d², d·m and m². Its error is that of a
    ratio: Cochran (1977), Sampling Techniques, 3rd ed., section 2.11. ValueError for fewer than two learners, or where
    nothing was left to gain.
    """
    if pairs < 2 or left <= 0:
        raise ValueError("a ratio's error takes two learners and something left to gain")
    dd, dm, mm = squares
    spread = max(0.0, dd - 2 * gain * dm + gain**2 * mm) / (pairs - 1)
    return math.sqrt(spread * pairs) / left


@cache
def student(freedom: int) -> float:
    """How many standard errors the 95 per cent interval reaches to each side, with `freedom` degrees of freedom.

    The expansion of Student's t in the normal quantile: Abramowitz & Stegun (1964), Handbook of Mathematical
    Functions, 26.7.5; right to 0.001 from nine degrees on.
    """
    z = _Z
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )


def by_guessing(right: int, choices: tuple[int, ...]) -> float:
    """The chance, from 0 to 1, of at least `right` right answers by blind guessing, given how many options each
    question had (sorted): the upper tail of a sum of unlike trials, which is binomial where all are alike.
    """
    return sum(_guessed(choices)[right:])


@cache
def _guessed(choices: tuple[int, ...]) -> tuple[float, ...]:
    chances = [1.0]
    for options in choices:
        hit = 1 / options
        chances = [stay * (1 - hit) + come * hit for stay, come in zip([*chances, 0.0], [0.0, *chances], strict=True)]
    return tuple(chances)
