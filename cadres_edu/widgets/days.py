"""The conference day by day: a calendar whose days open on what is recorded of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.records import STANDINGS, Event
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

ABOUT = (
    "Each record says how sure it is and on what it rests. What no source dates is not here: "
    "most of what was said in the groups left no trace that we have."
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def days() -> Thing:
    """The days from the opening to the closing of the conference, each with the events dated to it."""
    opens, closes = (archive.record(f"event:conference-{word}") for word in ("opens", "closes"))
    if not isinstance(opens, Event) or not isinstance(closes, Event):
        raise TypeError("the conference's first and last day must be events")
    dates = [opens.first + dt.timedelta(step) for step in range((closes.last - opens.first).days + 1)]
    events = [one for one in archive.events(theme="conference") if one.precision == "day"]
    found = [[one for one in events if one.first <= date <= one.last] for date in dates]
    month = [one for one in archive.events(theme="conference") if one.start == "1962-01"]
    data: dict[str, Any] = {
        "title": f"The conference, {opens.when} to {closes.when}",
        "about": ABOUT,
        "weekday": dates[0].weekday(),
        "days": [_day(number, date, found[number - 1]) for number, date in enumerate(dates, start=1)],
        "undated": [one.id for one in month],
        "records": {one.id: _record(one) for row in [*found, month] for one in row},
    }
    told = _told(dates, found, month)
    reading = "\n".join([data["title"], ABOUT, *(f"{when}: {what}" for when, what in told)])
    static = paper.sheet(data["title"], paper.paragraphs(ABOUT), paper.listed(_items(told), "open"))
    return Thing("days", "03/days", data, reading, static, asks=["03/days"])


def _day(number: int, date: dt.date, events: list[Event]) -> dict[str, Any]:
    own = [one.id for one in events if not one.end]
    return {"number": number, "date": _named(date), "own": own, "spans": [one.id for one in events if one.end]}


def _named(date: dt.date) -> str:
    return f"{WEEKDAYS[date.weekday()]} {date.day} {'January' if date.month == 1 else 'February'}"


def _record(one: Event) -> dict[str, Any]:
    works = [archive.record(f"source:{name}").label for name in one.source]
    return {
        "ref": one.ref,
        "label": one.title,
        "when": one.when,
        "said": markup.as_json(markup.runs(" ".join(filter(None, (one.summary, one.note))))),
        "standing": STANDINGS[one.standing],
        "source": markup.as_json(markup.runs("; ".join(works))),
    }


def _told(dates: list[dt.date], found: list[list[Event]], month: list[Event]) -> list[tuple[str, str]]:
    """Each day with what is dated to it, then what lasted for days, then what has no day."""
    rows = []
    for number, (date, events) in enumerate(zip(dates, found, strict=True), start=1):
        own = "; ".join(_short(one) for one in events if not one.end)
        rows.append((f"Day {number}, {_named(date)}", own or "no record of this day alone"))
    spans = dict.fromkeys(one for events in found for one in events if one.end)
    rows += [(one.when, _short(one)) for one in spans]
    return rows + [("In January, day not recorded", _short(one)) for one in month]


def _short(one: Event) -> str:
    return f"{one.title} ({STANDINGS[one.standing]})"


def _items(told: list[tuple[str, str]]) -> list[str]:
    return [f"<b>{marked(when)}:</b> {marked(what)}" for when, what in told]
