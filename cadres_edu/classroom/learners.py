"""Each learner: how far they came, how much was right, when and for how long they worked."""

from __future__ import annotations

import datetime as dt
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cadres_edu.classroom import measures
from cadres_edu.classroom.course import Course
from cadres_edu.classroom.database import Connection, insert, rows
from cadres_edu.classroom.findings import label
from cadres_edu.question_kinds import Choice

BREAK = 10  # minutes; a longer gap between two lines counts as a break, and not as work
LATE = 7  # days after the day by which half the class had begun
POINTS = {"right": 1.0, "part": 0.5}
NAME = 80  # characters shown of a name

_POINTS = " ".join(f"WHEN '{result}' THEN {points}" for result, points in POINTS.items())
# What is done counts since a learner last started over, as in the lessons; minutes were spent all the same.
_STANDING = f"""
CREATE TABLE standing AS
SELECT attempts.who, lesson, count(*)::INTEGER AS done,
    sum(CASE WHEN closed THEN CASE pairs.result {_POINTS} ELSE 0 END END)::DOUBLE AS points
FROM attempts JOIN asked ON asked.slot = attempts.slot LEFT JOIN pairs ON pairs.pair = attempts.last
WHERE attempts.last IS NOT NULL GROUP BY ALL
"""
_MINUTES = f"""
CREATE TABLE minutes AS
SELECT who, lesson, sum(gap) / 60 AS minutes FROM (
    SELECT who, lesson, epoch("at" - lag("at") OVER (PARTITION BY who ORDER BY "at", ord)) AS gap
    FROM entries WHERE "at" IS NOT NULL AND lesson IS NOT NULL
) WHERE gap <= {60 * BREAK} GROUP BY ALL
"""
_FIRST = """
CREATE TABLE first_marks AS
SELECT who, count(*)::INTEGER AS given, sum((result = 'right')::INTEGER)::INTEGER AS hits,
    sum((result = 'right' AND options > 0)::INTEGER)::INTEGER AS guessable,
    list(options ORDER BY options) FILTER (options > 0) AS choices
FROM attempts JOIN pairs ON pair = first JOIN asked ON asked.slot = attempts.slot WHERE closed GROUP BY who
"""
_SPANS = """
CREATE TABLE spans AS
SELECT who, min("at") FILTER (slot IS NOT NULL) AS begun, max("at") FILTER (slot IS NOT NULL) AS ended
FROM entries GROUP BY who
"""


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner; by lesson, in the order of the course: questions answered, points, minutes (None: nothing there).

    `first_right` of `first_given` closed questions were right at the first attempt; `guessing` is the chance of as many
    right choices by blind guessing, None where there are too few.
    """

    name: str
    code: str
    files: int
    begun: dt.datetime | None
    ended: dt.datetime | None
    done: tuple[int, ...]
    points: tuple[float | None, ...]
    minutes: tuple[float | None, ...]
    first_given: int
    first_right: int
    guessing: float | None


def prepare(db: Connection, course: Course, anonymous: bool) -> None:
    """Make the tables that the learners are read from; anonymous ones are numbered by lot, anew at every run."""
    asked = [slot for lesson in course.titles for slot in course.asked(lesson)]
    db.execute("CREATE TABLE asked (slot SMALLINT, lesson VARCHAR, closed BOOLEAN, options INTEGER)")
    columns: list[list[Any]] = [
        [slot.number for slot in asked],
        [slot.lesson for slot in asked],
        [slot.closed for slot in asked],
    ]
    options = [len(slot.question.options) if isinstance(slot.question, Choice) else 0 for slot in asked]
    insert(db, "asked", [*columns, options])
    for sql in (_STANDING, _MINUTES, _FIRST, _SPANS):
        db.execute(sql)
    db.execute("CREATE TABLE labels (who INTEGER, name VARCHAR, code VARCHAR, place INTEGER)")
    people = list(rows(db, "SELECT who, name, code FROM people ORDER BY code"))
    named = _by_lot(len(people)) if anonymous else _by_name([(name, code) for _, name, code in people])
    if people:
        places = list(range(len(people)))
        insert(db, "labels", [[who for who, *_ in people], *map(list, zip(*named, strict=True)), places])


def _by_name(people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names as they are shown; two of one name are told apart by their ids."""
    shown = [(label(name, NAME), label(code)) for name, code in people]
    often = Counter(name for name, _ in shown)
    return [(name if often[name] == 1 and name else f"{name or 'No name'} ({code})", code) for name, code in shown]


def _by_lot(number: int) -> list[tuple[str, str]]:
    lots = list(range(1, number + 1))
    secrets.SystemRandom().shuffle(lots)
    return [(f"Learner {lot:0{len(str(number))}}", f"{lot:0{len(str(number))}}") for lot in lots]


def every(db: Connection, course: Course) -> Iterator[Learner]:
    """All learners by name."""
    lessons = list(course.titles)
    standing, minutes = _by_lesson(("done", "points"), lessons), _by_lesson(("minutes",), lessons)
    sql = f"""
    SELECT labels.name, labels.code, files, begun, ended, coalesce(given, 0), coalesce(hits, 0), guessable, choices,
        {", ".join([*standing, *minutes])}
    FROM people JOIN labels USING (who) LEFT JOIN spans USING (who) LEFT JOIN first_marks USING (who)
    LEFT JOIN (SELECT who, {", ".join(standing.values())} FROM standing GROUP BY who) USING (who)
    LEFT JOIN (SELECT who, {", ".join(minutes.values())} FROM minutes GROUP BY who) USING (who)
    ORDER BY lower(labels.name), labels.code
    """
    count = len(lessons)
    for name, code, files, begun, ended, given, hits, guessable, choices, *cells in rows(db, sql):
        done, points, spent = (tuple(cells[at * count : (at + 1) * count]) for at in range(3))
        guessing = None
        if choices and len(choices) >= measures.FEWEST_FOR_GUESSING:
            guessing = measures.by_guessing(guessable, tuple(choices))
        answered = tuple(number or 0 for number in done)
        yield Learner(name, code, files, begun, ended, answered, points, spent, given, hits, guessing)


def _by_lesson(columns: tuple[str, ...], lessons: list[str]) -> dict[str, str]:
    """SQL that lays each lesson's row beside the others', by the name of the column that it makes."""
    return {
        f"{column}_{lesson}": f"max({column}) FILTER (lesson = '{lesson}') AS {column}_{lesson}"
        for column in columns
        for lesson in lessons
    }


def begun_by_half(db: Connection) -> dt.datetime | None:
    """The time by which half of those who have begun had begun; None if nobody has."""
    found: dt.datetime | None = next(rows(db, "SELECT quantile_disc(begun, 0.5) FROM spans WHERE begun IS NOT NULL"))[0]
    return found
