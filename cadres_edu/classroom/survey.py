"""The survey at the start against the survey at the end, for the class."""

from __future__ import annotations

from dataclasses import dataclass

from cadres_edu.classroom import measures
from cadres_edu.classroom.course import Course
from cadres_edu.classroom.database import Connection, insert, rows
from cadres_edu.models.gain import normalised
from cadres_edu.question_kinds import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the survey: learners who answered both times, and how many gave the best-supported answer."""

    question: Question
    both: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Survey:
    """Learners who answered at the start, at the end, both; over those the sums of answers, of best-supported ones at
    the start and at the end; the class's normalised gain and its interval (None where it can't be said)."""

    started: int
    ended: int
    learners: int
    answers: int
    before: int
    after: int
    gain: float | None
    bounds: measures.Interval | None
    asked: tuple[Asked, ...]


# Each learner's last answer to each question at the start and at the end, where there are both.
_BOTH = """
CREATE TABLE survey AS
SELECT one.who, places.start, (was.result = 'right')::INTEGER AS before, (now.result = 'right')::INTEGER AS after
FROM places JOIN attempts AS one ON one.slot = places.start JOIN attempts AS two ON two.slot = places.end_
    AND one.who = two.who
JOIN pairs AS was ON was.pair = one.last JOIN pairs AS now ON now.pair = two.last
"""
_SUMS = """
SELECT count(*), sum(given), sum(before), sum(after), sum(up * up), sum(up * rest), sum(rest * rest) FROM (
    SELECT count(*) AS given, sum(before) AS before, sum(after) AS after, sum(after - before) AS up,
        sum(1 - before) AS rest
    FROM survey GROUP BY who
)
"""


def compare(db: Connection, course: Course) -> Survey:
    """The survey's two takings, over the questions that a learner answered both times.

    The gain is Hake's, of the averages of the class (`models.gain`); its interval is that of a ratio, with Student's t
    (`measures.gain_error`), and stands from ten learners on.
    """
    places = {slot.name: slot.number for slot in course.slots if slot.occasion}
    paired = [slot for slot in course.slots if slot.occasion == "start" and f"{slot.question.id}@end" in places]
    db.execute("CREATE TABLE places (start SMALLINT, end_ SMALLINT)")
    if paired:
        ends = [places[f"{slot.question.id}@end"] for slot in paired]
        insert(db, "places", [[slot.number for slot in paired], ends])
    db.execute(_BOTH)
    taken = "SELECT count(DISTINCT who) FROM attempts JOIN places ON slot = {} WHERE last IS NOT NULL"
    started, ended = (next(rows(db, taken.format(name)))[0] for name in ("start", "end_"))
    learners, answers, before, after, dd, dm, mm = (int(value or 0) for value in next(rows(db, _SUMS)))
    gain = normalised(before, after, answers)
    bounds = None
    if gain is not None and learners >= measures.FEWEST_FOR_GAIN:
        half = measures.student(learners - 1) * measures.gain_error(gain, learners, answers - before, (dd, dm, mm))
        bounds = (gain - half, min(1.0, gain + half))
    sql = "SELECT start, count(*), sum(before)::INTEGER, sum(after)::INTEGER FROM survey GROUP BY start ORDER BY start"
    asked = tuple(Asked(course.slots[start].question, *counts) for start, *counts in rows(db, sql))
    return Survey(started, ended, learners, answers, before, after, gain, bounds, asked)
