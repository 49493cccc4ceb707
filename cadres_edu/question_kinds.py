"""The seven kinds of question, as typed records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

from cadres_edu.markup import Run

Kind = Literal["choice", "several", "number", "order", "match", "gap", "open"]
Result = Literal["right", "part", "wrong", "open"]
Role = Literal["prompt", "right", "wrong", "feedback", "hint", "rubric", "model"]
Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a question, its line and what it is: wrong options alone may state what is not so."""

    line: int
    role: Role
    runs: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer on offer; its id is what the log keeps, so it stays when options are reordered."""

    id: str
    text: Runs
    right: bool
    feedback: Runs = ()
    misconception: str = ""
    line: int = 0

    def passages(self) -> Iterator[Passage]:
        """Its words, then what is said of them."""
        yield Passage(self.line, "right" if self.right else "wrong", self.text)
        yield Passage(self.line, "feedback", self.feedback)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongNumber(Option):
    """A number that learners get by a mistake worth naming."""

    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Option):
    """A left-hand side, and the id of the right-hand side that fits it."""

    match: str


@dataclass(frozen=True, slots=True)
class RightSide:
    """A right-hand side; it may fit several left-hand sides, or none."""

    id: str
    text: Runs
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GapAnswer:
    """Texts that get the same feedback in one gap, as plain words and as written (a right answer may be a link)."""

    texts: tuple[str, ...]
    written: tuple[Runs, ...]
    right: bool
    feedback: Runs = ()
    misconception: str = ""
    line: int = 0

    def passages(self) -> Iterator[Passage]:
        """Its words, then what is said of them."""
        for text in self.written:
            yield Passage(self.line, "right" if self.right else "wrong", text)
        yield Passage(self.line, "feedback", self.feedback)


@dataclass(frozen=True, slots=True)
class GapPlace:
    """One gap: what fills it, and the wrong answers that deserve words."""

    id: str
    accepted: GapAnswer
    wrong: tuple[GapAnswer, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    """What an open answer is judged by: a head of cells, and rows of as many."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What all kinds have; `line` is that of the heading, `cites` the records linked or named, each once."""

    kind: ClassVar[Kind]
    id: str
    prompt: tuple[Runs, ...]
    options: tuple[Option, ...] = ()
    hint: Runs = ()
    cites: tuple[str, ...] = ()
    survey: bool = False
    occasion: tuple[str, ...] = ()
    line: int = 0

    def passages(self) -> Iterator[Passage]:
        """Every text that a learner can come to read, right answers included."""
        for paragraph in self.prompt:
            yield Passage(self.line, "prompt", paragraph)
        for option in self.options:
            yield from option.passages()
        yield Passage(self.line, "hint", self.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Question):
    """One right option."""

    kind = "choice"
    shuffle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Several(Question):
    """One right option or more."""

    kind = "several"
    shuffle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Question):
    """A number, right within `tolerance`, both in `unit`; the options are wrong values that deserve words."""

    kind = "number"
    answer: float
    tolerance: float
    unit: str
    written: Runs
    feedback: Runs = ()
    otherwise: Runs = ()
    options: tuple[WrongNumber, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """Every text that a learner can come to read, right answers included."""
        yield from Question.passages(self)
        yield Passage(self.line, "right", self.written)
        yield Passage(self.line, "feedback", self.feedback)
        yield Passage(self.line, "feedback", self.otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Question):
    """Things to put in order; the options stand in the right one."""

    kind = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Question):
    """Left-hand sides (the options), each to be given one of the right-hand sides."""

    kind = "match"
    options: tuple[Left, ...] = ()
    right: tuple[RightSide, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """Every text that a learner can come to read, right answers included."""
        yield from Question.passages(self)
        fitting = {option.match for option in self.options}
        for side in self.right:
            yield Passage(side.line, "right" if side.id in fitting else "wrong", side.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Question):
    """Gaps in the prompt, to be filled with words."""

    kind = "gap"
    gaps: tuple[GapPlace, ...]
    otherwise: Runs = ()

    def passages(self) -> Iterator[Passage]:
        """Every text that a learner can come to read, right answers included."""
        yield from Question.passages(self)
        for gap in self.gaps:
            for answer in (gap.accepted, *gap.wrong):
                yield from answer.passages()
        yield Passage(self.line, "feedback", self.otherwise)


@dataclass(frozen=True, slots=True, kw_only=True)
class Open(Question):
    """Text of `words` (fewest, most); judged by the learner or a teacher with the rubric, beside a model answer."""

    kind = "open"
    words: tuple[int, int]
    rubric: Rubric | None = None
    model: tuple[Runs, ...] = ()

    def passages(self) -> Iterator[Passage]:
        """Every text that a learner can come to read, right answers included."""
        yield from Question.passages(self)
        for row in (self.rubric.head, *self.rubric.rows) if self.rubric else ():
            for cell in row:
                yield Passage(self.line, "rubric", cell)
        for paragraph in self.model:
            yield Passage(self.line, "model", paragraph)
