"""The survey before and after: the gain, the chance of guessing it, and the words that go with them."""

import itertools
import json

import pytest

from cadres_edu import archive, lesson
from cadres_edu.models import gain as model
from cadres_edu.widgets import gain


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    yield
    archive.use(None)


def answers(right):
    """Answers to all ten questions, the first `right` of them best supported."""
    found = {}
    for place, one in enumerate(gain.asked()):
        other = next(option.id for option in one.options if not option.right)
        found[one.id] = gain.best(one) if place < right else other
    return found


@pytest.mark.parametrize(
    ("before", "after", "most", "share"),
    [(4, 7, 10, 0.5), (0, 10, 10, 1), (5, 5, 10, 0), (5, 3, 10, -0.4), (10, 10, 10, None), (0, 0, 0, None)],
)
def test_the_gain_is_the_share_of_what_was_left_to_gain(before, after, most, share):
    assert model.normalised(before, after, most) == (None if share is None else pytest.approx(share))


@pytest.mark.parametrize(("better", "worse"), [(0, 1), (1, 0), (3, 1), (5, 0), (2, 2), (0, 4)])
def test_the_chance_is_that_of_coins_tossed(better, worse):
    tosses = list(itertools.product((0, 1), repeat=better + worse))
    assert model.by_guessing(better, worse) == sum(sum(one) >= better for one in tosses) / len(tosses)


def test_without_a_change_there_is_no_chance_to_tell():
    assert model.by_guessing(0, 0) is None


def test_the_words_give_the_sum_and_the_chance():
    said = gain.in_words(answers(4), answers(7))
    assert said[0] == "Answered both times: 10. Best supported at the start: 4, at the end: 7."
    assert said[1].startswith("Normalised gain: (7 − 4) / (10 − 4) = 0.50.")
    assert "To the better changed 3, to the worse 0." in said[2] and "in 13 of 100" in said[2]


def test_a_loss_and_a_full_score_are_said():
    assert " = −0.33." in gain.in_words(answers(7), answers(6))[1]
    assert "can't be reckoned" in gain.in_words(answers(10), answers(10))[1]
    assert gain.in_words(answers(10), answers(10))[2].startswith("No answer changed")


def test_only_questions_answered_both_times_count():
    before = dict(list(answers(10).items())[:3])
    assert gain.in_words(before, answers(10))[0].startswith("Answered both times: 3.")


def test_without_answers_it_says_what_to_do():
    assert gain.in_words({}, {}) == list(gain.MISSING.values())
    assert gain.in_words(answers(1), {}) == [gain.MISSING["end"]]
    shown = lesson.gain()
    assert all(words in shown.reading for words in (*gain.MISSING.values(), gain.CANNOT))
    assert gain.CANNOT.replace("'", "&#x27;") in shown.static_html
    assert shown.static_html.count("<td></td><td></td></tr>") == 10


def test_the_page_gets_ten_questions_with_the_best_answer_of_each():
    data = json.loads(json.dumps(lesson.gain().data))
    assert len(data["questions"]) == 10
    assert all(one["best"] in one["options"] for one in data["questions"])
