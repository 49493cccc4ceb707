"""Before and after on a plain page: its indices and sentences are Python's, by keyboard, and what is kept is kept."""

import itertools
import json
import re

import pytest

from cadres_edu import archive, lesson
from cadres_edu.widgets import indexed

LINES = ("Harvest", "Harvest a head", "Town people", "Births", "Deaths")


@pytest.fixture
def data(tmp_path, monkeypatch):
    """What the notebook's own call gives the page."""
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    yield json.loads(json.dumps(lesson.indexed().data))
    archive.use(None)


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('indexed', data, state)", [data, state or {}])
    return page.locator(".cadres-indexed").last


@pytest.fixture
def thing(plain_page, data):
    """The thing with its first question answered."""
    return begin(show(plain_page(), data))


def begin(thing, first="People leave towns"):
    thing.get_by_role("radio", name=first).first.check()
    thing.get_by_role("button", name="Go on").click()
    return thing


def draw(thing, *names):
    for name in LINES:
        thing.get_by_role("checkbox", name=name, exact=True).set_checked(False)
    for name in names:
        thing.get_by_role("checkbox", name=name, exact=True).check()


def switch_on(thing, times=9):
    for _ in range(times):
        thing.get_by_role("button", name="Switch on the next change").click()


def said(thing):
    return thing.locator(".cadres-main + [role=status]").inner_text()


def kept(page):
    return page.evaluate("() => JSON.parse(localStorage.getItem('cadres-edu:answers::06/indexed'))?.answer")


def saved(**answer):
    one = {"answer": {"v": 1, **answer}, "result": "open", "at": "2030-01-01T00:00:00Z", "attempts": 1}
    return {"saved": {"06/indexed": one}, "who": "ana"}


def index_of(name):
    (one,) = (one for one in indexed.SERIES if one.name == name)
    return indexed.index(indexed.values(one.series))


def path(thing, selector, scale=1):
    """The steps of a path: its letter, and the place across and down."""
    steps = re.findall(r"([ML])([\d.]+) ([\d.]+)", thing.locator(selector).get_attribute("d"))
    return [(letter, float(across), float(down) * scale) for letter, across, down in steps]


