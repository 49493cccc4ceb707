"""Eleven lives from 1945 to 1985: a guess how each standing of 1962 ended, then who held what in which year."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.dates import bounds, date_in_words
from cadres_edu.reasoning import Office
from cadres_edu.records import STANDINGS, Event, Person
from cadres_edu.schema import TABLES
from cadres_edu.tables import SeedError
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

FIRST, LAST, MIDDLE = 1945, 1985, 1962
OPEN = 730  # days kept free on the line behind the start of something whose end was not found
TITLE = f"Eleven lives, {FIRST} to {LAST}"
ASK = f"First guess for each person how their standing of {MIDDLE} ended. The life lines open when you compare."
ENDS = {
    "kept": "held an office to the day of death",
    "back": "lost office, and held one again later",
    "out": "died with no office on record",
}
ABOUT = (
    "Where a source gives only the month or the year, a dotted end covers all of it. An arrow goes on beyond the "
    "line; a question mark means that no end was found. Somebody can be in two groups in a year in which something "
    "changed. When Deng Zihui and Zeng Xisheng were cleared was not found, nor that Lin Biao ever was. Set the year to "
    "read who held what."
)
LEAVES_OUT = (
    "Left out: lower posts, seats in the Politburo, the consultative conference, and all offices before 1954, in the "
    "army or in a province but those shown. No record is not “no office”: our table has nothing. An office on paper is "
    "drawn even where its holder could no longer use it."
)
# What is marked on a person's line: a fall, the death, and a verdict taken back; events.csv has the dates.
MARKS = {
    "mao-zedong": {"mao-dies": "died"},
    "liu-shaoqi": {"liu-deng-fall": "fell", "liu-expelled": "fell", "liu-dies": "died", "liu-rehabilitated": "cleared"},
    "zhou-enlai": {"zhou-dies": "died"},
    "zhu-de": {"zhu-de-dies": "died"},
    "chen-yun": {},
    "lin-biao": {"lin-dies": "died"},
    "deng-xiaoping": {
        "liu-deng-fall": "fell",
        "deng-restored": "cleared",
        "deng-dismissed": "fell",
        "deng-restored-again": "cleared",
    },
    "peng-dehuai": {"lushan-plenum": "fell", "peng-dehuai-dies": "died", "peng-dehuai-cleared": "cleared"},
    "deng-zihui": {"deng-zihui-loses-post": "fell", "deng-zihui-dies": "died"},
    "peng-zhen": {"peng-zhen-falls": "fell", "peng-zhen-is-cleared": "cleared"},
    "zeng-xisheng": {"zeng-removed": "fell", "zeng-dies": "died"},
}
STATES = {"office": "an office", "held": "held under guard", "out": "out of office"}
SIGNS = {"fell": ("×", "fall"), "died": ("†", "death"), "cleared": ("○", "cleared or restored")}
GROUPS = {
    "office": f"Holding an office: {{}} of {len(MARKS)}",
    "out": "Out of office or held: {}",
    "died": "Died in this year: {}",
    "dead": "Dead before: {}",
    "unknown": "Not on record: {}",
}


def lives() -> Thing:
    """Eleven people: a guess how each standing of 1962 ended, life lines, and who held what in the year that is set."""
    held = {name: archive.offices(person=name) for name in MARKS}
    for name, rows in held.items():
        if not rows:
            raise SeedError(
                TABLES[Office], 0, "person", f"{name!r} has no row", "Write what the person held, and when."
            )
    standings = list(dict.fromkeys(one.standing for rows in held.values() for one in rows))
    data: dict[str, Any] = {
        "title": TITLE,
        "ask": ASK,
        "about": ABOUT,
        "leaves_out": LEAVES_OUT,
        "years": [FIRST, LAST],
        "year": MIDDLE,
        "ends": [list(pair) for pair in ENDS.items()],  # a stored notebook keeps the order of lists only
        "key": [*map(list, STATES.items())],
        "signs": {name: list(sign) for name, sign in SIGNS.items()},
        "groups": [list(pair) for pair in GROUPS.items()],
        "standings": [STANDINGS[one] for one in standings],
        "disputed": STANDINGS["contested"],
        "people": [_life(name, rows, standings) for name, rows in held.items()],
    }
    parts = [(f"{_person(name).label}, {stood(rows)}", _told(name, rows)) for name, rows in held.items()]
    return Thing("lives", "09/lives", data, _reading(parts), _static(parts), asks=["09/lives"])


def ended(person: str) -> tuple[str, Office]:
    """How somebody's standing of 1962 ended (a key of ENDS), and the office that shows it, by the rows alone."""
    offices = [one for one in archive.offices(person=person) if one.state == "office"]
    death = _death(person)
    if death and (last := [one for one in offices if one.end and _from(one) <= MIDDLE and _touches(one, death)]):
        return "kept", last[0]
    fallen = [one for one in archive.offices(person=person) if one.state != "office"]
    again = [one for one in offices if any(bounds(one.start)[0] >= bounds(other.start)[0] for other in fallen)]
    if again and (death is None or not any(bounds(other.start)[0] > bounds(again[-1].start)[0] for other in fallen)):
        return "back", again[0]
    return "out", max(offices, key=lambda one: bounds(one.end or one.start)[1])


