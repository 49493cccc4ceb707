"""What the builders of all kinds ask of a question as written; what doesn't fit is noted, and reading goes on."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from typing import Any, get_args

from cadres_edu import markup
from cadres_edu.question_kinds import Kind, Runs
from cadres_edu.question_text import Item, Mistakes, Section

KINDS: tuple[Kind, ...] = get_args(Kind)
RESERVED = ("learner", "start-over")  # lines of the learner's log bear these names
RECORDS = (
    *("event", "person", "position", "term", "source", "claim", "estimate"),
    *("statistic", "series", "study", "place", "derived", "seed", "office", "verdict"),
)

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_REF = re.compile(rf"(?:{'|'.join(RECORDS)})(?::[a-z0-9.-]+)+")
_NAMED = re.compile(r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*):(?:\s+(?P<text>.*))?", re.DOTALL)
_MISCONCEPTION = re.compile(r"misconception:", re.IGNORECASE)

_KEYS_OF_FEW: dict[str, tuple[Kind, ...]] = {
    "Answer": ("number",),
    "Feedback": ("number",),
    "Otherwise": ("number", "gap"),
    "Words": ("open",),
    "Model": ("open",),
    "Shuffle": ("choice", "several"),
}
_BOXES = (re.compile(r"\[[x ]\]"), "- [ ] id: text")
_ITEMS: dict[Kind, tuple[re.Pattern[str], str]] = {
    "choice": _BOXES,
    "several": _BOXES,
    "gap": _BOXES,
    "number": (re.compile(r"\[ \]"), "- [ ] id: 27"),
    "order": (re.compile(r"[0-9]+[.)]"), "1. id: text"),
    "match": (re.compile(r"[-*+]"), "- id: left → id: right"),
}


class Draft:
    """One question on its way from the pieces as written to its typed record."""

    def __init__(self, lesson: str, section: Section, mistakes: Mistakes) -> None:
        self.lesson, self.section, self.mistakes = lesson, section, mistakes
        self.keys, self.items = section.keys, section.items
        self.survey = self.yes("Survey")
        self.kind = self._kind()

    def _kind(self) -> Kind | None:
        if "Kind" not in self.keys:
            return "open" if "Words" in self.keys else "number" if "Answer" in self.keys else "choice"
        written = self.keys["Kind"].words.lower()
        for kind in KINDS:
            if kind == written:
                return kind
        near = difflib.get_close_matches(written, KINDS, n=1)
        mend = f"Did you mean '{near[0]}'?" if near else f"The kinds are {', '.join(KINDS)}."
        self.note(f"There is no kind '{written}'.", mend, "Kind")
        return None

    def note(self, problem: str, mend: str, at: str | int = "") -> None:
        """Note a mistake, at a line or where a key stands; else where the question begins."""
        value = self.keys.get(at) if isinstance(at, str) else None
        line = at if isinstance(at, int) else value.line if value else self.section.line
        self.mistakes.add(line, problem, mend)

    def common(self) -> dict[str, Any]:
        """The fields that every kind of question has."""
        if not _SLUG.fullmatch(self.section.id) or self.section.id in RESERVED:
            self.note(f"'{self.section.id}' can't be a question's id.", "Use lower-case letters, digits and hyphens.")
        if not self.section.prompt:
            self.note("The question has no prompt.", "Write it under the heading.")
        prompt = ("\n".join(lines) for lines in self.section.prompt)
        return {
            "id": f"{self.lesson}/{self.section.id}",
            "prompt": tuple(self.runs(text, self.section.line, blanks=self.kind == "gap") for text in prompt),
            "hint": self.said("Hint"),
            "survey": self.survey,
            "occasion": self._occasions(),
            "line": self.section.line,
        }

    def check_pieces(self, kind: Kind) -> None:
        """Note each key, list item and table that a question of this kind has no place for."""
        for name, value in self.keys.items():
            kinds = _KEYS_OF_FEW.get(name, KINDS)
            if kind not in kinds:
                mend = f"Add 'Kind: {kinds[0]}' if it is one, or take the line out."
                self.note(f"'{name}:' means nothing in a question of kind {kind}.", mend, value.line)
            elif not value.words and not any(value.quote):
                self.note(f"Nothing stands after '{name}:'.", "Write its value, or take the line out.", value.line)
        for item in self.items:
            mark, example = _ITEMS.get(kind, (None, ""))
            if mark is None:
                self.note(f"A question of kind {kind} has no list.", "Take it out, or name another kind.", item.line)
            elif not mark.fullmatch(item.mark):
                problem = f"'{item.mark}' begins no line of a question of kind {kind}."
                self.note(problem, f"Write '{example}', or name another kind with 'Kind:'.", item.line)
        if self.section.table and kind != "open":
            line = self.section.table[0][0]
            self.note(f"A question of kind {kind} has no table.", "Only the rubric of 'Kind: open' is one.", line)

    def runs(self, text: str, line: int, *, blanks: bool = False) -> Runs:
        """The text as runs, its links held to records, and gaps to the prompts that have them."""
        runs = tuple(markup.runs(text.strip()))
        for link in markup.links(runs):
            if not _REF.fullmatch(link.ref):
                self.note(
                    f"'{link.ref}' is not a record.", "Links lead to records, such as '(#event:liu-speech)'.", line
                )
        if not blanks and list(markup.blanks(runs)):
            mend = "Gaps stand in the prompt of a question with 'Kind: gap'."
            self.note("A gap '{{…}}' stands where none can be filled.", mend, line)
        return runs

    def said(self, key: str) -> Runs:
        """What stands after a key and in the quotation under it, as one paragraph."""
        value = self.keys.get(key)
        return self.runs("\n".join([*value.text, *value.quote]), value.line) if value else ()

    def yes(self, key: str) -> bool:
        """Whether a key says yes."""
        value = self.keys.get(key)
        if value and value.words.lower() not in ("yes", "no"):
            self.note(f"'{key}: {value.words}' is neither yes nor no.", f"Write '{key}: yes'.", key)
        return bool(value and value.words.lower() == "yes")

    def cites(self) -> list[str]:
        """The records named after `Cites:`."""
        refs = self._list("Cites")
        for ref in refs:
            if not _REF.fullmatch(ref):
                self.note(f"'{ref}' is not a record.", "Write 'Cites: event:liu-speech, person:liu-shaoqi'.", "Cites")
        return refs

    def _list(self, key: str) -> list[str]:
        value = self.keys.get(key)
        return [part.strip() for part in value.words.split(",") if part.strip()] if value else []

    def _occasions(self) -> tuple[str, ...]:
        named = tuple(self._list("Occasion")) or (("start", "end") if self.survey else ())
        for name in named:
            if name not in ("start", "end"):
                self.note(f"There is no occasion '{name}'.", "Write start, end, or both.", "Occasion")
        if named and not self.survey:
            self.note("Only a survey has occasions.", "Add 'Survey: yes', or take the line out.", "Occasion")
        return named

    def named(self, text: str, line: int) -> tuple[str, str]:
        """The id that a text begins with, and the words after it; both empty when there is no id."""
        found = _NAMED.fullmatch(text.strip())
        if found is None:
            first = text.strip().partition("\n")[0][:40]
            self.note(f"'{first}' has no id.", f"Begin it with a short word of its own: 'word: {first}'.", line)
            return "", ""
        if not found["text"]:
            self.note(f"'{found['id']}' has no words.", "Write them after the colon.", line)
        return found["id"], found["text"] or ""

    def comment(self, item: Item, name: str, *, right: bool) -> dict[str, Any]:
        """The fields `feedback` and `misconception`, from the quotation under an item."""
        marked = (place for place, line in enumerate(item.quote) if _MISCONCEPTION.match(line))
        cut = next(marked, len(item.quote))
        feedback = self.runs("\n".join(item.quote[:cut]), item.line)
        misconception = _MISCONCEPTION.sub("", " ".join(item.quote[cut:]), count=1).strip()
        if not feedback and not self.survey:
            self.note(f"'{name}' has no feedback.", "Add it under the option after '>'.", item.line)
        if right and cut < len(item.quote):
            self.note(f"'{name}' is right and names a misconception.", "Only a wrong option stands for one.", item.line)
        if not right and not misconception and not self.survey:
            mend = "Name the mistake it stands for, last: '> misconception: …'."
            self.note(f"'{name}' names no misconception.", mend, item.line)
        return {"feedback": feedback, "misconception": misconception}

    def option(self, item: Item, text: str | None = None) -> dict[str, Any]:
        """The fields of an option; `text` stands in for the item's own."""
        name, words = self.named("\n".join(item.text) if text is None else text, item.line)
        right = item.mark != "[ ]"
        comment = self.comment(item, name, right=right)
        return {"id": name, "text": self.runs(words, item.line), "right": right, "line": item.line, **comment}

    def unique(self, named: Iterable[tuple[str, int]]) -> None:
        """Note each id that stands a second time."""
        first: dict[str, int] = {}
        for name, line in named:
            if name and name in first:
                self.note(f"The id '{name}' stands already in line {first[name]}.", "Give each its own.", line)
            first.setdefault(name, line)
