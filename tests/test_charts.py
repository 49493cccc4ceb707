"""Charts: one set of rows, four forms that tell the same facts."""

import html
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from cadres_edu import archive, charts
from cadres_edu.cards import Cards, in_words
from cadres_edu.charts import catalogue, cells, drawing, lines, rows
from cadres_edu.charts.cells import CellChart
from cadres_edu.charts.lines import LineChart
from cadres_edu.charts.rows import RowChart

SEEDS = Path(__file__).parent.parent / "seeds"
SVG = "{http://www.w3.org/2000/svg}"


def made(name):
    """The chart of this name from the evidence in the checkout, while tests are being collected."""
    archive.use(SEEDS)
    try:
        return charts.chart(name)
    finally:
        archive.use(None)


@pytest.fixture(autouse=True)
def real_seeds():
    archive.use(SEEDS)
    yield
    archive.use(None)


def names_of(chart):
    match chart:
        case RowChart():
            return {row.label for row in chart.rows}
        case LineChart():
            return {line.name for line in chart.lines}
    return {band.name for band in chart.bands}


def names_drawn(figure):
    return {label for trace in figure["data"] for label in ([trace["name"]] if "name" in trace else trace["y"])}


@pytest.mark.parametrize("name", charts.CHARTS)
def test_all_forms_tell_of_the_same_things(name):
    chart = charts.chart(name)
    picture = ET.fromstring(chart.picture())
    written = {text.text for text in picture.iter(f"{SVG}text")}
    assert names_of(chart) == names_drawn(chart.figure().to_plotly_json())
    assert names_of(chart) <= written
    for label in names_of(chart):
        assert f"\n{label}: " in chart.reading()
        assert html.escape(label) in chart.table()
    assert picture.find(f"{SVG}desc").text == chart.shows


@pytest.mark.parametrize("name", [name for name in charts.CHARTS if isinstance(made(name), RowChart)])
def test_every_row_lies_on_the_axis_and_no_label_runs_out_of_the_picture(name):
    chart = charts.chart(name)
    assert all(chart.axis.low <= row.low <= row.high <= chart.axis.high for row in chart.rows)
    assert max(len(row.label) for row in chart.rows) * drawing.LETTER < rows.LABELS
    assert chart.table().count("<tr>") == len(chart.rows) + 1
    for row in chart.rows:
        assert f"{row.label}: {row.words}" in chart.reading()


@pytest.mark.parametrize("name", [name for name in charts.CHARTS if isinstance(made(name), LineChart)])
def test_every_line_lies_on_the_axes_and_has_room_for_its_name(name):
    chart = charts.chart(name)
    assert len(chart.lines) <= len(lines.LOOKS)
    figure = chart.figure().to_plotly_json()
    for line, trace in zip(chart.lines, figure["data"], strict=True):
        assert all(chart.axis.low <= value <= chart.axis.high for value in line.values.values()), line.name
        assert len(line.name) <= lines.LETTERS, line.name
        assert {
            year: value for year, value in zip(trace["x"], trace["y"], strict=True) if value is not None
        } == line.values
        for year, value in line.values.items():
            assert f"{year} {value:,.10g}" in chart.reading()
            assert f"<td>{value:,.10g}</td>" in chart.table()
    marks = re.findall(r'<(?:circle|path) [^>]*stroke-width="1.5"', chart.picture())
    assert len(marks) == sum(len(line.values) for line in chart.lines)


@pytest.mark.parametrize("name", [name for name in charts.CHARTS if isinstance(made(name), CellChart)])
def test_every_place_has_a_figure_or_a_dash_for_each_year(name):
    chart = charts.chart(name)
    years = range(chart.years[0], chart.years[1] + 1)
    assert list(chart.steps) == sorted(chart.steps)
    assert max(len(band.name) for band in chart.bands) * drawing.LETTER < cells.LABELS
    assert chart.picture().count("<rect") == len(chart.bands) * len(years) + 1
    for band in chart.bands:
        assert band.values.keys() <= set(years)
        for year, value in band.values.items():
            assert f"{year} {value:,.10g}" in chart.reading()


