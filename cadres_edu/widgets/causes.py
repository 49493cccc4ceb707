"""Causes of 1966: event cards linked into the learner's own chain, then compared with three authors' chains."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.dates import date_in_words
from cadres_edu.reasoning import LABELS, Chain
from cadres_edu.records import Event
from cadres_edu.schema import TABLES
from cadres_edu.tables import SeedError
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

TITLE = "Your chain to 1966"
FEWEST, MOST, LINKS, WORDS = 6, 10, 5, 5  # events chosen, links drawn, and words of a reason before chains are compared
ABOUT = (
    f"Choose {FEWEST} to {MOST} events. Link one to another, say what kind of link it is, and why, in {WORDS} words of "
    f"your own or more. With {LINKS} links you can compare. Nothing is marked; but a link that the dates rule out "
    "isn’t taken."
)
LATE = "It rests on what somebody said afterwards"
THEIRS = (
    "The labels are ours, as far as the author’s words bear them; only “fuse” stands in a text. An event or a link "
    "that an author lacks is not wrong: the part that was read doesn’t speak of it."
)
LEAVES_OUT = (
    "Left out: events after August 1966, and all that has no record here, such as what was said without a witness. Of "
    "each author only a part was read, so their chains are parts too."
)
# The cards, with labels that fit a narrow drawing and name no date of their own.
CARDS = {
    "household-contracting-spreads": "Household contracting",
    "mao-rebukes-colleagues": "Mao rebukes colleagues",
    "tenth-plenum": "Tenth Plenum",
    "first-ten-points": "First Ten Points",
    "nine-polemics": "Articles against Moscow",
    "later-ten-points": "Later Ten Points",
    "taoyuan-experience": "Taoyuan experience",
    "little-red-book": "Mao’s sayings printed",
    "khrushchev-falls": "Khrushchev is removed",
    "nuclear-test": "Chinese nuclear test",
    "mao-liu-clash": "Mao and Liu clash",
    "twenty-three-articles": "Twenty-three Articles",
    "hai-rui-attack-planned": "Jiang Qing in Shanghai",
    "hai-rui-critique": "Article on the play",
    "luo-ruiqing-falls": "Luo Ruiqing’s fall",
    "february-outline": "February Outline",
    "speech-sent-out": "Mao’s speech sent out",
    "may-notification": "May 16 Notification",
    "wall-poster": "Peking University poster",
    "work-teams": "Work teams in schools",
    "eleventh-plenum": "Eleventh Plenum",
}
_SAYS = {
    "cause": "brought about",
    "condition": "made possible",
    "trigger": "set off",
    "coincidence": "fell together with",
}


def causes() -> Thing:
    """Events to link by cause, condition, trigger or coincidence, each with a reason; then three authors' chains."""
    events = [one for one in archive.events() if one.id in CARDS]
    if missing := sorted(set(CARDS) - {one.id for one in events}):
        raise ValueError(f"events.csv: to be linked but not there: {', '.join(missing)}")
    rows = archive.everything(Chain)
    if not rows:
        raise SeedError(TABLES[Chain], 0, "", "the table has no rows", "Write one for each link of an author.")
    if loose := sorted({end for row in rows for end in (row.from_event, row.to_event)} - set(CARDS)):
        raise ValueError(f"chains.csv: linked, but no card to choose: {', '.join(loose)}")
    data: dict[str, Any] = {
        "title": TITLE,
        "about": ABOUT,
        "late": LATE,
        "theirs": THEIRS,
        "leaves_out": LEAVES_OUT,
        "events": {"fewest": FEWEST, "most": MOST},
        "links": LINKS,
        "words": WORDS,
        "labels": [[name, means, _SAYS[name]] for name, means in LABELS.items()],
        # First and last day let the page refuse a link that goes back in time.
        "cards": [[one.id, CARDS[one.id], when(one), str(one.first), str(one.last)] for one in events],
        "chains": [_chain(who, list(found)) for who, found in groupby(rows, lambda row: row.historian)],
    }
    return Thing("causes", "08/causes", data, _reading(data), _static(data), asks=["08/causes"])


def when(one: Event) -> str:
    """The date of an event with months cut to three letters, and what both ends share said once: 24–27 Sep 1962."""
    first, last = (_cut(date_in_words(date)) for date in (one.start, one.end or one.start))
    own, shared = first.split(), last.split()
    while own and shared and own[-1] == shared[-1]:
        own.pop()
        shared.pop()
    if not own:
        return last
    return f"{' '.join(own)}{'–' if len(own) == 1 else ' – '}{last}"


def _cut(date: str) -> str:
    return " ".join(word[:3] if word.isalpha() else word for word in date.split())


def _chain(who: str, rows: list[Chain]) -> dict[str, Any]:
    """An author's chain: their name, the work, the part of it that was read, and the links in order of its steps."""
    work = rows[0].source[0]
    links = [[one.from_event, one.to_event, one.label, _inner(one.reason), _inner(one.note)] for one in rows]
    return {"who": who, "ref": f"source:{work}", "part": archive.locators(rows[0]).get(work, ""), "links": links}


def _inner(text: str) -> Any:
    found = markup.as_json(markup.runs(text))
    return found[0] if len(found) == 1 else found or ""


def _reading(data: dict[str, Any]) -> str:
    """All that the learner sees at the start; and the chains, for who can't work the page has no other way to them."""
    lines = [TITLE, ABOUT, *_labels(), f"A tick: {LATE}."]
    lines += ["Events to choose from:", *(f"   {card}" for card in _cards(data))]
    for who, links in _theirs(data):
        lines += [f"{who}:", *(f"   {link}" for link in links)]
    return "\n".join([*lines, THEIRS, LEAVES_OUT])


def _static(data: dict[str, Any]) -> str:
    """The events to choose from, room for the learner's links, and the chains of others."""
    room = [(str(number), "", "", "", "") for number in range(1, LINKS + 1)]
    theirs = [paper.paragraphs(f"{who}:") + paper.listed(map(marked, links), "facts") for who, links in _theirs(data)]
    return paper.sheet(
        TITLE,
        paper.paragraphs(ABOUT),
        paper.listed(map(marked, _labels())),
        "<p>Events to choose from:</p>",
        paper.listed(map(marked, _cards(data)), "ticks"),
        paper.table(("Link", "From", "Kind of link", "To", "Because"), room),
        "<p>Afterwards, the chains of others:</p>",
        *theirs,
        paper.paragraphs(THEIRS, LEAVES_OUT),
    )


def _labels() -> list[str]:
    return [f"{name.capitalize()}: {means}." for name, means in LABELS.items()]


def _cards(data: dict[str, Any]) -> list[str]:
    return [f"{label} ({date})" for _, label, date, _, _ in data["cards"]]


def _theirs(data: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Each author with the work and the part of it that was read, and the links in words."""
    names = {name: f"“{label}” ({date})" for name, label, date, _, _ in data["cards"]}
    rows = archive.everything(Chain)
    for chain in data["chains"]:
        links = [_link(row, names) for row in rows if row.historian == chain["who"]]
        yield f"{chain['who']} ({', '.join(filter(None, (_work(chain['ref']), chain['part'])))})", links


def _link(row: Chain, names: dict[str, str]) -> str:
    note = f" {row.note}" if row.note else ""
    return f"{names[row.from_event]} {_SAYS[row.label]} {names[row.to_event]} ({row.label}): {row.reason}{note}"


def _work(ref: str) -> str:
    return archive.record(ref).label
