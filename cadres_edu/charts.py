"""Records -> charts: each one a plotly figure, a picture (SVG) for print and pages, a table, and a reading in words.

A chart is first a list of rows, free of any library; the four forms are drawn from the same rows, so that they can't
tell different facts.
"""

import datetime as dt
import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cadres_edu import archive
from cadres_edu.records import STANDINGS, Event, Statistic, date_in_words

INK, QUIET, RULE, PAPER, MARK, DOUBT = "#26221d", "#5f574d", "#d9d2c7", "#fdfbf7", "#9c2f22", "#7a5b12"
FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif"
WIDTH, LABELS, ROW, HEAD, FOOT = 760, 300, 30, 52, 46


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chart: what it is, where it lies on the axis (from `low` to `high`), the same in words, and how
    sure it is. Positions are numbers in the axis' unit; a day is its ordinal number."""

    label: str
    low: float
    high: float
    words: str
    standing: str
    source: str
    figure: str = ""  # written beside the mark


@dataclass(frozen=True, slots=True)
class Axis:
    """A horizontal axis: what it measures, from where to where, and the ticks with their words."""

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of rows along one axis, ready to be shown: `figure()`, `picture()`, `table()` and `reading()`."""

    title: str
    shows: str
    axis: Axis
    rows: tuple[Row, ...]

    def reading(self) -> str:
        """The chart in words: title, what it shows, then each row with its standing and source."""
        lines = [f"{row.label}: {row.words} ({STANDINGS[row.standing]}; {row.source})" for row in self.rows]
        return "\n".join([self.title, self.shows, *lines])

    def figure(self) -> Any:
        """The chart as a `plotly.graph_objects.Figure` on light paper, with hover texts; it holds no template."""
        import plotly.graph_objects as go

        rows = self.rows[::-1]
        traces = [_bar(go, row) for row in rows if row.high > row.low]
        traces.append(_points(go, [row for row in rows if row.high == row.low]))
        return go.Figure(traces, _layout(self.title, self.axis, [row.label for row in rows]))

    def picture(self) -> str:
        """The chart as SVG text, 760 wide: the same bytes each time, with its title and reading inside."""
        height = HEAD + ROW * len(self.rows) + FOOT
        scale = _scale(self.axis)
        parts = [
            f'<g font-size="17">{_text(12, 28, self.title, INK)}</g>',
            *_grid(self.axis, scale, height - FOOT),
            *(_svg_row(i, row, scale) for i, row in enumerate(self.rows)),
        ]
        parts.append(_text((LABELS + WIDTH) / 2, height - 6, self.axis.title, QUIET, "middle"))
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-size="13"'
        about = f"<title>{html.escape(self.title)}</title><desc>{html.escape(self.reading())}</desc>"
        paper = f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
        return f'{head} font-family="{html.escape(FONT)}">{about}{paper}{"".join(parts)}</svg>'

    def table(self) -> str:
        """The values as an HTML table, folded under a line that opens it."""
        body = "".join(
            f'<tr><th scope="row">{html.escape(row.label)}</th><td>{html.escape(row.words)}</td>'
            f"<td>{STANDINGS[row.standing]}</td><td>{html.escape(row.source)}</td></tr>"
            for row in self.rows
        )
        head = "".join(f'<th scope="col">{name}</th>' for name in ("What", "Value", "How sure", "Source"))
        return (
            f"<details><summary>The values as a table: {html.escape(self.title)}</summary>"
            f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></details>"
        )

    def _ipython_display_(self) -> None:
        from IPython.display import display

        figure = self.figure().to_plotly_json()
        drawn = {"data": figure["data"], "layout": figure["layout"], "config": {"displayModeBar": False}}
        reading = self.reading()
        forms = {"application/vnd.plotly.v1+json": drawn, "image/svg+xml": self.picture(), "text/plain": reading}
        display(forms, raw=True)  # type: ignore[no-untyped-call]
        display({"text/html": self.table(), "text/plain": f"The values as a table: {self.title}"}, raw=True)  # type: ignore[no-untyped-call]


def _sure(row: Row) -> bool:
    return row.standing == "corroborated"


def _colour(row: Row) -> str:
    return MARK if _sure(row) else DOUBT


def _bar(go: Any, row: Row) -> Any:
    line = {"color": _colour(row), "width": 9 if _sure(row) else 4}
    hover = f"{row.label}<br>{row.words}<extra></extra>"
    return go.Scatter(
        x=[row.low, row.high], y=[row.label] * 2, mode="lines", line=line, showlegend=False, hovertemplate=hover
    )


def _points(go: Any, rows: list[Row]) -> Any:
    marker = {
        "size": 13,
        "symbol": ["circle" if _sure(row) else "circle-open" for row in rows],
        "color": [_colour(row) for row in rows],
        "line": {"width": 2.5},
    }
    return go.Scatter(
        x=[row.low for row in rows],
        y=[row.label for row in rows],
        customdata=[row.words for row in rows],
        text=[row.figure for row in rows],
        textposition="middle right",
        mode="markers+text",
        marker=marker,
        showlegend=False,
        hovertemplate="%{y}<br>%{customdata}<extra></extra>",
    )


def _layout(title: str, axis: Axis, labels: list[str]) -> dict[str, Any]:
    lines = {"gridcolor": RULE, "zeroline": False, "fixedrange": True}
    return {
        "template": "none",
        "title": {"text": title, "x": 0.02, "font": {"size": 17}},
        "height": HEAD + 34 * len(labels) + 60,
        "margin": {"l": 20, "r": 24, "t": HEAD, "b": 56},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": 14, "color": INK},
        "xaxis": {
            **lines,
            "range": [axis.low, axis.high],
            "title": {"text": axis.title, "font": {"size": 13}},
            "tickvals": [at for at, _ in axis.ticks],
            "ticktext": [words for _, words in axis.ticks],
        },
        "yaxis": {**lines, "automargin": True, "categoryorder": "array", "categoryarray": labels},
    }


Scale = Callable[[float], float]


def _scale(axis: Axis) -> Scale:
    return lambda at: round(LABELS + (at - axis.low) / (axis.high - axis.low) * (WIDTH - LABELS - 24), 1)


def _grid(axis: Axis, scale: Scale, bottom: float) -> list[str]:
    parts = []
    for at, words in axis.ticks:
        x = scale(at)
        parts.append(f'<path d="M{x} {HEAD}V{bottom}" stroke="{RULE}"/>')
        parts.append(_text(x, bottom + 18, words, QUIET, "middle"))
    return parts


def _svg_row(number: int, row: Row, scale: Scale) -> str:
    y = HEAD + ROW * number + ROW / 2
    label = _text(LABELS - 12, y + 4.5, row.label, INK, "end")
    if row.high > row.low:
        ends = f"M{scale(row.low)} {y}H{scale(row.high)}"
        return f'{label}<path d="{ends}" stroke="{_colour(row)}" stroke-width="{9 if _sure(row) else 4}"/>'
    fill = MARK if _sure(row) else PAPER
    ring = f'fill="{fill}" stroke="{_colour(row)}" stroke-width="2.5"'
    beside = _text(scale(row.low) + 12, y + 4.5, row.figure, INK) if row.figure else ""
    return f'{label}<circle cx="{scale(row.low)}" cy="{y}" r="6" {ring}/>{beside}'


def _text(x: float, y: float, words: str, colour: str, anchor: str = "start") -> str:
    place = f'x="{x}" y="{y}" fill="{colour}" text-anchor="{anchor}"'
    return f"<text {place}>{html.escape(words)}</text>"


def attendance() -> Chart:
    """How many people came, by account: one figure each, in persons, from the series `attendance-…`."""
    rows = tuple(_total(one) for one in archive.accounts("attendance"))
    ticks = tuple((float(at), f"{at:,}") for at in range(7000, 7141, 20))
    axis = Axis("persons (the axis begins at 7,000, not at nought)", 7000, 7140, ticks)
    return Chart(
        "How many came? Every total in print that we have", "One row an account, each with its own count.", axis, rows
    )


def _total(one: Statistic) -> Row:
    label = one.title.removeprefix("Attendance, ")
    return Row(
        label, one.value, one.value, f"{one.value:,.0f} persons", one.standing, _sources(one), f"{one.value:,.0f}"
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
    return Chart("The meeting, day by day", shows, axis, tuple(_on_its_day(event) for event in days))


def _day_tick(day: int) -> tuple[float, str]:
    date = dt.date.fromordinal(day)
    return float(day), f"{date.day} {date:%b}"


def _on_its_day(event: Event) -> Row:
    words = event.when if event.end else date_in_words(event.start)
    return Row(event.title, event.first.toordinal(), event.last.toordinal(), words, event.standing, _sources(event))


def _sources(record: Event | Statistic) -> str:
    works = [archive.record(f"source:{name}") for name in record.source]
    return "; ".join(work.label.rstrip(".") for work in works)


CHARTS: dict[str, Callable[[], Chart]] = {"attendance": attendance, "conference": conference}


def chart(name: str) -> Chart:
    """The chart called `name`; an unknown name suggests the nearest."""
    if name not in CHARTS:
        raise archive.UnknownRecord(name, CHARTS)
    return CHARTS[name]()
