"""The things to handle on a plain page, with no kernel: by keyboard, and with what is kept."""

import shutil
from pathlib import Path

import pytest

from cadres_edu import archive, lesson

COURSE = Path(__file__).parents[2]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The data of each thing as the notebook's own call gives it."""
    shutil.copytree(COURSE / "seeds", tmp_path / "seeds")
    for notebook in (COURSE / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, tmp_path)
    monkeypatch.chdir(tmp_path)
    archive.use(tmp_path / "seeds")
    yield {"days": lesson.days, "hall": lesson.hall, "reader": lesson.reader, "coursemap": lesson.course_map}
    archive.use(None)


def show(page, kind, data):
    page.evaluate("([kind, data]) => show(kind, data)", [kind, data[kind]().data])
    return page.locator(f".cadres-{kind}")


def kept(page, question):
    return page.evaluate("q => JSON.parse(localStorage.getItem('cadres-edu:answers::' + q))?.answer", question)


def test_days_open_by_arrow_keys_and_are_remembered(plain_page, data):
    page = plain_page()
    days = show(page, "days", data)
    days.get_by_role("button", name="Thursday 11 January").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    panel = days.get_by_role("status")
    assert "Liu Shaoqi's speech" in panel.inner_text()
    assert "day 17" in panel.inner_text()
    days.get_by_role("button", name="Monday 15 January").click()
    assert "No record of this day alone" in panel.inner_text()
    assert "First phase" in panel.inner_text()
    assert kept(page, "03/days") == {"v": 1, "seen": [5, 8, 15, 16, 17]}
    assert "opened 5 of 28 days" in days.inner_text()
    assert page.errors == []


def test_the_hall_counts_what_is_ticked_and_refuses_what_is_no_number(plain_page, data):
    page = plain_page()
    hall = show(page, "hall", data)
    said = hall.get_by_role("status")
    assert "Tick a level" in said.inner_text()
    for box in hall.get_by_role("checkbox").all():
        box.check()
    assert said.inner_text() == (
        "Invited by the levels counted: 5,039. The total in print: 7,118. Not explained: 2,079."
    )
    counties = hall.get_by_role("textbox", name="County")
    counties.fill("3,174")
    assert "1 too many" in said.inner_text()
    counties.fill("many")
    assert said.inner_text() == "Write whole numbers in every row that you count."
    hall.get_by_role("combobox").select_option(label="7,018: Dillon")
    hall.get_by_role("button", name="Back to the counts on record").click()
    assert "Not explained: 1,979." in said.inner_text()
    page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::03/hall')?.includes('2134')")


def test_the_reader_opens_its_evidence_only_after_a_judgement(plain_page, data):
    page = plain_page()
    reader = show(page, "reader", data)
    reader.get_by_role("button", name="formally attributed").click()
    evidence = reader.get_by_text("What our evidence says").locator("visible=true")
    assert evidence.count() == 0
    reader.get_by_label("I doubt it").locator("visible=true").check()
    assert evidence.count() == 1
    assert kept(page, "00/reader") == {"v": 1, "verdicts": {"6": "doubt"}}
    assert "三自一包" in reader.locator("[lang=zh-Hans]").all_text_contents()


def test_the_course_map_says_when_nobody_answers_and_asks_before_starting_over(plain_page, data):
    page = plain_page()
    course_map = show(page, "coursemap", data)
    assert course_map.get_by_role("listitem").count() == len(list((COURSE / "notebooks").glob("*.ipynb")))
    course_map.get_by_role("button", name="Start over").click()
    assert course_map.get_by_role("button", name="Yes, start over").is_visible()
    course_map.get_by_role("button", name="No", exact=True).click()
    course_map.get_by_role("button", name="Save my work").click()
    page.wait_for_function(
        "() => document.querySelector('.cadres-coursemap [role=status]').textContent.includes('Nobody')"
    )


@pytest.mark.parametrize("kind", ["days", "hall", "reader", "coursemap"])
@pytest.mark.parametrize("width", [360, 760])
def test_nothing_runs_out_of_a_narrow_window(plain_page, data, kind, width):
    page = plain_page(width)
    show(page, kind, data)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
