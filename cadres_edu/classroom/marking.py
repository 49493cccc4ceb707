"""Every answer marked by the one rule, each distinct answer once; what a file claims of its answers is not believed.

Adds to the database `pairs` (pair, slot, answer, result), each distinct answer to a closed question or to the survey,
and `attempts` (who, slot, tries, first, last, place): the pairs of a learner's first answer ever and of their last
since they last started over (null if none), and the place of that last answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cadres_edu import questions
from cadres_edu.classroom.course import Course, Slot
from cadres_edu.classroom.database import Connection, insert, rows
from cadres_edu.classroom.findings import Finding, counted
from cadres_edu.classroom.intake import Intake
from cadres_edu.question_kinds import Open

_BATCH = 20_000
OPEN = -1  # the pair of an open answer, which isn't marked

_PAIRS = """
CREATE TABLE found AS
SELECT (row_number() OVER (ORDER BY slot, answer) - 1)::INTEGER AS pair, slot, answer
FROM (SELECT DISTINCT slot, answer FROM entries WHERE slot IN (SELECT unnest(?::SMALLINT[])))
"""
_MARKED = "CREATE TABLE pairs AS SELECT pair, slot, answer, result FROM found JOIN marks USING (pair)"
_GIVEN = f"""
CREATE TABLE given AS
SELECT ord, file, entries.who, entries.slot, coalesce(pair, {OPEN}) AS pair, ord > over AS current,
    entries.result <> coalesce(pairs.result, 'open') AS contradicts
FROM entries JOIN people USING (who)
LEFT JOIN pairs ON entries.slot = pairs.slot AND entries.answer IS NOT DISTINCT FROM pairs.answer
WHERE entries.slot IS NOT NULL
"""
# Place and pair in one number: the least is then the first answer, the greatest the last.
_ATTEMPTS = """
CREATE TABLE attempts AS
SELECT who, slot, tries, (early & 4294967295) - 1 AS first, (late & 4294967295) - 1 AS last, late >> 32 AS place
FROM (
    SELECT who, slot, count(*) AS tries, min(packed) AS early, max(packed) FILTER (current) AS late
    FROM (SELECT who, slot, current, ord * 4294967296 + pair + 1 AS packed FROM given) GROUP BY who, slot
)
"""


def mark(db: Connection, course: Course, intake: Intake) -> list[Finding]:
    """Fill the tables; the files whose claims aren't those of the rule are returned."""
    marked = [slot.number for slot in course.slots if not isinstance(slot.question, Open)]
    db.execute(_PAIRS, [marked])
    db.execute("CREATE TABLE marks (pair INTEGER, result VARCHAR)")
    batch: list[tuple[int, str]] = []
    for pair, slot, answer in rows(db, "SELECT pair, slot, answer FROM found"):
        batch.append((pair, _result(course.slots[slot], answer)))
        if len(batch) == _BATCH:
            _keep(db, batch)
    _keep(db, batch)
    for sql in (_MARKED, _GIVEN, _ATTEMPTS):
        db.execute(sql)
    return list(_contradictions(db, intake))


def read(answer: str | None) -> Any:
    """The answer that a JSON text states; None for one that no reader takes, such as one nested without end."""
    try:
        return None if answer is None else json.loads(answer)
    except (ValueError, RecursionError):
        return None


def _result(slot: Slot, answer: str | None) -> str:
    return questions.mark(slot.question, read(answer))


def _keep(db: Connection, batch: list[tuple[int, str]]) -> None:
    if batch:
        insert(db, "marks", [list(column) for column in zip(*batch, strict=True)])
        batch.clear()


def _contradictions(db: Connection, intake: Intake) -> Iterator[Finding]:
    sql = "SELECT file, count(*) FROM given WHERE contradicts GROUP BY file ORDER BY file"
    for file, number in rows(db, sql):
        said = counted(number, "answer claims", "answers claim")
        yield Finding(intake.files[file].name, f"{said} another mark than the rule gives: the rule's mark counts")
