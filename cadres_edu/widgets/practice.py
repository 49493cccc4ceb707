"""Flash cards of the terms that the lessons use, asked both ways, in boxes that say how soon a card is due again."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.records import Term
from cadres_edu.widgets import coursemap, paper
from cadres_edu.widgets.base import Thing

TITLE = "Practise the key terms"
ABOUT = "Read the card and say the answer to yourself. Then turn it, and judge for yourself whether you knew it."
BOXES, SIZE = 5, 10
RULE = (
    f"Every card begins in box 1. Known, it moves up one box, as far as box {BOXES}; not known, it goes back to box 1. "
    "A card in box 1 is due in the next round, in box 2 after 2 rounds, in box 3 after 4, in box 4 after 8, in box 5 "
    f"after 16. A round has at most {SIZE} cards, the seen before the new, and never both sides of one term. Rounds "
    "count, not days: do one whenever you like."
)
LEAVES_OUT = (
    "Nothing checks your judgement, and a word known is not yet an event understood. A meaning here is one line; the "
    "lesson that uses the term has its sources. Left out: terms for which our glossary has no Chinese."
)
_TERM = re.compile(r"\]\(#term:([A-Za-z0-9-]+)\)")

Used = list[tuple[Term, int]]


def practice() -> Thing:
    """Every term that a lesson links to, as two cards: characters to meaning, and meaning to characters."""
    files = coursemap.files()
    used = terms_used(files)
    lessons = [f"{one['number']} {one['title']}" for one in map(coursemap.head, files)]
    data: dict[str, Any] = {
        "title": TITLE,
        "about": ABOUT,
        "rule": RULE,
        "leaves_out": LEAVES_OUT,
        "boxes": BOXES,
        "size": SIZE,
        "lessons": lessons,
        "terms": [_row(term, first) for term, first in used],
    }
    return Thing("practice", "00/practice", data, _reading(used, lessons), _static(used, lessons), asks=["00/practice"])


def terms_used(files: list[Path]) -> Used:
    """The terms with a Chinese form that the prose of lessons links to, in order of first use, each with the place of
    its first lesson; LookupError names the lesson that links to a term which the glossary doesn't have."""
    known = {term.id: term for term in archive.terms()}
    met: dict[str, int] = {}
    for place, file in enumerate(files):
        for name in terms_in(file):
            if name not in known:
                raise LookupError(f"{file.name} links to the term {name!r}: add it to glossary.csv, or mend the link.")
            met.setdefault(name, place)
    return [(known[name], first) for name, first in met.items() if known[name].term_zh]


def terms_in(file: Path) -> list[str]:
    """The ids of the terms that the prose of a lesson links to, in order, as often as it does."""
    cells = json.loads(file.read_bytes())["cells"]
    return _TERM.findall("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"))


def _row(term: Term, first: int) -> list[Any]:
    """Id, place of the first lesson, characters, pinyin, English, meaning; and 1 where the English is the pinyin."""
    row: list[Any] = [term.id, first, term.term_zh, term.pinyin, term.term]
    row.append(markup.as_json(markup.runs(term.definition)))
    return [*row, 1] if _letters(term.pinyin) in _letters(term.term) else row


def _letters(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", text.lower()) if "a" <= one <= "z")


def _reading(used: Used, lessons: list[str]) -> str:
    lines = [TITLE, ABOUT, RULE]
    for place, lesson in enumerate(lessons):
        own = [f"   {term.term_zh} {term.pinyin}: {term.term}. {term.definition}" for term, at in used if at == place]
        lines += [lesson, *own] if own else []
    return "\n".join([*lines, LEAVES_OUT])


def _static(used: Used, lessons: list[str]) -> str:
    told = [
        paper.paragraphs(lesson) + paper.listed(own)
        for place, lesson in enumerate(lessons)
        if (own := [_item(term) for term, at in used if at == place])
    ]
    return paper.sheet(TITLE, paper.paragraphs(ABOUT, RULE), *told, paper.paragraphs(LEAVES_OUT))


def _item(term: Term) -> str:
    pinyin = f'<i lang="zh-Latn">{marked(term.pinyin)}</i>'
    return f'<span lang="zh-Hans">{term.term_zh}</span> {pinyin}: {marked(f"{term.term}. {term.definition}")}'
