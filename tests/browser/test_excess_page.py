"""The model of excess deaths on a plain page: the page's sums are Python's, by keyboard, and what is kept is kept."""

import json

import pytest

from cadres_edu import archive, lesson
from cadres_edu.widgets import excess

NORMALS = ({}, {"first": 1953, "last": 1966}, {"base": (1957,)}, {"base": (1955, 1956, 1957)}, {"base": (1964,)})
SPANS = ({}, {"start": 1959}, {"end": 1963}, {"start": 1960, "end": 1960}, {"start": 1962, "end": 1963})
CASES = [
    excess.Choice(series=one.id, **normal, **span) for one in excess.SERIES for normal in NORMALS for span in SPANS
] + [
    excess.Choice(missed=missed, only=only, **normal, **span)
    for missed in (1, 7, 20, 40, 46, excess.MOST_MISSED)
    for only in (False, True)
    for normal in NORMALS
    for span in SPANS[:3]
]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """What the notebook's own call gives the page."""
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    yield json.loads(json.dumps(lesson.excess().data))
    archive.use(None)


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('excess', data, state)", [data, state or {}])
    return page.locator(".cadres-excess").last


def begin(thing, guess="12"):
    thing.get_by_label("My guess").fill(guess)
    thing.get_by_role("button", name="Go on").click()


def kept(page):
    return page.evaluate("() => JSON.parse(localStorage.getItem('cadres-edu:answers::02/excess'))?.answer")


# Sets every control as a learner would, and reads what the page then shows.
SHOWN = """(root, choice) => {
  const all = (selector) => [...root.querySelectorAll(selector)];
  const pick = (value) => all("input[type=radio]:enabled").find((one) => one.value === value)?.click();
  const set = (label, value) => {
    const field = root.querySelector(`[aria-label^="${label}"]`);
    field.value = String(value);
    field.dispatchEvent(new Event(field.type === "range" ? "input" : "change"));
  };
  pick("official");
  set("Deaths not registered", choice.missed);
  pick(choice.only ? "counted" : "every");
  set("First year", 1958), set("Last year", 1963), set("First year", choice.start), set("Last year", choice.end);
  if (choice.base === null) set("Line from", choice.first), set("Line to", choice.last);
  else set("The same as in", choice.base);
  pick(choice.series);
  return {
    sum: root.querySelector(".cadres-sum").textContent,
    rows: all("tbody tr").map((row) => [...row.cells].map((cell) => cell.textContent)),
    figures: all("text.cadres-figure").map((one) => one.textContent),
    near: all("ul li a").map((one) => one.getAttribute("href").slice(1)),
  };
}"""


def as_written(value, digits):
    """A number as the page writes it: a true minus, and none before nought."""
    text = f"{value:.{digits}f}"
    return text.replace("-", "" if float(text) == 0 else "−")


