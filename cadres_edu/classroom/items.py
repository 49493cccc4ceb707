"""Each closed question as an item of a test: who had it right at first, whom it sets apart, what drew the others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from cadres_edu.classroom import measures
from cadres_edu.classroom.course import Course
from cadres_edu.classroom.database import Connection, rows
from cadres_edu.classroom.marking import read
from cadres_edu.marking import close, normalise, read_number
from cadres_edu.markup import plain
from cadres_edu.portfolio import answers
from cadres_edu.question_kinds import Choice, Gap, Match, Number, Option, Order, Question, Several


@dataclass(frozen=True, slots=True)
class Drawn:
    """What drew learners who weren't right: in words, the mistake it stands for, what the course says to it."""

    words: str
    misconception: str = ""
    feedback: str = ""


@dataclass(slots=True)
class Item:
    """A question's first attempts: learners by mark, what drew how many, and its discrimination over `paired`
    learners (None where it can't be said)."""

    question: Question
    marks: Counter[str] = field(default_factory=Counter)
    drawn: Counter[Drawn] = field(default_factory=Counter)
    discrimination: float | None = None
    paired: int = 0

    @property
    def answered(self) -> int:
        """How many learners answered."""
        return self.marks.total()

    @property
    def share(self) -> float:
        """The share right, from 0 to 1, of those who answered: the item's difficulty, high where it is easy."""
        return self.marks["right"] / self.answered

    @property
    def share_bounds(self) -> measures.Interval:
        """The interval of the share right."""
        return measures.proportion(self.marks["right"], self.answered)

    @property
    def bounds(self) -> measures.Interval | None:
        """The interval of the discrimination; None where there is none."""
        return None if self.discrimination is None else measures.correlation(self.discrimination, self.paired)

    @property
    def broken(self) -> bool:
        """Whether those who know more have it wrong more often, beyond what chance explains."""
        return self.bounds is not None and self.bounds[1] < 0


def analyse(db: Connection, course: Course) -> list[Item]:
    """The items that anybody answered, in the order of the course."""
    items = {slot.number: Item(slot.question) for slot in course.closed()}
    sql = """SELECT pairs.slot, pairs.answer, pairs.result, learners FROM pairs
        JOIN (SELECT first, count(*) AS learners FROM attempts GROUP BY first) ON first = pair ORDER BY pair"""
    for slot, answer, result, learners in rows(db, sql):
        if slot in items:
            items[slot].marks[result] += learners
            if result != "right":
                for one in dict.fromkeys(drawn(items[slot].question, read(answer))):
                    items[slot].drawn[one] += learners
    for slot, coefficient, paired in _discriminations(db, list(items)):
        items[slot].discrimination, items[slot].paired = coefficient, paired
    return [item for item in items.values() if item.answered]


def _discriminations(db: Connection, slots: list[int]) -> Iterator[tuple[int, float | None, int]]:
    """The corrected point-biserial of each slot: the correlation of right (1) or not (0) at first with the rest score.

    The rest score is the share right among the learner's other first answers, so that nobody's place in the course
    counts as skill; where all answered all, it orders learners as the sum does. The item is left out of its own score:
    Henrysson (1963), “Correction of item-total correlations in item analysis”, Psychometrika 28(2), 211–218. Learners
    with fewer than five other answers are left out, and items with fewer than 26 learners have none (`measures`).
    """
    sql = """
    WITH scored AS (
        SELECT who, attempts.slot, (result = 'right')::INTEGER AS hit FROM attempts JOIN pairs ON first = pair
        WHERE attempts.slot IN (SELECT unnest(?::SMALLINT[]))
    ), totals AS (SELECT who, sum(hit)::INTEGER AS hits, count(*)::INTEGER AS given FROM scored GROUP BY who)
    SELECT slot, corr(hit, (hits - hit) / (given - 1)), count(*)
    FROM scored JOIN totals USING (who) WHERE given > ? GROUP BY slot
    """
    for slot, coefficient, paired in rows(db, sql, [slots, measures.FEWEST_OTHERS]):
        known = paired >= measures.FEWEST_FOR_DISCRIMINATION and coefficient is not None and math.isfinite(coefficient)
        yield slot, coefficient if known else None, paired


Parts: TypeAlias = Iterator[Drawn]


def drawn(question: Question, answer: Any) -> list[Drawn]:
    """What an answer that isn't right was drawn by: wrong options, places filled wrongly, a number that is known."""
    try:
        found = list(_drawn(question, answer))
    except (TypeError, KeyError, AttributeError, ValueError):
        found = []
    return found or [Drawn("Something else")]


def _drawn(question: Question, answer: Any) -> Parts:
    match question:
        case Choice():
            yield from (_option(one) for one in question.options if one.id == answer)
        case Several():
            yield from (_option(one) for one in question.options if one.id in answer and not one.right)
            missed = [one for one in question.options if one.right and one.id not in answer]
            yield from (Drawn(f"Left unticked: {plain(one.text)}", "", plain(one.feedback)) for one in missed)
        case Number():
            value = read_number(answer, question.unit)
            known = (one for one in question.options if value is not None and close(value, one.value))
            yield from (_option(one, question.unit) for one in known)
        case Order():
            yield Drawn(f"In the order: {answers.in_words(question, answer)}")
        case Match():
            yield from _sides(question, answer)
        case Gap():
            yield from _gaps(question, answer)


def _option(one: Option, unit: str = "") -> Drawn:
    words = f"{plain(one.text)} {unit}".strip() if unit not in plain(one.text) else plain(one.text)
    return Drawn(words, one.misconception, plain(one.feedback))


def _sides(question: Match, answer: dict[str, str]) -> Parts:
    sides = {side.id: plain(side.text) for side in question.right}
    for left in question.options:
        given = answer.get(left.id)
        if given and given != left.match:
            yield Drawn(f"{plain(left.text)} → {sides[given]}", left.misconception, plain(left.feedback))


def _gaps(question: Gap, answer: dict[str, str]) -> Parts:
    for gap in question.gaps:
        given = normalise(answer.get(gap.id) or "")
        for wrong in gap.wrong:
            if given in map(normalise, wrong.texts):
                yield Drawn(wrong.texts[0], wrong.misconception, plain(wrong.feedback))
