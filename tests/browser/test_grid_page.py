"""Sources by claims on a plain page, with no kernel: marked by keyboard, compared cell by cell, and kept."""

import json
import shutil
from pathlib import Path

import pytest

from cadres_edu import archive, lesson

SEEDS = Path(__file__).parents[2] / "seeds"
KEPT = "() => JSON.parse(localStorage.getItem('cadres-edu:answers::05/grid'))?.answer"
ROWS = (
    "a,lin-date,hebei-record-1962,silent,On groups.,It has no Lin.,,hebei-record-1962,hebei-record-1962: p. 1,",
    "b,lin-date,pantsov-levine-2012,contradicts,Puts him last.,The order is turned.,,pantsov-levine-2012,,Said once.",
    "c,lin-date,dillon-deng-xiaoping,contradicts,So it says too.,It copies.,pantsov-levine-2012,dillon-deng-xiaoping,,",
    'd,attendance-totals,dillon-deng-xiaoping,agrees,"Counts 7,018.",It is more.,,dillon-deng-xiaoping,,',
)
BOOK = "Pantsov and Levine, Mao: The Real Story, 2012"
HEAD = "id,claim,account,verdict,says,reason,follows,source,locator,note,standing"


def stored(data):
    """The data as a stored notebook has it, with its keys sorted."""
    return json.loads(json.dumps(data, sort_keys=True))


