"""Rows along one axis: a dot for a value, a bar for a range, open and thin where doubtful."""

from dataclasses import dataclass
from typing import Any

from cadres_edu.charts import drawing
from cadres_edu.charts.drawing import FOOT, HEAD, INK, MARK, PAPER, QUIET, RULE, WIDTH, Axis, Chart, Scale, text
from cadres_edu.records import STANDINGS

LABELS, ROW = 300, 30
_FITS = 38  # letters of a label, by the widest of the usual types


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
class RowChart(Chart):
    """A chart of rows along one axis."""

    axis: Axis
    rows: tuple[Row, ...]

    def facts(self) -> list[str]:
        """Each row in words."""
        return [f"{row.label}: {row.words} ({STANDINGS[row.standing]}; {row.source})" for row in self.rows]

    def figure(self) -> Any:
        """A plotly figure: a trace a bar, one for all dots."""
        import plotly.graph_objects as go

        rows = self.rows[::-1]
        traces = [_bar(go, row) for row in rows if row.high > row.low]
        traces.append(_points(go, [row for row in rows if row.high == row.low]))
        side = {"gridcolor": RULE, "zeroline": False, "fixedrange": True, "automargin": True}
        labels = {"categoryorder": "array", "categoryarray": [row.label for row in rows]}
        axes = {"xaxis": drawing.plotly_axis(self.axis), "yaxis": side | labels}
        return go.Figure(traces, drawing.layout(self, HEAD + 34 * len(rows) + 60) | axes)

    def picture(self) -> str:
        """SVG, a line of 30 a row."""
        height = HEAD + ROW * len(self.rows) + FOOT
        scale = self.axis.scale(LABELS, WIDTH - 24)
        parts = [*_grid(self.axis, scale, height - FOOT), *(_svg_row(i, row, scale) for i, row in enumerate(self.rows))]
        parts.append(text((LABELS + WIDTH) / 2, height - 6, self.axis.title, QUIET, "middle"))
        return drawing.svg(self, height, parts)

    def table(self) -> str:
        """A folded HTML table, a row each."""
        rows = [(row.label, row.words, STANDINGS[row.standing], row.source) for row in self.rows]
        return drawing.folded(self, ("What", "Value", "How sure", "Source"), rows)


def _sure(row: Row) -> bool:
    return row.standing == "corroborated"


def _colour(row: Row) -> str:
    return MARK if _sure(row) else QUIET


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


def _grid(axis: Axis, scale: Scale, bottom: float) -> list[str]:
    parts = []
    for at, words in axis.ticks:
        x = scale(at)
        parts.append(f'<path d="M{x} {HEAD}V{bottom}" stroke="{RULE}"/>')
        parts.append(text(x, bottom + 18, words, QUIET, "middle"))
    return parts


def _svg_row(number: int, row: Row, scale: Scale) -> str:
    y = HEAD + ROW * number + ROW / 2
    label = text(LABELS - 12, y + 4.5, row.label, INK, "end")
    if len(row.label) > _FITS:  # in a wide letter it would run out of the picture
        label = label.replace("<text ", f'<text textLength="{LABELS - 24}" lengthAdjust="spacingAndGlyphs" ', 1)
    if row.high > row.low:
        ends = f"M{scale(row.low)} {y}H{scale(row.high)}"
        return f'{label}<path d="{ends}" stroke="{_colour(row)}" stroke-width="{9 if _sure(row) else 4}"/>'
    fill = MARK if _sure(row) else PAPER
    ring = f'fill="{fill}" stroke="{_colour(row)}" stroke-width="2.5"'
    beside = text(scale(row.low) + 12, y + 4.5, row.figure, INK) if row.figure else ""
    return f'{label}<circle cx="{scale(row.low)}" cy="{y}" r="6" {ring}/>{beside}'