def in_year(year: int) -> dict[str, list[str]]:
    """Names of the people in each group (a key of GROUPS) at some time in `year`; somebody may be in two where
    something changed, and is called disputed where all the offices that they are given for the year are."""
    found: dict[str, list[str]] = {group: [] for group in GROUPS}
    for name in MARKS:
        death, label = _death(name), _person(name).label
        if death and death.year < year:
            found["dead"].append(label)
            continue
        rows = [one for one in archive.offices(person=name) if _from(one) <= year <= _to(one)]
        if offices := [one for one in rows if one.state == "office"]:
            sure = any(one.standing != "contested" for one in offices)
            found["office"].append(label if sure else f"{label}, disputed")
        if len(offices) < len(rows):
            found["out"].append(label)
        if not rows:
            found["unknown"].append(label)
        if death and death.year == year:
            found["died"].append(label)
    return found


def year_in_words(year: int) -> str:
    """Who was what in `year`, in sentences: each group with its number and names."""
    groups = in_year(year)
    said = (words.format(len(groups[group])) + _named(groups[group]) for group, words in GROUPS.items())
    return " ".join([f"{year}.", *said])


def _named(names: Sequence[str]) -> str:
    return f" ({'; '.join(names)})." if names else "."


def stood(rows: Iterable[Office]) -> str:
    """What somebody was in 1962, in the words of the rows."""
    words = [one.office for one in rows if _from(one) <= MIDDLE <= _to(one)]
    return "; ".join([words[0], *(word[0].lower() + word[1:] for word in words[1:])]) if words else "no row"


def _person(name: str) -> Person:
    return next(one for one in archive.people() if one.id == name)


def _events(name: str) -> list[tuple[Event, str]]:
    known = {one.id: one for one in archive.events(person=name)}
    if missing := set(MARKS[name]) - set(known):
        raise ValueError(f"events.csv: no event of {name} called {', '.join(sorted(missing))}")
    return sorted(((known[one], what) for one, what in MARKS[name].items()), key=lambda pair: pair[0].first)


def _death(name: str) -> dt.date | None:
    """The last day on which somebody can have lived, None for those alive when the line ends."""
    died = [event.last for event, what in _events(name) if what == "died"]
    year = _person(name).died
    if year is not None and year <= LAST and [year] != [day.year for day in died]:
        raise ValueError(f"people.csv has {name} dead in {year}: no event that is marked says so")
    return died[0] if died else None


def _from(one: Office) -> int:
    return bounds(one.start)[0].year


def _to(one: Office) -> int:
    """The last year of which the row speaks: with no end found, the one in which it begins."""
    return bounds(one.end or one.start)[1].year


