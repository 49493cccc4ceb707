"""What a teacher gets of a lesson beside its questions: the steps on its card, and the notes in `seeds/teaching/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cadres_edu import markup
from cadres_edu.question_kinds import Gap, GapAnswer, Option, Question, Runs
from cadres_edu.question_text import Item, Mistakes, Problem, Section, sections

WRONG, CARE = "Wrong answers", "Care"
_ROW = re.compile(r"^\|\s*\*\*(.+?)\*\*\s*\|(.*)\|\s*$", re.MULTILINE)
_STEP = re.compile(r"(?P<name>\S.*?)\s+(?P<minutes>\d+)")
_NAMED = re.compile(r"(?P<question>[a-z0-9-]+):\s*(?P<option>.+)")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a lesson: its name on the card, its minutes, and what the notes say of it."""

    name: str
    minutes: int
    says: tuple[Runs, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong answer worth knowing of beforehand: the question's name in its file, and the option's id or its text."""

    question: str
    option: str
    line: int


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes on one lesson, also as `written`; `care` is how to hold what in it may hurt or inflame."""

    path: Path
    written: str
    steps: tuple[Step, ...]
    wrong: tuple[Wrong, ...]
    care: tuple[Runs, ...]
    care_line: int = 0

    def passages(self) -> Iterator[tuple[int, Runs]]:
        """Each paragraph with the line of its heading."""
        for step in self.steps:
            yield from ((step.line, words) for words in step.says)
        yield from ((self.care_line, words) for words in self.care)


class NotesError(ValueError):
    """Notes that can't be used as they stand; `problems` lists every mistake in them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def fields(card: str) -> dict[str, str]:
    """The rows of a lesson card in Markdown: name and contents."""
    return {name: text.strip() for name, text in _ROW.findall(card)}


def steps(minutes: str) -> list[Step]:
    """The steps of a card's row of minutes, '49: scene 1, the call 8, …'; ValueError says what is wrong with it."""
    total, _, parts = minutes.partition(":")
    if not total.strip().isdigit():
        raise ValueError("the card's minutes don't begin with their sum. Write '47: scene 4, the call 10, …'.")
    found = [(part.strip(), _STEP.fullmatch(part.strip())) for part in re.split(r"[,;]", parts.rstrip(" .")) if part]
    for part, step in found:
        if step is None:
            raise ValueError(f"'{part}' on the card is no step with its minutes. Write 'the call 10'.")
    made = [Step(step["name"], int(step["minutes"])) for _, step in found if step]
    if (together := sum(step.minutes for step in made)) != int(total):
        raise ValueError(f"the minutes add up to {together}, not {total.strip()}. Mend the sum or the parts.")
    return made


def load(path: Path) -> Notes:
    """The notes at `path`; NotesError lists every mistake with line and mend."""
    mistakes = Mistakes(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise NotesError([Problem(path, 1, "The file is not UTF-8.", "Save it as UTF-8.")]) from None
    made: list[Step] = []
    wrong: list[Wrong] = []
    care: tuple[Runs, ...] = ()
    care_line = 0
    for section in sections(text, mistakes):
        if section.id == WRONG:
            wrong += _wrong(section.items, mistakes)
        elif section.id == CARE:
            care, care_line = care + _said(section), section.line
        elif step := _STEP.fullmatch(section.id):
            made.append(Step(step["name"], int(step["minutes"]), _said(section), section.line))
        else:
            mend = f"Write a step of the card with its minutes, '{WRONG}' or '{CARE}'."
            mistakes.add(section.line, f"'{section.id}' is no heading of these notes.", mend)
        _refuse(section, mistakes)
    if mistakes.found:
        raise NotesError(mistakes.found)
    return Notes(path, text, tuple(made), tuple(wrong), care, care_line)


def disagreements(notes: Notes, card: Iterable[Step], asked: Iterable[Question]) -> Iterator[Problem]:
    """Where notes don't go with the lesson: other steps or minutes than its card has, wrong answers nobody offers."""
    wanted = [(step.name, step.minutes) for step in card]
    for at, step in enumerate(notes.steps):
        if at < len(wanted) and (step.name, step.minutes) != wanted[at]:
            there = " ".join(map(str, wanted[at]))
            problem = f"'{step.name} {step.minutes}' stands where the lesson's card has '{there}'."
            yield Problem(notes.path, step.line, problem, f"Write '## {there}', or mend the card.")
    if len(notes.steps) != len(wanted):
        problem = f"There are {len(notes.steps)} steps, and {len(wanted)} on the lesson's card."
        yield Problem(notes.path, 1, problem, "Write a heading for each, with its minutes.")
    for step in notes.steps:
        if not step.says:
            yield Problem(notes.path, step.line, f"Nothing is said of '{step.name}'.", "Say what to do, in a sentence.")
    known = by_name(asked)
    for one in notes.wrong:
        if one.question not in known:
            problem = f"The lesson asks no question '{one.question}'."
            yield Problem(notes.path, one.line, problem, f"It asks {', '.join(known)}.")
        elif one.option not in (offered := wrong_answers(known[one.question])):
            mend = f"Name one of: {', '.join(offered)}." if offered else "Choose another question."
            problem = f"'{one.option}' is no wrong answer of '{one.question}' that has a misconception."
            yield Problem(notes.path, one.line, problem, mend)


def by_name(asked: Iterable[Question]) -> dict[str, Question]:
    """The questions by their names in the lesson's file; those of the survey, which nobody marks, are left out."""
    return {question.id.partition("/")[2]: question for question in asked if not question.survey}


def wrong_answers(question: Question) -> dict[str, Option | GapAnswer]:
    """The wrong answers that name a misconception, by the option's id, or in a gap by the first of its texts."""
    found: dict[str, Option | GapAnswer] = {one.id: one for one in question.options if one.misconception}
    if isinstance(question, Gap):
        found |= {one.texts[0]: one for gap in question.gaps for one in gap.wrong if one.misconception}
    return found


def _said(section: Section) -> tuple[Runs, ...]:
    return tuple(tuple(markup.runs("\n".join(lines))) for lines in section.prompt)


def _wrong(items: list[Item], mistakes: Mistakes) -> Iterator[Wrong]:
    for item in items:
        words = " ".join(item.text).strip()
        if named := _NAMED.fullmatch(words):
            yield Wrong(named["question"], named["option"].strip(), item.line)
        else:
            mistakes.add(item.line, f"'{words}' names no wrong answer.", "Write '- attendance: exact'.")


def _refuse(section: Section, mistakes: Mistakes) -> None:
    """What a question may have and notes may not would be lost without a word."""
    listed = section.items if section.id != WRONG else []
    for line in [*(item.line for item in listed), *(at for at, _ in section.table[:1])]:
        mistakes.add(line, "Notes are paragraphs, without lists or tables.", "Write it as a sentence.")
    for name, value in section.keys.items():
        mistakes.add(value.line, f"'{name}:' begins a line of notes.", "Write it as a sentence.")
