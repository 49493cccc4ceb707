"""Colours: text and marks stand out from what lies behind them, marks that differ are told apart by every eye, and
nothing is told by colour alone."""

import functools
import itertools
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from coloraide import Color

import cadres_edu
from cadres_edu.charts import CHARTS, cells, drawing, lines
from cadres_edu.portfolio import document

CODE = Path(cadres_edu.__file__).parent
SHEETS = {file.stem: file.read_text("utf-8") for file in (CODE / "jupyter/labextensions/cadres-edu").glob("*.css")}
JUPYTERLAB = Path(sys.prefix) / "share/jupyter/lab/themes/@jupyterlab"
TEXT, MARK = 4.5, 3  # WCAG 2.2, success criteria 1.4.3 and 1.4.11
# Two colours in large fields are just told apart at 2.3 (Mahy, Van Eycken and Oosterlinck 1994). The marks here are a
# few pixels wide, where the eye needs several times as much (Stone, Szafir and Setlur 2014): we ask for four times it.
APART = 10
# Neighbours of a scale touch one another, and each field has its number written in it: twice it is enough.
STEP = 5
# Protan and deutan after Machado, Oliveira and Fernandes 2009; for tritan, where that model is known to be weak, after
# Brettel, Viénot and Mollon 1997. All at full strength.
EYES = {"protan": "machado", "deutan": "machado", "tritan": "brettel"}
FURNITURE = {"rule"}  # lines between parts, grids and borders of tables: nothing is lost with them
GROUNDS = {"paper", "tint"}


def rules(css):
    """The innermost rules of a sheet, without what is for print or for the learner's own colours."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"@media (?:print|\(forced-colors)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", css)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        parts = [part.partition(":") for part in body.split(";") if ":" in part]
        yield selector.strip(), [(name.strip(), value.strip()) for name, _, value in parts]


def own(css, *selectors):
    """The custom properties that rules with one of these selectors set, in their order."""
    found = {}
    for selector in selectors:
        blocks = [body for name, body in rules(css) if name == selector]
        assert blocks, f"no rule {selector}"
        found |= {name: value for body in blocks for name, value in body if name.startswith("--")}
    return found


def theme(name):
    """The custom properties of a theme of JupyterLab's."""
    css = (JUPYTERLAB / f"theme-{name}-extension/index.css").read_text("utf-8")
    return dict(re.findall(r"(--[\w-]+)\s*:\s*([^;}]+)", css))


DARK = '[data-jp-theme-light="false"] .cadres'
THEMES = {
    "plain, light": own(SHEETS["base"], ".cadres"),
    "plain, dark": own(SHEETS["base"], ".cadres", "body:not([data-jp-theme-light]) .cadres"),
    "JupyterLab, light": theme("light") | own(SHEETS["base"], ".cadres"),
    "JupyterLab, dark": theme("dark") | own(SHEETS["base"], ".cadres", DARK),
    "JupyterLab, dark, high contrast": theme("dark-high-contrast") | own(SHEETS["base"], ".cadres", DARK),
}
EVERY_THEME = pytest.mark.parametrize("colours", THEMES.values(), ids=THEMES)


def resolved(value, colours):
    """The colour that `value` comes to, its variables taken from `colours`."""
    if found := re.fullmatch(r"var\((--[\w-]+)(?:,\s*(.+))?\)", value):
        return resolved(colours.get(found[1], found[2]), colours)
    if found := re.fullmatch(r"color-mix\(in srgb, (\S+) (\d+)%, (\S+)\)", value):
        one, other = (resolved(part, colours) for part in found.group(1, 3))
        return other.mix(one, int(found[2]) / 100, space="srgb")
    return Color(value)


def named(name, colours):
    return resolved(f"var(--cadres-{name})", colours)


def contrast(one, other):
    return Color(one).contrast(Color(other), method="wcag21")


@functools.cache
def difference(one, other):
    """The least difference of two colours over all kinds of eye, as ΔE2000."""
    pairs = [(Color(one), Color(other))]
    pairs += [tuple(colour.filter(eye, method=how) for colour in pairs[0]) for eye, how in EYES.items()]
    return min(first.delta_e(second, method="2000") for first, second in pairs)


