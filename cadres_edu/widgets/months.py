"""1962 month by month: events to put in order, then what happened and what each person is last on record as holding."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.dates import MONTHS, bounds, date_in_words
from cadres_edu.records import STANDINGS, Event, Position, Record
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing
from cadres_edu.widgets.stances import ISSUES

TITLE = "1962, month by month"
ASK = "First put these events in the order in which they happened. You get the dates afterwards."
ABOUT = (
    "Step through the months. Each stance is to the statement under the issue; mixed means partly, or for some only; "
    "silent means a record that they did not speak of it. It is the last on record by then: what somebody thought "
    "between two records nobody knows."
)
LEAVES_OUT = (
    "Left out: all days of the conference but three, events on other subjects, and what nobody wrote down. No record "
    "is not silence: our table has nothing. The stance words are ours; where one has moved, read both records."
)
UNDATED = "Some time in 1962"
# To be put in order, here in the order in which they are shown; labels name no date.
ORDER = {
    "peng-appeal": "Peng Dehuai asks to be cleared",
    "beidaihe-speech": "Mao asks whether there are still classes",
    "xilou-meeting": "Leaders meet on the deficit, without Mao",
    "may-conference": "Twenty million people are to leave the towns",
    "zeng-removed": "Anhui’s first secretary is removed",
    "mao-plenum-speech": "Mao: every year, every month, every day",
    "screening-speeded": "The screening of punished cadres is speeded up",
    "cats-remark": "Deng Xiaoping speaks of cats",
    "zhou-on-intellectuals": "Zhou counts intellectuals among the working people",
}
BOARD = ("household contracting", "economic retreat", "rehabilitation", "Peng Dehuai", "class struggle")
THEMES = {*BOARD, "aftermath", "retreat", "road to the Cultural Revolution"}
CONFERENCE = ("conference-opens", "liu-speech", "mao-speech")  # of its days only these: lesson 03 has the others
YEAR, LAST = 1962, 9
CLOCK = ("Sino-Soviet relations", range(1960, 1964))

Sure = tuple[str, str]
Parts = list[tuple[str, list[str]]]


def months() -> Thing:
    """Nine events to order, then January to September 1962: events, stances by issue, and the Sino-Soviet events."""
    events = [one for one in archive.events() if _shown(one)]
    theme, years = CLOCK
    clock = [one for one in archive.events(theme=theme) if one.first.year in years]
    issues = {name: _held(name) for name in BOARD}
    held = [one for found in issues.values() for one in found]
    people = list(dict.fromkeys(one.person for one in held))
    sure = list(dict.fromkeys(map(_sure, [*events, *clock, *held])))
    standings = list(dict.fromkeys(standing for standing, _ in sure))
    data: dict[str, Any] = {
        "title": TITLE,
        "ask": ASK,
        "about": ABOUT,
        "leaves_out": LEAVES_OUT,
        "undated": UNDATED,
        "order": _to_order(events),
        "months": [f"{name} {YEAR}" for name in MONTHS[:LAST]],
        # Rows have no names, and what many share is stored once and meant by its place: a lesson's file has a limit.
        "people": [[name, _name(name)] for name in people],
        "standings": [STANDINGS[standing] for standing in standings],
        "sure": [[standings.index(standing), _inner(note)] for standing, note in sure],
        "events": [_event(one, sure, _short(one.when)) for one in events],
        "clock": [_event(one, sure, _brief(one.when)) for one in clock],
        "issues": [
            {"name": name, "says": ISSUES[name], "held": [_row(one, found, people, sure) for one in found]}
            for name, found in issues.items()
        ],
    }
    return Thing(
        "months",
        "07/months",
        data,
        _reading(_parts(events, clock, issues, full=True)),
        _static(_parts(events, clock, issues, full=False)),
        asks=["07/months"],
    )


def _month(day: dt.date) -> int:
    """Months since January 1962."""
    return (day.year - YEAR) * 12 + day.month - 1


def _loose(one: Event) -> bool:
    """Whether an event is dated to the year alone."""
    return "-" not in one.start


def _shown(one: Event) -> bool:
    wanted = one.id in CONFERENCE or THEMES & set(one.themes)
    return bool(wanted) and one.first.year == YEAR and (one.first.month <= LAST or _loose(one))


def _inner(text: str) -> Any:
    found = markup.as_json(markup.runs(text))
    return found[0] if len(found) == 1 else found or ""


def _name(person: str) -> str:
    return archive.record(f"person:{person}").label


def _to_order(events: Sequence[Event]) -> list[list[str]]:
    """Id and label of each event to put in order; all must be among `events`, each with days of its own."""
    found = [one for one in events if one.id in ORDER]
    if missing := set(ORDER) - {one.id for one in found}:
        raise ValueError(f"events.csv: to be put in order but not shown in any month: {', '.join(sorted(missing))}")
    for one, after in itertools.pairwise(found):
        if one.last >= after.first:
            raise ValueError(
                f"events.csv: {one.id} and {after.id} can't be put in order: one begins before the other ends"
            )
    return [[name, label] for name, label in ORDER.items()]


def _sure(one: Record) -> Sure:
    """The standing of a record, and its note; of an event only where it is weak."""
    return one.standing, one.note if isinstance(one, Position) or "Weak:" in one.note else ""


def _brief(words: str) -> str:
    """A date in words with what two days share said once: 24–26 June 1960."""
    return re.sub(r"(\d+) (\w+ \d+) to (\d+) \2$", r"\1–\3 \2", words)


def _short(words: str) -> str:
    """A date in words without the year that the whole Thing is about: 7 July."""
    return words if words == str(YEAR) else _brief(words).replace(f" {YEAR}", "")


def _event(one: Event, sure: Sequence[Sure], when: str) -> list[Any]:
    """Id, title, date, what it rests on, first and last month (none when only the year is known)."""
    span = [] if _loose(one) else [_month(one.first), _month(one.last)]
    return [one.id, _inner(one.title), when, sure.index(_sure(one)), *span]


def _held(issue: str) -> list[Position]:
    """The positions on an issue that begin by the last month shown, in order of time."""
    found = [one for one in archive.positions(issue=issue) if _month(bounds(one.date)[0]) < LAST]
    return sorted(found, key=lambda one: bounds(one.date))


def _at(one: Position) -> int | None:
    """The month that a position falls in, or None when its date doesn't say."""
    first, last = map(_month, bounds(one.date))
    return last if first == last or last < 0 else None


