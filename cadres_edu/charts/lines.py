"""Lines over years: a series each, told apart by its mark and dash as well as its colour, and named at its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cadres_edu.charts import drawing
from cadres_edu.charts.drawing import HEAD, PAPER, QUIET, RULE, WIDTH, Axis, Chart, Scale, text
from cadres_edu.records import STANDINGS

LEFT, NAMES, HEIGHT, FOOT, LINE = 56, 220, 330, 52, 17
LETTERS = int((NAMES - 16) / drawing.LETTER)  # the longest name that fits beside its line


@dataclass(frozen=True, slots=True)
class Look:
    """How a line is drawn: colour, dash (SVG and plotly's word for it) and mark (plotly's word)."""

    colour: str
    dash: str
    plotly_dash: str
    mark: str


LOOKS = (
    Look("#9c2f22", "", "solid", "circle"),
    Look("#261675", "7 4", "dash", "square"),
    Look("#417d5f", "2 4", "dot", "diamond"),
    Look("#814ec6", "9 4 2 4", "dashdot", "triangle-up"),
    Look("#7c4b6c", "14 4", "longdash", "circle-open"),
    Look("#26221d", "14 4 2 4", "longdashdot", "square-open"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One series: its name (vintage or basis in it), values by year, how sure, and the works it rests on. A year
    without a value breaks the line."""

    name: str
    values: dict[int, float]
    standing: str
    source: str


@dataclass(frozen=True, slots=True)
class LineChart(Chart):
    """A chart of one or more series of one unit over years."""

    years: tuple[int, int]
    axis: Axis
    lines: tuple[Line, ...]

    def facts(self) -> list[str]:
        """Each series in words: its values year by year."""
        return [f"{line.name}: {_in_words(line)} ({STANDINGS[line.standing]}; {line.source})" for line in self.lines]

    def figure(self) -> Any:
        """A plotly figure: a trace a series, named at its end."""
        import plotly.graph_objects as go

        years = list(range(self.years[0], self.years[1] + 1))
        traces = [_trace(go, line, look, years) for line, look in self._dressed()]
        time = {"title": None, "gridcolor": PAPER, "zeroline": False, "fixedrange": True, "tickformat": "d"}
        span = {"range": [years[0] - 0.4, years[-1] + 0.4], "dtick": _step(years)}
        axes = {"xaxis": time | span, "yaxis": drawing.plotly_axis(self.axis)}
        names = [
            {"xref": "paper", "x": 1, "y": y, "text": line.name, "showarrow": False, "xanchor": "left"}
            | {"font": {"color": look.colour, "size": 13}}
            for line, look, y in self._named()
        ]
        margin = {"margin": {"l": LEFT + 10, "r": NAMES, "t": HEAD, "b": 40}}
        return go.Figure(traces, drawing.layout(self, HEIGHT + HEAD) | axes | margin | {"annotations": names})

    def picture(self) -> str:
        """SVG: the lines, their marks, their names at the right."""
        right, bottom = WIDTH - NAMES, HEAD + HEIGHT - FOOT
        across = Axis("", self.years[0] - 0.4, self.years[1] + 0.4, ()).scale(LEFT, right)
        up = self.axis.scale(bottom, HEAD + 14)
        parts = [text(LEFT - 44, HEAD, self.axis.title, QUIET)]
        for at, words in self.axis.ticks:
            parts += [
                f'<path d="M{LEFT} {up(at)}H{right}" stroke="{RULE}"/>',
                text(LEFT - 8, up(at) + 4, words, QUIET, "end"),
            ]
        years = range(self.years[0], self.years[1] + 1)
        parts += [text(across(year), bottom + 20, str(year), QUIET, "middle") for year in years[:: _step(years)]]
        for line, look in self._dressed():
            parts += _svg_line(line, look, across, up)
        parts += [text(right + 8, up(y) + 4, line.name, look.colour) for line, look, y in self._named()]
        return drawing.svg(self, HEAD + HEIGHT - 16, parts)

    def table(self) -> str:
        """A folded HTML table: a row a year, a column a series, then how sure each is and its source."""
        years = sorted({year for line in self.lines for year in line.values})
        rows = [(str(year), *(_number(line.values.get(year)) for line in self.lines)) for year in years]
        rows.append(("How sure", *(STANDINGS[line.standing] for line in self.lines)))
        rows.append(("Source", *(line.source for line in self.lines)))
        return drawing.folded(self, (f"Year ({self.axis.title})", *(line.name for line in self.lines)), rows)

    def _dressed(self) -> Iterator[tuple[Line, Look]]:
        return zip(self.lines, LOOKS, strict=False)

    def _named(self) -> list[tuple[Line, Look, float]]:
        """Where each name stands: beside the end of its line, pushed apart where two would meet."""
        ends = sorted(self._dressed(), key=lambda one: one[0].values[max(one[0].values)])
        wanted = [line.values[max(line.values)] for line, _ in ends]
        gap = (self.axis.high - self.axis.low) * LINE / (HEIGHT - FOOT - 14)
        places = _apart(wanted, gap, self.axis.high)
        return [(line, look, round(place, 3)) for (line, look), place in zip(ends, places, strict=True)]


def _apart(wanted: Sequence[float], gap: float, top: float) -> list[float]:
    """Places in rising order, at least `gap` apart and none above `top`, as near as that allows to the `wanted`."""
    places: list[float] = []
    for at in wanted:
        places.append(max(at, places[-1] + gap) if places else at)
    for index in reversed(range(len(places))):
        places[index] = min(places[index], top)
        top = places[index] - gap
    return places


def _step(years: Sequence[int]) -> int:
    """Every how many years one is written under the axis."""
    return 1 if len(years) <= 10 else 2 if len(years) <= 18 else 5


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.10g}"


def _in_words(line: Line) -> str:
    return ", ".join(f"{year} {_number(value)}" for year, value in sorted(line.values.items()))


def _trace(go: Any, line: Line, look: Look, years: list[int]) -> Any:
    return go.Scatter(
        x=years,
        y=[line.values.get(year) for year in years],
        name=line.name,
        mode="lines+markers",
        line={"color": look.colour, "width": 2.5, "dash": look.plotly_dash},
        marker={"size": 8, "symbol": look.mark},
        showlegend=False,
        hovertemplate=f"{line.name}<br>%{{x}}: %{{y:,}}<extra></extra>",
    )


def _svg_line(line: Line, look: Look, across: Scale, up: Scale) -> Iterator[str]:
    dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
    path = ""
    for year, value in sorted(line.values.items()):
        path += f"{'L' if year - 1 in line.values else 'M'}{across(year)} {up(value)}"
    yield f'<path d="{path}" fill="none" stroke="{look.colour}" stroke-width="2.5"{dash}/>'
    for year, value in sorted(line.values.items()):
        yield _svg_mark(look, across(year), up(value))


def _svg_mark(look: Look, x: float, y: float) -> str:
    fill = PAPER if look.mark.endswith("open") else look.colour
    ink = f'fill="{fill}" stroke="{look.colour}" stroke-width="1.5"'
    match look.mark.removesuffix("-open"):
        case "circle":
            return f'<circle cx="{x}" cy="{y}" r="4" {ink}/>'
        case "square":
            return f'<path d="M{x - 4:g} {y - 4:g}h8v8h-8z" {ink}/>'
        case "diamond":
            return f'<path d="M{x:g} {y - 5:g}l5 5l-5 5l-5 -5z" {ink}/>'
    return f'<path d="M{x:g} {y - 5:g}l5 9h-10z" {ink}/>'
