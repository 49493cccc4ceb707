"""The questions as a form gets them: by lesson, with whatever it can't hold noted, never dropped in silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cadres_edu import archive, markup, questions, tables
from cadres_edu.question_kinds import Question
from cadres_edu.records import Record

NAME = "Seven Thousand Cadres Conference"
PARTS = "The rule for a part of the mark: here each pair, gap or place earns its share, though another is wrong"
MOST_RIGHT = 10
TOO_MANY = f"no share of a mark is small enough for more than {MOST_RIGHT} right options"
# What neither XML 1.0 nor a line of text can carry.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class ExportError(Exception):
    """Questions can't be written out; the text says which, why, and what mends it."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson's questions in the order of its file; `stem` is the file's name, as 03-calling-seven-thousand, and
    `notebook` the lesson itself, where there is one."""

    stem: str
    questions: tuple[Question, ...]
    notebook: Path | None = None

    @property
    def title(self) -> str:
        """The lesson's number and name in words, as a folder of questions may be called."""
        number, _, name = self.stem.partition("-")
        return f"{number} {name.replace('-', ' ').capitalize()}"


@dataclass(slots=True)
class LeftOut:
    """What a form can't hold, each with the ids of the questions that lose it, in the order met."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def note(self, what: str, question: Question) -> None:
        """Note that `question` loses `what`."""
        ids = self.found.setdefault(what, [])
        if question.id not in ids:
            ids.append(question.id)

    def __str__(self) -> str:
        return "\n\n".join(f"{what}\n  {', '.join(ids)}" for what, ids in self.found.items())


def lessons(wanted: Sequence[str] = (), notebooks: Path | None = None) -> list[Lesson]:
    """The lessons named by number or stem, all without a name, with their notebooks in the folder `notebooks`.

    ExportError where there is none of that name, QuestionError where its questions can't be read.
    """
    files = sorted((archive.seeds_folder() / "questions").glob("*.md"))
    if not files:
        raise ExportError(f"there are no questions in {archive.seeds_folder()}. Name the lessons' folder: --folder DIR")
    chosen = [_named(name, files) for name in wanted] or files
    return [_lesson(path, notebooks) for path in dict.fromkeys(chosen)]


def _named(name: str, files: Sequence[Path]) -> Path:
    stems = {file.stem: file for file in files} | {file.stem[:2]: file for file in files}
    if name not in stems:
        near = ", ".join(tables.nearest(name, stems)) or ", ".join(file.stem for file in files)
        raise ExportError(f"no lesson {name!r} has questions. Name it by number or file (nearest: {near}).")
    return stems[name]


def _lesson(path: Path, notebooks: Path | None) -> Lesson:
    found = tuple(questions.load_file(path))
    for question in found:
        for passage in question.passages():
            if bad := _CONTROL.search(markup.plain(passage.runs)):
                character = f"U+{ord(bad[0]):04X}"
                raise ExportError(
                    f"{path.name}:{passage.line}: {question.id} holds the character {character}, which no form can "
                    "carry. Delete it: it can't be seen in most editors, so type the words around it anew."
                )
    notebook = notebooks / f"{path.stem}.ipynb" if notebooks else None
    return Lesson(path.stem, found, notebook if notebook and notebook.is_file() else None)


def to_mark(lesson: Lesson, left_out: LeftOut) -> Iterator[Question]:
    """The questions of a lesson that have a right answer or a rubric; what every form loses is noted.

    The survey of beliefs is left out: these forms mark each answer, and a belief asked for before the course isn't
    right or wrong.
    """
    for question in lesson.questions:
        if question.survey:
            left_out.note("Left out whole: survey questions, which are not marked", question)
            continue
        if any(_misconceptions(question)):
            left_out.note("The misconception that each wrong answer stands for", question)
        if any(link for passage in question.passages() for link in markup.links(passage.runs)):
            left_out.note("Where links lead: their words stay, and the works behind them are named instead", question)
        yield question


def _misconceptions(question: Question) -> Iterator[str]:
    yield from (option.misconception for option in question.options)
    for gap in getattr(question, "gaps", ()):
        yield from (answer.misconception for answer in gap.wrong)


def works(question: Question) -> list[str]:
    """The works that a question's records rest on, each once, as short notes; ExportError for a record not there.

    Whoever is only named is left aside: a life rests on works that say nothing of what is asked.
    """
    try:
        records = [archive.record(ref) for ref in question.cites]
    except archive.UnknownRecord as error:
        raise ExportError(f"{question.id}: {error.args[0]} Mend the link or 'Cites:', then export again.") from None
    named = dict.fromkeys(name for one in records if one.kind != "person" for name in _sources(one))
    return [archive.record(f"source:{name}").label.rstrip(".") for name in named]


def _sources(one: Record) -> tuple[str, ...]:
    return (one.id,) if one.kind == "source" else one.source


def figure(value: float) -> str:
    """A number in digits alone, no sign of thousands and no exponent, as machines read it."""
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def shares(count: int) -> str:
    """The hundredth part that each of `count` right options earns, to the digits that Moodle knows."""
    return figure(round(100 / count, 5))
