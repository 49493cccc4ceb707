"""The reporting chain against figures worked by hand, and against what must hold for any figures."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres_edu.models import reporting

SHARES = st.lists(st.floats(-0.5, 1), max_size=7)
TONNES = st.floats(0, 1e4)
NO_NUMBERS = (math.nan, math.inf, -math.inf)


def test_a_tenth_on_every_level_by_hand():
    # 170 x 1.1 = 187; x 1.1 = 205.7; x 1.1 = 226.27; x 1.1 = 248.897; x 1.1 = 273.7867
    assert reporting.climb(170, [0.1] * 5) == pytest.approx((187, 205.7, 226.27, 248.897, 273.7867), rel=1e-12)
    assert reporting.reported(170, [0.1] * 5) == pytest.approx(273.7867, rel=1e-12)


def test_different_shares_by_hand():
    # 200 x 1.5 = 300; x 1 = 300; x 0.8 = 240; x 1.25 = 300; x 1.02 = 306
    assert reporting.climb(200, [0.5, 0, -0.2, 0.25, 0.02]) == pytest.approx((300, 300, 240, 300, 306), rel=1e-12)


def test_the_quota_and_what_is_left_by_hand():
    # A quarter of 240 is 60. 160 - 60 + 20 - 16 = 104 million tonnes; for 520 million people 104 / 520 = 0.2 t,
    # which is 200 kg; 200 kg = 200,000 g; / 365 = 547.9452 g a day.
    quota = reporting.procurement(0.25, 240)
    assert quota == 60
    assert reporting.left_in_the_village(160, quota, 20, 16) == 104
    assert reporting.left_per_head(160, quota, 20, 16, 520) == pytest.approx(200, rel=1e-12)
    assert reporting.grams_a_day(200) == pytest.approx(547.9452, abs=5e-5)


def test_a_quota_above_what_there_is_leaves_less_than_nothing():
    # 100 - 120 + 5 - 10 = -25 million tonnes; / 500 million = -0.05 t = -50 kg
    assert reporting.left_per_head(100, 120, 5, 10, 500) == pytest.approx(-50)


def test_the_even_share_by_hand():
    # 1.1^5 = 1.61051; 1.2^5 = 2.48832; 1.5^2 = 2.25; 1.134^5 = 1.134^4 x 1.134 = 1.65369 x 1.134 = 1.87529
    assert reporting.even_share(1.61051) == pytest.approx(0.1, abs=1e-9)
    assert reporting.even_share(2.48832) == pytest.approx(0.2, abs=1e-9)
    assert reporting.even_share(2.25, levels=2) == pytest.approx(0.5, abs=1e-12)
    assert reporting.even_share(1.87529) == pytest.approx(0.134, abs=1e-5)
    assert reporting.even_share(1) == 0


def test_nobody_adds_and_nothing_grows():
    assert reporting.climb(195.05, [0] * 5) == (195.05,) * 5
    assert reporting.reported(195.05, []) == 195.05
    assert reporting.climb(195.05, []) == ()


def test_the_chain_has_five_levels_lowest_first():
    assert reporting.LEVELS == ("team", "commune", "county", "province", "centre")


@given(TONNES, SHARES)
def test_the_order_of_the_shares_does_not_move_the_last_figure(harvest, shares):
    there, back = reporting.reported(harvest, shares), reporting.reported(harvest, shares[::-1])
    assert there == pytest.approx(back, rel=1e-9, abs=1e-9)


@given(st.floats(0.01, 1e4), st.lists(st.floats(0, 1), min_size=1, max_size=7))
def test_whoever_adds_never_makes_the_figure_smaller(harvest, shares):
    figures = (harvest, *reporting.climb(harvest, shares))
    assert list(figures) == sorted(figures)


@given(st.floats(0.01, 100), st.integers(1, 9), st.floats(0.1, 1e4))
def test_even_shares_bring_back_the_ratio(ratio, levels, harvest):
    share = reporting.even_share(ratio, levels)
    assert reporting.reported(harvest, [share] * levels) == pytest.approx(ratio * harvest, rel=1e-9)


@given(TONNES, TONNES, TONNES, TONNES, st.floats(1, 1000))
def test_what_is_left_adds_up_with_what_went(harvest, quota, resales, seed, people):
    left = reporting.left_in_the_village(harvest, quota, resales, seed)
    assert left + quota + seed == pytest.approx(harvest + resales, abs=1e-6)
    each = reporting.left_per_head(harvest, quota, resales, seed, people)
    assert each * people / 1000 == pytest.approx(left, abs=1e-6)


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: reporting.climb(-1, [0.1]), "the harvest, in million tonnes, must be a number of at least 0, not -1"),
        (lambda: reporting.climb(100, [0.1, -1.5]), "the share of level 2, as a fraction, must be a number"),
        (lambda: reporting.procurement(25, 100), "must be at most 1, not 25: 25 per cent is 0.25"),
        (lambda: reporting.procurement(-0.1, 100), "the procurement rate, as a fraction, must be"),
        (lambda: reporting.procurement(0.25, -100), "the reported figure, in million tonnes, must be"),
        (lambda: reporting.left_in_the_village(-1, 1, 1, 1), "the harvest, in million tonnes, must be"),
        (lambda: reporting.left_in_the_village(1, -1, 1, 1), "the procurement, in million tonnes, must be"),
        (lambda: reporting.left_in_the_village(1, 1, -1, 1), "the resales, in million tonnes, must be"),
        (lambda: reporting.left_in_the_village(1, 1, 1, -1), "seed and feed, in million tonnes, must be"),
        (lambda: reporting.left_per_head(1, 1, 1, 1, 0), "the rural population, in millions, must be a number above 0"),
        (lambda: reporting.even_share(0), "the ratio of claimed to true must be a number above 0, not 0"),
        (lambda: reporting.even_share(2, levels=0), "a chain has at least one level, not 0"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(call, says):
    with pytest.raises(ValueError, match=r"\w") as refused:
        call()
    assert says in str(refused.value)


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_what_is_no_number_is_refused(number):
    calls = [
        lambda: reporting.climb(number, [0.1]),
        lambda: reporting.climb(1, [number]),
        lambda: reporting.procurement(number, 1),
        lambda: reporting.procurement(0.1, number),
        lambda: reporting.left_per_head(1, number, 1, 1, 1),
        lambda: reporting.left_per_head(1, 1, 1, 1, number),
        lambda: reporting.even_share(number),
    ]
    for call in calls:
        with pytest.raises(ValueError, match="must be"):
            call()
