"""The reporting chain: how a harvest grows on its way up, and what the claim leaves in the village.

A teaching model, not a reconstruction: every level adds one share, the state takes one rate of the figure that reaches
it, and the country is one village. Harvest, procurement, resales, seed and feed are in million tonnes a year, rural
population in millions, shares and rates are fractions (0.1 is a tenth). Nothing here is taken from the evidence: what
goes in, and on which basis, is the caller's to say.
"""

import math
from collections.abc import Sequence
from itertools import accumulate

LEVELS = ("team", "commune", "county", "province", "centre")
_KG_OF_A_TONNE = 1000.0
_GRAMS_OF_A_KG = 1000.0
_DAYS = 365.0


def climb(harvest: float, shares: Sequence[float]) -> tuple[float, ...]:
    """The figure that each level passes up, lowest level first, in million tonnes.

    figure(n) = harvest x (1 + share(1)) x ... x (1 + share(n)), with one share a level: 0.1 adds a tenth to the figure
    received, -0.1 takes a tenth away. Plain compound growth, our own model of the chain. ValueError when the harvest is
    negative, a share lies below -1, or a number is not finite.
    """
    _at_least(0, harvest, "the harvest, in million tonnes,")
    for number, share in enumerate(shares, start=1):
        _at_least(-1, share, f"the share of level {number}, as a fraction,")
    return tuple(accumulate(shares, lambda figure, share: figure * (1 + share), initial=harvest))[1:]


def reported(harvest: float, shares: Sequence[float]) -> float:
    """The figure that reaches the top, in million tonnes: the last of `climb`, or the harvest where there is no level.

    reported = harvest x product of (1 + share). Errors as in `climb`.
    """
    return (harvest, *climb(harvest, shares))[-1]


def procurement(rate: float, reported: float) -> float:
    """The quota, in million tonnes: what the state means to take of the figure that was reported to it.

    procurement = rate x reported, gross (before anything is sold back); our own simplification of a plan that was
    bargained over. ValueError when the rate is not between 0 and 1, or the figure is negative or not finite.
    """
    _at_least(0, rate, "the procurement rate, as a fraction,")
    if rate > 1:
        raise ValueError(f"the procurement rate, as a fraction, must be at most 1, not {rate}: 25 per cent is 0.25")
    _at_least(0, reported, "the reported figure, in million tonnes,")
    return rate * reported


def left_in_the_village(harvest: float, procurement: float, resales: float, seed_and_feed: float) -> float:
    """Grain left for the countryside to eat, in million tonnes a year; below zero when the quota asks for more than
    there is.

    left = harvest - procurement + resales - seed and feed: plain bookkeeping, with gross procurement and what the state
    sold back to villages. All four must stand on one basis (unhusked or husked, calendar or grain year). ValueError
    when one is negative or not finite.
    """
    for name, amount in (("harvest", harvest), ("procurement", procurement), ("resales", resales)):
        _at_least(0, amount, f"the {name}, in million tonnes,")
    _at_least(0, seed_and_feed, "seed and feed, in million tonnes,")
    return harvest - procurement + resales - seed_and_feed


def left_per_head(
    harvest: float, procurement: float, resales: float, seed_and_feed: float, rural_population: float
) -> float:
    """Grain left for each person in the countryside, in kg a year; below zero as in `left_in_the_village`.

    left per head = (harvest - procurement + resales - seed and feed) / rural population. A million tonnes for a million
    people is 1,000 kg each. ValueError as in `left_in_the_village`, and when the population, in millions, is not above
    zero.
    """
    if not (math.isfinite(rural_population) and rural_population > 0):
        raise ValueError(f"the rural population, in millions, must be a number above 0, not {rural_population}")
    left = left_in_the_village(harvest, procurement, resales, seed_and_feed)
    return left * _KG_OF_A_TONNE / rural_population


def grams_a_day(kg_a_year: float) -> float:
    """Grams a day from kg a year: kg x 1,000 / 365."""
    return kg_a_year * _GRAMS_OF_A_KG / _DAYS


def even_share(ratio: float, levels: int = len(LEVELS)) -> float:
    """The share that each of `levels` adds, all alike, for claimed / true to come to `ratio`, as a fraction.

    share = ratio^(1 / levels) - 1: what `climb` compounds, taken apart again. ValueError when the ratio is not above
    zero or not finite, or there is no level.
    """
    if not (math.isfinite(ratio) and ratio > 0):
        raise ValueError(f"the ratio of claimed to true must be a number above 0, not {ratio}")
    if levels < 1:
        raise ValueError(f"a chain has at least one level, not {levels}")
    return float(ratio ** (1 / levels)) - 1


def _at_least(least: float, number: float, what: str) -> None:
    if not (math.isfinite(number) and number >= least):
        raise ValueError(f"{what} must be a number of at least {least}, not {number}")
