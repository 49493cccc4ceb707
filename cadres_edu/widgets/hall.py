"""Who was invited, by level, to be added up and held against the totals in print."""

from __future__ import annotations

from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.records import Statistic
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

ABOUT = (
    "Invited means called for by the plan of November 1961. Who of each level came, no source that we have says. "
    "Guess first. Then tick the levels one by one, and change a number of units to see what it moves."
)
LEAVES_OUT = (
    "Left out, because no number is recorded: the central offices, large works and mines, and army units, which sent "
    "people too; and large cities, which were asked for four each. The counts of counties, prefectures and provinces "
    "are those of the end of 1971, the nearest year that we found, so the sum is rough."
)
_LEVELS = (
    ("county", "County", "county-units"),
    ("prefecture", "Prefecture", "prefecture-units"),
    ("province", "Province", "province-units"),
    ("bureau", "Regional bureau", "regional-bureaus"),
)


def hall() -> Thing:
    """Units by level, people invited from each, and the published totals of attendance."""
    levels = [_level(*one) for one in _LEVELS]
    totals = [_total(one) for one in archive.accounts("attendance")]
    data = {"title": "Who was invited", "about": ABOUT, "leaves_out": LEAVES_OUT, "levels": levels, "totals": totals}
    return Thing("hall", "03/hall", data, _reading(levels, totals), _static(levels, totals), asks=["03/hall"])


def _level(name: str, label: str, units: str) -> dict[str, Any]:
    (each,) = archive.statistics(f"invited-per-{name}")
    (count,) = archive.statistics(units)
    note = f"[{count.value:,.0f}](#{count.ref}) in {count.year}"
    return {
        "id": name,
        "name": label,
        "each": int(each.value),
        "each_ref": each.ref,
        "count": int(count.value),
        "note": markup.as_json(markup.runs(note)),
    }


def _total(one: Statistic) -> dict[str, Any]:
    return {"label": one.title.removeprefix("Attendance, "), "value": int(one.value), "ref": one.ref}


def _reading(levels: list[dict[str, Any]], totals: list[dict[str, Any]]) -> str:
    rows = [f"{one['name']}: {one['count']:,} units, {one['each']} invited from each" for one in levels]
    core = sum(one["count"] * one["each"] for one in levels)
    prints = [f"{one['value']:,}: {one['label']}" for one in totals]
    return "\n".join(
        ["Who was invited", ABOUT, *rows, f"Invited by level: {core:,}", "Totals in print:", *prints, LEAVES_OUT]
    )


def _static(levels: list[dict[str, Any]], totals: list[dict[str, Any]]) -> str:
    """A table to work out, beside the totals in print; the sums are the learner's."""
    rows = [(one["name"], f"{one['count']:,}", str(one["each"]), paper.GAP) for one in levels]
    heads = ("Level", "Units", "Invited from each", "Invited")
    return paper.sheet(
        "Who was invited",
        paper.paragraphs(ABOUT),
        paper.table(heads, [*rows, ("All four levels", "", "", paper.GAP)]),
        "<p>Totals in print:</p>",
        paper.listed(marked(f"{one['value']:,}: {one['label']}") for one in totals),
        paper.paragraphs(LEAVES_OUT),
    )
