"""The charts by name: which records each shows, over which years, in which words."""

import datetime as dt
from collections.abc import Callable, Iterable

from cadres_edu import archive
from cadres_edu.charts.cells import Band, CellChart
from cadres_edu.charts.drawing import Axis, Chart
from cadres_edu.charts.lines import Line, LineChart
from cadres_edu.charts.rows import Row, RowChart
from cadres_edu.dates import date_in_words
from cadres_edu.records import Estimate, Event, Statistic


def attendance() -> Chart:
    """How many people came, by account: one figure each, in persons, from the series `attendance-…`."""
    rows = tuple(_total(one) for one in archive.accounts("attendance"))
    ticks = tuple((float(at), f"{at:,}") for at in range(7000, 7141, 20))
    axis = Axis("persons (the axis begins at 7,000, not at nought)", 7000, 7140, ticks)
    return RowChart(
        "How many came? Every total in print that we have", "One row an account, each with its own count.", axis, rows
    )


def conference() -> Chart:
    """The meeting as a timeline, 11 January to 7 February 1962: each recorded event of a day or more, in days."""
    found = [event for event in archive.events(theme="conference") if event.precision == "day"]
    days = [event for event in found if dt.date(1962, 1, 11) <= event.first <= dt.date(1962, 2, 7)]
    low, high = dt.date(1962, 1, 10).toordinal(), dt.date(1962, 2, 8).toordinal()
    ticks = tuple(_day_tick(low + 1 + step) for step in range(0, 28, 3))
    axis = Axis("day, January to February 1962", low, high, ticks)
    shows = (
        "One row an event: a dot is one day, a bar several. "
        "Open dots and thin bars rest on one witness, on inference, or are disputed."
    )
    return RowChart("The meeting, day by day", shows, axis, tuple(_on_its_day(event) for event in days))


def anhui_and_neighbours() -> Chart:
    """Official crude death rates of Anhui and the provinces beside it: a bar from 1957 to 1960, deaths per 1,000."""
    places = ("anhui", "henan", "shandong", "hubei", "jiangsu", "jiangxi", "zhejiang")
    axis = Axis("deaths in a year for each 1,000 people", 0, 70, tuple((float(at), f"{at}") for at in range(0, 71, 10)))
    shows = "One bar a province, from its official death rate in 1957 to that in 1960."
    return RowChart("Anhui and its neighbours, 1957 to 1960", shows, axis, tuple(_rise(place) for place in places))


def anhui_deaths() -> Chart:
    """How many died in Anhui in the famine years, by who says so: each number that we have seen, in million persons."""
    found = [one for one in archive.estimates(place="anhui") if one.central]
    axis = Axis("million persons", 0, 9, tuple((float(at), f"{at}") for at in range(10)))
    shows = "One row a number, in the order in which it was given; they may not count the same years."
    return RowChart("Deaths in Anhui, by who says so", shows, axis, tuple(_estimated(one) for one in found))


def disaster_reports() -> Chart:
    """Sown land that disasters affected or damaged, as reported for 1960 and 1961, in per cent."""
    axis = Axis("per cent of the sown land", 0, 100, tuple((float(at), f"{at}") for at in range(0, 101, 20)))
    shows = "One dot a figure: affected land lost over 10 per cent of its crop, damaged land over 30 per cent."
    found = [one for name in ("affected", "damaged") for one in archive.statistics(f"disaster-share-{name}")]
    return RowChart("Land hit by disaster, as reported", shows, axis, tuple(_reported(one) for one in found))


