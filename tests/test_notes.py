"""The teaching notes: how a file is read, what is refused, and what holds it to its lesson."""

import re
import shutil
from pathlib import Path

import pytest

from cadres_edu import archive, questions, teaching
from cadres_edu.check import check
from cadres_edu.markup import plain

ROOT = Path(__file__).parents[1]
NAME = "03-calling-seven-thousand.md"
WHOLE = (ROOT / "seeds/teaching" / NAME).read_text(encoding="utf-8")
CARD = [teaching.Step("scene", 1), teaching.Step("the call", 8)]
GOOD = """# Notes

## scene 1
Read it
aloud.

Then ask.

## the call 8
Who took which *step*?

## Wrong answers
- aims: dead
- timeline: Mao

## Care
Slowly.
"""


@pytest.fixture
def notes(tmp_path):
    def write(text):
        path = tmp_path / NAME
        path.write_text(text, encoding="utf-8")
        return teaching.load(path)

    return write


def test_every_lesson_has_notes_and_all_notes_have_a_lesson():
    lessons = [path.stem for path in sorted(ROOT.glob("notebooks/*.ipynb"))]
    assert [path.stem for path in sorted(ROOT.glob("seeds/teaching/*.md"))] == lessons


def test_steps_wrong_answers_and_care_are_read(notes):
    found = notes(GOOD)
    assert [(step.name, step.minutes) for step in found.steps] == [("scene", 1), ("the call", 8)]
    assert [plain(words) for words in found.steps[0].says] == ["Read it aloud.", "Then ask."]
    assert [(one.question, one.option) for one in found.wrong] == [("aims", "dead"), ("timeline", "Mao")]
    assert [plain(words) for words in found.care] == ["Slowly."]
    assert list(teaching.disagreements(found, CARD, questions.load("03-calling-seven-thousand"))) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("## Care", "## Caring", r":16: 'Caring' is no heading of these notes\. Write a step of the card"),
        ("- aims: dead", "- aims", r":13: 'aims' names no wrong answer\. Write '- attendance: exact'"),
        ("Slowly.", "- slowly", r":17: Notes are paragraphs"),
        ("Slowly.", "| a | b |", r":17: Notes are paragraphs"),
        ("Slowly.", "Hint: slowly", r":17: 'Hint:' begins a line of notes"),
    ],
)
def test_what_would_be_lost_is_refused(notes, old, new, problem):
    with pytest.raises(teaching.NotesError, match=NAME + problem):
        notes(GOOD.replace(old, new))


def test_a_file_that_is_not_utf8_is_refused(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(GOOD.encode("utf-16"))
    with pytest.raises(teaching.NotesError, match=r":1: The file is not UTF-8\. Save it as UTF-8"):
        teaching.load(path)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "## the call 8",
            "## the call 9",
            ":9: 'the call 9' stands where the lesson's card has 'the call 8'. Write '## the call 8'",
        ),
        ("## the call 8\nWho took which *step*?", "", ":1: There are 1 steps, and 2 on the lesson's card"),
        ("Who took which *step*?", "", ":9: Nothing is said of 'the call'"),
        ("- aims: dead", "- aim: dead", ":13: The lesson asks no question 'aim'. It asks call, aims"),
        (
            "- aims: dead",
            "- aims: errors",
            ":13: 'errors' is no wrong answer of 'aims' that has a misconception. Name one of: communes, dead",
        ),
        ("- aims: dead", "- exit: dead", "Choose another question"),
    ],
)
def test_notes_that_part_from_the_lesson_are_told_where(notes, old, new, problem):
    found = teaching.disagreements(notes(GOOD.replace(old, new)), CARD, questions.load("03-calling-seven-thousand"))
    assert re.search(re.escape(problem), "\n".join(map(str, found)))


@pytest.fixture
def found(tmp_path):
    """What the check finds in the lessons with the notes on one of them changed."""
    copy = tmp_path / "seeds"
    shutil.copytree(ROOT / "seeds", copy)

    def change(old, new, name=NAME):
        assert old in WHOLE
        (copy / "teaching" / name).write_text(WHOLE.replace(old, new), encoding="utf-8")
        return [str(one) for one in check(ROOT / "notebooks", copy)]

    yield change
    archive.use(None)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("## the hall 12", "## the hall 11", "'the hall 11' stands where the lesson's card has 'the hall 12'"),
        ("- counties: near", "- counties: much", "'much' is no wrong answer of 'counties'"),
        ("Read the scene aloud.", "It was 1961.", "line 3: a year without a link: '1961'"),
        ("one book tells the story", "[12 people](#event:no-such)", "line 6: .*event:no-such"),
        ("## Care", "## Caring", "'Caring' is no heading of these notes"),
    ],
)
def test_the_check_holds_notes_to_the_lesson_and_the_evidence(found, old, new, problem):
    (one,) = found(old, new)
    assert re.match(rf"teaching/{NAME}, .*{problem}", one)


def test_the_check_tells_of_notes_on_no_lesson(found):
    (one,) = found("Care", "Care", "03-other.md")
    assert one.startswith("teaching/03-other.md: no notebook has this name")
