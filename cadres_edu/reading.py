"""Rows of `seeds/` -> records: one rule for every table, driven by the fields of the record."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

from cadres_edu import tables
from cadres_edu.dates import bounds
from cadres_edu.records import (
    STANDINGS,
    Claim,
    Corroboration,
    Derived,
    Estimate,
    Event,
    Person,
    Place,
    Position,
    Record,
    Sentence,
    Series,
    Source,
    Statistic,
    Study,
    Term,
    Weighing,
)

R = TypeVar("R", bound=Record)
SEED_TEXT = "seven-thousand-cadres-conference.txt"
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
    Place: "places.csv",
    Derived: "derived.csv",
}
_CELLS: dict[Any, Callable[[tables.Row, str], Any]] = {
    str: tables.Row.text,
    tuple[str, ...]: tables.Row.words,
    int | None: tables.Row.whole,
    float | None: tables.Row.number,
}
SCALES = ("grain output", "grain left in the villages", "deaths")  # a share is of one of these, never of two
MEASURES = (*SCALES, "difficulties as a whole", "weather", "decisions", "responsibility")
ABOUT = ("harvest", "villages", "deaths")
VERDICTS = ("agrees", "contradicts", "silent")
_PRECISIONS = {"day": 2, "month": 1, "season": 1, "year": 0}
# A sentence ends at . ! or ? (and a closing quotation mark), before a space and a capital or an opening quotation mark.
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[\"“]?[A-Z])")


def records(folder: Path, kind: type[R]) -> Iterator[R]:
    """The records of one kind in the seeds at `folder`; SeedError names the file, row, column and mend."""
    computed = _COMPUTED.get(kind, _nothing)
    given = computed(folder)
    wanted = [field for field in fields(kind) if field.name not in _FILLED_IN.get(kind, ())]
    needed = tuple(field.name for field in wanted if field.default is MISSING)
    seen: dict[str, int] = {}
    for row in tables.rows(folder / TABLES[kind], needed):
        cells = {field.name: _cell(row, field.name, field.type) for field in wanted if field.name in row.cells}
        record = kind(**cells, **given(row))
        _unique(row, record, seen)
        yield record


def _cell(row: tables.Row, column: str, kind: Any) -> Any:
    if kind in (int, float):
        value = row.whole(column) if kind is int else row.number(column)
        if value is None:
            raise row.error(column, "the cell is empty", "Write the figure, or delete the row.")
        return value
    value = _CELLS[kind](row, column)
    if column == "standing" and value not in STANDINGS:
        raise row.error(column, f"{value!r} is not a standing", f"Choose one of: {', '.join(STANDINGS)}.")
    return value


def _unique(row: tables.Row, record: Record, seen: dict[str, int]) -> None:
    column = "year" if isinstance(record, Statistic) else "id"
    if not record.id:
        raise row.error("id", "the id is empty", "Give the row a short id in lowercase words joined by hyphens.")
    if record.id in seen:
        raise row.error(column, f"{record.id!r} stands in row {seen[record.id]} too", "Give one of them another id.")
    seen[record.id] = row.row


Given = Callable[[tables.Row], dict[str, Any]]


def _nothing(_folder: Path) -> Given:
    return lambda _row: {}


def _dates(_folder: Path) -> Given:
    def given(row: tables.Row) -> dict[str, Any]:
        first, last = _bounds(row, "start")
        if row.text("end"):
            last = _bounds(row, "end")[1]
        if last < first:
            raise row.error("end", f"{row.text('end')!r} comes before the start", "Mend one of the two dates.")
        if _PRECISIONS.get(row.text("precision")) != row.text("start").count("-"):
            problem = f"{row.text('precision')!r} does not fit the date {row.text('start')!r}"
            raise row.error("precision", problem, "Use day for 1962-01-11, month or season for 1962-01, year for 1962.")
        return {"first": first, "last": last}

    return given


def _bounds(row: tables.Row, column: str) -> tuple[dt.date, dt.date]:
    try:
        return bounds(row.text(column))
    except ValueError:
        mend = "Write it as 1962-01-11, 1962-01 or 1962."
        raise row.error(column, f"{row.text(column)!r} is not a date", mend) from None


def _series(folder: Path) -> Given:
    known = {series.id: series for series in records(folder, Series)}

    def given(row: tables.Row) -> dict[str, Any]:
        series = known.get(row.text("series"))
        if series is None:
            problem = f"no series {row.text('series')!r} in series.csv"
            raise row.error("series", problem, "Add it there, with its unit and basis.")
        identity = ":".join(row.text(column) for column in ("series", "place", "year"))
        return {"id": identity, "unit": series.unit, "title": series.title}

    return given


def _corroboration(folder: Path) -> Given:
    claims = {claim.id for claim in records(folder, Claim)}
    works = {work.id for work in sources(folder)}
    follows: dict[tuple[str, str], str] = {}

    def given(row: tables.Row) -> dict[str, Any]:
        _listed(row, "claim", claims, "claims.csv")
        _listed(row, "account", works, "sources.json")
        if row.text("follows"):
            _listed(row, "follows", works, "sources.json")
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
    if verdict not in VERDICTS:
        raise row.error("verdict", f"{verdict!r} is not a verdict", f"Choose one of: {', '.join(VERDICTS)}.")
    if account not in row.words("source"):
        raise row.error("source", f"the account {account!r} is not among the works", "Add its id to the cell.")
    if verdict == "silent" and not row.text("locator"):
        mend = "Name the part that was read and should speak of it, or delete the row: what was not read is not silent."
        raise row.error("locator", "a silent account needs its place", mend)


def _listed(row: tables.Row, column: str, known: set[str], file: str) -> None:
    name = row.text(column)
    if name not in known:
        near = ", ".join(tables.nearest(name, known))
        mend = f"Mend the id (nearest: {near}), or add it there." if near else "Add it there."
        raise row.error(column, f"no {name!r} in {file}", mend)


def _followed(follows: dict[tuple[str, str], str], claim: str, account: str) -> list[str]:
    """The works that an account goes back to on a claim, nearest first, and at most once round."""
    found: list[str] = []
    while (account := follows.get((claim, account), "")) and account not in found:
        found.append(account)
    return found


def _shares(_folder: Path) -> Given:
    def given(row: tables.Row) -> dict[str, Any]:
        measures, low, high = row.text("measures"), row.number("policy_low"), row.number("policy_high")
        if measures not in MEASURES:
            raise row.error("measures", f"{measures!r} is not measured", f"Choose one of: {', '.join(MEASURES)}.")
        if (low, high) != (None, None) and measures not in SCALES:
            mend = f"Empty policy_low and policy_high, or choose one of: {', '.join(SCALES)}."
            raise row.error("measures", f"a share of {measures!r} stands on no scale", mend)
        if not 0 <= (low or 0) <= (100 if high is None else high) <= 100:
            mend = "Write per cent from 0 to 100, policy_low no higher than policy_high; one figure goes into both."
            raise row.error("policy_low", f"no share goes from {low} to {high} per cent", mend)
        return {}

    return given


def _restated(folder: Path) -> Given:
    kinds: dict[str, type[Record]] = {kind.kind: kind for kind in TABLES if kind is not Weighing}
    known: dict[str, list[str]] = {}

    def given(row: tables.Row) -> dict[str, Any]:
        for column in ("name", "card", "restates", "limit"):
            if not row.text(column):
                raise row.error(column, "the cell is empty", "Fill it, or delete the row.")
        if row.text("about") not in ABOUT:
            raise row.error("about", f"{row.text('about')!r} is not known", f"Choose one of: {', '.join(ABOUT)}.")
        for ref in row.words("restates"):
            kind = ref.partition(":")[0]
            if kind not in kinds:
                raise row.error("restates", f"{ref!r} is no kind of record", f"Begin with one of: {', '.join(kinds)}.")
            if kind not in known:
                known[kind] = [one.ref for one in records(folder, kinds[kind])]
            if ref not in known[kind]:
                near = ", ".join(tables.nearest(ref, known[kind])) or "none"
                raise row.error("restates", f"no record {ref!r}", f"Name the record it restates (nearest: {near}).")
        return {}

    return given


def _derived(_folder: Path) -> Given:
    return lambda _row: {"standing": "derived"}


_COMPUTED: dict[type[Record], Callable[[Path], Given]] = {
    Event: _dates,
    Statistic: _series,
    Derived: _derived,
    Corroboration: _corroboration,
    Study: _shares,
    Weighing: _restated,
}
_FILLED_IN: dict[type[Record], tuple[str, ...]] = {
    Event: ("first", "last"),
    Statistic: ("id", "unit", "title"),
    Derived: ("standing",),
}


def sentences(folder: Path) -> Iterator[Sentence]:
    """The sentences of the seed document, numbered through the whole of it: headings are left out, and each entry of
    "See also" is one."""
    number, section = 0, ""
    for line in (folder / SEED_TEXT).read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"=+ (.+?) =+", line):
            section = heading[1]
            continue
        parts = [line[2:]] if line.startswith("- ") else _SENTENCE_END.split(line)
        for text in (part.strip() for part in parts if part.strip()):
            number += 1
            yield Sentence(id=str(number), number=number, section=section, text=text, source=("seed",), standing="seed")


def sources(folder: Path) -> Iterator[Source]:
    """The works of `sources.json` (CSL-JSON; our own fields stand under `custom`)."""
    path = folder / "sources.json"
    for number, item in enumerate(tables.items(path), start=1):
        custom = item.get("custom", {})
        try:
            yield Source(
                id=item["id"],
                title=item["title"],
                author="; ".join(_name(name) for name in item.get("author", item.get("editor", []))),
                year=item["issued"]["date-parts"][0][0] if "issued" in item else None,
                type=item["type"],
                url=item.get("URL", ""),
                read=custom["read"],
                licence=custom["licence"],
                cited_after=custom.get("cited-after", ""),
                note_citation=custom["note"],
                short_citation=custom["short"],
                note=custom.get("checked", ""),
            )
        except (KeyError, IndexError, TypeError) as error:
            mend = "Every work needs id, type, title, and custom: read, licence, note, short."
            raise tables.SeedError(path, number, str(error), f"missing in {item['id']!r}", mend) from None


def _name(name: dict[str, str]) -> str:
    return name.get("literal") or ", ".join(filter(None, (name.get("family"), name.get("given"))))