def harvest_claims() -> Chart:
    """Three harvests, each figure that was given for them in its order, in million tonnes; plans are named as plans."""
    told = (
        ("1957: as counted in January 1959", "grain-output-claimed-january-1959", 1957),
        ("1957: printed since, both vintages", "grain-output-official-later", 1957),
        ("1958: claimed, January 1959", "grain-output-claimed-january-1959", 1958),
        ("1958: verified, August 1959", "grain-output-verified-august-1959", 1958),
        ("1958: older official figures", "grain-output-official-older", 1958),
        ("1958: later official figures", "grain-output-official-later", 1958),
        ("1959: first plan, not a harvest", "grain-output-target-january-1959", 1959),
        ("1959: assumed at Lushan", "grain-output-fixed-lushan", 1959),
        ("1959: lowered plan, not a harvest", "grain-output-target-august-1959", 1959),
        ("1959: claimed, February 1960", "grain-output-claimed-february-1960", 1959),
        ("1959: older official figures", "grain-output-official-older", 1959),
        ("1959: later official figures", "grain-output-official-later", 1959),
    )
    found = [(label, archive.record(f"statistic:{series}:china:{year}")) for label, series, year in told]
    rows = tuple(
        Row(
            label,
            one.value,
            one.value,
            f"{one.value:,.10g} million tonnes",
            one.standing,
            _sources(one),
            f"{one.value:,.10g}",
        )
        for label, one in found
        if isinstance(one, Statistic)
    )
    axis = Axis("million tonnes of grain", 0, 600, tuple((float(at), f"{at}") for at in range(0, 601, 100)))
    return RowChart(
        "Three harvests, figure by figure", "One row a figure, in the order in which it was given.", axis, rows
    )


def over_years(
    title: str,
    shows: str,
    years: tuple[int, int],
    ticks: Iterable[float],
    series: dict[str, str],
    *,
    place: str = "china",
    scale: float = 1,
    unit: str | None = None,
) -> Chart:
    """Series of one unit over `years` as lines.

    `series` gives each series' short name (30 letters at most), which says its vintage or basis; `series-id:place`
    picks another place. `ticks` mark the axis from the least to the greatest. Values are multiplied by `scale` and then
    measured in `unit`; ValueError when units differ.
    """
    lines = tuple(_line(ref, name, place, years, scale) for ref, name in series.items())
    units = {archive.series(ref.partition(":")[0]).unit for ref in series}
    if len(units) > 1 and unit is None:
        raise ValueError(f"{title}: one axis, but {', '.join(sorted(units))}. Draw one chart for each unit.")
    marks = tuple((float(at), f"{at:,.10g}") for at in ticks)
    axis = Axis(unit or units.pop(), marks[0][0], marks[-1][0], marks)
    return LineChart(title, shows, years, axis, lines)


def sichuan_prefectures() -> Chart:
    """Deaths registered in each prefecture and city of Sichuan, 1958 to 1961, as multiples of its own in 1957."""
    found = archive.statistics("deaths-by-prefecture")
    order = sorted(_places(found), key=lambda place: (place != "sichuan", place))  # the whole before its parts
    bands = tuple(_against_1957(place, [one for one in found if one.place == place]) for place in order)
    shows = "Deaths of each year divided by the deaths of 1957 in the same place: 2 means twice as many."
    title = "Sichuan, place by place: deaths against those of 1957"
    return CellChart(title, shows, "times the deaths of 1957", (1958, 1961), (1.5, 2, 3, 4, 6), bands)


def _against_1957(place: str, found: list[Statistic]) -> Band:
    base = next(one.value for one in found if one.year == 1957)
    values = {one.year: round(one.value / base, 1) for one in found if 1958 <= one.year <= 1961}
    label = archive.record(f"place:{place}").label.replace("autonomous prefecture", "prefecture")
    name = "All of Sichuan" if place == "sichuan" else label
    return Band(name, values, "derived", _works(found))


def _line(ref: str, name: str, place: str, years: tuple[int, int], scale: float) -> Line:
    identity, _, where = ref.partition(":")
    found = archive.statistics(identity, place=where or place)
    kept = [one for one in found if years[0] <= one.year <= years[1]]
    if not kept:
        raise archive.UnknownRecord(f"{ref} in {years[0]}-{years[1]}", [])
    values = {one.year: round(one.value * scale, 6) for one in kept}
    return Line(name, values, _weakest(kept), _works(kept))


def _band(place: str, found: list[Statistic], years: tuple[int, int]) -> Band:
    kept = [one for one in found if years[0] <= one.year <= years[1]]
    values = {one.year: one.value for one in kept}
    return Band(archive.record(f"place:{place}").label, values, _weakest(found), _works(found))