def test_the_pages_sums_are_pythons_to_the_last_digit(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    begin(thing)
    bases = [tuple(base) for base in excess.BASES]
    shown = page.evaluate(
        f"([cases]) => cases.map((choice) => ({SHOWN})(document.querySelector('.cadres-excess'), choice))",
        [
            [
                {name: getattr(one, name) for name in ("series", "first", "last", "missed", "only", "start", "end")}
                | {"base": bases.index(one.base) if one.base else None}
                for one in CASES
            ]
        ],
    )
    for choice, seen in zip(CASES, shown, strict=True):
        found = excess.outcome(choice)
        million = as_written(found.million, 1)
        way = "fewer" if million.startswith("−") else "more"
        assert seen["sum"].startswith(f"{million.lstrip('−')} million {way} deaths than normal"), choice
        assert seen["figures"] == [as_written(found.excess[year] / 1000, 1) for year in choice.years], choice
        assert seen["rows"] == [
            [
                str(year),
                as_written(found.rates[year], 2),
                as_written(found.normal[year], 2),
                as_written(found.population[year] / 1000, 1),
                as_written(found.excess[year] / 1000, 2),
            ]
            for year in choice.years
        ], choice
        assert seen["near"] == [one["ref"] for one in excess.near(found.million)], choice
    assert page.errors == []


def test_a_guess_comes_first_and_is_a_number(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    assert not thing.get_by_text("1. Which death rates?").is_visible()
    for wrong in ("", "many", "-3"):
        begin(thing, wrong)
        assert thing.get_by_text("Write a number of million people").is_visible(), wrong
    begin(thing, "12,5")
    assert thing.get_by_text("Your guess before you began: 12.5 million.").is_visible()
    assert thing.get_by_text("16.2 million").is_visible()
    page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::02/excess')")
    assert kept(page)["guess"] == 12.5


def test_it_is_worked_by_keyboard_and_kept(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    page.keyboard.press("Tab")  # the link in the question
    page.keyboard.press("Tab")
    page.keyboard.type("20")
    page.keyboard.press("Enter")
    assert thing.get_by_role("radio", name="Official").evaluate("input => input === document.activeElement")
    page.keyboard.press("ArrowRight")
    assert "30.0 million more deaths than normal, 1958–1961." in thing.locator(".cadres-sum").inner_text()
    page.keyboard.press("ArrowLeft")
    slider = thing.get_by_role("slider")
    slider.focus()
    for _ in range(4):
        page.keyboard.press("PageUp")
    missed = int(slider.input_value())
    for _ in range(abs(40 - missed)):
        page.keyboard.press("ArrowLeft" if missed > 40 else "ArrowRight")
    assert "26.9 million" in thing.locator(".cadres-sum").inner_text()
    thing.get_by_role("button", name="Keep this result").press("Enter")
    page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::02/excess')?.includes('26.9')")
    answer = kept(page)
    assert answer["v"] == 1 and answer["guess"] == 20 and answer["choice"]["missed"] == 40
    (result,) = answer["results"]
    assert result == (
        "26.9 million. Official rates; normal rate on a line from 1957 to 1963; "
        "40 of 100 deaths not registered in every year; years 1958–1961"
    )
    saved = {"02/excess": {"answer": answer, "result": "open", "at": "2030-01-01T00:00:00Z", "attempts": 1}}
    again = show(plain_page(), data, {"saved": saved, "who": "ana"})
    assert "26.9 million" in again.locator(".cadres-sum").inner_text()
    assert again.get_by_text("Your guess before you began: 20 million.").is_visible()
    assert again.locator("ol li").count() == 1
    again.get_by_role("button", name="Empty the list").click()
    assert again.locator("ol li").count() == 0


def test_the_share_not_registered_is_off_where_there_is_no_register_and_says_why(plain_page, data):
    thing = show(plain_page(), data)
    begin(thing)
    thing.get_by_role("slider").fill("40")
    thing.get_by_role("radio", name="Banister, 1984").check()
    assert thing.get_by_role("slider").is_disabled()
    assert "30.0 million" in thing.locator(".cadres-sum").inner_text()  # not corrected a second time
    assert thing.get_by_text("A second correction would count them twice").is_visible()
    assert thing.get_by_text("Her own population is not in our records").is_visible()
    thing.get_by_role("radio", name="UN, 2024").check()
    assert thing.get_by_text("come out of a model, not out of a register").is_visible()
    thing.get_by_role("radio", name="Official").check()
    assert thing.get_by_role("slider").is_enabled()
    assert "26.9 million" in thing.locator(".cadres-sum").inner_text()


def test_a_year_chosen_for_a_kind_of_normal_rate_chooses_that_kind(plain_page, data):
    thing = show(plain_page(), data)
    begin(thing)
    thing.get_by_label("The same as in").select_option(label="1957")
    thing.get_by_label("The same as in").select_option(label="the mean of 1955–1957")
    assert "13.5 million" in thing.locator(".cadres-sum").inner_text()
    thing.get_by_label("Line to").select_option("1966")
    assert thing.get_by_label("on a straight line").is_checked()


def test_the_years_counted_never_run_backwards(plain_page, data):
    thing = show(plain_page(), data)
    begin(thing)
    thing.get_by_label("First year counted").select_option("1963")
    assert thing.get_by_label("Last year counted").input_value() == "1963"
    thing.get_by_label("Last year counted").select_option("1960")
    assert thing.get_by_label("First year counted").input_value() == "1960"
    assert "10.0 million more deaths than normal, 1960." in thing.locator(".cadres-sum").inner_text()


def test_authors_near_the_number_are_shown_with_their_years_and_their_method(plain_page, data):
    thing = show(plain_page(), data)
    begin(thing)
    banister = thing.locator("li", has_text="Judith Banister")
    assert "15 million before correction, 30 million after" in banister.inner_text()
    assert "your years" in banister.inner_text() and "correction for under-registration" in banister.inner_text()
    assert "other years: 1958–1963" in thing.locator("li", has_text="Ansley J. Coale (1984)").inner_text()
    thing.get_by_role("radio", name="Banister, 1984").check()
    assert "Jasper Becker (1996)" in thing.inner_text() and "years: Leap famine" in thing.inner_text()


def test_the_curve_has_its_values_in_words(plain_page, data):
    thing = show(plain_page(), data)
    begin(thing)
    curve = thing.get_by_role("img")
    assert "Highest: 25.4 per 1,000 in 1960" in curve.get_attribute("aria-label")
    assert curve.locator("rect").count() == 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 760])
def test_nothing_runs_out_of_a_narrow_window(plain_page, data, width, scheme):
    page = plain_page(width, color_scheme=scheme)
    thing = show(page, data)
    begin(thing)
    thing.get_by_label("only in the years counted").check()
    thing.get_by_role("slider").fill("50")
    thing.get_by_text("The values of the years counted").click()
    thing.get_by_role("button", name="Keep this result").click()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
