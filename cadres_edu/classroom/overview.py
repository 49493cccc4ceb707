"""The class at a glance: who has begun and finished what, gathered while each learner's rows are written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from cadres_edu.classroom import learners, written
from cadres_edu.classroom.course import Course
from cadres_edu.classroom.database import Connection, rows
from cadres_edu.classroom.learners import Learner
from cadres_edu.dates import date_in_words

NAMES = 30  # listed in one place; the rest are counted
GUESSING = 0.05  # the chance from which on as many right answers are no more than guessing brings


@dataclass(slots=True)
class Names:
    """The first names of a list that may be long, and how many there are in all."""

    first: list[str] = field(default_factory=list)
    total: int = 0

    def add(self, name: str) -> None:
        """One more."""
        self.total += 1
        if len(self.first) < NAMES:
            self.first.append(name)


@dataclass(slots=True)
class Progress:
    """A lesson in the class: how many began and finished it, the median of their minutes, and who didn't."""

    lesson: str
    questions: int
    begun: int = 0
    finished: int = 0
    minutes: float | None = None
    absent: Names = field(default_factory=Names)
    unfinished: Names = field(default_factory=Names)


@dataclass(slots=True)
class Overview:
    """All that the page says of learners: `half` is when half of them had begun; `shown` are those whose ids the rule
    of the sample has `chosen`."""

    lessons: list[Progress]
    half: dt.datetime | None
    chosen: set[str]
    learners: int = 0
    scattered: int = 0
    begun: dt.datetime | None = None
    ended: dt.datetime | None = None
    idle: Names = field(default_factory=Names)
    late: Names = field(default_factory=Names)
    guessing: Names = field(default_factory=Names)
    shown: list[Learner] = field(default_factory=list)

    def add(self, one: Learner) -> None:
        """Take a learner in."""
        self.learners += 1
        self.scattered += one.files > 1
        if one.code in self.chosen:
            self.shown.append(one)
        if not any(one.done):
            self.idle.add(one.name)
        if one.begun and one.ended:
            self.begun = min(self.begun or one.begun, one.begun)
            self.ended = max(self.ended or one.ended, one.ended)
            if self.half and one.begun - self.half > dt.timedelta(days=learners.LATE):
                self.late.add(f"{one.name} ({date_in_words(f'{one.begun:%Y-%m-%d}')})")
        if one.guessing is not None and one.guessing > GUESSING:
            self.guessing.add(one.name)
        for lesson, done in zip(self.lessons, one.done, strict=True):
            self._add_to(lesson, one, done)

    def _add_to(self, lesson: Progress, one: Learner, done: int) -> None:
        if not done:
            if any(one.done):
                lesson.absent.add(one.name)
            return
        lesson.begun += 1
        if done >= lesson.questions:
            lesson.finished += 1
        else:
            lesson.unfinished.add(f"{one.name} ({done} of {lesson.questions})")

    def under_way(self) -> list[Progress]:
        """The lessons that at least half of those who have begun anything have begun."""
        active = self.learners - self.idle.total
        return [lesson for lesson in self.lessons if lesson.begun and 2 * lesson.begun >= active]


def begin(db: Connection, course: Course) -> Overview:
    """The overview of a class before any learner is taken in."""
    medians = dict(rows(db, "SELECT lesson, median(minutes) FROM minutes GROUP BY lesson"))
    lessons = [Progress(one, len(course.asked(one)), minutes=medians.get(one)) for one in course.titles]
    total = next(rows(db, "SELECT count(*) FROM labels"))[0]
    shown = rows(db, "SELECT code FROM labels WHERE place % ? = 0", [written.step(total)])
    return Overview(lessons, learners.begun_by_half(db), {code for (code,) in shown})
