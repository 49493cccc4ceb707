"""The teacher's page says of each lesson what its card says, and its paths add up."""

import re
from pathlib import Path

import pytest

from cadres_edu.check.lessons import read_lesson
from cadres_edu.check.shape import card_fields
from cadres_edu.widgets import coursemap

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "TEACHING.md").read_text(encoding="utf-8")
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def table(heading):
    """The rows of the table under a heading, each a list of its cells."""
    under = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line.strip("|").split("|") for line in under.splitlines() if line.startswith("|")]
    assert len(rows) > 2, heading
    return [[cell.strip() for cell in row] for row in rows[2:]]


def card(path):
    return card_fields(read_lesson(path).part("card")[0])


def before(path):
    """The number of the lesson that must come before; none for the first."""
    found = re.search(r"\[(\d\d) ", card(path)["Before this"])
    return found[1] if found else None


MINUTES = {path.name[:2]: coursemap.head(path)["minutes"] for path in LESSONS}


def test_every_lesson_has_a_row_and_every_row_a_lesson():
    assert [row[0] for row in table("The lessons")] == [path.name[:2] for path in LESSONS]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_row_says_what_the_card_says(path):
    head = coursemap.head(path)
    row = next(row for row in table("The lessons") if row[0] == path.name[:2])
    _, lesson, question, minutes, handled, skill, first = row
    assert lesson == f"[{head['title']}](notebooks/{path.name})"
    assert question == head["question"]
    assert minutes == str(head["minutes"])
    assert skill == card(path)["Skill"].partition(":")[0]
    assert first == (before(path) or "nothing")
    assert handled


def on_path(words):
    first, to, last = words.partition(" to ")
    return [number for number in MINUTES if first <= number <= last] if to else words.split(", ")


@pytest.mark.parametrize("path", table("Paths"), ids=lambda row: row[0])
def test_a_paths_minutes_add_up_and_nothing_that_must_come_before_is_left_out(path):
    _, words, minutes, *_ = path
    numbers = on_path(words)
    assert int(minutes) == sum(MINUTES[number] for number in numbers)
    needed = {before(lesson) for lesson in LESSONS if lesson.name[:2] in numbers} - {None}
    assert needed <= set(numbers) or (len(numbers) == 1 and all(f"in {one}" in path[4] for one in needed))


def test_the_longest_path_is_the_course():
    assert on_path(table("Paths")[-1][1]) == list(MINUTES)


def test_the_cells_that_warn_are_in_their_lessons():
    for number, cell, _ in table("Content"):
        lesson = next(path for path in LESSONS if path.name.startswith(number))
        assert any(one.source.startswith(f"## {cell.strip('*')}\n") for one in read_lesson(lesson).cells), cell


def test_the_readme_leads_here():
    assert "](TEACHING.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
