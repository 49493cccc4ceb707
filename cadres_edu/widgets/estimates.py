"""Published estimates of the excess deaths for the whole of China, laid out as ranges and by the year of each."""

from __future__ import annotations

from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.records import STANDINGS, Estimate
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

TITLE = "Every estimate for China that we hold"
ABOUT = (
    "Each row is one author's number of excess deaths: people who died beyond the number of ordinary years. Some took "
    "their number over from another row, so rows are no votes. "
    "Move the year to see which numbers had been given by then. Open a row for its years and its method."
)
LEAVES_OUT = (
    "A filled mark says that two or more works report the author's figure, an open one that it rests on one work or is "
    "disputed. Neither says that the figure is right. The year is the author's, and the authors do not all count the "
    "same years, so two numbers side by side need not answer the same question. Estimates that our records lack are "
    "not here."
)
UNDATED = "Our records give no year for these, so the slider does not move them."
MILLION = 1_000_000


COLUMNS = "Year, author: excess deaths. Years counted. Method (how sure it is that the figure is the author's)."
SHARED = ("ref", "name", "year", "low", "high", "before", "words", "period", "method", "note")
OWN = ("centre", "more", "standing")


def estimates() -> Thing:
    """The estimates for China in our records: a slider over the year they are dated, and the undated ones apart."""
    rows = [published(one) for one in in_persons()]
    texts = {"title": TITLE, "about": ABOUT, "leaves_out": LEAVES_OUT, "undated_about": UNDATED}
    data = {**texts, "standings": STANDINGS, "estimates": packed(rows, SHARED + OWN)}
    lines = [_line(row) for row in rows]
    reading = "\n".join([TITLE, ABOUT, COLUMNS, *lines, LEAVES_OUT])
    return Thing("estimates", "02/estimates", data, reading, _static(lines), asks=["02/estimates"])


def in_persons() -> list[Estimate]:
    """The estimates for the whole of China that are numbers of people: a share of the population alone has no mark."""
    return [one for one in archive.estimates(place="china") if one.low or one.central or one.high]


def published(one: Estimate) -> dict[str, Any]:
    """An estimate as a page shows it: in million people its bounds, its centre and its figure before correction (null
    where not given), the same in words, the years counted, the method, and whether it is given as a minimum."""
    given = [value for value in (one.low, one.central, one.high) if value is not None]
    least = _is_least(one)
    return {
        "ref": one.ref,
        "name": one.author,
        "year": one.year,
        "low": _millions(min(given)),
        "high": _millions(max(given)),
        "before": _millions(one.uncorrected),
        "words": _in_words(one),
        "period": one.period.replace("-", "–") or "not stated",
        "method": one.method or "not described",
        "note": markup.as_json(markup.runs(one.note)),
        "centre": _millions(one.low if least else one.central),
        "more": least,
        "standing": one.standing,
    }


def packed(rows: list[dict[str, Any]], fields: tuple[str, ...]) -> dict[str, Any]:
    """The rows as lists under one list of field names: a notebook stores them, and names said once are fewer bytes."""
    return {"fields": fields, "rows": [[row[name] for name in fields] for row in rows]}


def _millions(persons: int | None) -> float | None:
    return None if persons is None else persons / MILLION


def _is_least(one: Estimate) -> bool:
    """Whether the author gives the figure as a minimum."""
    return one.low is not None and one.high is None and one.central in (None, one.low)


def _in_words(one: Estimate) -> str:
    low, central, high = (
        None if persons is None else f"{persons / MILLION:g}" for persons in (one.low, one.central, one.high)
    )
    if _is_least(one):
        return f"{low} million or more"
    if central is None and low is None:
        return f"{high} million at most"
    if central is None:
        return f"{low} to {high} million"
    return f"{central} million ({low} to {high})" if low and high and low != high else f"{central} million"


def _line(row: dict[str, Any]) -> str:
    before = f"; {row['before']:g} million before correction" if row["before"] else ""
    year, standing = row["year"] or "No year", STANDINGS[row["standing"]]
    return f"{year}, {row['name']}: {row['words']}{before}. {row['period']}. {row['method']} ({standing})"


def _static(lines: list[str]) -> str:
    told = paper.listed(map(marked, lines))
    return paper.sheet(TITLE, paper.paragraphs(f"{ABOUT} {COLUMNS}"), told, paper.paragraphs(LEAVES_OUT))