def _places(found: list[Statistic]) -> list[str]:
    return list(dict.fromkeys(one.place for one in found))


_FROM_SURE = ("corroborated", "single", "derived", "inferred", "contested", "seed", "unread")


def _weakest(found: list[Statistic]) -> str:
    return max((one.standing for one in found), key=_FROM_SURE.index)


def _works(found: list[Statistic]) -> str:
    return "; ".join(dict.fromkeys(_sources(one) for one in found))


def _total(one: Statistic) -> Row:
    label = one.title.removeprefix("Attendance, ")
    words = f"{one.value:,.0f} persons"
    return Row(label, one.value, one.value, words, one.standing, _sources(one), f"{one.value:,.0f}")


def _rise(place: str) -> Row:
    found = {one.year: one for one in archive.statistics("crude-death-rate-provinces", place=place)}
    first, last = found[1957], found[1960]
    label = archive.record(f"place:{place}").label
    words = f"{first.value:.1f} in 1957, {last.value:.1f} in 1960"
    return Row(label, first.value, last.value, words, last.standing, _sources(last), f"{last.value:.1f}")


def _estimated(one: Estimate) -> Row:
    millions = round((one.central or 0) / 1e6, 2)
    words = f"{millions:g} million persons"
    return Row(one.label, millions, millions, words, one.standing, _sources(one), f"{millions:g}")


def _reported(one: Statistic) -> Row:
    label = f"{one.title.removeprefix('Sown area ').removesuffix(' by disasters').capitalize()}, {one.year}"
    figure = f"{one.value:.1f}"
    return Row(label, one.value, one.value, f"{figure} per cent", one.standing, _sources(one), figure)


def _day_tick(day: int) -> tuple[float, str]:
    date = dt.date.fromordinal(day)
    return float(day), f"{date.day} {date:%b}"


def _on_its_day(event: Event) -> Row:
    words = event.when if event.end else date_in_words(event.start)
    return Row(event.title, event.first.toordinal(), event.last.toordinal(), words, event.standing, _sources(event))


def _sources(record: Event | Estimate | Statistic) -> str:
    works = [archive.record(f"source:{name}") for name in record.source]
    return "; ".join(work.label.rstrip(".") for work in works)


CHARTS: dict[str, Callable[[], Chart]] = {
    "anhui-and-neighbours": anhui_and_neighbours,
    "anhui-deaths": anhui_deaths,
    "attendance": attendance,
    "conference": conference,
    "harvest-claims": harvest_claims,
    "contracting-pair": lambda: over_years(
        "Grain output of Anhui and Hunan, 1957 to 1965",
        "One line a province, by the official figures.",
        (1957, 1965),
        (0, 2, 4, 6, 8, 10, 12, 14),
        {"grain-output-provinces:anhui": "Anhui", "grain-output-provinces:hunan": "Hunan"},
    ),
    "disaster-reports": disaster_reports,
    "grain-output-vintages": lambda: over_years(
        "Grain output, in two official vintages",
        "One line a vintage: the same harvests, as printed at two times.",
        (1952, 1965),
        (0, 50, 100, 150, 200, 250),
        {
            "grain-output-official-older": "older official figures",
            "grain-output-official-later": "later official figures",
        },
    ),
    "sichuan-prefectures": sichuan_prefectures,
    "death-rates": lambda: over_years(
        "Crude death rate, by who worked it out",
        "Deaths in a year for each 1,000 people alive: one line a vintage.",
        (1953, 1966),
        (0, 10, 20, 30, 40, 50),
        {
            "crude-death-rate-official": "official register",
            "crude-death-rate-banister-1984": "Banister, 1984",
            "crude-death-rate-wpp-2022": "UN, 2022 revision",
            "crude-death-rate-wpp-2024": "UN, 2024 revision",
        },
    ),
}


def chart(name: str) -> Chart:
    """The chart called `name`; an unknown name suggests the nearest."""
    if name not in CHARTS:
        raise archive.UnknownRecord(name, CHARTS)
    return CHARTS[name]()
