"""CSV files that a spreadsheet, Canvas or Moodle takes; no text in them can act as a formula.

Canvas (its gradebook importer): the first columns are Student, ID, SIS User ID, SIS Login ID and Section, one column an
assignment follows, and a second row headed "Points Possible" holds the points. It finds a learner by ID, by SIS User ID
or SIS Login ID, else by the name in Student; columns left empty do no harm.

Moodle (its CSV grade import) takes no second head row: each row is one learner, and one that it can't find stops the
import. So it has a file of its own, with grades from 0 to 100, Moodle's largest by default, and `-` for no grade, as an
empty cell would be taken for 0.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO, TypeAlias

from cadres_edu.atomic import HALF_WRITTEN
from cadres_edu.classroom import written
from cadres_edu.classroom.course import Course
from cadres_edu.classroom.items import Item
from cadres_edu.classroom.learners import Learner
from cadres_edu.portfolio import answers

NO_GRADE = "-"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Cell: TypeAlias = str | int | float | None
Row: TypeAlias = Sequence[Cell]


def cell(value: Cell) -> str | int | float:
    """The value as a cell: numbers stay numbers, and a text that a spreadsheet could take for a formula gets an
    apostrophe before it, as OWASP advises (“CSV Injection”)."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) and value != NO_GRADE else value
    return round(value, 4) if isinstance(value, float) else value


class Sheet:
    """A CSV file being written: UTF-8 with a mark at its head, by which Excel knows it."""

    def __init__(self, file: TextIO, heads: Iterable[str]) -> None:
        self._writer = csv.writer(file, lineterminator="\n")
        self.add(list(heads))

    def add(self, row: Row) -> None:
        """Write one row."""
        self._writer.writerow([cell(value) for value in row])


class Gradebooks:
    """What is written of each learner: the gradebooks for Canvas and for Moodle, and all that is known of them."""

    def __init__(self, course: Course, canvas: TextIO, moodle: TextIO, all_known: TextIO) -> None:
        self._most = [len(course.closed(lesson)) for lesson in course.titles]
        lessons = [f"{lesson} {title}" for lesson, title in course.titles.items()]
        self._canvas = Sheet(canvas, ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *lessons])
        self._canvas.add(["Points Possible", None, None, None, None, *self._most])
        self._moodle = Sheet(moodle, ["Learner", "Id in the file", *lessons])
        by_lesson = (f"{what} {lesson}" for what in ("answered", "minutes") for lesson in course.titles)
        heads = ["learner", "id", "files", "first_answer", "last_answer", "answered", "right_first", "of"]
        self._known = Sheet(all_known, [*heads, *by_lesson])

    def add(self, one: Learner) -> None:
        """Write one learner's rows."""
        points = [given if most else None for given, most in zip(one.points, self._most, strict=True)]
        self._canvas.add([one.name, None, None, one.name, None, *points])
        grades = zip(points, self._most, strict=True)
        shares: Row = [NO_GRADE if given is None else round(100 * given / most, 2) for given, most in grades]
        self._moodle.add([one.name, one.code, *shares])
        days = [day.isoformat(timespec="minutes") if day else None for day in (one.begun, one.ended)]
        totals = [sum(one.done), one.first_right, one.first_given]
        minutes = [None if spent is None else round(spent, 1) for spent in one.minutes]
        self._known.add([one.name, one.code, one.files, *days, *totals, *one.done, *minutes])


def items(found: list[Item]) -> Iterator[Row]:
    """The item analysis, head first."""
    yield [
        *("item", "kind", "question", "answered", "right", "part", "wrong", "share_right", "share_low", "share_high"),
        *("discrimination", "discrimination_low", "discrimination_high", "learners_compared", "to_repair"),
    ]
    for one in found:
        marks: Row = [one.marks[mark] for mark in ("right", "part", "wrong")]
        low, high = one.share_bounds
        bounds = one.bounds or (None, None)
        asked: Row = [one.question.id, one.question.kind, answers.prompt(one.question), one.answered]
        yield [
            *asked,
            *marks,
            one.share,
            low,
            high,
            one.discrimination,
            *bounds,
            one.paired,
            "yes" if one.broken else "",
        ]


def drawn(found: list[Item]) -> Iterator[Row]:
    """What drew whom away from the right answer at first, head first."""
    yield ["item", "drawn_by", "learners", "share", "misconception", "feedback"]
    for item in found:
        for one, number in item.drawn.most_common():
            yield [item.question.id, one.words, number, number / item.answered, one.misconception, one.feedback]


def texts(found: Iterable[written.Answer]) -> Iterator[Row]:
    """The open answers, head first."""
    yield ["item", "learner", "id", "words", "answer"]
    for one in found:
        yield [one.slot.question.id, one.name, one.code, len(one.text.split()), one.text]


def findings(found: list[tuple[str, str]]) -> Iterator[Row]:
    """What was amiss with files, head first."""
    yield ["file", "what"]
    yield from found


def write(path: Path, rows: Iterator[Row]) -> None:
    """Write rows, whose first is the head, to a file."""
    with open_sheet(path) as file:
        sheet = Sheet(file, map(str, next(rows)))
        for row in rows:
            sheet.add(row)


def open_sheet(path: Path) -> TextIO:
    """The file to write a sheet to."""
    return io.TextIOWrapper(path.open("wb"), encoding="utf-8-sig", errors="replace", newline="")


def move(made: Path, place: Path) -> None:
    """Put a sheet that is whole in the place of an older one, also across file systems."""
    waiting = place.with_name(place.name + HALF_WRITTEN)
    try:
        shutil.copyfile(made, waiting)
        waiting.replace(place)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
