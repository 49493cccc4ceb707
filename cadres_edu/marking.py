"""The rule by which an answer is marked; the page has the same, and `tests/marking_cases.json` holds them together."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection

from cadres_edu.question_kinds import Choice, Gap, Match, Number, Open, Order, Question, Result, Several

# Written out, because \s, \d and case-folding are not the same in Python and in JavaScript; NFKC has made plain spaces
# of the rest.
_SPACES = re.compile("[\t\n\v\f\r \u1680\u200b\u2028\u2029\ufeff]+")
_NUMBER = re.compile(r"([-+\u2212]?)([0-9]+|[0-9]{1,3}(?:[, ][0-9]{3})+)(\.[0-9]+)?")
_NOISE = 1e-9  # 0.1 + 0.2 is not 0.3: an answer on the very edge of the tolerance is inside


def mark(question: Question, answer: object) -> Result:
    """`right`, `part`, `wrong` or `open`; an answer of another shape than the question's kind takes is `wrong`."""
    match question:
        case Open():
            return "open"
        case Choice():
            return _right(any(option.right and option.id == answer for option in question.options))
        case Several():
            return _mark_several(question, answer)
        case Number():
            value = read_number(answer, question.unit)
            return _right(value is not None and close(value, question.answer, question.tolerance))
        case Order():
            return _mark_order([option.id for option in question.options], answer)
        case Match():
            fits = {left.id: left.match for left in question.options}
            return _mark_places(answer, fits, lambda place, given: given == fits[place])
        case Gap():
            accepted = {gap.id: {normalise(text) for text in gap.accepted.texts} for gap in question.gaps}
            return _mark_places(answer, accepted, lambda place, given: normalise(given) in accepted[place])
    raise TypeError(f"no rule for {type(question).__name__}")


def normalise(text: str) -> str:
    """The text as it is compared: compatible forms made one, lower case, single spaces, none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).lower()).strip(" ")


def read_number(answer: object, unit: str = "") -> float | None:
    """The number that an answer states, or None; `7,118`, `7 118`, `２８` and `28 days` (its own unit) are read."""
    if isinstance(answer, str):
        text = normalise(answer).removesuffix(normalise(unit)).strip(" ")
        found = _NUMBER.fullmatch(text)
        if not found:
            return None
        sign = "" if found[1] in ("", "+") else "-"
        answer = float(sign + found[2].replace(",", "").replace(" ", "") + (found[3] or ""))
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return None
    try:
        value = float(answer)
    except OverflowError:
        return None
    return value if math.isfinite(value) else None


def close(value: float, target: float, tolerance: float = 0) -> bool:
    """Whether value lies within the tolerance of target, allowing for the noise of binary fractions."""
    return abs(value - target) <= tolerance + _NOISE * max(1.0, abs(target))


def _right(right: bool) -> Result:
    return "right" if right else "wrong"


def _mark_several(question: Several, answer: object) -> Result:
    if not isinstance(answer, list) or not all(isinstance(id, str) for id in answer):
        return "wrong"
    right = {option.id for option in question.options if option.right}
    given = set(answer)
    if given == right:
        return "right"
    return "part" if given and given < right else "wrong"


def _mark_order(right: list[str], answer: object) -> Result:
    if answer == right:
        return "right"
    for first in range(len(right) - 1):
        swapped = right.copy()
        swapped[first : first + 2] = [right[first + 1], right[first]]
        if answer == swapped:
            return "part"
    return "wrong"


def _mark_places(answer: object, places: Collection[str], fits: Callable[[str, str], bool]) -> Result:
    """The mark of an answer that gives each place a text; a place given None or a blank text is still open."""
    if not isinstance(answer, dict) or not all(place in places for place in answer):
        return "wrong"
    given = {place: text for place, text in answer.items() if text is not None}
    if not all(isinstance(text, str) for text in given.values()):
        return "wrong"
    filled = {place: text for place, text in given.items() if normalise(text)}
    if not filled or not all(fits(place, text) for place, text in filled.items()):
        return "wrong"
    return "right" if len(filled) == len(places) else "part"
