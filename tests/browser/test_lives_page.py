"""Life lines on a plain page: guessed, opened and stepped by keyboard, its years those of the rows, kept."""

import json

import pytest

from cadres_edu import archive, lesson
from cadres_edu.dates import bounds
from cadres_edu.widgets import lives

PEOPLE = {name: archive.record(f"person:{name}").label for name in lives.MARKS}


@pytest.fixture
def data(tmp_path, monkeypatch):
    """What the notebook's own call gives the page."""
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    yield json.loads(json.dumps(lesson.lives().data, sort_keys=True))  # as a stored notebook has it
    archive.use(None)


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('lives', data, state)", [data, state or {}])
    return page.locator(".cadres-lives").last


def answered(**answer):
    return {"who": "mei", "saved": {"09/lives": {"answer": {"v": 1, **answer}, "at": "2026-01-01", "attempts": 1}}}


def right():
    return {name: lives.ended(name)[0] for name in lives.MARKS}


@pytest.fixture
def thing(plain_page, data):
    """The thing with its life lines open."""
    return show(plain_page(), data, answered(said=right(), compared=True))


def sentence(thing):
    return thing.get_by_role("status").last.inner_text()


def slide(thing, year):
    thing.get_by_role("slider", name="Year").fill(str(year))


def life(thing, name):
    return thing.locator(".cadres-people > li").nth(list(lives.MARKS).index(name))


def kept(page):
    return page.evaluate("() => JSON.parse(localStorage.getItem('cadres-edu:answers::09/lives'))?.answer")


