"""Excess deaths from assumptions: a series of death rates, a normal rate, a share not registered, the years counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.models import mortality
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing
from cadres_edu.widgets.estimates import SHARED, in_persons, packed, published

TITLE = "How many more than usual?"
ABOUT = (
    "This is a model, and every choice in it is yours. It takes the death rate of each year, takes away the rate that "
    "you call normal, and multiplies the rest by the population. Added up, that makes the excess deaths: people who "
    "died beyond the number of ordinary years."
)
GUESS = (
    "Guess first. At the end of 1957 [647 million](#statistic:population-official:china:1957) people lived in China. "
    "In the four years 1958 to 1961, how many died beyond the number of ordinary years?"
)
NEAR = (
    "Near means: within an author's range, or within a tenth of the figure, of an end of the range, or of the figure "
    "before correction. The same number is not yet agreement. Compare the years and the method with yours."
)
LEAVES_OUT = (
    "Left out: one rate stands for a whole country and a whole year, so provinces, months and ages are not in it. "
    "A death that was written down a year late counts in the wrong year. Children who were never born are not counted. "
    "A register need not miss deaths as evenly as the share that you set."
)
MISSING = "True deaths = registered deaths ÷ (1 − share). Missed in every year, they raise the normal rate as well."
YEARS = range(1953, 1967)
COUNTED = (1958, 1963)
BASES = (*([year] for year in range(1953, 1958)), [1955, 1956, 1957], *([year] for year in range(1963, 1967)))
MOST_MISSED = 50


@dataclass(frozen=True, slots=True)
class Rates:
    """A series of death rates to choose: the ids of its rates and, where its population is worked out from them, of its
    deaths; what it is; and why the share not registered is off, which is empty where the share works."""

    id: str
    name: str
    rates: str
    deaths: str
    about: str
    off: str


_MEAN = "Population: the mean of the [official year ends](#series:population-official) before and after."
_UN = (
    "[Rates](#series:crude-death-rate-wpp-{0}) from the model of the United Nations, revision of {0}. Population: its "
    "own [deaths](#series:deaths-wpp-{0}) divided by its own rates."
)
_MODEL = (
    "Off: these rates come out of a model, not out of a register, so there is no share of them that went unregistered."
)
SERIES = (
    Rates(
        "official",
        "Official",
        "crude-death-rate-official",
        "",
        f"[Registered deaths](#series:crude-death-rate-official), published from 1983. {_MEAN}",
        "",
    ),
    Rates(
        "banister",
        "Banister, 1984",
        "crude-death-rate-banister-1984",
        "",
        f"[Rates that Judith Banister reconstructed](#series:crude-death-rate-banister-1984). {_MEAN} Her own "
        "population is not in our records, so the sum is ours, not hers.",
        "Off: this series has added the deaths that went unregistered. A second correction would count them twice.",
    ),
    *(
        Rates(
            f"un-{year}",
            f"UN, {year}",
            f"crude-death-rate-wpp-{year}",
            f"deaths-wpp-{year}",
            _UN.format(year),
            _MODEL,
        )
        for year in (2022, 2024)
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a learner may choose: the series; a normal rate, flat at the mean of the years in `base` or, where that is
    empty, on the straight line from `first` to `last`; the deaths `missed` of every 100, in every year or `only` in the
    years counted; and the years counted, from `start` to `end`."""

    series: str = "official"
    base: tuple[int, ...] = ()
    first: int = 1957
    last: int = 1963
    missed: int = 0
    only: bool = False
    start: int = 1958
    end: int = 1961

    @property
    def years(self) -> range:
        """The years counted."""
        return range(self.start, self.end + 1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a choice comes to, by year: rates and normal rates per 1,000, population and excess in thousand persons."""

    rates: dict[int, float]
    normal: dict[int, float]
    population: dict[int, float]
    excess: dict[int, float]

    @property
    def million(self) -> float:
        """The excess of all years counted, in million persons."""
        return sum(self.excess.values()) / 1000


def outcome(choice: Choice) -> Outcome:
    """What `choice` comes to; ValueError where the model can't be worked out, or where a share not registered is set on
    a series that is no register."""
    rates, population = _figures(choice.series)
    if choice.missed and choice.series != "official":
        raise ValueError(f"{choice.series}: only the official series has deaths that were not registered")
    true = mortality.corrected(rates, choice.missed / 100, choice.years if choice.only else None)
    if choice.base:
        normal = mortality.flat(true, choice.base, choice.years)
    else:
        normal = mortality.straight_line(true, choice.first, choice.last, choice.years)
    return Outcome(true, normal, population, mortality.excess_deaths(true, normal, population, choice.years))


def near(million: float) -> list[dict[str, Any]]:
    """The published estimates for China that a number of `million` persons is near: within the author's range or a
    tenth of its ends (`matched` is then "figure"), or within a tenth of the figure before correction ("before")."""
    found = []
    for one in map(published, in_persons()):
        before = one["before"]
        if 0.9 * one["low"] <= million <= 1.1 * one["high"]:
            found.append(one | {"matched": "figure"})
        elif before and 0.9 * before <= million <= 1.1 * before:
            found.append(one | {"matched": "before"})
    return found


def excess() -> Thing:
    """The model of excess deaths: a guess, then the learner's assumptions, their sum, and whose numbers it is near."""
    data = {
        "title": TITLE,
        "about": ABOUT,
        "guess": markup.as_json(markup.runs(GUESS)),
        "near": NEAR,
        "missing": MISSING,
        "heads": HEADS,
        "units": UNITS,
        "leaves_out": LEAVES_OUT,
        "years": list(YEARS),
        "counted": list(COUNTED),
        "bases": BASES,
        "most": MOST_MISSED,
        "series": [_series(one) for one in SERIES],
        "estimates": packed([published(one) for one in in_persons()], SHARED),
    }
    return Thing("excess", "02/excess", data, _reading(Choice()), _static(Choice()), asks=["02/excess"])


def _figures(name: str) -> tuple[dict[int, float], dict[int, float]]:
    """Death rates per 1,000 of one series, and in thousand persons the population that belongs to it."""
    chosen = next((one for one in SERIES if one.id == name), None)
    if chosen is None:
        raise archive.UnknownRecord(name, [one.id for one in SERIES])
    rates = _by_year(chosen.rates)
    if chosen.deaths:
        population = mortality.mid_year_population(_by_year(chosen.deaths), rates, YEARS)
    else:
        population = mortality.mean_population(_by_year("population-official"), YEARS)
    return {year: rates[year] for year in YEARS}, population


def _by_year(series: str) -> dict[int, float]:
    return {one.year: one.value for one in archive.statistics(series, place="china")}


def _series(one: Rates) -> dict[str, Any]:
    rates, population = _figures(one.id)
    return {
        "id": one.id,
        "name": one.name,
        "rates": list(rates.values()),
        "population": list(population.values()),
        "about": markup.as_json(markup.runs(one.about)),
        "off": one.off,
    }


def _rows(choice: Choice) -> Iterable[tuple[str, ...]]:
    found = outcome(choice)
    for year in choice.years:
        people, excess = found.population[year] / 1000, found.excess[year] / 1000
        yield str(year), f"{found.rates[year]:.2f}", f"{found.normal[year]:.2f}", f"{people:.1f}", f"{excess:.2f}"


HEADS = ("Year", "Death rate", "Normal", "Population", "Excess")
UNITS = "Rates: deaths per 1,000 people. Population and excess: million people."


def _sum(choice: Choice) -> str:
    return (
        f"Official rates as registered, normal rate on a straight line from {choice.first} to {choice.last}: "
        f"{outcome(choice).million:.1f} million excess deaths in {choice.start} to {choice.end}."
    )


def _near_in_words(million: float) -> str:
    close = near(million)
    figures = [f"{one['before']:g} before correction" if one["matched"] == "before" else one["words"] for one in close]
    return "; ".join(f"{one['name']}, {figure}" for one, figure in zip(close, figures, strict=True))


def _reading(choice: Choice) -> str:
    kinds = [f"{one.name}: {markup.plain(markup.runs(one.about))} {one.off}".strip() for one in SERIES]
    rows = [", ".join(row) for row in (HEADS, *_rows(choice))]
    close = f"Near this number: {_near_in_words(outcome(choice).million)}."
    return "\n".join([TITLE, ABOUT, *kinds, _sum(choice), *rows, UNITS, close, NEAR, LEAVES_OUT])


def _static(choice: Choice) -> str:
    """The guess, then what one choice comes to and whose number it is near."""
    return paper.sheet(
        TITLE,
        paper.paragraphs(ABOUT, markup.plain(markup.runs(GUESS))),
        f"<p>My guess: {paper.GAP} million</p>",
        paper.table(HEADS, _rows(choice), f"{_sum(choice)} {UNITS}"),
        paper.paragraphs(f"Near this number: {_near_in_words(outcome(choice).million)}. {NEAR}", LEAVES_OUT),
    )
