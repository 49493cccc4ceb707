"""The mortality model: by hand on small numbers, then against what is published and recorded in the evidence."""

import re

import pytest

from cadres_edu import archive
from cadres_edu.models import mortality
from cadres_edu.widgets import excess

RATES = {1: 10.0, 2: 14.0, 3: 30.0, 4: 12.0, 5: 8.0}
ENDS = {0: 980.0, 1: 1000.0, 2: 1020.0, 3: 1000.0, 4: 1010.0}


def test_a_flat_normal_rate_is_one_year_or_the_mean_of_several():
    assert mortality.flat(RATES, [1], [2, 3]) == {2: 10.0, 3: 10.0}
    assert mortality.flat(RATES, [1, 2], [3]) == {3: 12.0}


def test_a_straight_line_goes_from_the_one_year_to_the_other():
    # from 10 in year 1 to 8 in year 5: half a point a year
    assert mortality.straight_line(RATES, 1, 5, range(1, 6)) == {1: 10.0, 2: 9.5, 3: 9.0, 4: 8.5, 5: 8.0}


def test_the_missed_share_is_a_share_of_all_deaths():
    # a quarter of the deaths missed: 30 registered are three quarters of 40
    assert mortality.corrected(RATES, 0.25)[3] == 40.0
    assert mortality.corrected(RATES, 0) == RATES
    only = mortality.corrected(RATES, 0.25, only=[3])
    assert (only[3], only[1]) == (40.0, 10.0)


def test_the_population_of_a_year_lies_between_its_ends():
    assert mortality.mean_population(ENDS, [1, 3]) == {1: 990.0, 3: 1010.0}


def test_deaths_and_rate_imply_a_population():
    assert mortality.mid_year_population({3: 30.0}, RATES, [3]) == {3: 1000.0}


def test_excess_is_what_lies_above_normal_and_may_be_less_than_nought():
    normal = mortality.flat(RATES, [4], [1, 3])
    population = mortality.mean_population(ENDS, [1, 3])
    # (30 − 12) / 1000 × 1010 = 18.18 and (10 − 12) / 1000 × 990 = −1.98
    assert mortality.excess_deaths(RATES, normal, population, [1, 3]) == pytest.approx({1: -1.98, 3: 18.18})


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (lambda: mortality.flat(RATES, [], [1]), "needs at least one ordinary year"),
        (lambda: mortality.flat(RATES, [9], [1]), "no death rate for 9"),
        (lambda: mortality.straight_line(RATES, 1, 1, [1]), "has no length: the second year must come later"),
        (lambda: mortality.straight_line(RATES, 5, 1, [3]), "has no length: the second year must come later"),
        (lambda: mortality.straight_line(RATES, 1, 9, [3]), "no death rate for 9"),
        (lambda: mortality.straight_line(RATES, 2, 4, [5]), "5 lies outside the straight line from 2 to 4"),
        (lambda: mortality.corrected(RATES, 1), "at least 0 and less than 1, not 1"),
        (lambda: mortality.corrected(RATES, -0.1), "at least 0 and less than 1, not -0.1"),
        (lambda: mortality.corrected(RATES, float("nan")), "at least 0 and less than 1, not nan"),
        (lambda: mortality.mean_population(ENDS, [0]), "no year end for -1"),
        (lambda: mortality.mid_year_population({}, RATES, [1]), "no number of deaths for 1"),
        (
            lambda: mortality.mid_year_population({1: 3.0}, {1: 0.0}, [1]),
            "a death rate of 0.0 in 1 implies no population",
        ),
        (lambda: mortality.excess_deaths(RATES, RATES, ENDS, []), "no year is counted"),
        (lambda: mortality.excess_deaths(RATES, {}, ENDS, [1]), "no normal death rate for 1"),
        (lambda: mortality.excess_deaths(RATES, RATES, {}, [1]), "no population for 1"),
        (lambda: mortality.excess_deaths({}, RATES, ENDS, [1]), "no death rate for 1"),
    ],
)
def test_what_can_not_be_worked_out_is_refused_in_words(call, why):
    with pytest.raises(ValueError, match=re.escape(why)):
        call()


def by_year(name):
    return {one.year: one.value for one in archive.statistics(name, place="china")}


def official_ends(years):
    return mortality.mean_population(by_year("population-official"), years)


def united_nations(revision, years):
    return mortality.mid_year_population(
        by_year(f"deaths-wpp-{revision}"), by_year(f"crude-death-rate-wpp-{revision}"), years
    )


def millions(rates, normal, population, years):
    """The excess in million: the evidence holds thousands of persons."""
    return sum(mortality.excess_deaths(rates, normal, population, years).values()) / 1000


FAMINE = range(1958, 1962)


