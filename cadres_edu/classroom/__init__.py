"""A class's report: many learners' logs become one page for the teacher, and tables for a spreadsheet or gradebook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import SystemRandom

from cadres_edu import atomic
from cadres_edu.classroom import (
    course,
    database,
    intake,
    items,
    learners,
    marking,
    measures,
    method,
    overview,
    page,
    sections,
    sheets,
    survey,
    written,
)
from cadres_edu.classroom.findings import ClassroomError, Finding, counted
from cadres_edu.classroom.intake import Tell

PAGE = "report.html"
STEPS = 6

__all__ = ["ClassroomError", "Written", "report"]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the report: its files, how many learners' logs it tells of, how many matters are amiss."""

    files: tuple[Path, ...]
    learners: int
    amiss: int


def report(place: Path, out: Path, *, anonymous: bool = False, tell: Tell = lambda *_: None) -> Written:
    """Read every log in the folder or zip at `place` and write the report and its tables into the folder `out`.

    `anonymous` puts numbers drawn by lot, anew each time, in the place of names, ids and file names. `tell` hears how
    far the work has come. ClassroomError says in words why there is no report; then nothing is written, or nothing anew.
    """
    asked = course.load()
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="cadres-report-") as scratch:
            return _Report(Path(scratch), out, asked, anonymous, tell).make(place)
    except OSError as error:
        raise ClassroomError(f"{error.filename or out} can't be used ({error.strerror or error}).") from error


class _Report:
    """One report being made."""

    def __init__(self, scratch: Path, out: Path, asked: course.Course, anonymous: bool, tell: Tell) -> None:
        self.scratch, self.out, self.course = scratch, out, asked
        self.anonymous, self.tell = anonymous, tell
        self.db = database.connect(scratch)

    def make(self, place: Path) -> Written:
        spool = self.scratch / "spool"
        with spool.open("wb", buffering=1 << 20) as file:
            taken = intake.gather(place, file, self.tell)
        if not taken.files:
            raise ClassroomError(self._nothing(place, taken))
        found = [*taken.findings, *database.load(self.db, spool, taken, self.course, self.tell)]
        spool.unlink()
        self.tell("Marking answers", 0, STEPS)
        found += marking.mark(self.db, self.course, taken)
        self.tell("Comparing questions", 1, STEPS)
        analysed = items.analyse(self.db, self.course)
        compared = survey.compare(self.db, self.course)
        self.tell("Looking at learners", 2, STEPS)
        learners.prepare(self.db, self.course, self.anonymous)
        found = _by_lot(found) if self.anonymous else found
        seen = self._learners()
        self.tell("Writing tables", 4, STEPS)
        self._tables(analysed, found)
        self.tell("Writing the page", 5, STEPS)
        self._page(place, seen, analysed, compared, taken, found)
        self.db.close()
        self.tell("Done", STEPS, STEPS)
        return Written(tuple(self.out / name for name in (PAGE, *method.FILES)), seen.learners, len(found))

    def _nothing(self, place: Path, taken: intake.Intake) -> str:
        why = "".join(f"\n  {one.file} {method.said(one)}" for one in taken.findings[:20])
        return (
            f"there are no learners' files in {place} ({counted(taken.ignored, 'other file')}).{why}\n"
            "Each learner saves one from lesson 00's course map, or hands in progress.jsonl."
        )

    def _learners(self) -> overview.Overview:
        seen = overview.Overview([])
        with ExitStack() as stack:
            names = ("gradebook.csv", "gradebook-moodle.csv", "learners.csv")
            files = [stack.enter_context(sheets.open_sheet(self.scratch / name)) for name in names]
            books = sheets.Gradebooks(self.course, *files)
            for number, (one, seen) in enumerate(overview.gather(self.db, self.course)):
                if number % 5000 == 0:
                    self.tell("Looking at learners", 3, STEPS)
                books.add(one)
        return seen

    def _tables(self, analysed: list[items.Item], found: list[Finding]) -> None:
        everything = {
            "items.csv": sheets.items(analysed),
            "distractors.csv": sheets.drawn(analysed),
            "open-answers.csv": sheets.texts(written.every(self.db, self.course, sampled=False)),
            "files.csv": _amiss(found),
        }
        for name, rows in everything.items():
            sheets.write(self.scratch / name, rows)
        for name in method.FILES:
            sheets.move(self.scratch / name, self.out / name)

    def _page(
        self,
        place: Path,
        seen: overview.Overview,
        analysed: list[items.Item],
        compared: survey.Survey,
        taken: intake.Intake,
        found: list[Finding],
    ) -> None:
        answers = written.every(self.db, self.course, sampled=True)
        parts = (
            sections.missed(analysed),
            sections.standing(seen, self.course),
            sections.repair(analysed),
            sections.survey(compared),
            sections.lessons(seen, analysed, self.course),
            sections.each(seen, self.course),
            sections.texts(written.counts(self.db, self.course), answers, self.course),
            method.files(taken, found, seen),
            method.method(),
        )
        title = "Class report" if self.anonymous else f"Class report: {place.resolve().stem}"
        text = page.document(title, self._intro(seen, taken), parts)
        atomic.replace(self.out / PAGE, text.encode("utf-8", errors="replace"))

    def _intro(self, seen: overview.Overview, taken: intake.Intake) -> Iterator[page.Html]:
        span = ""
        if seen.begun and seen.ended:
            days = dict.fromkeys((f"{seen.begun:%Y-%m-%d}", f"{seen.ended:%Y-%m-%d}"))
            span = f", {' to '.join(days)}"
        words = f"{counted(seen.learners, 'learner')} in {counted(len(taken.files), 'file')}{span}."
        yield page.para(page.text(f"The Seven Thousand Cadres Conference of 1962, a course in eleven lessons. {words}"))
        if seen.learners < measures.FEWEST_FOR_DISCRIMINATION:
            yield page.warning(
                f"This is a small class. With {counted(seen.learners, 'learner')} a share can be far from what it would "
                "be for others like them (the intervals say how far), and whether a question sets learners apart can't "
                "be said at all."
            )
        if self.anonymous:
            yield page.warning(
                "Names, ids and file names are replaced by numbers drawn by lot. Open answers stand as they were "
                "written: read them for names before you pass this on."
            )


def _amiss(found: list[Finding]) -> Iterator[sheets.Row]:
    yield ["file", "what"]
    for one in found:
        yield [one.file, method.said(one)]


def _by_lot(found: list[Finding]) -> list[Finding]:
    """The findings with numbers drawn by lot for the names of files, and without what stands in the files."""
    names = sorted({name for one in found for name in (one.file, one.other) if name})
    SystemRandom().shuffle(names)
    lots = {name: f"File {number}" for number, name in enumerate(names, 1)} | {"": ""}
    return [replace(one, file=lots[one.file], other=lots[one.other], quoted="") for one in found]
