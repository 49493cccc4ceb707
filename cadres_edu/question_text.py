"""A question file cut into its pieces as written: headings, paragraphs, items with quotations, keys, table rows."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

KEYS = ("Kind", "Answer", "Feedback", "Otherwise", "Words", "Model", "Hint", "Cites", "Survey", "Occasion", "Shuffle")
QUOTED_KEYS = ("Feedback", "Otherwise", "Model")

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HEADING = re.compile(r"(#+)\s*(.*)")
_ITEM = re.compile(r" {0,3}(?P<mark>[-*+] \[[ xX]\]|[-*+]|\d{1,9}[.)])(?:\s+(?P<text>.*))?$")
_QUOTE = re.compile(r"\s*> ?(.*)")
_KEY = re.compile(r"([A-Za-z]+):(?:\s+(.*))?$")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: its line (from 1), what is wrong, and what mends it."""

    path: Path
    line: int
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem} {self.mend}"


class QuestionError(ValueError):
    """A question file that can't be read as it stands; `problems` lists every mistake found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Mistakes:
    """The mistakes found so far in one file."""

    path: Path
    found: list[Problem] = field(default_factory=list)

    def add(self, line: int, problem: str, mend: str) -> None:
        """Note one mistake and go on reading."""
        self.found.append(Problem(self.path, line, problem, mend))


@dataclass(slots=True)
class Item:
    """A list item: its mark (`[x]`, `[ ]`, `-` or `1.`), the lines of its text, and those of the quotation under it."""

    line: int
    mark: str
    text: list[str]
    quote: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Value:
    """What stands after a key, and the lines of the quotation under it."""

    line: int
    text: list[str]
    quote: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The text as one line."""
        return " ".join(self.text).strip()


@dataclass(slots=True)
class Section:
    """One question as written."""

    line: int
    id: str
    prompt: list[list[str]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    keys: dict[str, Value] = field(default_factory=dict)
    table: list[tuple[int, str]] = field(default_factory=list)


def sections(text: str, mistakes: Mistakes) -> list[Section]:
    """The questions of a file as written; what stands before the first `##` heading is not read."""
    found: list[_Reader] = []
    for number, raw in enumerate(_without_comments(text, mistakes).split("\n"), start=1):
        line = raw.expandtabs(4).rstrip()
        heading = _HEADING.fullmatch(line)
        if heading and len(heading[1]) == 2:
            found.append(_Reader(Section(number, heading[2].strip()), mistakes))
        elif heading and found and (len(heading[1]) > 2 or line.startswith("# ")):
            mistakes.add(
                number,
                f"'{line}' is a heading inside a question.",
                "Each question is one '## id' heading and no other.",
            )
        elif found:
            found[-1].read(number, line)
    return [reader.section for reader in found]


def _without_comments(text: str, mistakes: Mistakes) -> str:
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    if (start := text.find("<!--")) >= 0:
        mistakes.add(text.count("\n", 0, start) + 1, "This comment is never closed.", "End it with '-->'.")
        text = text[:start]
    return text


class _Reader:
    """Reads a question line by line; `tail` is the piece that a line without a mark goes on with, as in Markdown."""

    def __init__(self, section: Section, mistakes: Mistakes) -> None:
        self.section = section
        self.mistakes = mistakes
        self.tail: list[str] | None = None
        self.quoting: Item | Value | None = None

    def read(self, number: int, line: str) -> None:
        if not line:
            self.tail = None
        elif line.startswith("|"):
            self.section.table.append((number, line))
            self.tail = None
        elif quote := _QUOTE.fullmatch(line):
            self._quotation(number, quote[1])
        elif (item := _ITEM.fullmatch(line)) and not self._is_number_in_prose(item["mark"]):
            mark = item["mark"]
            self._item(Item(number, mark[-3:].lower() if "[" in mark else mark, [item["text"] or ""]))
        elif key := _KEY.fullmatch(line):
            self._key(number, key[1], key[2] or "", line)
        else:
            self._words(number, line)

    def _is_number_in_prose(self, mark: str) -> bool:
        """A wrapped paragraph may go on with `1962. Then …`; as in CommonMark, only `1.` begins a list there."""
        in_list = bool(self.section.items) and self.section.items[-1].mark[0].isdigit()
        return mark[0].isdigit() and mark[:-1] != "1" and self.tail is not None and not in_list

    def _quotation(self, number: int, words: str) -> None:
        if self.quoting is None:
            self.mistakes.add(
                number,
                "This quotation belongs to nothing.",
                "Feedback stands under its option, a model answer under 'Model:'.",
            )
            self.tail = []
            return
        self.quoting.quote.append(words.strip())
        self.tail = self.quoting.quote

    def _item(self, item: Item) -> None:
        self.section.items.append(item)
        self.tail, self.quoting = item.text, item

    def _key(self, number: int, name: str, words: str, line: str) -> None:
        if name not in KEYS:
            if not self._looks_like_key(name):
                self._words(number, line)
                return
            near = difflib.get_close_matches(name.capitalize(), KEYS, n=1)
            mend = (
                f"Did you mean '{near[0]}:'?"
                if near
                else f"The keys are {', '.join(KEYS)}; words that go on from the line above are indented."
            )
            self.mistakes.add(number, f"There is no key '{name}:'.", mend)
        elif name in self.section.keys:
            self.mistakes.add(
                number, f"'{name}:' stands twice (first in line {self.section.keys[name].line}).", "Keep one."
            )
        value = Value(number, [words])
        self.section.keys.setdefault(name, value)
        self.tail = value.text
        self.quoting = value if name in QUOTED_KEYS else None

    def _looks_like_key(self, name: str) -> bool:
        """Before the options a paragraph may begin `Mao: …`; after them only keys are left to come."""
        return bool(self.section.items) or bool(difflib.get_close_matches(name.capitalize(), KEYS, n=1, cutoff=0.75))

    def _words(self, number: int, line: str) -> None:
        if self.tail is not None:
            self.tail.append(line.strip())
        elif self.section.items or self.section.table:
            self.mistakes.add(
                number,
                f"'{line.strip()[:40]}' stands alone after the options.",
                "Move it up into the prompt, or take out the empty line above it.",
            )
            self.tail = []
        else:
            self.tail = [line.strip()]
            self.section.prompt.append(self.tail)


def paragraphs(lines: list[str]) -> Iterator[str]:
    """The paragraphs of a quotation: an empty line stands between two."""
    gathered: list[str] = []
    for line in [*lines, ""]:
        if line:
            gathered.append(line)
        elif gathered:
            yield "\n".join(gathered)
            gathered = []
