"""Evidence to weigh on a plain page, with no kernel: by keyboard, what opens when, and what is kept."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cadres_edu import archive, lesson

COURSE = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The data of the thing as the notebook's own call gives it."""
    shutil.copytree(COURSE / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    archive.use(tmp_path / "seeds")
    yield lesson.weigh().data
    archive.use(None)


def show(page, data):
    page.evaluate("data => show('weigh', data)", data)
    return page.locator(".cadres-weigh").last


def again(page, data):
    """The thing as it stands after the page was loaded once more."""
    page.reload()
    page.wait_for_function("window.ready")
    return show(page, data)


def kept(page):
    return page.evaluate("() => JSON.parse(localStorage.getItem('cadres-edu:answers::04/weigh'))?.answer")


def lay(thing, place, reason="the timing fits"):
    thing.get_by_role("radio", name=place).check()
    thing.get_by_role("combobox").select_option(label=reason)
    thing.get_by_role("button", name="Lay it down").click()


def lay_all(thing, data, place="rather policy"):
    for _ in data["cards"]:
        lay(thing, place)
        thing.get_by_role("button", name="Next card").click()


def share(thing, of, low, best, high):
    """Set a share, and the words that come back."""
    thing.get_by_role("radio", name=of).check()
    for name, value in (("Lowest", low), ("Best guess", best), ("Highest", high)):
        thing.get_by_label(name).fill(str(value))
    thing.get_by_role("button", name="Set my share").click()
    return thing.locator(".cadres-share").get_by_role("status").inner_text()


def unfold(thing):
    """Open what lies folded below the scales."""
    for summary in thing.locator("summary").all():
        summary.click()


def scale(thing, title):
    return thing.get_by_role("group", name=title)


def drawn(row):
    """Where the range of a row lies on its line, in per cent of the line."""
    return row.locator(".cadres-range").evaluate("e => [parseFloat(e.style.left), parseFloat(e.style.width)]")


def limit(card):
    return "".join(run if isinstance(run, str) else "" for run in card["limit"])[:40]


def test_a_card_is_laid_by_keyboard_and_only_then_tells_its_limit(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    told = thing.locator(".cadres-told")
    assert limit(data["cards"][0]) not in thing.inner_text()
    put = thing.get_by_role("button", name="Lay it down")
    put.press("Enter")
    assert told.inner_text() == "Choose which way the card weighs."
    thing.get_by_role("radio", name="strongly nature").focus()
    page.keyboard.press("ArrowDown")
    expect(thing.get_by_role("radio", name="rather nature")).to_be_checked()
    put.press("Enter")
    assert told.inner_text() == "Say why: choose a reason, or write one."
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("  because it rained ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert limit(data["cards"][0]) in told.inner_text()
    first = data["cards"][0]["id"]
    laid = {"place": "rather-nature", "first": "rather-nature", "pick": "", "words": "because it rained"}
    assert kept(page) == {"v": 1, "cards": {first: laid}, "shares": {}, "before": None}
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.textContent").startswith("Card 2 of ")
    assert limit(data["cards"][1]) not in thing.inner_text()
    assert page.errors == []


def test_the_picture_follows_and_marks_a_card_that_was_moved(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    name, count = data["cards"][0]["name"], len(data["cards"])
    assert thing.get_by_role("group", name="not laid yet").get_by_role("button").count() == count
    lay(thing, "rather policy")
    assert scale(thing, "rather policy").get_by_role("button").all_inner_texts() == [name]
    thing.get_by_role("button", name="Next card").click()
    scale(thing, "rather policy").get_by_role("button").click()
    lay(thing, "doesn't say", "I doubt the figure or its author")
    assert "first it lay at “rather policy”" in thing.locator(".cadres-told").inner_text()
    assert scale(thing, "rather policy").get_by_role("button").count() == 0
    assert scale(thing, "doesn't say").get_by_role("button").all_inner_texts() == [f"{name} (moved)"]
    assert f"To nature: 0. To policy: 0. Doesn't say: 1. Not laid yet: {count - 1}. Moved" in thing.inner_text()
    assert "show: 1. Counting cards isn't weighing them." in thing.inner_text()


def test_nothing_opens_before_all_cards_lie_and_a_share_holds(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    lay_all(thing, data | {"cards": data["cards"][1:]})
    assert share(thing, "the deaths", 50, 60, 70) == "Lay every card first: 1 to go."
    assert "Li and Yang" not in thing.inner_text()
    lay(thing, "doesn't say")
    assert "Li and Yang" not in thing.inner_text()
    thing.get_by_role("button", name="Set my share").click()
    expect(thing.locator(".cadres-share").get_by_role("status")).to_contain_text("Set: 50 to 70 per cent")
    assert "Li and Yang" in thing.inner_text()


def test_a_share_that_does_not_hold_is_told_in_words(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    thing.get_by_role("button", name="Set my share").click()
    said = thing.locator(".cadres-share").get_by_role("status")
    assert said.inner_text() == "Say first what your share is of."
    assert share(thing, "the deaths", 70, 60, 80).startswith("From lowest to best guess to highest")
    assert share(thing, "the deaths", 50, 60, 101) == "Write three whole numbers from 0 to 100."
    assert share(thing, "the deaths", "", 60, 80) == "Write three whole numbers from 0 to 100."
    assert share(thing, "the deaths", "1.5", 60, 80) == "Write three whole numbers from 0 to 100."
    assert share(thing, "the deaths", 50, 60, 80) == f"Lay every card first: {len(data['cards'])} to go."
    assert "Li and Yang" not in thing.inner_text()
    assert kept(page) is None


def test_the_own_range_is_drawn_on_its_scale_alone_and_studies_where_the_table_has_them(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    lay_all(thing, data)
    assert "Below stands" in share(thing, "the deaths", 55, 70, 85)
    assert page.evaluate("() => document.activeElement.textContent") == "What others made of it"
    assert drawn(scale(thing, "Share of the deaths").get_by_role("listitem").filter(has_text="You")) == [55, 30]
    for title in ("Share of the lost harvest", "Share of the grain that the villages lacked"):
        assert "You set no share of this." in scale(thing, title).inner_text()
        assert scale(thing, title).locator(".cadres-own").count() == 0
    for one in data["scales"]:
        rows = scale(thing, one["title"]).get_by_role("listitem").filter(has=page.get_by_role("link"))
        assert rows.count() == len(one["studies"])
        for row, study in zip(rows.all(), one["studies"], strict=True):
            low, high = study["low"] or 0, 100 if study["high"] is None else study["high"]
            assert study["label"] in row.inner_text()
            assert drawn(row) == [low, high - low]
    assert "three to seven stands on no scale" not in thing.inner_text()
    unfold(thing)
    assert "three to seven stands on no scale" in thing.inner_text()
    noted = [item["note"] for speaker in data["said"] for item in speaker["items"] if item.get("note")]
    assert noted and all(note in thing.inner_text() for note in noted)


def test_blame_in_general_is_drawn_on_no_scale_and_says_why(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    lay_all(thing, data)
    share(thing, "blame in general", 10, 20, 30)
    assert thing.locator(".cadres-scales .cadres-own").count() == 0
    assert "blame in general (10 to 30 per cent, best guess 20) is on no scale" in thing.inner_text()


def test_what_was_set_before_stays_when_it_is_changed(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    lay_all(thing, data)
    share(thing, "the deaths", 55, 70, 85)
    share(thing, "the deaths", 40, 60, 80)
    share(thing, "the lost harvest", 20, 30, 40)
    thing = again(page, data)
    assert "Set before you saw this: 55 to 85 per cent, best guess 70, of the deaths." in thing.inner_text()
    deaths = scale(thing, "Share of the deaths").inner_text()
    assert "You, before you saw this" in deaths and "You, after you saw this" in deaths
    assert "You, before" not in scale(thing, "Share of the lost harvest").inner_text()
    assert kept(page)["before"] == {"deaths": {"low": 55, "best": 70, "high": 85}}
    assert kept(page)["shares"]["deaths"] == {"low": 40, "best": 60, "high": 80}


def test_what_is_half_done_is_there_when_the_page_comes_back(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    thing.get_by_role("radio", name="strongly policy").check()
    thing.get_by_label("or in your own words").fill("the state took more")
    thing.get_by_role("radio", name="the deaths").check()
    thing.get_by_label("Lowest").fill("35")
    thing = again(page, data)
    expect(thing.get_by_role("radio", name="strongly policy")).to_be_checked()
    expect(thing.get_by_label("or in your own words")).to_have_value("the state took more")
    expect(thing.get_by_role("radio", name="the deaths")).to_be_checked()
    expect(thing.get_by_label("Lowest")).to_have_value("35")
    assert kept(page) is None


def test_what_the_file_holds_is_shown_where_the_browser_has_nothing(plain_page, data):
    page = plain_page()
    laid = {one["id"]: {"place": "silent", "first": "silent", "pick": "doubt", "words": ""} for one in data["cards"]}
    range_ = {"harvest": {"low": 10, "best": 20, "high": 30}}
    answer = {"v": 1, "cards": laid, "shares": range_, "before": range_}
    saved = {"04/weigh": {"answer": answer, "result": "open", "attempts": 1, "at": "2026-01-01T00:00:00.000Z"}}
    page.evaluate("([data, saved]) => show('weigh', data, { saved })", [data, saved])
    thing = page.locator(".cadres-weigh")
    assert scale(thing, "doesn't say").get_by_role("button").count() == len(data["cards"])
    assert drawn(scale(thing, "Share of the lost harvest").get_by_role("listitem").filter(has_text="You")) == [10, 20]
    expect(thing.get_by_label("Highest")).to_have_value("30")


@pytest.mark.parametrize("width", [360, 760])
def test_nothing_runs_out_of_a_narrow_window(plain_page, data, width):
    page = plain_page(width)
    thing = show(page, data)
    lay_all(thing, data)
    share(thing, "the deaths", 55, 70, 85)
    unfold(thing)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert data["leaves_out"] in thing.inner_text()
