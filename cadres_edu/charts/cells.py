"""Places by years: a field of numbers, darker where larger, with a dash where nothing is recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cadres_edu.charts import drawing
from cadres_edu.charts.drawing import HEAD, INK, PAPER, QUIET, RULE, WIDTH, Chart, text
from cadres_edu.records import STANDINGS

LABELS, ROW, FOOT = 190, 26, 34
SHADES = ("#fdfbf7", "#f3e2d6", "#e6bfa9", "#d28f76", "#b45843", "#8a2b20")
_WHITE_FROM = 4  # from this shade on, figures are written in the paper's colour


@dataclass(frozen=True, slots=True)
class Band:
    """One place (or group): its name, values by year, how sure, and the works it rests on."""

    name: str
    values: dict[int, float]
    standing: str
    source: str


@dataclass(frozen=True, slots=True)
class CellChart(Chart):
    """A field of one unit: a row a place, a column a year. `steps` are the five values from which a shade is darker."""

    unit: str
    years: tuple[int, int]
    steps: tuple[float, float, float, float, float]
    bands: tuple[Band, ...]

    def facts(self) -> list[str]:
        """Each place in words, year by year; what all places rest on comes once, at the end."""
        rows = [f"{band.name}: {', '.join(map(' '.join, self._dated(band)))}" for band in self.bands]
        return [*rows, *(f"{whose}: {STANDINGS[standing]}; {source}" for whose, standing, source in self._rests_on())]

    def figure(self) -> Any:
        """A plotly figure: one heat map with the numbers in it."""
        import plotly.graph_objects as go

        bands = self.bands[::-1]
        values = [[band.values.get(year) for year in self._years()] for band in bands]
        shades = [[None if value is None else self._shade(value) for value in row] for row in values]
        top = len(SHADES)
        bounds = [(shade, edge / top) for edge, shade in enumerate(SHADES)]
        scale = [[at + step, shade] for shade, at in bounds for step in (0, 1 / top)]
        trace = go.Heatmap(
            x=[str(year) for year in self._years()],
            y=[band.name for band in bands],
            z=shades,
            text=[[_number(value) for value in row] for row in values],
            texttemplate="%{text}",
            colorscale=scale,
            zmin=-0.5,
            zmax=top - 0.5,
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y}, %{x}: %{text}<extra></extra>",
        )
        axis = {"fixedrange": True, "showgrid": False, "zeroline": False}
        sides = {"xaxis": axis | {"type": "category", "side": "top"}, "yaxis": axis | {"automargin": True}}
        room = {"margin": {"l": 20, "r": 24, "t": HEAD + 28, "b": 20}}
        return go.Figure([trace], drawing.layout(self, HEAD + 60 + 28 * len(bands)) | sides | room)

    def picture(self) -> str:
        """SVG, a line of 26 a place."""
        height = HEAD + 20 + ROW * len(self.bands) + FOOT
        wide = (WIDTH - LABELS - 24) / len(self._years())
        middles = (LABELS + wide * (index + 0.5) for index in range(len(self._years())))
        parts = [text(x, HEAD + 12, str(year), QUIET, "middle") for x, year in zip(middles, self._years(), strict=True)]
        for number, band in enumerate(self.bands):
            parts += self._svg_band(band, HEAD + 20 + ROW * number, wide)
        parts.append(text(LABELS, height - 12, f"{self.unit}; – nothing recorded", QUIET))
        return drawing.svg(self, height, parts)

    def table(self) -> str:
        """A folded HTML table, a row a place."""
        rows = [(band.name, *self._figures(band)) for band in self.bands]
        rows += [(whose, f"{STANDINGS[standing]}; {source}") for whose, standing, source in self._rests_on()]
        return drawing.folded(self, (self.unit, *map(str, self._years())), rows)

    def _years(self) -> range:
        return range(self.years[0], self.years[1] + 1)

    def _shade(self, value: float) -> int:
        return sum(value >= step for step in self.steps)

    def _figures(self, band: Band) -> list[str]:
        return [_number(band.values.get(year)) for year in self._years()]

    def _dated(self, band: Band) -> Iterator[tuple[str, str]]:
        return zip(map(str, self._years()), self._figures(band), strict=True)

    def _rests_on(self) -> list[tuple[str, str, str]]:
        """Whose figures, how sure, and the works: a line for all places together where they share them."""
        shared = {(band.standing, band.source) for band in self.bands}
        if len(shared) == 1:
            return [("All places", *shared.pop())]
        return [(f"{band.name} rests on", band.standing, band.source) for band in self.bands]

    def _svg_band(self, band: Band, y: float, wide: float) -> Iterator[str]:
        yield text(LABELS - 10, y + 17, band.name, INK, "end")
        yield f'<g stroke="{RULE}">'
        shades = [self._shade(band.values.get(year, self.steps[0] - 1)) for year in self._years()]
        for index, shade in enumerate(shades):
            x = round(LABELS + wide * index + 1, 1)
            yield f'<rect x="{x:g}" y="{y + 1:g}" width="{wide - 2:.1f}" height="{ROW - 2}" fill="{SHADES[shade]}"/>'
        yield f'</g><g text-anchor="middle" fill="{INK}">'
        for index, (figure, shade) in enumerate(zip(self._figures(band), shades, strict=True)):
            ink = f' fill="{PAPER}"' if shade >= _WHITE_FROM else ""
            yield f'<text x="{LABELS + wide * (index + 0.5):.1f}" y="{y + 17:g}"{ink}>{figure}</text>'
        yield "</g>"


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.10g}"
