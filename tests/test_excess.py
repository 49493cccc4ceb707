"""The model of excess deaths as a lesson shows it: in words, in bytes, and by the rule of what is near."""

import json
import re

import ipywidgets
import pytest

from cadres_edu import archive, lesson
from cadres_edu.widgets import base, excess


@pytest.fixture(autouse=True)
def clean(tmp_path, monkeypatch):
    """An empty folder for the log, and a kernel in which nothing has been shown."""
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    for shelf in ("_things", "_carriers"):
        monkeypatch.setattr(base, shelf, {})
    yield
    ipywidgets.Widget.close_all()
    archive.use(None)


def millions(**choose):
    return round(excess.outcome(excess.Choice(**choose)).million, 1)


def test_the_first_outcome_is_told_in_words_with_years_authors_and_what_is_left_out():
    reading = lesson.excess().reading
    assert "1957 to 1963: 16.2 million excess deaths in 1958 to 1961." in reading
    assert "1960, 25.43, 10.42, 667.1, 10.01" in reading
    assert "Ansley J. Coale, 16 before correction; Judith Banister, 15 before correction" in reading
    assert "Her own population is not in our records" in reading
    assert reading.endswith(excess.LEAVES_OUT)


def test_the_same_stands_in_html_for_print():
    shown = lesson.excess().static_html
    assert shown.count("<tr>") == 5
    assert "<td>25.43</td>" in shown and excess.LEAVES_OUT in shown


def test_every_link_of_the_face_leads_to_a_record():
    data = json.dumps(lesson.excess().data)
    refs = set(re.findall(r'"((?:series|estimate|statistic):[^"]+)"', data))
    assert {"series:crude-death-rate-official", "series:population-official", "estimate:coale-1984"} <= refs
    assert all(archive.record(ref) for ref in refs)


def test_it_is_stored_in_few_bytes():
    assert len(json.dumps(lesson.excess().data)) < 11_000


def test_each_series_has_its_own_population_and_no_other():
    by_name = {one["id"]: one for one in lesson.excess().data["series"]}
    at = list(excess.YEARS).index(1960)
    assert by_name["official"]["population"][at] == (672_070 + 662_070) / 2
    assert by_name["banister"]["population"] == by_name["official"]["population"]
    assert by_name["un-2022"]["population"][at] == pytest.approx(19_613.435 / 29.992 * 1000)
    assert by_name["un-2024"]["population"][at] == pytest.approx(19_506.188 / 29.789 * 1000)


def test_two_roads_lead_to_the_number_that_coale_reached():
    everywhere, counted = millions(missed=40), millions(missed=20, only=True)
    coale = archive.record("estimate:coale-1984").central / 1e6
    assert round(everywhere) == round(counted) == coale


@pytest.mark.parametrize("series", ["banister", "un-2022", "un-2024"])
def test_a_series_that_is_no_register_takes_no_correction(series):
    with pytest.raises(ValueError, match="only the official series"):
        excess.outcome(excess.Choice(series=series, missed=10))
    assert next(one for one in excess.SERIES if one.id == series).off.startswith("Off: ")


def test_a_series_that_is_not_here_suggests_the_nearest():
    with pytest.raises(archive.UnknownRecord, match="Nearest: un-2024"):
        excess.outcome(excess.Choice(series="un-2042"))


def names(million):
    return {one["ref"].removeprefix("estimate:"): one["matched"] for one in excess.near(million)}


def test_near_is_within_the_range_or_a_tenth_of_it_and_says_which_figure():
    near = names(16.2)
    assert near["official-rates-1983"] == "figure"  # 15 to 16, a tenth above
    assert near["coale-1984"] == near["banister-1987"] == "before"
    assert "cao-shuji-2005" not in near
    assert names(27)["coale-1984"] == "figure"
    assert "coale-1984" in names(29.69) and "coale-1984" not in names(29.71)
    assert "coale-1984" in names(24.31) and "coale-1984" not in names(24.29)


def test_far_from_all_there_is_nobody():
    assert names(0.5) == {}
