"""The town population of 23 provinces is what the figures of those provinces add up to, in every year."""

from collections import defaultdict

from cadres_edu import archive

PROVINCES, TOGETHER = "urban-population-provinces", "urban-population-23-provinces"


def test_the_sum_is_of_the_same_provinces_in_every_year() -> None:
    by_year: dict[int, dict[str, float]] = defaultdict(dict)
    for one in archive.statistics(PROVINCES):
        by_year[one.year][one.place] = one.value
    added = {one.year: one for one in archive.statistics(TOGETHER)}
    assert sorted(added) == list(range(1954, 1967))
    for year, one in added.items():
        assert set(by_year[year]) == set(by_year[1957]), year
        assert len(by_year[year]) == 23, year
        assert one.value == sum(by_year[year].values()), year
        assert one.standing == "derived"
