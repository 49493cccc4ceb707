"""Before and after: series set to 100 in one year, and all the changes that fell together, switched on one by one."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.records import STANDINGS, Event, Statistic
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

YEARS = range(1957, 1966)
BASE = YEARS[0]
MOST = 4
UNSURE = {"id": "unsure", "label": "It can’t be said", "means": "no one change stands out"}
TITLE = "Before and after"
ASK = "Say first, before you see a line: which one of these changes mattered most for the recovery?"
ABOUT = (
    f"Each line has the value 100 in {BASE}. A line at 70 has lost three tenths, one at 120 has gained a fifth. Choose "
    "up to four lines. Then switch the changes on, one at a time. A bar is the time to which our records date a "
    "change; it is a year long where they give the year alone."
)
APART = (
    f"Only a series with a figure of one kind for every year from {BASE} to {YEARS[-1]} can be a line above. These "
    "lack one or more, so they stand apart, each in its own unit and on its own scale. Dots are joined only from one "
    "year to the next; an open dot is a plan."
)
LEAVES_OUT = (
    "Left out: the weather, for which we hold no complete figures of one kind, and the grain that households kept out "
    "of sight. A bar stands where our records date a change, not where a village felt it. A line says how much a "
    "thing changed and not how large it is. Under each change the figure of its own year is set beside the next: that "
    "is a rule of this page, and some changes work faster or slower."
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A series of the whole country by a short name, and that of its `plan` where one was made on the same basis."""

    name: str
    series: str
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A change of those years: a short label, what it means in a few words, and the event that dates it."""

    label: str
    means: str
    event: str


# Which of them can be lines, the records decide: see `lacks`.
SERIES = (
    Shown("Harvest", "grain-output-official-later"),
    Shown("Harvest a head", "grain-output-per-person-later"),
    Shown("Town people", "urban-population-23-provinces"),
    Shown("Births", "crude-birth-rate-official"),
    Shown("Deaths", "crude-death-rate-official"),
    Shown("Harvest, older figures", "grain-output-official-older"),
    Shown("The state takes, by Zhou Enlai", "grain-procurement-zhou", "grain-procurement-zhou-plan"),
    Shown("The state takes, by the Centre", "grain-procurement-centre", "grain-procurement-centre-plan"),
    Shown("The state takes, by the yearbook", "grain-procurement-yearbook-1993"),
    Shown("Sold abroad less bought abroad", "grain-net-exports"),
    Shown("Bought abroad, by the Centre", "grain-imports-centre", "grain-imports-centre-plan"),
    Shown("Sent out of towns, by Zhou Enlai", "urban-population-cut-zhou", "urban-population-cut-zhou-target"),
)
CHANGES = (
    Change("Plots back", "families may keep small plots again", "twelve-articles"),
    Change("Grain from abroad", "the country starts to buy grain", "grain-imports-begin"),
    Change("State takes less", "villages hand over less grain", "procurement-lowered"),
    Change("Contracting, Anhui", "households answer for fields in one province", "fields-tried"),
    Change("Canteens close", "Mao accepts that they be shut", "canteens-close"),
    Change("Plots and markets", "rules for plots; home produce may be sold", "sixty-articles-revised"),
    Change("People leave towns", "millions are to go", "town-cuts-decided"),
    Change("Team shares its own", "a few dozen households share what they grow", "team-accounting"),
    Change("Contracting spreads", "wide by summer; its start isn’t on record", "household-contracting-spreads"),
)


def values(series: str) -> dict[int, float]:
    """The figures of one series for the whole of China in the years shown, in the series' own unit."""
    return {one.year: one.value for one in _figures(series)}


def lacks(found: Mapping[int, float]) -> str:
    """Why figures by year can't be set to 100 in the base year, in words; empty where they are complete and can."""
    missing = [year for year in YEARS if year not in found]
    if not missing:
        return ""
    if BASE in missing:
        return f"No figure for {BASE}, so there is nothing to call 100."
    others = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    return f"No figure for {missing[0]}{others}, so a line would hide a gap."


def index(found: Mapping[int, float]) -> dict[int, float]:
    """Figures by year as an index: 100 × figure / figure of the base year; ValueError where a year lacks its figure."""
    if why := lacks(found):
        raise ValueError(why)
    return {year: 100 * found[year] / found[BASE] for year in YEARS}


