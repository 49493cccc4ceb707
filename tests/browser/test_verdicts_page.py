"""Three verdicts on a plain page: said first and read then, by keyboard; silent only where a row says so; kept."""

import json

import pytest

from cadres_edu import archive, lesson
from cadres_edu.records import STANDINGS
from cadres_edu.widgets import verdicts

YEARS = ("1968", "1980", "1981")


@pytest.fixture
def data(tmp_path, monkeypatch):
    """What the notebook's own call gives the page."""
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    yield json.loads(json.dumps(lesson.verdicts().data, sort_keys=True))  # as a stored notebook has it
    archive.use(None)


def points():
    found = {}
    for one in archive.verdict_points():
        found.setdefault(one.point, {})[one.verdict] = one
    return found


def asked():
    return [one for rows in points().values() for one in rows.values() if verdicts.earlier(one, rows)]


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('verdicts', data, state)", [data, state or {}])
    return page.locator(".cadres-verdicts").last


def answered(**answer):
    return {"who": "mei", "saved": {"09/verdicts": {"answer": {"v": 1, **answer}, "at": "2026-01-01", "attempts": 1}}}


@pytest.fixture
def thing(plain_page, data):
    """The thing as it is shown at first."""
    return show(plain_page(), data)


def choose(thing, point):
    thing.locator("table").get_by_role("button", name=point, exact=True).click()


def part(thing, year):
    return thing.locator(f"[data-at='{YEARS.index(year)}']")


def cells(thing, point):
    row = thing.locator("tbody tr", has=thing.page.get_by_role("button", name=point, exact=True))
    return row.locator("td").all_inner_texts()


def tally(thing):
    return thing.get_by_role("status").first.inner_text()


def kept(page):
    return page.evaluate("() => JSON.parse(localStorage.getItem('cadres-edu:answers::09/verdicts'))?.answer")


def test_at_first_no_later_word_is_given_away(thing):
    for point, rows in points().items():
        expected = []
        for year in YEARS:
            one = rows.get(year)
            hidden = one and verdicts.earlier(one, rows)
            expected.append("no record" if not one else "to say" if hidden else verdicts.WORDS[one.kept])
        assert cells(thing, point) == expected
        choose(thing, point)
        for one in rows.values():
            assert (one.says in thing.inner_text()) == (not verdicts.earlier(one, rows))
    assert tally(thing) == f"You have read what a later verdict does 0 of {len(asked())} times; 0 as you said."
    assert thing.page.errors == []


def test_what_was_not_read_says_so_and_is_never_silent(thing):
    for point, rows in points().items():
        choose(thing, point)
        for year in YEARS:
            told = part(thing, year).inner_text()
            assert ("no record: the part that would speak of it was not read." in told) == (year not in rows)
            if year not in rows:
                assert "silent" not in told and part(thing, year).get_by_role("radio").count() == 0
    choose(thing, "The conference of 1962")
    assert "It is silent." in part(thing, "1968").inner_text()
    assert archive.record("verdict:conference-1968").note in part(thing, "1968").inner_text()


def test_one_is_said_and_read_after_the_other_by_keyboard(thing):
    page = thing.page
    choose(thing, "Liu Shaoqi himself")
    assert "First say what 1980 does." in part(thing, "1981").inner_text()
    read = thing.get_by_role("button", name="Read what 1980 says")
    read.focus()
    page.keyboard.press("Enter")
    assert part(thing, "1980").get_by_role("status").inner_text() == "Say first what it does."
    assert archive.record("verdict:liu-1980").says not in thing.inner_text()
    part(thing, "1980").get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert part(thing, "1980").get_by_role("radio", name="it takes it back").is_checked()
    assert part(thing, "1980").get_by_role("status").inner_text() == ""
    read.focus()
    page.keyboard.press("Enter")
    told = part(thing, "1980").inner_text()
    assert "You said: it takes it back. We read: it takes it back." in told
    assert archive.record("verdict:liu-1980").says in told
    assert page.evaluate("() => document.activeElement.innerText").startswith("1980: ")
    assert cells(thing, "Liu Shaoqi himself") == ["new", "takes it back", "to say"]
    assert part(thing, "1981").locator("legend").inner_text() == "What does 1981 do with what 1980 says?"
    part(thing, "1981").get_by_role("radio", name="it is silent").check()
    thing.get_by_role("button", name="Read what 1981 says").click()
    assert "You said: it is silent. We read: it keeps it." in part(thing, "1981").inner_text()
    assert tally(thing) == f"You have read what a later verdict does 2 of {len(asked())} times; 1 as you said."
    assert page.errors == []


