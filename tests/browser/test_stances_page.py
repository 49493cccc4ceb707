"""The stance board on a plain page, with no kernel: guessed by keyboard, kept, and laid out for a narrow window."""

import json
from pathlib import Path

import pytest

from cadres_edu import archive, lesson

SEEDS = Path(__file__).parents[2] / "seeds"
LIN = "Lin Biao, responsibility"
KEPT = "() => JSON.parse(localStorage.getItem('cadres-edu:answers::05/stances'))?.answer"


@pytest.fixture(scope="module")
def data():
    archive.use(SEEDS)
    yield json.loads(json.dumps(lesson.stances().data, sort_keys=True))  # as a stored notebook has it
    archive.use(None)


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('stances', data, state)", [data, state or {}])
    return page.locator(".cadres-stances")


def button(board, name):
    return board.get_by_role("button", name=name)


def guess(board, name, stance):
    button(board, name).click()
    board.get_by_label(stance, exact=True).check()
    button(board, "Open the record").click()


def focused(page):
    return page.evaluate("() => document.activeElement.textContent")


def test_a_cell_is_guessed_by_keyboard_and_then_opens_on_its_record(plain_page, data):
    page = plain_page()
    board = show(page, data)
    position = archive.record("position:lin-responsibility")
    assert position.position not in board.inner_text()
    button(board, LIN).focus()
    page.keyboard.press("Enter")
    assert "The leaders at the top must answer for what went wrong." in board.get_by_role("group").first.inner_text()
    page.keyboard.press("Tab")  # the speaker's own record
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    said = board.get_by_role("status").inner_text()
    assert said.startswith("You guessed supports; the record: opposes, against it.")
    for part in (position.position, "29 January 1962", "two or more works agree", "Pantsov and Levine"):
        assert part in said
    assert board.locator("a[href='#position:lin-responsibility']").count() == 1
    assert focused(page) == f"{LIN}: − opposes you +supports"
    assert f"guessed 1 of {len(data['cells'])} on record; 0 as recorded" in board.inner_text()
    assert page.evaluate(KEPT) == {"v": 1, "guesses": {"lin-biao/responsibility": "supports"}}
    assert board.get_by_role("radio").count() == 0
    assert page.errors == []


def test_a_guess_as_recorded_counts_and_one_must_be_made_first(plain_page, data):
    page = plain_page()
    board = show(page, data)
    button(board, LIN).click()
    button(board, "Open the record").click()
    assert board.get_by_role("status").inner_text() == "Choose one of the four first."
    assert page.evaluate(KEPT) is None
    guess(board, "Liu Shaoqi, responsibility", "supports")
    assert board.get_by_role("status").inner_text().startswith("You guessed supports; as recorded.")
    assert "1 of" in board.inner_text() and "; 1 as recorded." in board.inner_text()


def test_every_speaker_meets_every_issue_and_what_has_no_record_can_not_be_guessed(plain_page, data):
    board = show(plain_page(), data)
    cells = board.locator("tbody td")
    assert cells.count() == len(data["speakers"]) * len(data["issues"])
    assert board.get_by_role("columnheader").count() == len(data["speakers"]) + 1
    assert board.get_by_role("rowheader").count() == len(data["issues"])
    empty = board.get_by_role("cell", name="no record seen", exact=True)
    assert empty.count() == cells.count() - len(data["cells"]) > 0
    assert empty.get_by_role("button").count() == 0
    assert cells.get_by_role("button", name="guess").count() == len(data["cells"])


def test_arrow_keys_rove_and_reach_every_cell_with_one_stop_for_tab(plain_page, data):
    page = plain_page()
    board = show(page, data)
    stops = board.locator("tbody button[tabindex='0']")
    assert stops.count() == 1
    stops.focus()
    seen = [focused(page)]
    for _ in data["cells"]:
        page.keyboard.press("ArrowRight")
        seen.append(focused(page))
    assert len(set(seen)) == len(data["cells"])
    assert stops.count() == 1 and stops.text_content() == seen[-1]
    for key, cell in (("ArrowLeft", seen[-3]), ("ArrowRight", seen[-1])):
        page.keyboard.press(key)
        assert focused(page) == cell
    button(board, LIN).focus()
    row = next(n for n, issue in enumerate(data["issues"]) if issue["name"] == "responsibility")
    names = [issue["name"] for issue in data["issues"]]
    below = next((name for name in names[row + 1 :] if f"lin-biao/{name}" in data["cells"]), "responsibility")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith(f"Lin Biao, {below}")
    page.keyboard.press("ArrowUp")
    above = next((name for name in names[row - 1 :: -1] if f"lin-biao/{name}" in data["cells"]), "responsibility")
    assert focused(page).startswith(f"Lin Biao, {'responsibility' if below != 'responsibility' else above}")


def test_what_was_guessed_is_there_again(plain_page, data):
    page = plain_page()
    saved = {"answer": {"v": 1, "guesses": {"lin-biao/responsibility": "opposes"}}, "at": "2026-01-01", "attempts": 1}
    board = show(page, data, {"who": "mei", "saved": {"05/stances": saved}})
    assert button(board, LIN).text_content() == f"{LIN}: − opposes"
    assert "; 1 as recorded." in board.inner_text()
    button(board, LIN).click()
    assert board.get_by_role("status").inner_text().startswith("You guessed opposes; as recorded.")
    assert board.get_by_role("radio").count() == 0
    button(board, LIN).click()
    assert board.get_by_role("status").count() == 0


def test_a_narrow_window_has_a_list_by_speaker_and_a_wide_one_the_table_again(plain_page, data):
    page = plain_page(360)
    board = show(page, data)
    assert board.get_by_role("table").count() == 0
    headings = board.get_by_role("heading", level=4).all_inner_texts()
    assert headings == [one["name"] for one in data["speakers"]]
    assert board.get_by_role("button", name="guess").count() == len(data["cells"])
    for speaker in data["speakers"]:
        none = [one["name"] for one in data["issues"] if f"{speaker['id']}/{one['name']}" not in data["cells"]]
        assert not none or f"No record seen: {', '.join(none)}." in board.inner_text()
    guess(board, LIN, "mixed")
    inside = board.get_by_role("listitem").filter(has=page.get_by_role("button", name=LIN))
    assert inside.get_by_role("status").inner_text().startswith("You guessed mixed")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("ArrowDown")
    assert not focused(page).startswith("Lin Biao, responsibility")
    page.set_viewport_size({"width": 760, "height": 900})
    board.get_by_role("table").wait_for()
    assert board.locator("tr.cadres-within").get_by_role("status").inner_text().startswith("You guessed mixed")
    assert "opposes" in button(board, LIN).text_content()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_legend_stands_in_the_order_of_the_stances(plain_page, data):
    terms = show(plain_page(), data).locator("dt").all_inner_texts()
    assert terms == ["+ supports", "− opposes", "± mixed", "○ silent", "no record seen"]


def test_what_is_left_out_is_said_with_links(plain_page, data):
    board = show(plain_page(), data)
    assert "Left out: positions on record from before the conference" in board.inner_text()
    linked = board.locator("a[href^='#position:']")
    assert {"Peng Zhen", "Ke Qingshi"} <= set(linked.all_inner_texts())
