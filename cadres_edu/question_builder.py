"""A question as written -> a typed question of its kind; every mistake is noted with its line and its mend."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

from cadres_edu import markup
from cadres_edu.marking import close, normalise, read_number
from cadres_edu.question_draft import Draft
from cadres_edu.question_kinds import (
    Choice,
    Gap,
    GapAnswer,
    GapPlace,
    Kind,
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

_FIGURE = r"[-+\u2212]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?![0-9.,])"
_ANSWER = re.compile(
    rf"(?P<value>{_FIGURE})(?:\s*(?:±|\+/-)\s*(?P<tolerance>{_FIGURE}))?\s*(?P<unit>[^\d\s±].*)?", re.DOTALL
)
_ARROW = re.compile(r"\s*(?:→|->)\s*")
_RANGE = re.compile(r"([0-9]{1,6})\s*[-–]\s*([0-9]{1,6})")
_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-+:?")


def build(lesson: str, section: Section, mistakes: Mistakes) -> Question | None:
    """The question, or None if its kind can't be told; whether it can be used, `mistakes` says."""
    draft = Draft(lesson, section, mistakes)
    if draft.kind is None:
        return None
    draft.check_pieces(draft.kind)
    question = _BUILDERS[draft.kind](draft)
    linked = (link.ref for passage in question.passages() for link in markup.links(passage.runs))
    return replace(question, cites=tuple(dict.fromkeys([*linked, *draft.cites()])))


def _options(draft: Draft) -> tuple[Option, ...]:
    options = tuple(Option(**draft.option(item)) for item in draft.items)
    draft.unique((option.id, option.line) for option in options)
    return options


def _choice(draft: Draft) -> Question:
    options = _options(draft)
    right = [option for option in options if option.right]
    if len(options) < 2:
        draft.note(f"'{draft.section.id}' offers no choice.", "List two options or more, or name another kind.")
    elif not right:
        draft.note(f"'{draft.section.id}' has no right option.", "Mark the right one [x].")
    for option in right[1:]:
        mend = "Mark exactly one with [x], or write 'Kind: several' if more than one is right."
        draft.note(f"'{option.id}' is a second right option.", mend, option.line)
    return Choice(**draft.common(), options=options, shuffle=draft.yes("Shuffle"))


def _several(draft: Draft) -> Question:
    options = _options(draft)
    if {option.right for option in options} != {True, False}:
        draft.note("Several answers need right and wrong ones.", "Mark one or more [x] and leave one or more [ ].")
    return Several(**draft.common(), options=options, shuffle=draft.yes("Shuffle"))


def _order(draft: Draft) -> Question:
    options = _options(draft)
    if len(options) < 3:
        draft.note("There are fewer than three things to put in order.", "Add to the numbered list.")
    numbers = [item.mark.rstrip(".)") for item in draft.items]
    counted = [str(place) for place in range(1, len(numbers) + 1)]
    if set(numbers) != {"1"} and numbers != counted and all(number.isdigit() for number in numbers):
        draft.note(
            "The numbers don't count 1, 2, 3.", "Put the list in the right order and number it so.", draft.items[0].line
        )
    return Order(**draft.common(), options=options)


def _number(draft: Draft) -> Question:
    written = draft.said("Answer")
    found = _ANSWER.fullmatch(markup.plain(written))
    answer = read_number(found["value"]) if found else None
    if found is None or answer is None:
        draft.note("The answer is not a number.", "Write it as 'Answer: 28 ± 1 days'.", "Answer")
    tolerance = (read_number(found["tolerance"] or "0") if found else None) or 0.0
    unit = (found["unit"] or "").strip() if found else ""
    feedback = draft.said("Feedback")
    if not feedback and not draft.survey:
        draft.note("The right number has no feedback.", "Add a line 'Feedback: …'.")
    target = math.nan if answer is None else answer
    return Number(
        **draft.common(),
        answer=target,
        tolerance=tolerance,
        unit=unit,
        written=written,
        feedback=feedback,
        otherwise=draft.said("Otherwise"),
        options=_wrong_numbers(draft, target, tolerance, unit),
    )


def _wrong_numbers(draft: Draft, answer: float, tolerance: float, unit: str) -> tuple[WrongNumber, ...]:
    options: list[WrongNumber] = []
    for item in draft.items:
        fields = draft.option(item)
        words = markup.plain(fields["text"])
        value = read_number(words, unit)
        if value is None:
            draft.note(f"'{words[:40]}' is not a number.", "Write wrong numbers as '- [ ] id: 27'.", item.line)
            continue
        if close(value, answer, tolerance):
            draft.note(f"{words} would be marked right.", "Take it out, or lessen the tolerance.", item.line)
        if any(close(value, other.value) for other in options):
            draft.note(f"{words} stands twice.", "Keep one.", item.line)
        options.append(WrongNumber(**fields, value=value))
    draft.unique((option.id, option.line) for option in options)
    return tuple(options)


