"""An essay in parts: claims on offer, what a card of evidence says, what a case still lacks, and the plan of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cadres_edu import archive, markup, tables
from cadres_edu.cards import heading, in_words
from cadres_edu.reasoning import Weighing
from cadres_edu.records import STANDINGS, Record, Statistic

# How a record can mislead, by its kind; the first named are the first to be carried.
LIMITS = {
    "event": "That it happened doesn't say why, or what it led to.",
    "claim": "It sums up the works that we have read, and others may say more.",
    "position": "It is what one person said or did then, not all that they thought.",
    "study": "It holds as far as its method and its figures hold.",
    "verdict": "It is what the Party said then of its own past.",
    "estimate": "It holds as far as its method holds.",
    "weighing": "",
    "chain": "It is one author's reading of how things hang together.",
    "derived": "It is no better than the figures that it is worked out from.",
    "statistic": "Somebody reported it, for a purpose.",
}
LEAST = {"own": 5, "why": 3, "reply": 5}  # words; a Chinese character counts as one
HEADS = {
    "claim": "My claim",
    "for": "What speaks for it",
    "against": "What speaks against it",
    "reply": "My reply",
    "works": "Works",
}
WHY = {"for": "Why it bears on the claim", "against": "Why it speaks against the claim"}
SHOW_NOT = "Bear in mind"
_WORD = re.compile("[\u3400-\u9fff\uf900-\ufaff]|[^\\s\u3400-\u9fff\uf900-\ufaff]+")
_LONG, _SHORT = 240, 50  # characters: the most that a card's line has, and what is no more than a date

Answer = Mapping[str, Any]
Plan = list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Thesis:
    """A claim on offer, with the records that its friends and its opponents would bring."""

    id: str
    thesis: str
    supports: tuple[str, ...]
    opposes: tuple[str, ...]


def theses() -> list[Thesis]:
    """The claims of theses.csv; SeedError names the row that lacks a part or names no record."""
    found = []
    for row in tables.rows(archive.seeds_folder() / "theses.csv", ("id", "thesis", "supports", "opposes")):
        row.must_have("id", "thesis", "supports", "opposes")
        sides = {column: row.words(column) for column in ("supports", "opposes")}
        for column, refs in sides.items():
            _look_up(row, column, refs)
        found.append(Thesis(row.text("id"), row.text("thesis"), **sides))
    return found


def _look_up(row: tables.Row, column: str, refs: Iterable[str]) -> None:
    for ref in refs:
        if ref.partition(":")[0] not in LIMITS:
            raise row.error(column, f"{ref!r} is no evidence", f"Begin with one of: {', '.join(LIMITS)}.")
        try:
            archive.record(ref)
        except archive.UnknownRecord as error:
            raise row.error(column, str(error).rstrip("."), "Mend the id, or add the record.") from None


# ---- A card, and what it says. ----


def label(one: Record) -> str:
    """What a card is headed with; a figure of a part of the country says of which."""
    if isinstance(one, Statistic) and one.place != "china":
        return f"{one.title}, {archive.record(f'place:{one.place}').label}, {one.year}"
    return heading(one)


def line(one: Record) -> str:
    """What a record says, in its first sentence or two."""
    said = markup.plain(markup.runs(one.card if isinstance(one, Weighing) else in_words(one)))
    return _short(said)


def limit(one: Record) -> str:
    """What a record can't show, or how it may mislead."""
    own = markup.plain(markup.runs(one.limit)) if isinstance(one, Weighing) else _short(one.note)
    return " ".join(filter(None, (own, LIMITS[one.kind])))


def _short(text: str) -> str:
    """Whole sentences while they fit; where that would leave a date and no more, the next is cut between words."""
    sentences = re.split(r"(?<=[.!?])\s+(?=\S)", text.strip())
    kept = sentences[0]
    for more in sentences[1:]:
        if len(kept) + len(more) >= _LONG:
            kept += f" {more}" if len(kept) < _SHORT else ""
            break
        kept += f" {more}"
    return kept if len(kept) <= _LONG else kept[:_LONG].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"


def work(name: str) -> str:
    """A work in short."""
    return archive.record(f"source:{name}").label


def works_of(one: Record) -> str:
    """The works that a record rests on, in short."""
    return "; ".join(map(work, one.source)) or "our own calculation"


# ---- The plan, the same in the page. ----


def count(text: str) -> int:
    """How many words a text has; a Chinese character counts as one."""
    return len(_WORD.findall(text))


def claim(answer: Answer) -> str:
    """The claim in words: one that was offered, or the learner's own."""
    offered = {one.id: one.thesis for one in theses()}
    return offered.get(_text(answer, "thesis")) or _text(answer, "own").strip()


def missing(answer: Answer) -> list[str]:
    """Which parts a case still lacks, by name."""
    pieces = _pieces(answer)
    sides = Counter(_text(one, "side") for one in pieces)
    own = _text(answer, "thesis") == "own"
    found = {
        "claim": not claim(answer),
        "own": own and 0 < count(claim(answer)) < LEAST["own"],
        "for": sides["for"] < 2,
        "against": not sides["against"],
        "why": any(count(_text(one, "why")) < LEAST["why"] for one in pieces),
        "reply": count(_text(answer, "reply")) < LEAST["reply"],
    }
    return [name for name, lacks in found.items() if lacks]


def plan(answer: Answer) -> Plan:
    """The case as an essay plan: headings, each with its paragraphs; what is missing is left empty."""
    pieces = [(one, archive.record(_text(one, "ref"))) for one in _pieces(answer)]
    told = {side: [_told(one, found) for one, found in pieces if _text(one, "side") == side] for side in WHY}
    works = sorted({work(name) for _, found in pieces for name in found.source}, key=str.casefold)
    return [
        (HEADS["claim"], [claim(answer)]),
        *((HEADS[side], told[side]) for side in WHY),
        (HEADS["reply"], [_text(answer, "reply").strip()]),
        (HEADS["works"], works),
    ]


def _told(piece: Answer, found: Record) -> str:
    standing = STANDINGS[found.standing]
    why = f"{WHY[_text(piece, 'side')]}: {_text(piece, 'why').strip()}"
    return f"{label(found)}. {line(found)} ({works_of(found)}; {standing})\n{why}\n{SHOW_NOT}: {limit(found)}"


def _pieces(answer: Answer) -> list[Answer]:
    """The pieces whose record the evidence still has."""
    found = answer.get("pieces")
    pieces = found if isinstance(found, list) else []
    return [one for one in pieces if isinstance(one, Mapping) and _known(_text(one, "ref")) and one.get("side") in WHY]


def _known(ref: str) -> bool:
    try:
        return archive.record(ref).kind in LIMITS
    except archive.UnknownRecord:
        return False


def _text(answer: Answer, name: str) -> str:
    found = answer.get(name)
    return found if isinstance(found, str) else ""


def refs(answer: Any) -> list[str]:
    """The records that the pieces of a case are; none where the answer isn't one."""
    return [_text(one, "ref") for one in _pieces(answer)] if isinstance(answer, Mapping) else []