def alike(colours, least=APART):
    """The pairs of `colours` that some eye can't tell apart."""
    pairs = itertools.combinations(sorted(Color(one).convert("srgb").to_string(hex=True) for one in colours), 2)
    return [(*pair, round(difference(*pair), 1)) for pair in pairs if difference(*pair) < least]


def faint(fore, grounds, least):
    """What of `fore`, by name, stands out too little from one of the `grounds`."""
    tried = [(name, round(contrast(colour, ground), 2)) for name, colour in fore.items() for ground in grounds]
    return [found for found in tried if found[1] < least]


DECLARED = [(selector, *told) for css in SHEETS.values() for selector, body in rules(css) for told in body]


def names(declared):
    """The colours by name that declarations use, own properties of a theme and grounds apart."""
    values = " ".join(value for _, name, value in declared if not name.startswith("--cadres"))
    return set(re.findall(r"var\(--cadres-(\w+)\)", values)) - GROUNDS


def is_text(selector, name, _):
    return name == "color" or (name == "fill" and re.search(r"text|name|figure|tick|sign", selector))


WORDS = names(told for told in DECLARED if is_text(*told))
MARKS = names(told for told in DECLARED if not is_text(*told)) - FURNITURE


def test_the_sheets_use_the_colours_that_the_other_tests_hold():
    declared = {name.removeprefix("--cadres-") for name in own(SHEETS["base"], ".cadres")}
    assert {"ink", "quiet", "accent"} <= WORDS <= declared - FURNITURE
    assert {"ink", "edge", "accent", "right", "part"} <= MARKS <= declared


