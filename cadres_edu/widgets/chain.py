"""The reporting chain: five levels each add a share to the harvest they pass up; beside it, what is on record."""

from __future__ import annotations

from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.models import reporting
from cadres_edu.records import Derived, Statistic
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

TITLE = "The reporting chain"
ABOUT = (
    "A model, not a record. Each of five levels passes the harvest figure up and adds a share, or hides one. "
    "The state asks a part of the figure that arrives, the quota. The village pays from what grew: here, the harvest "
    "as it was printed later."
)
YEARS = range(1957, 1962)
GUESS = 1958
ASKS = (
    "In [January 1959](#event:harvest-claimed) the minister of agriculture expected "
    "[375 million tonnes](#statistic:grain-output-claimed-january-1959:china:1958) of grain from 1958. The official "
    "figure printed since is [200](#statistic:grain-output-official-older:china:1958). Suppose that the number passed "
    "through five levels, and that each raised it by the same share. How large was that share?"
)


def _china(series: str, *years: int) -> dict[int, str]:
    return {year: f"statistic:{series}:china:{year}" for year in years}


# One vintage and one basis a row, as far as the works go; where a row has two works, `BASES` says so.
RECORDS: dict[str, dict[int, str]] = {
    "harvest": _china("grain-output-official-older", *YEARS),
    "top": _china("grain-output-claimed-january-1959", 1958) | _china("grain-output-claimed-february-1960", 1959),
    "quota": _china("grain-procurement-yearbook-1993", 1957)
    | {1958: "derived:procurement-1958", 1960: "derived:procurement-1960"}
    | _china("grain-procurement-lin-yang", 1959),
    "resold": _china("grain-resold-zhou-average", 1957) | _china("grain-resold-zhou", 1958, 1960, 1961),
    "people": _china("rural-population-official", 1957)
    | {1960: "derived:rural-population-1960", 1961: "derived:rural-population-1961"},
    "head": _china("rural-ration-zhou-average", 1957) | _china("rural-ration-zhou", 1961),
}
# The buttons that set a figure at the top, shared out evenly among the levels: name, year, record.
PRESETS = (
    ("The claim of 1958", 1958, "statistic:grain-output-claimed-january-1959:china:1958"),
    ("Lushan’s figure for 1959", 1959, "statistic:grain-output-fixed-lushan:china:1959"),
    ("The claim of 1959", 1959, "statistic:grain-output-claimed-february-1960:china:1959"),
)
ROWS: tuple[tuple[str, str, int], ...] = (
    ("harvest", "Harvest in the field", 1),
    ("top", "Figure at the top", 1),
    ("quota", "Quota", 1),
    ("part", "Quota, per cent of the harvest", 1),
    ("resold", "Sold back to villages", 1),
    ("sown", "Seed and feed", 1),
    ("left", "Left to eat", 1),
    ("people", "People in the countryside, million", 1),
    ("head", "Left for each, kg a year", 0),
    ("day", "Left for each, grams a day", 0),
)
CAPTION = "Your chain beside the record. Million tonnes of grain, where nothing else is said."
# What a figure on record is, where that is not quite what stands beside it in the model; then, what one year adds.
_KINDS = {
    "top": " claimed",
    "quota": " taken, gross",
    "part": " (worked out)",
    "head": " ration",
    "day": " (worked out)",
}
_ADDED = {
    ("top", 1959): " in February 1960",
    ("quota", 1959): "; [64.6](#derived:quota-lushan-raw) had been fixed at Lushan",
    ("resold", 1957): ", average of 1953-57",
    ("head", 1957): ", average of 1953-57",
}
RATE = "statistic:grain-procurement-share-yearbook-1993:china:1957"
SETS: tuple[tuple[str, str, float | str, int, str], ...] = (
    (
        "rate",
        "Rate, % of the figure at the top",
        RATE,
        100,
        (
            f"The part of the harvest that the state took in 1957, gross: [24.6%](#{RATE}). That it asks the same "
            "part of whatever figure arrives is our assumption."
        ),
    ),
    (
        "resold",
        "Sold back, million tonnes",
        "statistic:grain-resold-zhou-average:china:1957",
        200,
        (
            "Zhou Enlai’s figure for the year; where he gives none, his average for 1953-57, "
            "[20](#statistic:grain-resold-zhou-average:china:1957)."
        ),
    ),
    (
        "seed",
        "Seed and feed, % of the harvest",
        21,
        100,
        (
            "Our assumption. Zhou’s harvest, less what was taken and the rations, plus what was sold back, leaves "
            "[21.9%](#derived:beside-ration-average-share) on average in 1953-57, "
            "[21.0%](#derived:beside-ration-1961-share) in 1961."
        ),
    ),
    (
        "people",
        "People in the countryside, million",
        "statistic:rural-population-official:china:1957",
        2000,
        "The count on record for the year; where none is found, that of 1957.",
    ),
)
SPLIT = (
    "**The split is invented.** The harvest and the figure at the top are on record; for what each of five levels "
    "added on the way, we have no record. The buttons share it out evenly."
)
BASES = (
    "**Where the figures come from.** Harvest: [older official figures](#series:grain-output-official-older), all "
    "years. Claims: the [minister](#event:harvest-claimed) in January 1959, "
    "[Tan Zhenlin](#event:harvest-claimed-again) in February 1960. Lushan: what leaders "
    "[assumed](#event:three-fixes-lushan) in summer 1959. Taken, gross, as tax and by purchase: "
    "[Lin and Yang](#series:grain-procurement-lin-yang), 1958 and 1960 from their share of that harvest, that of 1960, "
    "[32.4%](#statistic:grain-procurement-share-lin-yang:china:1960), after mending a misprint in our scan; 1957 from "
    "a [yearbook](#series:grain-procurement-yearbook-1993). Sold back, and ration: [Zhou Enlai](#event:zhou-speech). "
    "People: [official](#series:rural-population-official); 1960 and 1961 are the official total less Zhou’s towns."
)
BASIS_NOT_SAID = (
    "**Mind the basis.** The harvest is [raw grain](#term:trade-grain). Whether the grain taken is raw too, the two "
    "works do not say, nor Zhou of the grain sold back and eaten. So what is left for each is rough. What was fixed at "
    "Lushan, [55](#statistic:grain-procurement-fixed-lushan:china:1959) million tonnes, and the "
    "[34](#statistic:grain-procurement-zhou:china:1961) that Zhou hopes for in 1961 are trade grain; a tonne of it is "
    "about [1.2](#derived:trade-to-raw) of raw. For 1961 that place stays empty."
)
LEAVES_OUT = (
    "**Left out.** Time: the model lets any figure set the quota, also one that came after the grain was taken. "
    "Villages differ, and an average feeds nobody. Stores, exports, losses and other food are missing. And whether the "
    "Centre believed the figures is [disputed](#claim:taken-by-mistake)."
)
NOTES = (SPLIT, BASES, BASIS_NOT_SAID, LEAVES_OUT)
_UNITS = {"million tonnes": 1.0, "thousand persons": 1000.0, "kg per person per year": 1.0, "per cent of output": 1.0}