def _match(draft: Draft) -> Question:
    lefts: list[Left] = []
    rights: dict[str, RightSide] = {}
    for item in draft.items:
        sides = _ARROW.split("\n".join(item.text).strip())
        if len(sides) != 2:
            mend = "Write '- county: a county → two: two people', with one arrow."
            draft.note(f"'{item.text[0].strip()[:40]}' is no pair.", mend, item.line)
            continue
        right = _right_side(draft, sides[1], item.line, rights)
        if sides[0]:
            lefts.append(Left(**draft.option(item, sides[0]), match=right))
        elif item.quote:
            draft.note("What fits nothing has no feedback.", "Write it under a left-hand side.", item.line)
    if len(lefts) < 2 or len(rights) < 2:
        draft.note("There is too little to match.", "Write two pairs or more, with two different right-hand sides.")
    draft.unique((left.id, left.line) for left in lefts)
    return Match(**draft.common(), options=tuple(lefts), right=tuple(rights.values()))


def _right_side(draft: Draft, words: str, line: int, known: dict[str, RightSide]) -> str:
    if words in known:  # named again by its id alone
        return words
    name, text = draft.named(words, line)
    runs = draft.runs(text, line)
    if name in known and known[name].text != runs:
        problem = f"'{name}' has other words in line {known[name].line}."
        draft.note(problem, f"Write '→ {name}' here, or give it another id.", line)
    known.setdefault(name, RightSide(name, runs, line))
    return name


def _gap(draft: Draft) -> Question:
    common = draft.common()
    blanks = [blank.id for paragraph in common["prompt"] for blank in markup.blanks(paragraph)]
    if not blanks:
        draft.note("The prompt has no gap.", "Write {{id}} where a word is to be filled in.")
    draft.unique((blank, draft.section.line) for blank in blanks)
    answers: dict[str, list[GapAnswer]] = {blank: [] for blank in blanks}
    for item in draft.items:
        name, answer = _gap_answer(draft, item)
        if name and name not in answers:
            draft.note(f"There is no gap '{name}' in the prompt.", f"Write {{{{{name}}}}} there.", item.line)
        answers.setdefault(name, []).append(answer)
    places = [place for blank in answers if blank in blanks for place in _gap_places(draft, blank, answers[blank])]
    return Gap(**common, gaps=tuple(places), otherwise=draft.said("Otherwise"))


def _gap_answer(draft: Draft, item: Item) -> tuple[str, GapAnswer]:
    name, words = draft.named("\n".join(item.text), item.line)
    right = item.mark == "[x]"
    written = tuple(draft.runs(part, item.line) for part in _CELL.split(words))
    texts = tuple(markup.plain(part) for part in written)
    if words and not all(normalise(text) for text in texts):
        draft.note(f"An answer of the gap '{name}' is empty.", "Write words on both sides of each '|'.", item.line)
    comment = draft.comment(item, name, right=right)
    return name, GapAnswer(texts=texts, written=written, right=right, line=item.line, **comment)


def _gap_places(draft: Draft, blank: str, answers: list[GapAnswer]) -> list[GapPlace]:
    right = [answer for answer in answers if answer.right]
    if len(right) != 1:
        mend = f"Give it one line '- [x] {blank}: word | another'."
        draft.note(f"The gap '{blank}' has {len(right)} lines of right answers.", mend)
    taken: set[str] = set()
    for answer in answers:
        texts = {normalise(text) for text in answer.texts}
        for text in sorted(texts & taken):
            draft.note(f"'{text}' stands twice for the gap '{blank}'.", "Keep one.", answer.line)
        taken |= texts
    return [GapPlace(blank, right[0], tuple(answer for answer in answers if not answer.right))] if right else []


def _open(draft: Draft) -> Question:
    value, model = draft.keys.get("Words"), draft.keys.get("Model")
    found = _RANGE.fullmatch(value.words.removesuffix("words").strip()) if value else None
    words = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 0 <= words[0] < words[1]:
        draft.note("How many words?", "Write the fewest and the most, as in 'Words: 60-150'.", "Words")
    rubric = _rubric(draft)
    texts = paragraphs([*filter(None, model.text), *model.quote]) if model else ()
    answer: tuple[Runs, ...] = tuple(draft.runs(text, model.line) for text in texts) if model else ()
    if not draft.survey and not answer:
        draft.note("An open question needs a model answer.", "Write 'Model:' and, under it, '>' paragraphs.")
    if not draft.survey and rubric is None:
        draft.note("An open question needs a rubric.", "Add a table: what is looked at, then what earns which points.")
    return Open(**draft.common(), words=words, rubric=rubric, model=answer)


def _rubric(draft: Draft) -> Rubric | None:
    rows = [(line, [cell.strip() for cell in _CELL.split(text.strip("|"))]) for line, text in draft.section.table]
    if not rows:
        return None
    first, width = rows[0][0], len(rows[0][1])
    if len(rows) < 3 or width < 3 or not all(_RULE.fullmatch(cell) for cell in rows[1][1]):
        mend = "Write '| | 0 | 1 |', then '|---|---|---|', then a row for each thing looked at."
        draft.note("The table can't be read as a rubric.", mend, first)
    for line, cells in rows[1:]:
        if len(cells) != width:
            problem = f"This row has {len(cells)} cells under a head of {width}."
            draft.note(problem, "Give every row as many cells as the first.", line)
        elif not all(cells):
            draft.note("A cell of the rubric is empty.", "Say what earns these points.", line)
    made = [tuple(draft.runs(cell, line) for cell in cells) for line, cells in [rows[0], *rows[2:]]]
    return Rubric(made[0], tuple(made[1:]))


_BUILDERS: dict[Kind, Callable[[Draft], Question]] = {
    "choice": _choice,
    "several": _several,
    "number": _number,
    "order": _order,
    "match": _match,
    "gap": _gap,
    "open": _open,
}