def indexed() -> Thing:
    """Lines set to 100 in 1957, and the changes of those years switched on one by one; series with gaps stand apart."""
    lines = [one for one in SERIES if not lacks(values(one.series))]
    apart = [one for one in SERIES if one not in lines]
    changes = [_change(one) for one in CHANGES]
    data = {
        "title": TITLE,
        "ask": ASK,
        "unsure": UNSURE,
        "about": ABOUT,
        "apart_about": APART,
        "leaves_out": LEAVES_OUT,
        "years": list(YEARS),
        "most": MOST,
        "lines": [_series(one) for one in lines],
        "apart": [_series(one) for one in apart],
        "changes": changes,
    }
    told = [*(_apart_in_words(one) for one in apart), *(_change_in_words(one) for one in changes), _by_year(changes)]
    indices = {one.name: index(values(one.series)) for one in lines}
    reading = "\n".join([TITLE, ASK, ABOUT, *map(_line_in_words, indices.items()), APART, *told, LEAVES_OUT])
    return Thing("indexed", "06/indexed", data, reading, _static(indices, told), asks=["06/indexed"])


def _figures(series: str) -> list[Statistic]:
    return [one for one in archive.statistics(series, place="china") if one.year in YEARS]


def _series(one: Shown) -> dict[str, Any]:
    """A series as the page gets it: with all its figures in a row where it can be a line, else with those that it has
    by year, those of its plan, and what it lacks."""
    about = archive.series(one.series)
    found, planned = _figures(one.series), _figures(one.plan) if one.plan else []
    sure = dict.fromkeys(STANDINGS[figure.standing] for figure in [*found, *planned])
    text = f"[{about.title}](#{about.ref}): {about.basis}. {about.note}"
    shown = {
        "id": one.series,
        "name": one.name,
        "unit": about.unit,
        "about": markup.as_json(markup.runs(text.strip())),
        "sure": "; ".join(sure),
    }
    by_year, plans = ({figure.year: figure.value for figure in part} for part in (found, planned))
    why = lacks(by_year)
    return shown | ({"values": by_year, "plans": plans, "lacks": why} if why else {"values": list(by_year.values())})


def _change(one: Change) -> dict[str, Any]:
    """A change as the page gets it: `at` is where it begins and ends on an axis of years."""
    found = archive.record(f"event:{one.event}")
    if not isinstance(found, Event) or found.first.year not in YEARS[:-1]:
        raise ValueError(f"event:{one.event} begins outside {BASE} to {YEARS[-2]}: no next year can be set beside it")
    return {
        "id": one.event,
        "label": one.label,
        "means": one.means,
        "when": found.when,
        "at": [_on_axis(found.first), _on_axis(found.last + dt.timedelta(days=1))],
        "said": found.summary,
        "sure": STANDINGS[found.standing],
    }


def _on_axis(day: dt.date) -> float:
    start, end = (dt.date(day.year + step, 1, 1) for step in (0, 1))
    return round(day.year + (day - start) / (end - start), 3)


def _by_year(changes: Iterable[dict[str, Any]]) -> str:
    count = Counter(int(one["at"][0]) for one in changes)
    parts = [f"{number} in {year}" for year, number in sorted(count.items())]
    return f"Of {count.total()} changes, by the year in which each begins: {', '.join(parts)}."


def _line_in_words(line: tuple[str, Mapping[int, float]]) -> str:
    return f"{line[0]}: " + ", ".join(f"{year} {value:.1f}" for year, value in line[1].items())


def _change_in_words(one: dict[str, Any]) -> str:
    return f"{one['label']} ({one['means']}): {one['when']} ({one['sure']})"


def _apart_in_words(one: Shown) -> str:
    figures = {f"{year}": value for year, value in values(one.series).items()}
    figures |= {f"planned for {year}": value for year, value in (values(one.plan) if one.plan else {}).items()}
    each = ", ".join(f"{year} {value:g}".replace("-", "−") for year, value in figures.items())
    return f"{one.name}, {archive.series(one.series).unit}: {each}. {lacks(values(one.series))}"


def _static(indices: Mapping[str, Mapping[int, float]], told: Iterable[str]) -> str:
    """The changes to choose from, the lines as a table, and what stands apart from them."""
    choices = [f"{one.label}: {one.means}" for one in CHANGES] + [f"{UNSURE['label']}: {UNSURE['means']}"]
    rows = [(str(year), *(f"{of[year]:.1f}" for of in indices.values())) for year in YEARS]
    return paper.sheet(
        TITLE,
        paper.paragraphs(ASK),
        paper.listed(map(marked, choices), "ticks"),
        paper.table(("Year", *map(marked, indices)), rows, f"{BASE} = 100. {marked(ABOUT)}"),
        paper.paragraphs(APART),
        paper.listed(map(marked, told)),
        paper.paragraphs(LEAVES_OUT),
    )
