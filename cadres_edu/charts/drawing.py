"""What all charts share: colours, axes, SVG text, and being shown in four forms that tell the same facts."""

import html
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from cadres_edu.cards import marked

INK, QUIET, RULE, PAPER, MARK = "#26221d", "#5f574d", "#d9d2c7", "#fdfbf7", "#9c2f22"
FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Noto Sans CJK SC', sans-serif"
CHART, PLOTLY = "application/vnd.cadres-edu.chart+json", "application/vnd.plotly.v1+json"
WIDTH, HEAD, FOOT = 760, 52, 46
LETTER = 6.6  # the widest that a letter of 13 pixels comes to on average

Scale = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis: what it measures, from where to where, and the ticks with their words."""

    title: str
    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def scale(self, start: float, end: float) -> Scale:
        """From a value on the axis to a place between `start` and `end` in a picture."""
        return lambda at: round(start + (at - self.low) / (self.high - self.low) * (end - start), 1)


@dataclass(frozen=True, slots=True)
class Chart(ABC):
    """A chart ready to be shown: `figure()`, `picture()`, `table()` and `reading()` tell the same facts."""

    title: str
    shows: str

    @abstractmethod
    def facts(self) -> list[str]:
        """Each line of the chart in words, with how sure it is and its source."""

    @abstractmethod
    def figure(self) -> Any:
        """The chart as a `plotly.graph_objects.Figure` on light paper, with hover texts; it holds no template."""

    @abstractmethod
    def picture(self) -> str:
        """The chart as SVG text, 760 wide: the same bytes each time, with its title and what it shows inside."""

    @abstractmethod
    def table(self) -> str:
        """The values as an HTML table, folded under a line that opens it."""

    def reading(self) -> str:
        """The chart in words: title, what it shows, then each line with its standing and source."""
        return "\n".join([self.title, self.shows, *self.facts()])

    def _ipython_display_(self) -> None:
        from IPython.display import display

        figure = self.figure().to_plotly_json()
        drawn = {"data": figure["data"], "layout": figure["layout"], "config": {"displayModeBar": False}}
        reading = self.reading()
        said = {"title": self.title, "shows": self.shows}
        forms = {CHART: said, PLOTLY: drawn, "image/svg+xml": self.picture(), "text/plain": reading}
        display(forms, raw=True)  # type: ignore[no-untyped-call]
        display({"text/html": self.table(), "text/plain": f"The values as a table: {self.title}"}, raw=True)  # type: ignore[no-untyped-call]


def svg(chart: Chart, height: float, parts: Iterable[str]) -> str:
    """The picture of `chart`, `height` high, drawn by `parts` under its title."""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-size="13"'
    about = f"<title>{html.escape(chart.title)}</title><desc>{html.escape(chart.shows)}</desc>"
    paper = f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>'
    title = f'<g font-size="17">{text(12, 28, chart.title, INK)}</g>'
    return f'{head} font-family="{html.escape(FONT)}">{about}{paper}{title}{"".join(parts)}</svg>'


def text(x: float, y: float, words: str, colour: str, anchor: str = "start") -> str:
    """One line of text in a picture."""
    place = f'x="{x:g}" y="{y:g}" fill="{colour}" text-anchor="{anchor}"'
    return f"<text {place}>{html.escape(words)}</text>"


def folded(chart: Chart, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A folded HTML table under `head`; the first cell of each row names it, and the last fills what is left of a short
    row. Contents are escaped here."""
    heads = "".join(f'<th scope="col">{marked(name)}</th>' for name in head)
    body = "".join(_row(row, len(head)) for row in rows)
    return (
        f"<details><summary>The values as a table: {marked(chart.title)}</summary>"
        f"<table><caption>{marked(chart.title)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></details>"
    )


def _row(row: Sequence[str], columns: int) -> str:
    name, *cells, last = map(marked, row)
    rest = columns - len(row) + 1
    span = f' colspan="{rest}"' if rest > 1 else ""
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}<td{span}>{last}</td></tr>'


def layout(chart: Chart, height: float) -> dict[str, Any]:
    """The part of a plotly layout that all charts share."""
    return {
        "template": "none",
        "title": {"text": chart.title, "x": 0.02, "font": {"size": 17}},
        "height": height,
        "margin": {"l": 20, "r": 24, "t": HEAD, "b": 56},
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"family": FONT, "size": 14, "color": INK},
    }


def plotly_axis(axis: Axis) -> dict[str, Any]:
    """`axis` as plotly takes it."""
    return {
        "gridcolor": RULE,
        "zeroline": False,
        "fixedrange": True,
        "range": [axis.low, axis.high],
        "title": {"text": axis.title, "font": {"size": 13}},
        "tickvals": [at for at, _ in axis.ticks],
        "ticktext": [words for _, words in axis.ticks],
    }