def test_only_the_guesses_are_there_at_first_and_nothing_of_later_years(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    assert thing.get_by_role("combobox").count() == len(PEOPLE) == 11
    assert thing.get_by_role("slider").count() == 0 == thing.locator("svg").count()
    for name, label in PEOPLE.items():
        assert thing.get_by_label(label).count() == 1
        assert lives.stood(archive.offices(person=name)) in thing.inner_text()
    assert not any(str(year) in thing.inner_text() for year in range(1963, 1985))
    assert thing.locator("[lang=zh-Hans]").count() == 11
    assert page.errors == []


def test_all_are_guessed_and_compared_by_keyboard(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    button = thing.get_by_role("button", name="Compare")
    button.focus()
    page.keyboard.press("Enter")
    assert thing.get_by_role("status").first.inner_text() == f"Guess first for: {', '.join(PEOPLE.values())}."
    for name, label in PEOPLE.items():
        box = thing.get_by_label(label)
        box.focus()
        page.keyboard.type(lives.ENDS["kept" if name == "liu-shaoqi" else right()[name]])
    button.focus()
    page.keyboard.press("Enter")
    said = thing.get_by_role("status").first
    assert said.inner_text() == "Your guess and the records agree for 10 of 11 people."
    assert page.evaluate("() => document.activeElement.getAttribute('role')") == "status"
    results = thing.locator("details[open] > ul > li").all_inner_texts()
    for (name, label), line in zip(PEOPLE.items(), results, strict=True):
        how, by = lives.ended(name)
        mine = f"you guessed: {lives.ENDS['kept']}" if name == "liu-shaoqi" else "as you guessed"
        assert line.startswith(label) and f"– {lives.ENDS[how]} ({mine})." in line
        disputed = " works disagree" if by.standing == "contested" else ""
        assert line.endswith(f"{by.office}, {by.when}.{disputed}")
        assert thing.locator(f"details[open] a[href='#office:{by.id}']").count() >= 1
    assert thing.get_by_role("combobox").count() == 0
    assert page.errors == []


def test_what_the_slider_says_of_each_year_is_what_the_rows_say(thing):
    for year in range(lives.FIRST, lives.LAST + 1):
        slide(thing, year)
        assert sentence(thing) == lives.year_in_words(year)
    assert thing.page.errors == []


def test_the_years_are_stepped_by_button_and_key_and_end_at_both_ends(thing):
    page = thing.page
    slider = thing.get_by_role("slider", name="Year")
    back, on = (thing.get_by_role("button", name=f"{name} year") for name in ("Previous", "Next"))
    assert slider.input_value() == "1962"
    on.focus()
    page.keyboard.press("Enter")
    assert sentence(thing).startswith("1963. ") and slider.input_value() == "1963"
    back.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert sentence(thing).startswith("1961. ")
    slider.focus()
    page.keyboard.press("End")
    assert sentence(thing).startswith("1985. ") and on.get_attribute("aria-disabled") == "true"
    on.focus()
    page.keyboard.press("Enter")
    assert sentence(thing).startswith("1985. ")
    slider.focus()
    page.keyboard.press("Home")
    assert sentence(thing).startswith("1945. ") and back.get_attribute("aria-disabled") == "true"


@pytest.mark.parametrize("year", [1949, 1962, 1968, 1970, 1976, 1983])
def test_each_person_has_the_rows_of_the_year_in_words_with_their_links(thing, year):
    slide(thing, year)
    for name, label in PEOPLE.items():
        own = life(thing, name)
        listed = own.locator("> div > div > ul > li")
        rows = [
            one
            for one in archive.offices(person=name)
            if bounds(one.start)[0].year <= year <= bounds(one.end or one.start)[1].year
        ]
        dead = label in lives.in_year(year)["dead"]
        if dead:
            assert f"{year}: dead." in own.inner_text() and listed.count() == 0
        if rows and not dead:
            assert len(rows) == listed.count()
            for one, line in zip(rows, listed.all(), strict=True):
                assert line.inner_text().startswith(f"{one.office}, {one.when}")
                assert line.locator(f"a[href='#office:{one.id}']").count() == 1
                assert ("works disagree" in line.inner_text()) == (one.standing == "contested")
                assert one.standing != "contested" or one.note in line.inner_text()
        assert (f"{year}: died." in own.inner_text()) == (label in lives.in_year(year)["died"])
        nothing = label in lives.in_year(year)["unknown"]
        assert (f"{year}: not on record." in own.inner_text()) == nothing


def test_an_end_that_was_not_found_is_said_and_drawn_as_a_question(plain_page, data):
    row = next(one for person in data["people"] for one in person["rows"] if one[0] == "chen-jiangxi")
    row[3:] = ["from October 1969; its end was not found", *row[4:8]]  # as the data is when the table has no end
    thing = show(plain_page(), data, answered(said=right(), compared=True))
    slide(thing, 1974)
    chen = life(thing, "chen-yun")
    assert "its end was not found" in chen.inner_text()
    assert chen.locator("svg .cadres-open").inner_html() == "?"
    slide(thing, 1985)
    assert "its end was not found" not in chen.locator("> div").last.inner_text()


def width(box):
    return float(box.get_attribute("width").rstrip("%"))


def test_the_line_draws_offices_custody_and_time_out_each_in_its_own_way(thing):
    for name in PEOPLE:
        drawn = life(thing, name).locator("svg")
        rows = [one for one in archive.offices(person=name) if one.end]
        for state in ("office", "out", "held"):
            sure = [one for one in rows if one.state == state and bounds(one.start)[1] < bounds(one.end)[0]]
            assert drawn.locator(f".cadres-{state}").count() == len(sure), (name, state)
        assert drawn.locator("text.cadres-sign").count() == len(lives.MARKS[name])
    premier = life(thing, "zhou-enlai").locator("svg .cadres-office").first
    assert width(premier) == pytest.approx((1976.02 - 1949.74) / 41 * 100, abs=0.2)
    assert life(thing, "mao-zedong").locator("svg .cadres-arrow").inner_html() == "◂"
    assert life(thing, "peng-zhen").locator("svg .cadres-arrow").inner_html() == "▸"
    assert thing.locator("svg:not([aria-hidden=true])").count() == 0


def test_marks_and_all_on_record_are_told_in_words_with_links(thing):
    for name, marks in lives.MARKS.items():
        own = life(thing, name)
        for event, what in marks.items():
            one = archive.record(f"event:{event}")
            assert f"{lives.SIGNS[what][0]} {one.title}, " in own.inner_text()
            assert own.locator(f"a[href='#event:{event}']").count() == 1
        own.locator("summary").click()
        for one in archive.offices(person=name):
            told = own.locator("details li", has=thing.page.locator(f"a[href='#office:{one.id}']")).inner_text()
            assert one.office in told and one.when in told and one.note in told
    assert thing.page.errors == []


def test_what_was_done_is_kept_and_there_again(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    for label in PEOPLE.values():
        thing.get_by_label(label).select_option("out")
    page.wait_for_timeout(1500)
    assert kept(page) == {"v": 1, "said": dict.fromkeys(PEOPLE, "out"), "compared": False, "year": 1962}
    thing.get_by_role("button", name="Compare").click()
    assert kept(page)["compared"] is True
    slide(thing, 1970)
    page.wait_for_timeout(1500)
    expected = {"v": 1, "said": dict.fromkeys(PEOPLE, "out"), "compared": True, "year": 1970}
    assert kept(page) == expected
    page.evaluate("() => localStorage.clear()")
    again = show(page, data, answered(**expected))
    assert sentence(again) == lives.year_in_words(1970)
    assert again.get_by_role("status").first.inner_text() == "Your guess and the records agree for 4 of 11 people."
    third = show(
        page, data, answered(said={"mao-zedong": "kept", "gone": "out", "zhu-de": "gone"}, compared=True, year=3000)
    )
    assert third.get_by_label("Mao Zedong").input_value() == "kept"
    assert third.get_by_label("Zhu De").input_value() == ""
    assert page.errors == []


def test_it_fits_a_narrow_window_and_what_it_leaves_out_is_on_its_face(plain_page, data):
    page = plain_page(360)
    thing = show(page, data)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert lives.LEAVES_OUT in thing.inner_text()
    opened = show(page, data, answered(said=right(), compared=True, year=1968))
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert lives.LEAVES_OUT in opened.inner_text() and lives.ABOUT in opened.inner_text()