@pytest.mark.parametrize(
    ("series", "population", "recorded"),
    [
        ("crude-death-rate-official", official_ends, "about 16 million on official rates"),
        ("crude-death-rate-banister-1984", official_ends, "30 on Banister"),
        ("crude-death-rate-wpp-2024", lambda years: united_nations(2024, years), "16 on WPP 2024"),
    ],
)
def test_a_straight_line_from_1957_to_1963_gives_what_the_evidence_records(series, population, recorded):
    assert recorded in archive.record("claim:death-rates-disagree").finding
    rates = by_year(series)
    line = mortality.straight_line(rates, 1957, 1963, FAMINE)
    assert round(millions(rates, line, population(FAMINE), FAMINE)) == int(re.search(r"\d+", recorded)[0])


def test_official_rates_as_registered_fall_where_their_authors_put_them():
    """Deaths above trend, straight from the published rates, 1958-1961: the record's range is 15 to 16 million."""
    record = archive.record("estimate:official-rates-1983")
    assert record.period == "1958-1961" and "computed directly from published registration rates" in record.method
    rates = by_year("crude-death-rate-official")
    flat = millions(rates, mortality.flat(rates, [1957], FAMINE), official_ends(FAMINE), FAMINE)
    line = millions(rates, mortality.straight_line(rates, 1957, 1963, FAMINE), official_ends(FAMINE), FAMINE)
    assert record.low / 1e6 <= flat <= record.high / 1e6
    assert round(line) == record.high / 1e6


@pytest.mark.parametrize(("name", "years"), [("coale-1984", range(1958, 1964)), ("banister-1987", FAMINE)])
def test_the_uncorrected_figures_of_coale_and_banister_come_out_of_the_registered_rates(name, years):
    """Both give 15 to 16 million before they correct; the trend that they took is not recorded, so within a tenth."""
    record = archive.record(f"estimate:{name}")
    assert record.period == f"{years[0]}-{years[-1]}"
    rates = by_year("crude-death-rate-official")
    line = mortality.straight_line(rates, 1957, 1963, years)
    assert millions(rates, line, official_ends(years), years) == pytest.approx(record.uncorrected / 1e6, rel=0.1)


def test_the_base_of_cheng_and_zhan_gives_three_times_their_number_without_their_other_step():
    """They take 1955-57 as ordinary and move deaths that were registered late; the base alone doesn't make 4 to 5."""
    record = archive.record("estimate:cheng-zhan")
    assert "1955-57" in record.method and "late registration" in record.method
    rates, years = by_year("crude-death-rate-official"), range(1959, 1962)
    flat = mortality.flat(rates, [1955, 1956, 1957], years)
    assert flat[1960] == pytest.approx((12.28 + 11.4 + 10.8) / 3)
    found = millions(rates, flat, official_ends(years), years)
    assert 2.5 * record.high / 1e6 < found < 3.5 * record.low / 1e6


def test_the_uns_own_population_is_not_the_official_one():
    """A mixed sum would be a third thing: in 1960 the UN has twelve million fewer people than the official mean."""
    assert united_nations(2024, [1960])[1960] - official_ends([1960])[1960] == pytest.approx(-12_258, abs=1)


def derived(name):
    return archive.record(f"derived:{name}").value


@pytest.mark.parametrize(
    ("name", "choose"),
    [
        ("excess-official-line", {}),
        ("excess-official-flat-1957", {"base": (1957,)}),
        ("excess-official-mean-1955-57", {"base": (1955, 1956, 1957), "start": 1959}),
        ("excess-official-line-40", {"missed": 40}),
        ("excess-official-line-20-counted", {"missed": 20, "only": True}),
        ("excess-banister-line", {"series": "banister"}),
        ("excess-banister-flat-1957", {"series": "banister", "base": (1957,)}),
        ("excess-banister-flat-1964", {"series": "banister", "base": (1964,)}),
        ("excess-un-2022-line", {"series": "un-2022"}),
        ("excess-un-2024-line", {"series": "un-2024"}),
        ("excess-un-2024-flat-1957", {"series": "un-2024", "base": (1957,)}),
    ],
)
def test_the_figures_that_lessons_quote_are_the_models(name, choose):
    assert derived(name) == round(excess.outcome(excess.Choice(**choose)).million, 1)


@pytest.mark.parametrize("year", [1957, 1960, 1963])
def test_the_share_that_banister_implies_turns_the_official_rate_into_hers(year):
    official, hers = by_year("crude-death-rate-official"), by_year("crude-death-rate-banister-1984")
    missed = derived(f"missed-{year}-by-banister") / 100
    assert mortality.corrected(official, missed)[year] == pytest.approx(hers[year], abs=0.05)
