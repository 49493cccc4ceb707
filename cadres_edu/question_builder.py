"""A question as written -> a typed question; every mistake is noted with its line and its mend, and reading goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from cadres_edu import markup
from cadres_edu.marking import read_number
from cadres_edu.question_kinds import (
    Choice,
    Gap,
    GapAnswer,
    GapPlace,
    Left,
    Match,
    Number,
    Open,
    Option,
    Order,
    Question,
    RightSide,
    Rubric,
    Runs,
    Several,
    WrongNumber,
)
from cadres_edu.question_text import Item, Mistakes, Section, paragraphs

RESERVED = ("learner", "start-over")  # lines of the learner's log bear these names
RECORDS = (
    *("event", "person", "position", "term", "source", "claim", "estimate"),
    *("statistic", "series", "study", "place", "derived", "seed"),
)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NAMED = re.compile(r"(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*):\s+(?P<text>.*)", re.DOTALL)
_ANSWER = re.compile(r"(?P<value>\S+)(?:\s*(?:±|\+/-)\s*(?P<tolerance>[\d.,]+))?(?:\s+(?P<unit>[^\d\s].*))?", re.DOTALL)
_PAIR = re.compile(r"(?P<left>.*?)\s*(?:→|->)\s*(?P<right>.*)", re.DOTALL)
_RANGE = re.compile(r"(\d+)\s*[-–]\s*(\d+)")
_MISCONCEPTION = re.compile(r"misconception:\s*(.*)", re.IGNORECASE)


class Builder:
    """Builds the question of one section of lesson `lesson`."""

    def __init__(self, lesson: str, section: Section, mistakes: Mistakes) -> None:
        self.lesson, self.section, self.mistakes = lesson, section, mistakes
        self.survey = self._yes("Survey")
        self.kind = self._kind()
        self.refs: list[str] = []

    def question(self) -> Question | None:
        """The question, or None when something essential is missing (which is then among the mistakes)."""
        if not _SLUG.fullmatch(self.section.id) or self.section.id in RESERVED:
            self._add(f"'{self.section.id}' can't be a question's id.", "Use lower-case letters, digits and hyphens.")
        kinds: dict[str, Callable[[dict[str, Any]], Question | None]] = {
            "choice": self._choice,
            "several": self._several,
            "number": self._number,
            "order": self._order,
            "match": self._match,
            "gap": self._gap,
            "open": self._open,
        }
        if self.kind not in kinds:
            self._add(f"There is no kind '{self.kind}'.", f"The kinds are {', '.join(kinds)}.", "Kind")
            return None
        prompt = tuple(self._runs("\n".join(lines)) for lines in self.section.prompt)
        if not prompt:
            self._add("The question has no prompt.", "Write it under the heading.")
        common: dict[str, Any] = {"id": f"{self.lesson}/{self.section.id}", "prompt": prompt, "line": self.section.line}
        common |= {"hint": self._words("Hint"), "survey": self.survey, "occasion": self._occasions()}
        made = kinds[self.kind](common)
        return replace(made, cites=tuple(dict.fromkeys([*self.refs, *self._list("Cites")]))) if made else None

    def _kind(self) -> str:
        if value := self.section.keys.get("Kind"):
            return value.words.lower()
        return "open" if "Words" in self.section.keys else "number" if "Answer" in self.section.keys else "choice"

    def _choice(self, common: dict[str, Any]) -> Question:
        options = self._options()
        right = sum(option.right for option in options)
        if right != 1 or len(options) < 2:
            mend = "Mark exactly one with [x], or write 'Kind: several' if more than one is right."
            self._add(f"{right} of {len(options)} options are right.", mend)
        return Choice(**common, options=options, shuffle=self._yes("Shuffle"))

    def _several(self, common: dict[str, Any]) -> Question:
        options = self._options()
        if {option.right for option in options} != {True, False}:
            self._add("Several answers need right and wrong ones.", "Mark one or more [x] and leave one or more [ ].")
        return Several(**common, options=options, shuffle=self._yes("Shuffle"))

    def _order(self, common: dict[str, Any]) -> Question:
        options = tuple(option for item in self.section.items if (option := self._option(item, right=True)))
        if len(options) < 3:
            self._add("There are fewer than three things to put in order.", "Add to the numbered list.")
        self._unique(options)
        return Order(**common, options=options)

    def _number(self, common: dict[str, Any]) -> Question | None:
        value = self.section.keys.get("Answer")
        written = self._runs(value.words) if value else ()
        found = _ANSWER.fullmatch(markup.plain(written).strip())
        number = read_number(found["value"]) if found else None
        if found is None or number is None:
            self._add("The answer is not a number.", "Write it as 'Answer: 28 ± 1 days'.", "Answer")
            return None
        feedback = self._words("Feedback")
        if not feedback and not self.survey:
            self._add("The right number has no feedback.", "Add a line 'Feedback: …'.")
        options = tuple(wrong for item in self.section.items if (wrong := self._wrong_number(item)))
        more: dict[str, Any] = {"written": written, "options": options, "unit": (found["unit"] or "").strip()}
        more |= {"feedback": feedback, "otherwise": self._words("Otherwise")}
        return Number(**common, answer=number, tolerance=read_number(found["tolerance"] or "0") or 0.0, **more)

    def _wrong_number(self, item: Item) -> WrongNumber | None:
        option = self._option(item, right=False)
        if option is None:
            return None
        value = read_number(markup.plain(option.text))
        if value is None:
            self.mistakes.add(item.line, "A wrong answer to a number is a number.", "Write it as '- [ ] id: 27'.")
            return None
        return WrongNumber(**_fields(option), value=value)

    def _match(self, common: dict[str, Any]) -> Question:
        lefts: list[Left] = []
        rights: dict[str, RightSide] = {}
        for item in self.section.items:
            pair = _PAIR.fullmatch("\n".join(item.text).strip())
            side = self._right_side(item, pair["right"].strip(), rights) if pair else None
            if pair is None:
                self.mistakes.add(item.line, "No arrow stands here.", "Write '- county: a county → two: two people'.")
            elif side and pair["left"]:
                left = self._option(Item(item.line, item.mark, [pair["left"]], item.quote), right=True)
                lefts += [Left(**_fields(left), match=side.id)] if left else []
        if len(lefts) < 2 or len(rights) < 2:
            self._add("There are too few pairs to match.", "Write at least two.")
        self._unique(lefts)
        return Match(**common, options=tuple(lefts), right=tuple(rights.values()))

    def _right_side(self, item: Item, words: str, known: dict[str, RightSide]) -> RightSide | None:
        if words in known:
            return known[words]
        found = _NAMED.fullmatch(words)
        if found is None:
            self.mistakes.add(item.line, f"'{words[:30]}' has no id.", "Write it as '→ two: two people'.")
            return None
        return known.setdefault(found["id"], RightSide(found["id"], self._runs(found["text"]), item.line))

    def _gap(self, common: dict[str, Any]) -> Question:
        answers: dict[str, list[GapAnswer]] = {}
        for item in self.section.items:
            if option := self._option(item, right=item.mark == "[x]"):
                answers.setdefault(option.id, []).append(self._gap_answer(option, "\n".join(item.text)))
        blanks = [run.id for paragraph in common["prompt"] for run in _flat(paragraph) if isinstance(run, markup.Blank)]
        places = tuple(place for blank in blanks if (place := self._gap_place(blank, answers.pop(blank, []))))
        if not blanks:
            self._add("The prompt has no gap.", "Write {{id}} where a word is to be filled in.")
        for unknown, found in answers.items():
            self.mistakes.add(found[0].line, f"There is no gap '{unknown}' in the prompt.", "Write its {{id}} there.")
        return Gap(**common, gaps=places, otherwise=self._words("Otherwise"))

    def _gap_answer(self, option: Option, text: str) -> GapAnswer:
        written = tuple(self._runs(part.strip()) for part in text.split(":", 1)[-1].split("|"))
        shared = {name: value for name, value in _fields(option).items() if name not in ("id", "text")}
        return GapAnswer(texts=tuple(markup.plain(part) for part in written), written=written, **shared)

    def _gap_place(self, blank: str, answers: list[GapAnswer]) -> GapPlace | None:
        right = [answer for answer in answers if answer.right]
        if len(right) != 1:
            mend = f"Give it one line '- [x] {blank}: word | another'."
            self._add(f"The gap '{blank}' has {len(right)} lines of right answers.", mend)
            return None
        return GapPlace(blank, right[0], tuple(answer for answer in answers if not answer.right))

    def _open(self, common: dict[str, Any]) -> Question | None:
        value = self.section.keys.get("Words")
        found = _RANGE.fullmatch(value.words) if value else None
        if found is None or int(found[1]) > int(found[2]):
            self._add("How many words?", "Write a range such as 'Words: 60-150'.", "Words")
            return None
        rubric, model = self._rubric(), self.section.keys.get("Model")
        texts = (
            tuple(self._runs(text) for text in paragraphs([*filter(None, model.text), *model.quote])) if model else ()
        )
        if not self.survey and (rubric is None or not texts):
            mend = "Add a table (what is looked at, then the points), and 'Model:' with '>' paragraphs."
            self._add("An open question needs a rubric and a model answer.", mend)
        return Open(**common, words=(int(found[1]), int(found[2])), rubric=rubric, model=texts)

    def _rubric(self) -> Rubric | None:
        rows = [
            (line, [cell.strip() for cell in text.strip().strip("|").split("|")]) for line, text in self.section.table
        ]
        kept = [(line, cells) for line, cells in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in cells)]
        if len(kept) < 2:
            return None
        for line, cells in kept[1:]:
            if len(cells) != len(kept[0][1]):
                problem = f"This row has {len(cells)} cells under a head of {len(kept[0][1])}."
                self.mistakes.add(line, problem, "Give every row as many cells as the first.")
        made = [tuple(self._runs(cell) for cell in cells) for _, cells in kept]
        return Rubric(made[0], tuple(made[1:]))

    def _options(self) -> tuple[Option, ...]:
        items = self.section.items
        options = tuple(option for item in items if (option := self._option(item, right=item.mark == "[x]")))
        self._unique(options)
        return options

    def _option(self, item: Item, *, right: bool) -> Option | None:
        found = _NAMED.fullmatch("\n".join(item.text).strip())
        if found is None:
            self.mistakes.add(item.line, "The option has no id.", "Begin it with one, such as '- [ ] two: Two people'.")
            return None
        named = [match[1] for line in item.quote if (match := _MISCONCEPTION.fullmatch(line.strip()))]
        said = [line for line in item.quote if not _MISCONCEPTION.fullmatch(line.strip())]
        feedback = self._runs("\n".join(said).strip())
        if not feedback and not self.survey:
            self.mistakes.add(item.line, f"'{found['id']}' has no feedback.", "Add it under the option after '>'.")
        if not named and not right and not self.survey:
            mend = "Name the mistake it stands for: '> misconception: …'."
            self.mistakes.add(item.line, f"'{found['id']}' names no misconception.", mend)
        more: dict[str, Any] = {"feedback": feedback, "misconception": " ".join(named), "line": item.line}
        return Option(id=found["id"], text=self._runs(found["text"]), right=right, **more)

    def _unique(self, options: Iterable[Option]) -> None:
        options = list(options)
        counted = Counter(option.id for option in options)
        for option in options:
            if counted[option.id] > 1:
                self.mistakes.add(option.line, f"The id '{option.id}' stands twice.", "Give each option its own.")

    def _runs(self, text: str) -> Runs:
        runs = tuple(markup.runs(text)) if text else ()
        for link in markup.links(runs):
            if link.ref.partition(":")[0] not in RECORDS:
                self._add(f"'{link.ref}' is not a record.", "Links lead to records, such as '(#event:liu-speech)'.")
            self.refs.append(link.ref)
        return runs

    def _words(self, key: str) -> Runs:
        value = self.section.keys.get(key)
        return self._runs(" ".join([*value.text, *value.quote]).strip()) if value else ()

    def _yes(self, key: str) -> bool:
        value = self.section.keys.get(key)
        if value and value.words.lower() not in ("yes", "no"):
            self._add(f"'{key}: {value.words}' is neither yes nor no.", f"Write '{key}: yes'.", key)
        return bool(value and value.words.lower() == "yes")

    def _list(self, key: str) -> list[str]:
        value = self.section.keys.get(key)
        return [part.strip() for part in value.words.split(",") if part.strip()] if value else []

    def _occasions(self) -> tuple[str, ...]:
        named = tuple(self._list("Occasion")) or (("start", "end") if self.survey else ())
        for name in named:
            if name not in ("start", "end"):
                self._add(f"There is no occasion '{name}'.", "Write start, end, or both.", "Occasion")
        return named

    def _add(self, problem: str, mend: str, key: str = "") -> None:
        value = self.section.keys.get(key)
        self.mistakes.add(value.line if value else self.section.line, problem, mend)


def _fields(option: Option) -> dict[str, Any]:
    return {name: getattr(option, name) for name in ("id", "text", "right", "feedback", "misconception", "line")}


def _flat(runs: Iterable[markup.Run]) -> Iterable[markup.Run]:
    for run in runs:
        yield run
        yield from _flat(getattr(run, "inner", ()))