def chain() -> Thing:
    """Five shares, rate, resales, seed and feed, to be set beside the recorded figures of a year from 1957 to 1961."""
    data = {
        "title": TITLE,
        "about": ABOUT,
        "caption": CAPTION,
        "levels": [level.capitalize() for level in reporting.LEVELS],
        "guess": {"year": GUESS, "asks": _json(ASKS)},
        "years": [_year(year) for year in YEARS],
        "presets": [{"name": name, "year": year, "top": _figure(ref)[0]} for name, year, ref in PRESETS],
        "rows": [{"id": one, "name": name, "digits": n, "kind": _KINDS.get(one, "")} for one, name, n in ROWS],
        "sets": [_set(*one) for one in SETS],
        "notes": [_json(note) for note in NOTES],
    }
    return Thing("chain", "01/chain", data, _reading(data), _static(data), asks=["01/chain"])


def _json(text: str) -> list[Any]:
    return markup.as_json(markup.runs(text))


def _figure(ref: str) -> tuple[float, str]:
    """A figure on record in the model's unit (million tonnes, million people, kg), and the same in linked words."""
    found = archive.record(ref)
    if not isinstance(found, Statistic | Derived) or found.unit not in _UNITS:
        raise TypeError(f"{ref} is no figure that the reporting chain can take")
    value = found.value / _UNITS[found.unit]
    # A figure worked out from rounded shares has no more than a digit after the point to show.
    return value, f"[{value:,.1f}](#{ref})" if isinstance(found, Derived) else f"[{value:,.10g}](#{ref})"


