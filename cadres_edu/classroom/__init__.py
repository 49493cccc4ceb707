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
    cells,
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
from cadres_edu.classroom.findings import ClassroomError, Finding, counted, label
from cadres_edu.classroom.intake import Tell

PAGE = "report.html"
STEPS = 5

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
    far the work has come. ClassroomError says in words why there is no report; then no file is changed.
    """
    asked = course.load()
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="cadres-report-") as scratch:
            return _Report(Path(scratch), out, asked, tell).make(place, anonymous=anonymous)
    except OSError as error:
        raise ClassroomError(f"{error.filename or out} can't be used ({error.strerror or error}).") from error


class _Report:
    """One report being made."""

    def __init__(self, scratch: Path, out: Path, asked: course.Course, tell: Tell) -> None:
        self.scratch, self.out, self.course, self.tell = scratch, out, asked, tell
        self.db = database.connect(scratch)
        self.taken = intake.Intake()
        self.amiss: list[Finding] = []

    def make(self, place: Path, *, anonymous: bool) -> Written:
        """Read, reckon and write."""
        self._read(place)
        self.tell("Comparing questions", 1, STEPS)
        analysed = items.analyse(self.db, self.course)
        compared = survey.compare(self.db, self.course)
        self.tell("Looking at learners", 2, STEPS)
        learners.prepare(self.db, self.course, anonymous)
        if anonymous:
            self.amiss = _by_lot(self.amiss)
        self.amiss.sort(key=lambda one: one.file)
        seen = self._learners()
        self.tell("Writing tables", 3, STEPS)
        self._tables(analysed)
        self.tell("Writing the page", 4, STEPS)
        title = "Class report" if anonymous else f"Class report: {label(place.resolve().stem)}"
        text = page.document(title, self._intro(seen, anonymous), self._sections(seen, analysed, compared))
        self.db.close()
        for name in method.FILES:
            sheets.move(self.scratch / name, self.out / name)
        atomic.replace(self.out / PAGE, text.encode("utf-8", errors="replace"))
        self.tell("Done", STEPS, STEPS)
        return Written(tuple(self.out / name for name in (PAGE, *method.FILES)), seen.learners, len(self.amiss))

    def _read(self, place: Path) -> None:
        spool = self.scratch / "spool"
        with spool.open("wb", buffering=1 << 20) as file:
            self.taken = intake.gather(place, file, self.tell)
        if not self.taken.files:
            raise ClassroomError(_nothing(place, self.taken))
        self.amiss = [*self.taken.findings, *database.load(self.db, spool, self.taken, self.course, self.tell)]
        spool.unlink()
        self.tell("Marking answers", 0, STEPS)
        self.amiss += marking.mark(self.db, self.course, self.taken)

    def _learners(self) -> overview.Overview:
        seen = overview.begin(self.db, self.course)
        with ExitStack() as stack:
            names = ("gradebook.csv", "gradebook-moodle.csv", "learners.csv")
            files = [stack.enter_context(sheets.open_sheet(self.scratch / name)) for name in names]
            books = sheets.Gradebooks(self.course, *files)
            for one in learners.every(self.db, self.course):
                seen.add(one)
                books.add(one)
        return seen

    def _tables(self, analysed: list[items.Item]) -> None:
        tables = {
            "items.csv": sheets.items(analysed),
            "distractors.csv": sheets.drawn(analysed),
            "open-answers.csv": sheets.texts(written.every(self.db, self.course, sampled=False)),
            "files.csv": sheets.findings([(one.file, method.said(one)) for one in self.amiss]),
        }
        for name, rows in tables.items():
            sheets.write(self.scratch / name, rows)

    def _sections(
        self, seen: overview.Overview, analysed: list[items.Item], compared: survey.Survey
    ) -> tuple[page.Section, ...]:
        answers = written.every(self.db, self.course, sampled=True)
        return (
            sections.missed(analysed),
            sections.standing(seen, self.course),
            sections.repair(analysed),
            sections.survey(compared),
            sections.lessons(seen, analysed, self.course),
            sections.each(seen),
            sections.texts(written.counts(self.db, self.course), answers, self.course),
            method.files(self.taken, self.amiss, seen),
            method.method(),
        )

    def _intro(self, seen: overview.Overview, anonymous: bool) -> Iterator[page.Html]:
        said = f"{counted(seen.learners, 'learner')} in {counted(len(self.taken.files), 'file')}"
        if seen.begun and seen.ended:
            days = dict.fromkeys((cells.day(seen.begun), cells.day(seen.ended)))
            said += f", {' to '.join(days)}"
        yield page.para(page.text(f"The Seven Thousand Cadres Conference of 1962, a course in eleven lessons. {said}."))
        if seen.learners < measures.FEWEST_FOR_DISCRIMINATION:
            yield page.warning(
                f"This is a small class. With {counted(seen.learners, 'learner')} a share can be far from what it "
                "would be for others like them (the ranges say how far), and whether a question sets learners apart "
                "can't be said at all."
            )
        if anonymous:
            yield page.warning(
                "Names, ids and file names are replaced by numbers drawn by lot. Open answers stand as they were "
                "written: read them for names before you pass this on."
            )


def _nothing(place: Path, taken: intake.Intake) -> str:
    why = "".join(f"\n  {one.file} {method.said(one)}" for one in taken.findings[:20])
    return (
        f"there are no learners' files in {place} ({counted(taken.ignored, 'other file')}).{why}\n"
        "Each learner saves one from lesson 00's course map, or hands in progress.jsonl."
    )


def _by_lot(found: list[Finding]) -> list[Finding]:
    """The findings with numbers drawn by lot for the names of files, and without what stands in the files."""
    names = sorted({name for one in found for name in (one.file, one.other) if name})
    SystemRandom().shuffle(names)
    lots = {name: f"File {number}" for number, name in enumerate(names, 1)} | {"": ""}
    return [replace(one, file=lots[one.file], other=lots[one.other], quoted="") for one in found]
