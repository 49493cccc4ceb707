"""The provinces as a field of tiles: official crude death rates year by year, with what is missing shown as missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.records import Place, Statistic
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

TITLE = "Official death rates, province by province"
ABOUT = (
    "Each tile is a province, or a city or region of the same rank, roughly where it lies; the number is how many of "
    "every 1,000 people died in the year, by the official register. Choose a year, then a tile."
)
LEAVES_OUT = (
    "Left out: five regions for which we found no series and some single years, shown with a dash, and all deaths that "
    "nobody wrote down. "
    "Tiles are of one size, though Sichuan had far more people than Qinghai. Sichuan's figures (*) come from the "
    "province's own table of [1962](#source:sichuan-vital-statistics-1962), which stops in "
    "[1961](#statistic:crude-death-rate-registered-sichuan:sichuan:1961); the others were recovered from a study's "
    "[data](#source:rart-mqy2015)."
)
PANEL, SICHUAN, BEFORE = "crude-death-rate-provinces", "crude-death-rate-registered-sichuan", 1957
YEARS = range(1954, 1967)


def tiles() -> Thing:
    """The units of province level with their official crude death rates (per 1,000), 1954 to 1966."""
    panel = archive.statistics(PANEL)
    found = [_tile(place, panel) for place in archive.provinces()]
    data = {
        "title": TITLE,
        "about": ABOUT,
        "leaves_out": markup.as_json(markup.runs(LEAVES_OUT)),
        "years": list(YEARS),
        "before": BEFORE,
        "tiles": found,
    }
    reading = "\n".join([TITLE, ABOUT, *map(_in_words, found), markup.plain(markup.runs(LEAVES_OUT))])
    return Thing("tiles", "02/tiles", data, reading, _table(found), asks=["02/tiles"])


def _tile(place: Place, panel: Iterable[Statistic]) -> dict[str, Any]:
    own = [one for one in panel if one.place == place.id]
    other = [one for one in archive.statistics(SICHUAN) if one.place == place.id] if not own else []
    values = {one.year: one.value for one in own or other}
    return {
        "id": place.id,
        "name": place.name + ("*" if other else ""),
        "row": place.tile_row,
        "column": place.tile_column,
        "values": [values.get(year) for year in YEARS] if values else None,
    }


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _in_words(tile: dict[str, Any]) -> str:
    if tile["values"] is None:
        return f"{tile['name']}: no figure found"
    each = zip(YEARS, tile["values"], strict=True)
    return f"{tile['name']}: " + ", ".join(f"{year} {_figure(value)}" for year, value in each)


def _table(found: list[dict[str, Any]]) -> str:
    rows = [(tile["name"], *map(_figure, tile["values"] or [None] * len(YEARS))) for tile in found]
    left_out = paper.paragraphs(markup.plain(markup.runs(LEAVES_OUT)))
    table = paper.table(("Province", *map(str, YEARS)), rows)
    return paper.sheet(TITLE, paper.paragraphs(ABOUT), table, left_out)
