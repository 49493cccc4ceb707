"""The questions of all lessons together: kinds, and whether length or place gives the right answers away."""

from collections import Counter
from pathlib import Path

import pytest

from cadres_edu import archive, markup, questions
from cadres_edu.check.items import tail

SEEDS = Path(__file__).parent.parent / "seeds"
CHANCE = 0.05  # a pattern that pure chance would bring about less often than this is no accident


@pytest.fixture(scope="module")
def bank():
    archive.use(SEEDS)
    found = [one for path in sorted((SEEDS / "questions").glob("*.md")) for one in questions.load(path.stem)]
    archive.use(None)
    return [one for one in found if not one.survey]


@pytest.fixture(scope="module")
def choices(bank):
    return [one for one in bank if one.kind == "choice"]


def test_a_hundred_are_asked_and_all_seven_kinds(bank):
    counted = Counter(one.kind for one in bank)
    print(f"{len(bank)} questions: " + ", ".join(f"{number} {kind}" for kind, number in counted.most_common()))
    assert set(counted) == {"choice", "several", "number", "order", "match", "gap", "open"}
    assert len(bank) >= 100


def test_the_longest_option_is_the_right_one_no_more_often_than_chance(choices):
    longest = [question for question in choices if length_of_right(question) == max(lengths(question))]
    chances = [1 / len(question.options) for question in choices]
    print(f"the longest option is right in {len(longest)} of {len(choices)} (chance: {sum(chances):.1f})")
    assert tail(chances, len(longest)) > CHANCE


def test_the_right_option_stands_in_even_places(choices):
    fixed = [question for question in choices if not question.shuffle]
    places = Counter(next(i for i, one in enumerate(question.options) if one.right) for question in fixed)
    print("places of the right option: " + ", ".join(f"{place + 1}: {places[place]}" for place in sorted(places)))
    for place, times in places.items():
        assert tail([1 / len(question.options) for question in fixed], times) > CHANCE, place + 1


def lengths(question):
    return [len(markup.plain(option.text)) for option in question.options]


def length_of_right(question):
    return next(len(markup.plain(option.text)) for option in question.options if option.right)