@pytest.fixture
def data(tmp_path):
    """The grid of the four rows above: accounts A (Hebei), B (Pantsov and Levine) and C (Dillon)."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    (tmp_path / "seeds/corroboration.csv").write_text("\n".join([HEAD, *(f"{row},single" for row in ROWS)]))
    archive.use(tmp_path / "seeds")
    yield stored(lesson.grid().data)
    archive.use(None)


@pytest.fixture
def real():
    archive.use(SEEDS)
    yield stored(lesson.grid().data)
    archive.use(None)


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('grid', data, state)", [data, state or {}])
    return page.locator(".cadres-grid")


def mark(grid, letter, verdict):
    account = grid.get_by_role("group", name=f"What account {letter} does to the claim")
    account.get_by_label(verdict, exact=True).check()


def compare(grid):
    grid.get_by_role("button", name="Compare with our reading").click()


def rows(grid):
    return [row.text_content() for row in grid.locator("tbody tr:has(td)").all()]


def test_marks_are_made_by_keyboard_and_shown_in_the_overview(plain_page, data):
    page = plain_page()
    grid = show(page, data)
    assert [one.text_content() for one in grid.locator("thead th").all()][1].startswith("A: Hebei delegation")
    assert rows(grid)[0].endswith("you· to mark· to mark· to mark")
    terms = grid.locator("dt").all_inner_texts()
    assert terms == ["+ agrees", "− contradicts", "○ silent", "· to mark", "/ not read"]
    assert rows(grid)[1].endswith("you/ not read/ not read· to mark")
    first = grid.get_by_role("group", name="What account A does to the claim").get_by_role("radio").first
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert rows(grid)[0].endswith("you− contradicts· to mark· to mark")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")  # past the link of account B
    page.keyboard.press("Space")
    assert rows(grid)[0].endswith("you− contradicts+ agrees· to mark")
    page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::05/grid')")
    marks = {"lin-date": {"hebei-record-1962": "contradicts", "pantsov-levine-2012": "agrees"}, "attendance-totals": {}}
    assert page.evaluate(KEPT) == {"v": 1, "marks": marks, "compared": []}
    assert page.errors == []


def test_comparing_waits_for_every_mark_and_then_sets_ours_beside_them(plain_page, data):
    page = plain_page()
    grid = show(page, data)
    mark(grid, "B", "contradicts")
    compare(grid)
    status = grid.get_by_role("status")
    assert status.inner_text() == "Mark A, C first."
    assert "turned" not in grid.inner_text() and len(rows(grid)) == 2
    mark(grid, "A", "agrees")
    mark(grid, "C", "silent")
    compare(grid)
    assert status.inner_text() == (
        "Independent accounts that agree: 0. Independent accounts that contradict: 1 (B with C). "
        "Those joined by “with” go back to one source and count once."
    )
    assert status.evaluate("node => node === document.activeElement")
    assert rows(grid)[0].endswith("you+ agrees− contradicts○ silent")
    assert rows(grid)[1] == "we○ silent, differs− contradicts− contradicts, differs"
    said = grid.locator(".cadres-ours").all_inner_texts()
    assert said == [
        "You read: it backs the claim. We read: it does not speak of it. It has no Lin.",
        "You and we read it alike: it speaks against it. The order is turned. Said once.",
        f"You read: it does not speak of it. We read: it speaks against it. It copies. It takes this from {BOOK}.",
    ]
    assert all(radio.is_disabled() for radio in grid.get_by_role("radio").all())
    assert page.evaluate(KEPT)["compared"] == ["lin-date"]
    assert "You have compared 1 of 2 claims." in grid.inner_text()
    assert page.errors == []


def test_what_was_not_read_can_not_be_marked(plain_page, data):
    page = plain_page()
    grid = show(page, data)
    grid.get_by_role("button", name="Next claim").click()
    assert page.evaluate("() => document.activeElement.textContent") == "Claim 2 of 2: Over 7,000 officials attended"
    assert grid.get_by_role("radio").count() == 3
    assert "Not read on this claim: A, B." in grid.inner_text()
    mark(grid, "C", "agrees")
    compare(grid)
    assert rows(grid)[-1] == "we/ not read/ not read+ agrees"
    assert grid.locator(".cadres-differs").count() == 0
    grid.get_by_role("button", name="Lin Biao praised Mao").click()
    assert page.evaluate("() => document.activeElement.textContent").startswith("Lin Biao praised Mao")
    assert grid.get_by_role("radio").count() == 9


def test_before_anything_is_marked_each_account_says_what_it_is(plain_page, data):
    grid = show(plain_page(), data)
    grid.get_by_text("What each letter stands for").click()
    cards = grid.locator("details").inner_text()
    for words in ("Document of its time, 1962, read whole.", "Book, 2012, read in part.", "Book, 2014, read in part."):
        assert words in cards
    for part in ("Puts him last.", "So it says too.", "Here: p. 1.", "it could have spoken of it and does not"):
        assert part in grid.inner_text()
    assert "Left out: every work, and every part of a work, that we have not read." in grid.inner_text()


def test_what_was_marked_and_compared_is_there_again(plain_page, data):
    marks = {"lin-date": {"hebei-record-1962": "silent", "pantsov-levine-2012": "silent", "gone-2001": "agrees"}}
    saved = {"answer": {"v": 1, "marks": marks, "compared": ["lin-date"]}, "at": "2026-01-01", "attempts": 1}
    grid = show(plain_page(), data, {"who": "mei", "saved": {"05/grid": saved}})
    assert rows(grid)[0].endswith("you○ silent○ silent· to mark")
    assert rows(grid)[1] == "we○ silent− contradicts, differs− contradicts, differs"
    # An account that came into the table since is told without a mark to hold it against.
    assert grid.locator(".cadres-ours").last.inner_text().startswith("We read: it speaks against it.")
    assert grid.get_by_role("button", name="Compare").count() == 0
    assert grid.get_by_role("status").inner_text() == data["claims"][0]["count"]


def test_every_claim_of_the_real_grid_can_be_worked_and_counts_as_the_table_does(plain_page, real):
    page = plain_page()
    grid = show(page, real)
    for claim in real["claims"]:
        for group in grid.locator("fieldset").all():
            group.get_by_label("silent", exact=True).check()
        assert grid.get_by_role("radio").count() == 3 * len(claim["cells"])
        compare(grid)
        assert grid.get_by_role("status").inner_text() == claim["count"]
        if len(real["claims"]) > 1:
            grid.get_by_role("button", name="Next claim").click()
    assert f"compared {len(real['claims'])} of {len(real['claims'])} claims" in grid.inner_text()
    differ = sum(cell["verdict"] != "silent" for claim in real["claims"] for cell in claim["cells"].values())
    assert grid.locator(".cadres-differs").count() == differ
    assert page.errors == []


@pytest.mark.parametrize("width", [360, 760])
def test_nothing_runs_out_of_a_narrow_window(plain_page, real, width):
    page = plain_page(width)
    grid = show(page, real)
    for group in grid.locator("fieldset").all():
        group.get_by_label("agrees", exact=True).check()
    compare(grid)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
