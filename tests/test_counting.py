"""The province tiles and the three rules of counting, as Python makes them."""

import shutil
from pathlib import Path

import pytest

from cadres_edu import archive, lesson
from cadres_edu.widgets import rules, tiles

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    archive.use(SEEDS)
    yield
    archive.use(None)


def test_every_unit_of_province_level_has_a_square_of_its_own():
    found = lesson.tiles().data["tiles"]
    squares = {(tile["row"], tile["column"]) for tile in found}
    assert len(found) == len(squares) == 29


def test_a_province_without_a_series_is_missing_and_not_nought():
    found = {tile["name"]: tile["values"] for tile in lesson.tiles().data["tiles"]}
    assert {name for name, values in found.items() if values is None} == {
        *("Guangxi", "Inner Mongolia", "Ningxia", "Tibet", "Xinjiang"),
    }
    assert "Tibet: no figure found" in repr(lesson.tiles())
    assert found["Sichuan*"][-1] is None
    assert "1966 –" in repr(lesson.tiles())


def test_the_tiles_show_the_records(tmp_path):
    (anhui,) = (tile for tile in lesson.tiles().data["tiles"] if tile["id"] == "anhui")
    for one in archive.statistics(tiles.PANEL, place="anhui"):
        if one.year in tiles.YEARS:
            assert anhui["values"][tiles.YEARS.index(one.year)] == one.value
    shutil.copytree(SEEDS, tmp_path / "seeds")
    table = tmp_path / "seeds" / "statistics.csv"
    table.write_text(
        table.read_text().replace(
            "crude-death-rate-provinces,anhui,1960,68.5", "crude-death-rate-provinces,anhui,1960,77.5"
        )
    )
    archive.use(tmp_path / "seeds")
    assert "1960 77.6" in repr(lesson.tiles())


def test_forty_deaths_are_forty():
    assert sum(group.deaths for group in rules.GROUPS) == 40
    assert {group.food for group in rules.GROUPS} == {"yes", "no", "open"}


def test_the_bounds_worked_by_hand():
    # For lack of food: 7 + 6 + 3 surely; 6 + 4 + 5 + 3 more may be. Abnormal: 2 accidents and 2 suicides on top.
    # All less two per thousand in a village of a thousand, less 2 suicides: 40 - 2 - 2. The 2 accidents may go too.
    assert [rules.bounds(rule.id) for rule in rules.RULES] == [(16, 34), (20, 38), (34, 36)]


def test_every_county_whose_rule_is_told_is_on_record_with_its_total():
    told = {county for rule in rules.RULES for county in rule.counties}
    assert told == {one.id for one in archive.everything(archive.KINDS["estimate"]) if one.id.endswith("-county")}
    for reported in ("56,761", "4,424", "8,829", "12,579", "29,307"):
        assert reported in str(lesson.rules().data["rules"])


def test_what_is_invented_says_so_in_words():
    reading = repr(lesson.rules())
    assert "The forty deaths are invented" in reading
    assert "Invented: the village" in reading
    assert "our reading of which deaths a rule leaves open" in reading
    assert "less suicides, killings and the like. Used by Longxi county." in reading
