"""Charts: one set of rows, four forms that tell the same facts."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from cadres_edu import archive, charts
from cadres_edu.cards import Cards, in_words

SEEDS = Path(__file__).parent.parent / "seeds"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def real_seeds():
    archive.use(SEEDS)
    yield
    archive.use(None)


@pytest.mark.parametrize("name", charts.CHARTS)
def test_all_forms_tell_the_same_rows(name):
    chart = charts.chart(name)
    figure = chart.figure().to_plotly_json()
    drawn = {label for trace in figure["data"] for label in trace["y"]}
    picture = ET.fromstring(chart.picture())
    written = {text.text for text in picture.iter(f"{SVG}text")}
    labels = {row.label for row in chart.rows}
    assert labels == drawn
    assert labels <= written
    for row in chart.rows:
        assert f"{row.label}: {row.words}" in chart.reading()
    assert chart.reading() in "".join(picture.find(f"{SVG}desc").itertext())
    assert chart.table().count("<tr>") == len(chart.rows) + 1


@pytest.mark.parametrize("name", charts.CHARTS)
def test_every_mark_lies_on_the_axis_and_no_label_runs_out_of_the_picture(name):
    chart = charts.chart(name)
    assert all(chart.axis.low <= row.low <= row.high <= chart.axis.high for row in chart.rows)
    assert max(len(row.label) for row in chart.rows) * 6.6 < charts.LABELS


@pytest.mark.parametrize("name", charts.CHARTS)
def test_a_stored_figure_is_small_and_the_same_each_time(name):
    once, again = (json.dumps(charts.chart(name).figure().to_plotly_json()) for _ in range(2))
    assert once == again
    assert len(once) < 6000
    assert charts.chart(name).picture() == charts.chart(name).picture()


def test_doubtful_rows_are_drawn_open_and_sure_ones_filled():
    picture = charts.chart("conference").picture()
    rows = {row.label: row.standing for row in charts.chart("conference").rows}
    filled = len(re.findall(rf'<circle [^>]*fill="{charts.MARK}"', picture))
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
    assert "7,018 persons" in repr(cards)
    assert "<script" not in page
    assert "'" not in re.sub(r"<[^>]*>", "", page)


def test_every_record_has_words():
    for kind in archive.KINDS.values():
        for record in archive.everything(kind)[:400]:
            assert in_words(record).strip(), record.ref


def test_a_statement_that_is_examined_is_not_headed_as_if_it_were_true():
    page = Cards(["claim:three-seven-is-a-saying", "position:liu-cause"])._repr_html_()
    assert "<strong>Often said: “" in page
    assert "<strong>Liu Shaoqi on cause of famine</strong>" in page