def test_colours_stand_in_one_sheet_alone():
    others = [told for stem, css in SHEETS.items() if stem != "base" for _, body in rules(css) for told in body]
    assert [told for told in others if re.search(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", told[1])] == []


@EVERY_THEME
def test_text_stands_out(colours):
    grounds = [named(name, colours) for name in GROUNDS]
    assert faint({name: named(name, colours) for name in WORDS}, grounds, TEXT) == []


@EVERY_THEME
def test_marks_and_borders_of_controls_stand_out(colours):
    grounds = [named(name, colours) for name in GROUNDS]
    assert faint({name: named(name, colours) for name in MARKS}, grounds, MARK) == []


def test_no_control_is_bordered_with_what_is_furniture():
    idle = re.compile(r"\w*(?::disabled|\[aria-disabled=[^]]*\])|:has\([^)]*\)")
    found = [
        (selector, name)
        for selector, name, value in DECLARED
        if re.search(r"\b(?:button|input|select|textarea)\b", idle.sub("", selector)) and "--cadres-rule" in value
    ]
    assert found == []


@EVERY_THEME
def test_colours_of_marks_are_told_apart_by_every_eye(colours):
    assert alike([named(name, colours) for name in MARKS | WORDS]) == []


@EVERY_THEME
def test_the_shades_of_the_tiles_carry_their_figures_and_rise_in_steps(colours):
    mix = next(value for _, _, value in DECLARED if value.startswith("color-mix") and "--mix" in value)
    text, shades = ["ink"], [named("paper", colours)]
    for selector, body in rules(SHEETS["tiles"]):
        if re.search(r'data-shade="\d"', selector):
            told = dict(body)
            shades.append(resolved(mix.replace("var(--mix)", told["--mix"]), colours))
            text.append(re.sub(r"var\(--cadres-(\w+)\)", r"\1", told.get("color", "ink")))
    assert len(shades) == 6
    ratios = [contrast(named(name, colours), shade) for name, shade in zip(text, shades, strict=True)]
    assert min(ratios) >= TEXT, ratios
    assert [pair for two in itertools.pairwise(shades) for pair in alike(two, STEP)] == []


LOOKS = [look.colour for look in lines.LOOKS]


def test_charts_stand_out_from_their_paper():
    assert faint({colour: colour for colour in (drawing.INK, drawing.QUIET, *LOOKS)}, [drawing.PAPER], TEXT) == []
    assert faint({"mark": drawing.MARK}, [drawing.PAPER], MARK) == []
    for shade, colour in enumerate(cells.SHADES):
        assert contrast(drawing.PAPER if shade >= cells._WHITE_FROM else drawing.INK, colour) >= TEXT, colour


def test_charts_are_told_apart_by_every_eye():
    assert len(set(LOOKS)) == len(LOOKS)
    assert alike(LOOKS) == []
    assert alike([drawing.MARK, drawing.QUIET]) == []  # rows that are sure, and rows in doubt
    assert [pair for two in itertools.pairwise(cells.SHADES) for pair in alike(two, STEP)] == []


def test_charts_hold_no_other_colour():
    code = "".join(file.read_text("utf-8") for file in (CODE / "charts").glob("*.py"))
    known = {drawing.INK, drawing.QUIET, drawing.RULE, drawing.PAPER, drawing.MARK, *LOOKS, *cells.SHADES}
    assert set(re.findall(r"#[0-9a-f]{6}\b", code)) == known


# The handout's own sheet takes its colours from the page's, but for white letters on ink.
PAGES = [document.STYLE, (CODE / "publish/page.css").read_text("utf-8")]


@pytest.mark.parametrize("css", PAGES)
def test_pages_to_print_stand_out_from_white(css):
    variables = dict(re.findall(r"(--[\w-]+)\s*:\s*([^;}]+)", css))
    grounds = [Color("white"), *(Color(variables[name]) for name in variables if name == "--wash")]
    text, marks = {}, {}
    for _, body in rules(css):
        for name, value in body:
            for colour in re.findall(r"#[0-9a-f]{3,6}\b|var\(--(?:ink|quiet|mark)\)", value):
                if not name.startswith(("--", "background")):
                    (text if name == "color" else marks)[f"{name}: {colour}"] = resolved(colour, variables)
    assert text
    assert faint(text, grounds, TEXT) == []
    assert faint(marks, grounds, MARK) == []


def traced(figure):
    """Each mark of a plotly figure: its colour, and how else it looks."""
    for trace in figure.data:
        if trace.type == "scatter" and "lines" in trace.mode:
            symbol = trace.marker.symbol if "markers" in trace.mode else None
            yield trace.line.color, (trace.line.dash, trace.line.width, symbol)
        elif trace.type == "scatter":
            yield from zip(trace.marker.color, trace.marker.symbol, strict=True)


def pictured(picture):
    """Each mark of a picture: its colour, and how else it looks."""
    for part in ElementTree.fromstring(picture).iter():
        tag, stroke, fill = part.tag.rpartition("}")[2], part.get("stroke"), part.get("fill")
        if tag in ("path", "circle") and stroke != drawing.RULE:
            shape = "line" if fill == "none" else re.sub(r"[\d. -]+", " ", part.get("d", tag))
            yield stroke, (shape, part.get("stroke-dasharray"), part.get("stroke-width"), fill == drawing.PAPER)


@pytest.mark.parametrize("name", CHARTS)
def test_nothing_in_a_chart_is_told_by_colour_alone(name):
    chart = CHARTS[name]()
    if isinstance(chart, cells.CellChart):  # each field has its number written in it
        (heat,) = chart.figure().data
        assert heat.texttemplate == "%{text}" and all(figure for row in heat.text for figure in row)
        root = ElementTree.fromstring(chart.picture())
        fields = [part for part in root.iter() if part.tag.endswith("rect")][1:]
        figures = [part.text for part in root.iter() if part.tag.endswith("text")]
        years = chart.years[1] - chart.years[0] + 1
        assert len(fields) == years * len(chart.bands)
        assert all(heat_figure in figures for row in heat.text for heat_figure in row)
        return
    for marks in (set(traced(chart.figure())), set(pictured(chart.picture()))):
        assert marks
        same = [(one, two) for one, two in itertools.combinations(marks, 2) if one[0] != two[0] and one[1] == two[1]]
        assert same == []
