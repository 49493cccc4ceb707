"""Excess deaths: how many more people died than in ordinary years, from death rates, a normal rate and a population.

    excess = Σ over the years counted of (death rate − normal rate) / 1000 × population of the year

Death rates are crude death rates, deaths in a year per 1,000 people of all ages. The definition and the share of deaths
that are registered follow Adair and Lopez, 'Estimating the Completeness of Death Registration', PLOS ONE 13, no. 5
(2018): e0197047. The sum says nothing of ages, causes, provinces, or births that did not happen.

Which population belongs to which series is the caller's to keep straight: registered rates of the official series go
with the mean of the official year ends that adjoin the year; each revision of the United Nations goes with its own
mid-year population, worked out from its own deaths and rates.
"""

from collections.abc import Collection, Iterable, Mapping

ByYear = Mapping[int, float]


def flat(rates: ByYear, base: Collection[int], years: Iterable[int]) -> dict[int, float]:
    """The normal death rate of each of `years`, per 1,000: in all of them the mean rate of the years in `base`.

    With one base year it is that year's rate. ValueError when `base` is empty or has a year without a rate.
    """
    if not base:
        raise ValueError("a flat normal death rate needs at least one ordinary year")
    level = sum(_of(rates, year, "death rate") for year in base) / len(base)
    return dict.fromkeys(years, level)


def straight_line(rates: ByYear, first: int, last: int, years: Iterable[int]) -> dict[int, float]:
    """The normal death rate of each of `years`, per 1,000, on the straight line between the rates of two years.

    normal = rate(first) + (rate(last) − rate(first)) × (year − first) / (last − first).
    ValueError when `last` does not come after `first`, when a year lies outside the two (a line between two years says
    nothing of what comes before or after), or when one of the two has no rate.
    """
    if last <= first:
        raise ValueError(f"a straight line from {first} to {last} has no length: the second year must come later")
    start, end = (_of(rates, year, "death rate") for year in (first, last))
    line = {}
    for year in years:
        if not first <= year <= last:
            raise ValueError(f"{year} lies outside the straight line from {first} to {last}")
        line[year] = start + (end - start) * (year - first) / (last - first)
    return line


def corrected(rates: ByYear, missed: float, only: Collection[int] | None = None) -> dict[int, float]:
    """The death rates per 1,000 when a share `missed` of all deaths (0 up to but not 1) was never registered.

    true = registered / (1 − missed): the share counts in all deaths, not in those registered. It holds for every
    year, or for the years in `only` while the others stay as registered. ValueError for a share outside its range.
    It is meant for registered rates alone: a reconstruction has added the missed deaths already.
    """
    if not 0 <= missed < 1:
        raise ValueError(f"the share of deaths not registered is at least 0 and less than 1, not {missed}")
    return {year: rate / (1 - missed) if only is None or year in only else rate for year, rate in rates.items()}


def mean_population(year_ends: ByYear, years: Iterable[int]) -> dict[int, float]:
    """The mean population of each of `years`, in the unit of `year_ends`: half of the end of the year before and half
    of its own end. ValueError when one of the two ends is missing."""
    ends = {year: (_of(year_ends, year - 1, "year end"), _of(year_ends, year, "year end")) for year in years}
    return {year: (before + after) / 2 for year, (before, after) in ends.items()}


def mid_year_population(deaths: ByYear, rates: ByYear, years: Iterable[int]) -> dict[int, float]:
    """The population that a series' own deaths and rates imply for each of `years`, in the unit of `deaths`.

    population = deaths / rate × 1000, the definition of the crude death rate turned round. ValueError when deaths or
    rate of a year are missing, or the rate is not above nought.
    """
    population = {}
    for year in years:
        rate = _of(rates, year, "death rate")
        if rate <= 0:
            raise ValueError(f"a death rate of {rate} in {year} implies no population")
        population[year] = _of(deaths, year, "number of deaths") / rate * 1000
    return population


def excess_deaths(rates: ByYear, normal: ByYear, population: ByYear, years: Collection[int]) -> dict[int, float]:
    """The excess deaths of each of `years`, in the unit of `population`; below nought where fewer died than normal.

    excess = (rate − normal) / 1000 × population of the year; their sum is the excess of the period.
    ValueError when no year is counted or when a year lacks its rate, its normal rate or its population.
    """
    if not years:
        raise ValueError("no year is counted")
    return {
        year: (_of(rates, year, "death rate") - _of(normal, year, "normal death rate"))
        / 1000
        * _of(population, year, "population")
        for year in years
    }


def _of(values: ByYear, year: int, what: str) -> float:
    if year not in values:
        raise ValueError(f"no {what} for {year}")
    return values[year]