def test_a_year_without_a_figure_breaks_the_line():
    line = lines.Line("one", {1958: 1.0, 1959: 2.0, 1961: 3.0}, "single", "A work")
    chart = lines.LineChart(
        "One", "One line.", (1958, 1961), drawing.Axis("tonnes", 0, 4, ((0, "0"), (4, "4"))), (line,)
    )
    (path,) = re.findall(r'<path d="(M[^"]*)" fill="none"', chart.picture())
    assert path.count("M") == 2
    assert chart.figure().to_plotly_json()["data"][0]["y"] == [1.0, 2.0, None, 3.0]
    assert "1960" not in chart.reading()


def test_names_that_would_meet_are_pushed_apart_and_stay_below_the_top():
    assert lines._apart([1, 1, 1], 2, 10) == [1, 3, 5]
    assert lines._apart([8, 9, 10], 2, 10) == [6, 8, 10]


def test_a_chart_mixes_no_units():
    with pytest.raises(ValueError, match="Draw one chart for each unit"):
        catalogue.over_years(
            "T", "S", (1957, 1959), (0, 1), {"steel-output": "a", "crude-death-rate-official": "per 1,000"}
        )


@pytest.mark.parametrize("name", charts.CHARTS)
def test_a_stored_figure_is_small_and_the_same_each_time(name):
    once, again = (json.dumps(charts.chart(name).figure().to_plotly_json()) for _ in range(2))
    assert once == again
    assert len(once) < 7500
    assert charts.chart(name).picture() == charts.chart(name).picture()


def test_doubtful_rows_are_drawn_open_and_sure_ones_filled():
    picture = charts.chart("conference").picture()
    rows = {row.label: row.standing for row in charts.chart("conference").rows}
    filled = len(re.findall(rf'<circle [^>]*fill="{drawing.MARK}"', picture))
    ranges = {row.label for row in charts.chart("conference").rows if row.high > row.low}
    assert filled == sum(standing == "corroborated" for label, standing in rows.items() if label not in ranges)
    assert 0 < filled < len(rows)


def test_an_unknown_chart_suggests_the_nearest():
    with pytest.raises(archive.UnknownRecord, match="attendance"):
        charts.chart("atendance")


def test_the_chart_follows_the_table(tmp_path):
    import shutil

    shutil.copytree(SEEDS, tmp_path / "seeds")
    path = tmp_path / "seeds/statistics.csv"
    path.write_text(path.read_text().replace("attendance-dillon,china,1962,7018", "attendance-dillon,china,1962,7019"))
    archive.use(tmp_path / "seeds")
    assert "Dillon: 7,019 persons" in charts.chart("attendance").reading()


def test_cards_carry_the_address_the_standing_and_the_works_and_escape_what_they_show():
    cards = Cards(["event:lin-speech", "person:mao-zedong", "statistic:attendance-dillon:china:1962"])
    page = cards._repr_html_()
    assert 'id="event:lin-speech"' in page
    assert "works disagree" in page
    assert "Dillon, Deng Xiaoping" in page
    assert '<span lang="zh-Hans">毛泽东</span>' in page
    assert "7,018 persons" in page
    assert "Lin Biao&#x27;s speech</strong> <small>(works disagree)" in page
    assert repr(cards) == f"3 cards of evidence, and the {len(cards.works)} works that they rest on."
    assert any("Dillon" in work.label for work in cards.works)
    assert "<script" not in page
    assert "'" not in re.sub(r"<[^>]*>", "", page)


def test_figures_of_one_series_share_a_card_and_keep_an_address_each():
    rates = [f"statistic:crude-death-rate-official:china:{year}" for year in (1959, 1960)]
    page = Cards([*rates, "statistic:steel-output:china:1959"])._repr_html_()
    assert page.count("<strong>Crude death rate, official</strong>") == 1
    for ref in rates:
        assert f'<li id="{ref}">' in page
    assert "1960: 25.43 <small>(" in page
    assert '<p id="statistic:steel-output:china:1959">' in page


def test_every_record_has_words():
    for kind in archive.KINDS.values():
        for record in archive.everything(kind)[:400]:
            assert in_words(record).strip(), record.ref


def test_a_statement_that_is_examined_is_not_headed_as_if_it_were_true():
    page = Cards(["claim:three-seven-is-a-saying", "position:liu-cause"])._repr_html_()
    assert "<strong>Often said: “" in page
    assert "”</strong><br>" in page  # how sure the finding is stands after the finding
    assert page.count("<small>(") == 2
    assert "<strong>Liu Shaoqi on cause of famine</strong>" in page
