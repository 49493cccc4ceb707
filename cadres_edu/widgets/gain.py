"""The survey before the course and after it, question by question, and what the difference can and can't mean."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from cadres_edu import markup, questions
from cadres_edu.cards import marked
from cadres_edu.models import gain as model
from cadres_edu.question_kinds import Choice
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

TITLE = "Before and after"
ABOUT = (
    "What you believed at the start and at the end, beside the answer that the course's evidence bears out best. Only "
    "questions that you answered both times are counted."
)
CANNOT = (
    "What this can't tell: whether the course did it. You are one person, there is nobody to compare you with who did "
    "not take the course, and you have seen the same questions before. Ten questions are few: one lucky guess moves "
    "the gain by a tenth or more. And an answer that fits our evidence is not yet understanding."
)
MISSING = {
    "start": "The survey at the start isn't answered yet. It stands in lesson 00.",
    "end": "The survey at the end isn't answered yet. Answer it above, and this fills by itself.",
}


def asked() -> list[Choice]:
    """The survey's questions that have one best-supported answer."""
    return [one for one in questions.load("00-start-here") if one.survey and isinstance(one, Choice)]


def gain() -> Thing:
    """Both surveys side by side, the gain, and what it can't mean; alive while the survey is answered."""
    found = asked()
    data: dict[str, Any] = {"title": TITLE, "about": ABOUT, "cannot": CANNOT, "missing": MISSING}
    data["questions"] = [
        {
            "id": one.id,
            "prompt": [markup.as_json(part) for part in one.prompt],
            "options": {option.id: markup.as_json(option.text) for option in one.options},
            "best": best(one),
        }
        for one in found
    ]
    asks = [f"{one.id}@{occasion}" for one in found for occasion in ("start", "end")]
    return Thing("gain", "10/gain", data, _reading(found), _static(found), asks=asks)


def best(one: Choice) -> str:
    """The id of the answer that the evidence bears out best."""
    return next(option.id for option in one.options if option.right)


def in_words(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """What two takings of the survey come to, each given as answers by question id: the sentences of the page."""
    if lacks := [MISSING[name] for name, given in (("start", before), ("end", after)) if not given]:
        return lacks
    both = [one for one in asked() if one.id in before and one.id in after]
    if not both:
        return ["No question was answered both times yet."]
    pairs = [(before[one.id] == best(one), after[one.id] == best(one)) for one in both]
    first, then = sum(was for was, _ in pairs), sum(now for _, now in pairs)
    said = f"Answered both times: {len(both)}. Best supported at the start: {first}, at the end: {then}."
    return [said, _share(first, then, len(both)), _chance(pairs)]


def _share(first: int, then: int, most: int) -> str:
    share = model.normalised(first, then, most)
    if share is None:
        return "The gain can't be reckoned: at the start nothing was left to gain."
    sign = "−" if share < 0 else ""
    sum_ = f"({then} − {first}) / ({most} − {first})"
    size = _rounded(100 * abs(share)) / 100
    return f"Normalised gain: {sum_} = {sign}{size:.2f}. It is the share gained of what was left to gain."


def _chance(pairs: list[tuple[bool, bool]]) -> str:
    better, worse = pairs.count((False, True)), pairs.count((True, False))
    chance = model.by_guessing(better, worse)
    if chance is None:
        return "No answer changed between fitting the evidence and not fitting it, so there is no rise to explain."
    return (
        f"To the better changed {better}, to the worse {worse}. Had all of these been guesses both times, at least "
        f"{better} would change to the better in {_rounded(100 * chance)} of 100 such cases. A small number speaks "
        "against mere guessing, and for nothing in particular."
    )


def _rounded(value: float) -> int:
    """The nearest whole number, halves upwards as in the page."""
    return math.floor(value + 0.5)


def _words(one: Choice) -> str:
    return " ".join(map(markup.plain, one.prompt))


def _reading(found: list[Choice]) -> str:
    rows = [f"   {_words(one)}" for one in found]
    return "\n".join([TITLE, ABOUT, *rows, *in_words({}, {}), CANNOT])


def _static(found: list[Choice]) -> str:
    """Both times side by side, to be filled in from the two sheets."""
    rows = [(marked(_words(one)), "", "") for one in found]
    table = paper.table(("Question", "At the start", "At the end"), rows)
    return paper.sheet(TITLE, paper.paragraphs(ABOUT), table, paper.paragraphs(CANNOT))
