"""What learners wrote to open questions, and the rule by which a page shows some where there are too many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cadres_edu.classroom.course import Course, Slot
from cadres_edu.classroom.database import Connection, rows
from cadres_edu.classroom.findings import clean
from cadres_edu.classroom.marking import read
from cadres_edu.portfolio import answers
from cadres_edu.question_kinds import Open

MOST = 200  # learners, or answers to one question, on the page
RULE = (
    f"Past {MOST}, the page shows every k-th in the order of the learners' ids, beginning with the first, where k is "
    f"the least number that leaves {MOST} or fewer. The ids were made at random, so the rule favours nobody, and the "
    "same files give the same choice."
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A learner's last answer to an open question, as it was written."""

    slot: Slot
    name: str
    code: str
    text: str


def step(number: int) -> int:
    """The k of the rule: each k-th of `number` is shown."""
    return max(1, -(-number // MOST))


def counts(db: Connection, course: Course) -> dict[int, int]:
    """How many answered each open question, by the number of its slot."""
    sql = """SELECT slot, count(*) FROM attempts WHERE last IS NOT NULL AND slot IN (SELECT unnest(?::SMALLINT[]))
        GROUP BY slot ORDER BY slot"""
    return dict(rows(db, sql, [_open(course)]))


def every(db: Connection, course: Course, *, sampled: bool) -> Iterator[Answer]:
    """The answers by question and name: all, or those that the rule puts on the page."""
    sql = """
    WITH placed AS (
        SELECT attempts.slot, attempts.place, labels.name, labels.code,
            row_number() OVER (PARTITION BY attempts.slot ORDER BY labels.place) - 1 AS n,
            count(*) OVER (PARTITION BY attempts.slot) AS total
        FROM attempts JOIN labels USING (who)
        WHERE last IS NOT NULL AND attempts.slot IN (SELECT unnest(?::SMALLINT[]))
    )
    SELECT placed.slot, name, code, answer FROM placed JOIN entries ON entries.ord = placed.place
    WHERE NOT ? OR n % greatest(1, ceil(total / ?)::INTEGER) = 0
    ORDER BY placed.slot, lower(name), code
    """
    for slot, name, code, answer in rows(db, sql, [_open(course), sampled, MOST]):
        yield Answer(course.slots[slot], name, code, clean(answers.raw(read(answer))))


def _open(course: Course) -> list[int]:
    return [slot.number for slot in course.slots if isinstance(slot.question, Open)]