def _touches(one: Office, day: dt.date) -> bool:
    first, last = bounds(one.end)
    return first <= day <= last


def _place(day: dt.date, *, after: bool = False) -> float:
    """A day on the line as a year with two decimals, rounded down to stay in its year; `after`: its evening."""
    days = (dt.date(day.year, 12, 31) - dt.date(day.year, 1, 1)).days + 1
    passed = (day.timetuple().tm_yday - (0 if after else 1)) / days
    return day.year + min(99, math.floor(passed * 100)) / 100


def _span(first: float, last: float) -> float | list[float]:
    """The places of the first and the last day that a date can mean, as one where they are the same."""
    return first if first == last else [first, last]


def _life(name: str, rows: Sequence[Office], standings: Sequence[str]) -> dict[str, Any]:
    how, shown = ended(name)
    return {
        "id": name,
        "name": _person(name).label,
        "zh": _person(name).name_zh,
        "was": stood(rows),
        "end": how,
        "by": shown.id,
        "rows": [_row(one, lane, standings) for one, lane in zip(rows, _lanes(rows), strict=True)],
        "marks": [
            [one.id, what, _inner(one.title), _short(one), _span(_place(one.first), _place(one.last))]
            for one, what in _events(name)
        ],
    }


def _short(one: Event) -> str:
    """The day of an event; of a session the last, when it decides."""
    return date_in_words(one.end or one.start)


def _inner(text: str) -> Any:
    found = markup.as_json(markup.runs(text))
    return found[0] if len(found) == 1 else found or ""


def _row(one: Office, lane: int, standings: Sequence[str]) -> list[Any]:
    """Id, what, state, dates, standing, note, lane, and the places on the line of start and end."""
    starts = [_span(*map(_place, bounds(one.start)))]
    ends = [_span(*(_place(day, after=True) for day in bounds(one.end)))] if one.end else []
    what = [one.id, _inner(one.office), one.state, one.when, standings.index(one.standing), _inner(one.note), lane]
    return [*what, *starts, *ends]


def _lanes(rows: Sequence[Office]) -> list[int]:
    """A lane for each row, so that no two in one lane overlap by more than a month."""
    free: list[dt.date] = []
    lanes = []
    for one in rows:
        start = bounds(one.start)[0] + dt.timedelta(days=31)
        end = bounds(one.end)[1] if one.end else start + dt.timedelta(days=OPEN)
        lane = next((at for at, day in enumerate(free) if day <= start), len(free))
        free[lane : lane + 1] = [end]
        lanes.append(lane)
    return lanes


def _told(name: str, rows: Sequence[Office]) -> list[str]:
    told = [f"{one.office} ({one.when}; {STANDINGS[one.standing]})" for one in rows]
    return [*told, *(f"{SIGNS[what][1].capitalize()}: {one.title}, {_short(one)}" for one, what in _events(name))]


Parts = list[tuple[str, list[str]]]


def _reading(parts: Parts) -> str:
    lines = [TITLE, ASK, *(f"   {head}" for head, _ in parts), f"Choose one of: {'; '.join(ENDS.values())}.", ABOUT]
    lines.append(year_in_words(MIDDLE))
    for head, told in parts:
        lines += [head, *(f"   {one}" for one in told)]
    return "\n".join([*lines, LEAVES_OUT])


def _static(parts: Parts) -> str:
    """The guess as a table of boxes; below it the lives, which answer it."""
    guesses = [(marked(head), *[paper.BOX] * len(ENDS)) for head, _ in parts]
    told = [f"<b>{marked(head)}.</b> {marked('; '.join(rows))}." for head, rows in parts]
    return paper.sheet(
        TITLE,
        paper.paragraphs(ASK),
        paper.table((f"Who, and as what in {MIDDLE}", *ENDS.values()), guesses),
        paper.paragraphs("Then read:", ABOUT, year_in_words(MIDDLE)),
        paper.listed(told, "facts"),
        paper.paragraphs(LEAVES_OUT),
    )
