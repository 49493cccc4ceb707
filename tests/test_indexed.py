"""Before and after as Python makes it: what may be an index, what stands apart, and what the changes rest on."""

import json
import re
import shutil

import ipywidgets
import pytest

from cadres_edu import archive, lesson
from cadres_edu.widgets import base, indexed


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


@pytest.fixture
def table(tmp_path):
    """The figures in a copy of the evidence: changes them by a pattern and reads them afresh."""
    copy = tmp_path / "copy"
    shutil.copytree(archive.seeds_folder(), copy)
    file = copy / "statistics.csv"

    def change(pattern, by):
        text, count = re.subn(pattern, by, file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert count == 1
        file.write_text(text, encoding="utf-8")
        archive.use(copy)

    return change


def names(part):
    return [one["name"] for one in lesson.indexed().data[part]]


@pytest.mark.parametrize(
    ("series", "figure"),
    [
        ("grain-output-official-later", "output-index-1961"),
        ("grain-output-official-later", "output-index-1965"),
        ("grain-output-per-person-later", "per-person-index-1962"),
        ("urban-population-23-provinces", "towns-index-1960"),
        ("crude-birth-rate-official", "births-index-1962"),
    ],
)
def test_an_index_is_the_one_that_the_lesson_cites(series, figure):
    worked_out = archive.work_out(archive.record(f"derived:{figure}"))
    found = indexed.index(indexed.values(series))
    assert found[int(figure[-4:])] == pytest.approx(worked_out, rel=1e-12)
    assert found[1957] == 100
    assert list(found) == list(range(1957, 1966))


@pytest.mark.parametrize(
    ("series", "why"),
    [
        ("grain-output-official-older", "No figure for 1963, so a line would hide a gap."),
        ("grain-net-exports", "No figure for 1957, so there is nothing to call 100."),
        ("grain-procurement-yearbook-1993", "No figure for 1958 and 6 more, so a line would hide a gap."),
    ],
)
def test_a_series_with_a_gap_can_not_be_an_index_and_says_why(series, why):
    with pytest.raises(ValueError, match=re.escape(why)):
        indexed.index(indexed.values(series))
    (apart,) = (one for one in lesson.indexed().data["apart"] if one["id"] == series)
    assert apart["lacks"] == why
    assert why in lesson.indexed().reading


def test_the_records_decide_what_may_be_a_line(table):
    assert names("lines") == ["Harvest", "Harvest a head", "Town people", "Births", "Deaths"]
    table(r"^(grain-output-official-older,china,)1962(,.*)$", r"\g<0>\n\g<1>1963\g<2>")
    table(r"^crude-birth-rate-official,china,1960,.*\n", "")
    assert names("lines") == ["Harvest", "Harvest a head", "Town people", "Deaths", "Harvest, older figures"]
    births = next(one for one in lesson.indexed().data["apart"] if one["name"] == "Births")
    assert births["lacks"] == "No figure for 1960, so a line would hide a gap."
    assert 1960 not in births["values"]


def test_what_is_shown_are_the_records(table):
    table(r"^(crude-birth-rate-official,china,1962),[^,]*,", r"\1,68.06,")
    assert "1962 200.0" in lesson.indexed().reading
    assert "<td>200.0</td>" in lesson.indexed().static_html


def test_a_plan_is_never_among_what_was_achieved():
    apart = {one["name"]: one for one in lesson.indexed().data["apart"]}
    taken = apart["The state takes, by Zhou Enlai"]
    assert taken["values"] == {1960: 41.8, 1961: 34.0}
    assert taken["plans"] == {1962: 39.5}
    assert "1961 34, planned for 1962 39.5." in lesson.indexed().reading
    sent = apart["Sent out of towns, by Zhou Enlai"]  # the figure rests on one work, the plan on two
    assert sent["sure"] == "one work or one witness; two or more works agree"


def test_a_line_has_one_series_and_no_name_stands_twice():
    ids = [one.series for one in indexed.SERIES] + [one.plan for one in indexed.SERIES if one.plan]
    assert len(set(ids)) == len(ids)
    assert len({one.name for one in indexed.SERIES}) == len(indexed.SERIES)


def test_each_change_stands_in_order_at_the_time_of_its_record():
    changes = lesson.indexed().data["changes"]
    dated = [start for start, end in (one["at"] for one in changes) if end - start < 0.5]
    assert dated == sorted(dated) and len(dated) == 6
    years = [int(one["at"][0]) for one in changes]
    assert years == sorted(years)
    where = {one["id"]: one["at"] for one in changes}
    assert where["grain-imports-begin"] == [1961, 1962]
    assert where["twelve-articles"] == pytest.approx([1960 + 305 / 366, 1960 + 335 / 366], abs=0.001)
    assert where["town-cuts-decided"] == pytest.approx([1961 + 166 / 365, 1961 + 167 / 365], abs=0.001)
    for one in changes:
        record = archive.record(f"event:{one['id']}")
        assert (one["when"], one["said"]) == (record.when, record.summary)
    assert {one["sure"] for one in changes} == {"one work or one witness", "two or more works agree"}


def test_no_figure_is_typed_into_the_list_of_changes():
    words = " ".join(f"{one.label} {one.means}" for one in indexed.CHANGES)
    assert not re.search(r"\d", words)


def test_a_change_with_no_year_after_it_is_refused(monkeypatch):
    monkeypatch.setattr(indexed, "CHANGES", (indexed.Change("Opens", "it opens", "february-outline"),))
    with pytest.raises(ValueError, match=r"event:february-outline begins outside 1957 to 1964"):
        lesson.indexed()


def test_the_reading_tells_lines_changes_and_what_is_left_out():
    reading = lesson.indexed().reading
    assert "Births: 1957 100.0, 1958 85.9, 1959 72.8, 1960 61.3, 1961 53.0, 1962 108.8" in reading
    assert "Sold abroad less bought abroad, million tonnes: 1958 2.7, 1959 4.2, 1961 −4.5" in reading
    assert "Canteens close (Mao accepts that they be shut): April 1961 (one work or one witness)" in reading
    assert "Of 9 changes, by the year in which each begins: 1 in 1960, 6 in 1961, 2 in 1962." in reading
    assert reading.endswith(indexed.LEAVES_OUT)


def test_the_same_stands_in_html_for_print():
    shown = lesson.indexed().static_html
    assert shown.count("<tr>") == 10
    assert shown.count("<td>100.0</td>") == 5
    assert shown.count("<li>") == (9 + 1) + 7 + 9 + 1  # what to choose from, then what is told
    assert indexed.LEAVES_OUT in shown


def test_every_link_of_the_face_leads_to_a_record():
    data = lesson.indexed().data
    refs = set(re.findall(r'"link": "([^"]+)"', json.dumps(data)))
    assert refs == {f"series:{one.series}" for one in indexed.SERIES}
    assert all(archive.record(ref) for ref in refs | {f"event:{one['id']}" for one in data["changes"]})


def test_it_is_stored_in_few_bytes():
    assert len(json.dumps(lesson.indexed().data, ensure_ascii=False).encode()) < 10_000