def _row(one: Position, found: Sequence[Position], people: Sequence[str], sure: Sequence[Sure]) -> list[Any]:
    """Id, person, month, date, stance, what it rests on, the position, and the row that the stance has moved from."""
    who, when = people.index(one.person), _short(date_in_words(one.date))
    row = [one.id, who, _at(one), when, one.stance, sure.index(_sure(one)), _inner(one.position)]
    before = moved_from(one, found)
    return row if before is None else [*row, before]


def moved_from(one: Position, found: Sequence[Position]) -> int | None:
    """The place in `found` of the position before `one` from which the stance has changed; None where it has not, where
    either says that the person was silent, or where the dates don't tell which came first."""
    own = [other for other in found if other.person == one.person and other.stance != "silent"]
    own = [other for other in own if _at(other) is not None]
    earlier = [other for other in own if bounds(other.date)[1] < bounds(one.date)[0]]
    if one not in own or not earlier or earlier[-1].stance == one.stance:
        return None
    return found.index(earlier[-1])


def _parts(events: Iterable[Event], clock: Iterable[Event], issues: dict[str, list[Position]], *, full: bool) -> Parts:
    """What is shown, under headings: `full` with all that it rests on, else with what is disputed or weak."""
    by_month: dict[str, list[str]] = {name: [] for name in (*(f"{name} {YEAR}" for name in MONTHS[:LAST]), UNDATED)}
    for one in events:
        month = UNDATED if _loose(one) else date_in_words(one.start[:7])
        by_month[month].append(_told(one, _short(one.when), full=full))
    held = [(f"On {name}: “{ISSUES[name]}”", [_stood(one, found) for one in found]) for name, found in issues.items()]
    other = [_told(one, _brief(one.when), full=full) for one in clock]
    return [*by_month.items(), *held, ("The other clock: Moscow and Beijing", other)]


def _told(one: Event, when: str, *, full: bool) -> str:
    standing, note = _sure(one)
    unsure = STANDINGS[standing] if full or standing == "contested" else ""
    return f"{one.title} ({'; '.join(filter(None, (when, unsure, note.rstrip('.'))))})"


def _stood(one: Position, found: Sequence[Position]) -> str:
    before = moved_from(one, found)
    moved = "" if before is None else f", moved from {found[before].stance}"
    return f"{_name(one.person)} {one.stance}{moved} ({_short(date_in_words(one.date))})"


def _reading(parts: Parts) -> str:
    lines = [TITLE, ASK, *ORDER.values(), ABOUT]
    for head, rows in parts:
        lines += [head, *(f"   {row}" for row in rows)]
    return "\n".join([*lines, LEAVES_OUT])


def _static(parts: Parts) -> str:
    """The events to put in order, with room for a number; below them what happened, which answers it."""
    told = [f"<p><b>{marked(head)}</b></p>" + paper.listed(map(marked, rows), "facts") for head, rows in parts]
    return paper.sheet(
        TITLE,
        paper.paragraphs(ASK),
        paper.listed((f"{paper.LETTER} {marked(label)}" for label in ORDER.values()), "open"),
        paper.paragraphs("Then read:", ABOUT),
        *told,
        paper.paragraphs(LEAVES_OUT),
    )
