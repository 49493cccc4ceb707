"""Which table holds which kind of record, and what each table asks of its rows beyond the form of their cells."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from cadres_edu import tables
from cadres_edu.dates import bounds
from cadres_edu.reasoning import (
    ABOUT,
    JUDGEMENTS,
    KEPT,
    LABELS,
    STATES,
    VERDICTS,
    Chain,
    Corroboration,
    Office,
    VerdictPoint,
    Weighing,
)
from cadres_edu.records import (
    Claim,
    Derived,
    Estimate,
    Event,
    Person,
    Place,
    Position,
    Record,
    Series,
    Source,
    Standard,
    Statistic,
    Study,
    Term,
)

R = TypeVar("R", bound=Record)
TABLES: dict[type[Record], str] = {
    Event: "events.csv",
    Person: "people.csv",
    Position: "positions.csv",
    Term: "glossary.csv",
    Claim: "claims.csv",
    Corroboration: "corroboration.csv",
    Estimate: "estimates.csv",
    Series: "series.csv",
    Statistic: "statistics.csv",
    Study: "studies.csv",
    Weighing: "weighing.csv",
    Chain: "chains.csv",
    Office: "offices.csv",
    VerdictPoint: "verdicts.csv",
    Place: "places.csv",
    Derived: "derived.csv",
    Standard: "standards.csv",
}
SCALES = ("grain output", "grain left in the villages", "deaths")  # a share is of one of these, never of two
MEASURES = (*SCALES, "difficulties as a whole", "weather", "decisions", "responsibility")
_PRECISIONS = {"day": 2, "month": 1, "season": 1, "year": 0}

Given = Callable[[tables.Row], dict[str, Any]]  # what a table fills in for a row; SeedError where the row can't stand


class Read(Protocol):
    """Reads all records of one kind from the same seeds."""

    def __call__(self, kind: type[R], /) -> Iterable[R]:
        """The records of `kind`."""


def _dates(_read: Read) -> Given:
    def given(row: tables.Row) -> dict[str, Any]:
        first, last = _span(row)
        if _PRECISIONS.get(row.text("precision")) != row.text("start").count("-"):
            problem = f"{row.text('precision')!r} does not fit the date {row.text('start')!r}"
            raise row.error("precision", problem, "Use day for 1962-01-11, month or season for 1962-01, year for 1962.")
        return {"first": first, "last": last}

    return given


def _span(row: tables.Row) -> tuple[dt.date, dt.date]:
    first, last = _bounds(row, "start")
    if row.text("end"):
        last = _bounds(row, "end")[1]
    if last < first:
        raise row.error("end", f"{row.text('end')!r} comes before the start", "Mend one of the two dates.")
    return first, last


def _bounds(row: tables.Row, column: str) -> tuple[dt.date, dt.date]:
    try:
        return bounds(row.text(column))
    except ValueError:
        mend = "Write it as 1962-01-11, 1962-01 or 1962."
        raise row.error(column, f"{row.text(column)!r} is not a date", mend) from None


def _series(read: Read) -> Given:
    known = {series.id: series for series in read(Series)}

    def given(row: tables.Row) -> dict[str, Any]:
        series = known.get(row.text("series"))
        if series is None:
            problem = f"no series {row.text('series')!r} in series.csv"
            raise row.error("series", problem, "Add it there, with its unit and basis.")
        identity = ":".join(row.text(column) for column in ("series", "place", "year"))
        return {"id": identity, "unit": series.unit, "title": series.title}

    return given


def _corroboration(read: Read) -> Given:
    claims = {claim.id for claim in read(Claim)}
    works = {work.id for work in read(Source)}
    follows: dict[tuple[str, str], str] = {}

    def given(row: tables.Row) -> dict[str, Any]:
        row.must_name("claim", claims, "claims.csv")
        row.must_name("account", works, "sources.json")
        if row.text("follows"):
            row.must_name("follows", works, "sources.json")
        _judged(row)
        claim, account = row.text("claim"), row.text("account")
        if (claim, account) in follows:
            problem = f"{account!r} has a row on {claim!r} already"
            raise row.error("account", problem, "Keep one row for each claim and account.")
        follows[claim, account] = row.text("follows")
        if account in _followed(follows, claim, account):
            mend = "Leave the cell empty for the account that had it first."
            raise row.error("follows", "the accounts follow one another in a circle", mend)
        return {}

    return given


def _judged(row: tables.Row) -> None:
    verdict, account = row.text("verdict"), row.text("account")
    row.must_be("verdict", VERDICTS)
    if account not in row.words("source"):
        raise row.error("source", f"the account {account!r} is not among the works", "Add its id to the cell.")
    if verdict == "silent":
        _placed(row, "account")


def _placed(row: tables.Row, what: str) -> None:
    if not row.text("locator"):
        mend = "Name the part that was read and should speak of it, or delete the row: what was not read is not silent."
        raise row.error("locator", f"a silent {what} needs its place", mend)


def _followed(follows: dict[tuple[str, str], str], claim: str, account: str) -> list[str]:
    """The works that an account goes back to on a claim, nearest first, and at most once round."""
    found: list[str] = []
    while (account := follows.get((claim, account), "")) and account not in found:
        found.append(account)
    return found


def _shares(_read: Read) -> Given:
    def given(row: tables.Row) -> dict[str, Any]:
        measures, low, high = row.text("measures"), row.number("policy_low"), row.number("policy_high")
        row.must_be("measures", MEASURES)
        if (low, high) != (None, None) and measures not in SCALES:
            mend = f"Empty policy_low and policy_high, or choose one of: {', '.join(SCALES)}."
            raise row.error("measures", f"a share of {measures!r} stands on no scale", mend)
        if not 0 <= (low or 0) <= (100 if high is None else high) <= 100:
            mend = "Write per cent from 0 to 100, policy_low no higher than policy_high; one figure goes into both."
            raise row.error("policy_low", f"no share goes from {low} to {high} per cent", mend)
        return {}

    return given


def _restated(read: Read) -> Given:
    kinds: dict[str, type[Record]] = {kind.kind: kind for kind in TABLES if kind is not Weighing}
    known: dict[str, list[str]] = {}

    def given(row: tables.Row) -> dict[str, Any]:
        row.must_have("name", "card", "restates", "limit")
        row.must_be("about", ABOUT)
        for ref in row.words("restates"):
            kind = ref.partition(":")[0]
            if kind not in kinds:
                raise row.error("restates", f"{ref!r} is no kind of record", f"Begin with one of: {', '.join(kinds)}.")
            if kind not in known:
                known[kind] = [one.ref for one in read(kinds[kind])]
            if ref not in known[kind]:
                near = ", ".join(tables.nearest(ref, known[kind])) or "none"
                raise row.error("restates", f"no record {ref!r}", f"Name the record it restates (nearest: {near}).")
        return {}

    return given


def _linked(read: Read) -> Given:
    events = {event.id: event for event in read(Event)}
    steps: dict[str, int] = {}
    links: dict[tuple[str, str, str], int] = {}

    def given(row: tables.Row) -> dict[str, Any]:
        row.must_have("historian", "reason")
        for column in ("from_event", "to_event"):
            row.must_name(column, events.keys(), "events.csv")
        row.must_be("label", LABELS)
        _forward(row, events[row.text("from_event")], events[row.text("to_event")])
        historian, step = row.text("historian"), row.whole("step")
        if step != (due := steps.get(historian, 0) + 1):
            problem = f"step {step} of {historian} stands where step {due} is due"
            raise row.error("step", problem, "Number the steps of each historian from 1, in the order of the rows.")
        steps[historian] = due
        link = (historian, row.text("from_event"), row.text("to_event"))
        if link in links:
            raise row.error("to_event", f"{historian} has this link in row {links[link]} too", "Keep one of them.")
        links[link] = row.row
        return {}

    return given


def _forward(row: tables.Row, first: Event, then: Event) -> None:
    if first is then:
        raise row.error("to_event", f"{then.id!r} is linked to itself", "Name the event that it leads to.")
    if row.text("label") != "coincidence" and first.first > then.last:
        problem = f"{then.id!r} is over ({then.when}) before {first.id!r} begins ({first.when})"
        raise row.error("to_event", problem, "Turn the link round, or mend the date in events.csv.")


def _offices(read: Read) -> Given:
    people = {person.id for person in read(Person)}

    def given(row: tables.Row) -> dict[str, Any]:
        row.must_name("person", people, "people.csv")
        row.must_be("state", STATES)
        row.must_have("office")
        _span(row)
        return {}

    return given


def _points(_read: Read) -> Given:
    rows: dict[tuple[str, str], int] = {}
    spoken: dict[str, str] = {}  # the latest verdict that says something on a point

    def given(row: tables.Row) -> dict[str, Any]:
        row.must_be("verdict", JUDGEMENTS)
        row.must_have("point", "says")
        row.must_be("kept", KEPT)
        point, verdict, kept = row.text("point"), row.text("verdict"), row.text("kept")
        if (verdict, point) in rows:
            raise row.error("point", f"{verdict} has this point in row {rows[verdict, point]} too", "Keep one of them.")
        rows[verdict, point] = row.row
        if kept == "silent":
            _placed(row, "verdict")
            return {}
        before = spoken.get(point, "")
        if before > verdict:
            raise row.error("verdict", f"it stands below {before} on this point", "Put the rows of a point by year.")
        if (kept == "new") == bool(before):
            problem = f"{before} speaks of it already" if before else "no earlier verdict has a row that speaks of it"
            raise row.error("kept", problem, "Write kept or dropped." if before else "Write new, or add that row.")
        spoken[point] = verdict
        return {}

    return given


def _derived(_read: Read) -> Given:
    return lambda _row: {"standing": "derived"}


RULES: dict[type[Record], Callable[[Read], Given]] = {
    Event: _dates,
    Statistic: _series,
    Derived: _derived,
    Corroboration: _corroboration,
    Study: _shares,
    Weighing: _restated,
    Chain: _linked,
    Office: _offices,
    VerdictPoint: _points,
}
FILLED_IN: dict[type[Record], tuple[str, ...]] = {
    Event: ("first", "last"),
    Statistic: ("id", "unit", "title"),
    Derived: ("standing",),
}
