"""The field of published estimates on a plain page: the slider by keyboard, rows that open, marks by shape."""

import json
import re

import pytest

from cadres_edu import archive, lesson


@pytest.fixture
def data(tmp_path, monkeypatch):
    """What the notebook's own call gives the page."""
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    yield json.loads(json.dumps(lesson.estimates().data))
    archive.use(None)


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('estimates', data, state)", [data, state or {}])
    return page.locator(".cadres-estimates").last


def visible(thing):
    return [row.inner_text() for row in thing.locator("ol summary").all() if row.is_visible()]


def test_the_year_is_moved_by_keyboard_and_says_what_it_brings(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    slider, said = thing.get_by_role("slider"), thing.get_by_role("status")
    dated = archive.estimates(place="china", published_by=9999)
    assert slider.input_value() == str(dated[0].year)
    slider.focus()
    for year in range(dated[0].year + 1, 1985):
        page.keyboard.press("ArrowRight")
        known = archive.estimates(place="china", published_by=year)
        assert len(visible(thing)) == len(known)
        assert f"Dated up to {year}: {len(known)} of {len(dated)} dated estimates" in said.inner_text()
    assert "from 8 to 30 million" in said.inner_text()
    assert "New in 1984: Ashton, Hill, Piazza and Zeitz; L. R. Brown; Ansley J. Coale." in said.inner_text()
    page.keyboard.press("ArrowRight")
    assert "Nothing new in 1985." in said.inner_text()
    page.keyboard.press("End")
    assert len(visible(thing)) == len(dated)
    page.keyboard.press("Home")
    page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::02/estimates')")
    assert page.errors == []


def test_undated_ones_stand_apart_whatever_the_year(plain_page, data):
    thing = show(plain_page(), data)
    apart = [one for one in archive.estimates(place="china") if one.year is None]
    assert [row.is_visible() for row in thing.locator("ul summary").all()] == [True] * len(apart)
    assert thing.get_by_text("Our records give no year for these").is_visible()


def test_a_row_opens_on_years_method_and_standing_and_is_remembered(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    mosher = thing.locator("summary", has_text="Mosher")
    mosher.focus()
    page.keyboard.press("Enter")
    opened = thing.locator("details[open]")
    assert "Years counted: 1960. Method: not described." in opened.inner_text()
    assert "one work or one witness" in opened.inner_text()
    assert opened.get_by_role("link", name="The record").get_attribute("href") == "#estimate:mosher-after-yang"
    page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::02/estimates')")
    kept = page.evaluate("() => JSON.parse(localStorage.getItem('cadres-edu:answers::02/estimates')).answer")
    assert kept == {"v": 1, "year": 1980, "opened": ["estimate:mosher-after-yang"]}
    saved = {"02/estimates": {"answer": kept | {"year": 1999}, "result": "open", "at": "2030-01-01T00:00:00Z"}}
    again = show(plain_page(), data, {"saved": saved, "who": "ana"})
    assert again.get_by_role("slider").input_value() == "1999"


def test_marks_stand_where_the_numbers_are_and_differ_by_shape(plain_page, data):
    thing = show(plain_page(), data)
    thing.get_by_role("slider").fill("2010")

    def marks(name):
        row = thing.locator("summary", has_text=name)
        found = row.locator("svg svg").all()
        return [
            (
                re.sub("cadres-", "", one.locator("path").get_attribute("class")),
                float(one.get_attribute("x").rstrip("%")),
            )
            for one in found
        ]

    assert marks("Judith Banister") == [("before", pytest.approx(25)), ("sure", pytest.approx(50))]
    assert marks("Mosher") == [("open", pytest.approx(11 / 0.6)), ("open", pytest.approx(50))]
    assert marks("Frank Dik") == [("line", pytest.approx(75)), ("sure", pytest.approx(75))]
    filled, empty = (
        thing.locator(f"ol .cadres-{kind}").first.evaluate("e => getComputedStyle(e).fill") for kind in ("sure", "open")
    )
    paper = thing.evaluate("e => getComputedStyle(e).backgroundColor")
    assert empty == paper != filled


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 760])
def test_nothing_runs_out_of_a_narrow_window(plain_page, data, width, scheme):
    page = plain_page(width, color_scheme=scheme)
    thing = show(page, data)
    slider = thing.get_by_role("slider")
    slider.fill(slider.get_attribute("max"))
    for summary in thing.locator("summary").all():
        summary.click()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