def test_everything_that_the_rows_say_can_be_read_with_its_standing_note_and_link(thing):
    for point, rows in points().items():
        choose(thing, point)
        for year, one in sorted(rows.items()):
            if verdicts.earlier(one, rows):
                part(thing, year).get_by_role("radio", name=f"it {verdicts.WORDS[one.kept]}").check()
                thing.get_by_role("button", name=f"Read what {year} says").click()
        for year, one in rows.items():
            told = part(thing, year).inner_text()
            assert one.says in told and one.note in told and STANDINGS[one.standing] in told
            assert part(thing, year).locator(f"a[href='#verdict:{one.id}']").count() == 1
        assert cells(thing, point) == [
            verdicts.WORDS[rows[year].kept] if year in rows else "no record" for year in YEARS
        ]
    number = len(asked())
    assert tally(thing) == f"You have read what a later verdict does {number} of {number} times; {number} as you said."


def test_the_points_are_gone_through_with_the_focus_on_each(thing):
    page = thing.page
    names = list(points())
    for at in [*range(1, len(names)), 0]:
        thing.get_by_role("button", name="Next point").focus()
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.innerText") == f"Point {at + 1} of {len(names)}: {names[at]}"
        assert thing.locator("[aria-pressed=true]").inner_text() == names[at]
    choose(thing, names[4])
    assert page.evaluate("() => document.activeElement.innerText") == names[4]


def test_what_was_done_is_kept_and_there_again(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    choose(thing, "Who began the Cultural Revolution")
    part(thing, "1981").get_by_role("radio", name="it takes it back").check()
    page.wait_for_timeout(1500)
    point = "Who began the Cultural Revolution"
    assert kept(page) == {"v": 1, "said": {"author-1981": "dropped"}, "opened": [], "point": point}
    thing.get_by_role("button", name="Read what 1981 says").click()
    expected = {"v": 1, "said": {"author-1981": "dropped"}, "opened": ["author-1981"], "point": point}
    assert kept(page) == expected
    page.evaluate("() => localStorage.clear()")
    again = show(page, data, answered(**expected))
    assert "You said: it takes it back. We read: it keeps it." in part(again, "1981").inner_text()
    assert again.locator("[aria-pressed=true]").inner_text() == point
    third = show(page, data, answered(said={"gone": "kept"}, opened=["gone", "liu-1980"], point="gone"))
    assert third.locator("h4").inner_text().startswith("Point 1 of ")
    assert "undefined" not in third.inner_text() and "to say" in cells(third, "Liu Shaoqi himself")
    assert page.errors == []


def test_it_fits_a_narrow_window_and_what_it_leaves_out_is_on_its_face(plain_page, data):
    page = plain_page(360)
    thing = show(page, data)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert verdicts.LEAVES_OUT in thing.inner_text() and verdicts.ABOUT in thing.inner_text()
    boxes = [part(thing, year).bounding_box() for year in YEARS]
    assert boxes[0]["x"] == boxes[2]["x"] and boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"]
    page.set_viewport_size({"width": 760, "height": 900})
    boxes = [part(thing, year).bounding_box() for year in YEARS]
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"] and boxes[0]["y"] == boxes[2]["y"]