def _told(role: str, year: int) -> str:
    """A figure on record in linked words, with what kind of figure it is."""
    return _figure(RECORDS[role][year])[1] + _KINDS.get(role, "") + _ADDED.get((role, year), "")


def _year(year: int) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for role, refs in RECORDS.items():
        cells[role] = None
        if year in refs:
            cells[role] = {"value": _figure(refs[year])[0], "says": _json(_told(role, year))}
    return {"year": year} | cells


def _set(role: str, name: str, start: float | str, most: int, note: str) -> dict[str, Any]:
    value = _figure(start)[0] if isinstance(start, str) else start
    return {"id": role, "name": name, "start": value, "most": most, "note": _json(note)}


def _settings(data: dict[str, Any]) -> dict[str, float]:
    """What the fields hold in the year of the guess, by their ids: the figure on record, or where they start."""
    cells = next(one for one in data["years"] if one["year"] == GUESS)
    return {one["id"]: (cells.get(one["id"]) or {}).get("value", one["start"]) for one in data["sets"]}


def _told_settings(data: dict[str, Any]) -> list[str]:
    settings = _settings(data)
    return [f"{name}: {settings[role]:.10g}. {_plain(note)}" for role, name, _, _, note in SETS]


def _at_the_start(data: dict[str, Any]) -> str:
    """What the ladder comes to in the year of the guess while nobody adds anything."""
    settings = _settings(data)
    harvest, _ = _figure(RECORDS["harvest"][GUESS])
    top = reporting.reported(harvest, [0] * len(reporting.LEVELS))
    quota = reporting.procurement(settings["rate"] / 100, top)
    sown = settings["seed"] / 100 * harvest
    head = reporting.left_per_head(harvest, quota, settings["resold"], sown, settings["people"])
    return (
        f"{GUESS}, nobody adds: In the field {harvest:.1f} million tonnes, at the top {top:.1f}. "
        f"The quota is {quota:.1f}: {quota / harvest:.1%} of the harvest. "
        f"Left to eat: {head:.0f} kg a head for the year, {reporting.grams_a_day(head):.0f} grams a day."
    )


def _plain(text: str) -> str:
    return markup.plain(markup.runs(text))


def _recorded() -> list[list[str]]:
    """The record as a table: a head, then a row a quantity with its figure for each year."""
    names = {role: name for role, name, _ in ROWS}
    rows = [
        [names[role], *(_plain(_told(role, year)) if year in refs else "not found" for year in YEARS)]
        for role, refs in RECORDS.items()
    ]
    return [["On record", *map(str, YEARS)], *rows]


def _reading(data: dict[str, Any]) -> str:
    lines = [TITLE, ABOUT, f"Guess first. {_plain(ASKS)}"]
    lines.append(f"To be set, from -20 to 50 per cent each: {', '.join(data['levels'])}.")
    lines += _told_settings(data)
    lines.append(_at_the_start(data))
    lines += [" | ".join(row) for row in _recorded()]
    return "\n".join([*lines, *map(_plain, NOTES)])


def _static(data: dict[str, Any]) -> str:
    """The guess, what the model starts from, and the record as a table."""
    head, *rows = [[marked(cell) for cell in row] for row in _recorded()]
    return paper.sheet(
        TITLE,
        paper.paragraphs(_plain(ABOUT), _plain(ASKS)),
        f"<p>My guess: {paper.GAP} per cent</p>",
        paper.listed(map(marked, _told_settings(data))),
        paper.paragraphs(_at_the_start(data)),
        paper.table(head, rows),
        paper.paragraphs(*map(_plain, NOTES)),
    )