def test_a_change_is_chosen_before_any_line_is_seen(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    assert thing.get_by_role("img").count() == 0
    assert thing.get_by_role("checkbox").count() == 0
    assert indexed.LEAVES_OUT not in thing.inner_text()  # its words are those of the chart
    thing.get_by_role("button", name="Go on").click()
    assert thing.get_by_role("img").count() == 0
    thing.get_by_role("radio").first.focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert thing.locator(".cadres-picture > svg").is_visible()
    assert indexed.ABOUT in thing.inner_text() and indexed.LEAVES_OUT in thing.inner_text()
    assert page.evaluate("document.activeElement.type") == "checkbox"
    page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::06/indexed')")
    assert kept(page) == {
        "v": 1,
        "first": "procurement-lowered",
        "last": None,
        "series": ["grain-output-official-later"],
        "on": [],
    }
    assert page.errors == []


@pytest.mark.parametrize("name", LINES)
def test_the_index_in_table_and_line_is_pythons(thing, name):
    draw(thing, name)
    thing.get_by_text("What each line is, and its values").click()
    cells = [cell.split(" (")[0] for cell in thing.locator("table td").all_inner_texts()]
    found = index_of(name)
    assert cells == [f"{value:.1f}" for value in found.values()]
    steps = path(thing, ".cadres-picture .cadres-trace")
    top = 250 if name == "Deaths" else 150
    drawn = [(246 - down) / 230 * top for _, _, down in steps]
    assert drawn == pytest.approx(list(found.values()))
    assert [letter for letter, _, _ in steps] == ["M", *"LLLLLLLL"]


def test_a_year_without_a_figure_breaks_the_line(thing):
    thing.get_by_text("Not on the chart: 7 series with gaps").click()
    older = thing.locator("details li", has_text="Harvest, older figures")
    assert "No figure for 1963, so a line would hide a gap." in older.inner_text()
    steps = path(older, ".cadres-trace")
    assert [letter + str(int(1957 + across)) for letter, across, _ in steps] == [
        *("M1957", "L1958", "L1959", "L1960", "L1961", "L1962", "M1964", "L1965"),
    ]
    assert "1963\n–\n1964\n187.5" in older.inner_text()
    abroad = thing.locator("details li", has_text="Sold abroad less bought abroad")
    assert "".join(letter for letter, _, _ in path(abroad, ".cadres-trace")) == "MLMML"
    assert "1961\n−4.5" in abroad.inner_text()


def test_a_plan_is_an_open_dot_on_no_line(thing):
    thing.get_by_text("Not on the chart").click()
    taken = thing.locator("details li", has_text="The state takes, by Zhou Enlai")
    assert "1962\n39.5\nplan" in taken.inner_text()
    assert taken.locator(".cadres-plan").count() == 1
    assert [int(1957 + across) for _, across, _ in path(taken, ".cadres-trace")] == [1960, 1961]


def test_a_series_with_a_gap_can_not_be_a_line(plain_page, data):
    state = saved(first="unsure", series=["grain-output-official-older", "crude-birth-rate-official"], on=[])
    thing = show(plain_page(), data, state)
    assert thing.get_by_role("checkbox", name="older").count() == 0
    assert thing.locator(".cadres-picture .cadres-trace").count() == 1
    assert "Births" in thing.locator(".cadres-picture > svg").get_attribute("aria-label")


def test_four_lines_at_most_and_none_is_told(thing):
    draw(thing, *LINES[:4])
    deaths = thing.get_by_role("checkbox", name="Deaths")
    assert deaths.is_disabled()
    assert thing.locator(".cadres-picture .cadres-trace").count() == 4
    thing.get_by_role("checkbox", name="Births").uncheck()
    assert deaths.is_enabled()
    draw(thing)
    switch_on(thing, 1)
    assert "From 1960 to 1961: no line is chosen." in said(thing)


def test_lines_are_told_apart_without_colour(thing):
    draw(thing, *LINES[:4])
    looks = thing.locator(".cadres-picture .cadres-trace").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).strokeDasharray)"
    )
    marks = thing.locator(".cadres-picture g .cadres-mark").evaluate_all(
        "all => all.map((one) => one.getAttribute('d'))"
    )
    assert len(set(looks)) == len(set(marks)) == 4
    ends = thing.locator(".cadres-picture g + text").evaluate_all(
        "all => all.map((one) => [one.textContent, one.getBoundingClientRect().top]).sort((a, b) => a[1] - b[1])"
    )
    assert [name for name, _ in ends] == ["Town people", "Births", "Harvest", "Harvest a head"]
    assert all(after[1] - before[1] >= 14 for before, after in itertools.pairwise(ends))


def expected(changes, at, on, names):
    """The sentence on a change by the records, worked out here."""
    year = int(changes[at]["at"][0])
    found = {name: index_of(name) for name in names}
    moved = ", ".join(f"{name.lower()} {of[year]:.0f} → {of[year + 1]:.0f}" for name, of in found.items())
    turned = {name: max(of, key=lambda when: abs(of[when] - 100)) for name, of in found.items()}
    back = ", ".join(name.lower() for name, when in turned.items() if when < year - 1)
    others = sum(int(changes[other]["at"][0]) in (year, year + 1) for other in on if other != at)
    words = f"{changes[at]['label']}, {changes[at]['when']}. From {year} to {year + 1}: {moved}."
    words += f" Already on the way back in {year - 1}: {back}." if back else ""
    begin = "begins" if others == 1 else "begin"
    words += f" Besides it, {others or 'none'} of the changes that are on {begin} in {year} or {year + 1}."
    line, lines = ("this line", "the line") if len(names) == 1 else ("these lines", "the lines")
    return words + (f" So {others + 1} changes share {line}: {lines} alone can’t say which." if others else "")


@pytest.mark.parametrize("names", [("Harvest",), ("Harvest a head", "Town people", "Births", "Deaths")])
def test_each_change_is_judged_beside_all_that_are_on(thing, data, names):
    page = thing.page
    draw(thing, *names)
    thing.get_by_role("button", name="Switch on the next change").focus()
    for at in range(9):
        page.keyboard.press("Enter")
        assert said(thing) == expected(data["changes"], at, range(at + 1), names)
        assert thing.locator(".cadres-picture rect").count() == 2 * (at + 1)
        label = data["changes"][at]["label"]
        assert thing.locator(".cadres-picture text", has_text=label).count() == 1
        item = thing.locator(".cadres-changes li").nth(at)
        assert item.get_by_role("link").get_attribute("href") == f"#event:{data['changes'][at]['id']}"
        assert data["changes"][at]["sure"] in item.inner_text() and data["changes"][at]["said"] in item.inner_text()
    page.keyboard.press("Enter")
    assert said(thing) == expected(data["changes"], 8, range(9), names)
    thing.get_by_role("checkbox", name="Plots and markets").uncheck()
    assert said(thing) == "Off: Plots and markets."
    thing.get_by_role("checkbox", name="Canteens close").uncheck()
    thing.get_by_role("checkbox", name="Canteens close").check()
    assert said(thing) == expected(data["changes"], 4, {0, 1, 2, 3, 4, 6, 7, 8}, names)
    assert page.errors == []


def test_what_is_said_follows_the_lines_chosen(thing, data):
    switch_on(thing, 1)
    draw(thing, "Births")
    assert said(thing) == expected(data["changes"], 0, {0}, ["Births"])


def test_a_change_stands_at_its_date(thing, data):
    switch_on(thing)
    places = thing.locator(".cadres-picture rect").evaluate_all(
        "all => all.filter((one) => one.getAttribute('height') === '9').map((one) => one.getAttribute('x'))"
    )
    wanted = [(one["at"][0] - 1957) / 9 * 100 for one in data["changes"]]
    assert [float(place.rstrip("%")) for place in places] == pytest.approx(wanted)


def test_at_the_end_the_years_are_counted_and_the_question_comes_again(thing):
    switch_on(thing, 8)
    again = thing.get_by_role("button", name="Keep this")
    assert not again.is_visible()
    switch_on(thing, 1)
    assert "On: 9 of 9 changes. 1960: 1, 1961: 6, 1962: 2" in thing.inner_text()
    assert "6 of 9 changes fall in 1961. You said first: People leave towns, one of them." in thing.inner_text()
    thing.get_by_role("radio", name="It can’t be said").check()
    again.click()
    assert "Now you say: It can’t be said." in thing.inner_text()
    thing.page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::06/indexed')")
    assert kept(thing.page)["last"] == "unsure"


def test_what_was_done_is_kept_and_comes_back(plain_page, data, thing):
    draw(thing, "Births", "Deaths")
    switch_on(thing, 3)
    thing.get_by_role("checkbox", name="Grain from abroad").uncheck()
    page = thing.page
    page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::06/indexed')")
    answer = kept(page)
    assert answer == {
        "v": 1,
        "first": "town-cuts-decided",
        "last": None,
        "series": ["crude-birth-rate-official", "crude-death-rate-official"],
        "on": ["twelve-articles", "procurement-lowered"],
    }
    again = show(plain_page(), data, saved(**{name: answer[name] for name in ("first", "last", "series", "on")}))
    assert again.get_by_role("checkbox", checked=True).count() == 4
    assert "On: 2 of 9 changes. 1960: 1, 1961: 1" in again.inner_text()
    assert again.get_by_role("button", name="Go on").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 760])
def test_nothing_runs_out_of_a_narrow_window(plain_page, data, width, scheme):
    page = plain_page(width, color_scheme=scheme)
    thing = show(page, data)
    fits = "() => document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(fits)
    begin(thing)
    draw(thing, *LINES[1:])
    switch_on(thing)
    for fold in thing.locator("summary").all():
        fold.click()
    assert page.evaluate(fits)
    ends = thing.locator("svg text").evaluate_all("all => all.map((one) => one.getBoundingClientRect().right)")
    assert max(ends) < width - 8
    spilt = "all => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length"
    assert thing.locator("td, th, li").evaluate_all(spilt) == 0
