"""The evidence: every row fits its description, rests on a work, and leads where it says."""

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from frictionless import Package

from cadres_edu import archive

SEEDS = Path(__file__).parent.parent / "seeds"
SEED_TEXT_SHA256 = "62e7afba838dd4c5cf1c9c7a6a40c705af42c9fb548155f1e6fa76a6f469f5ef"
TABLES = sorted(path.stem for path in SEEDS.glob("*.csv"))
PROVINCE_LEVEL = {"province", "municipality", "autonomous region"}
MAY_NOT_SHIP = {"maddison-2020", "owid-fao-calories", "un-wup-2018", "cow-nmc-7", "worldbank-population"}
LOCATOR = re.compile(r"(?:^|; )([a-z0-9-]+): ")
Row = dict[str, str]


def rows(table: str, seeds: Path = SEEDS) -> list[Row]:
    with (seeds / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def places(table: str, seeds: Path = SEEDS) -> Iterator[tuple[str, Row]]:
    """Each row of a table with the words that a failing test names it by."""
    for number, row in enumerate(rows(table, seeds), start=2):
        name = row.get("id") or ":".join(row.get(key, "") for key in ("series", "place", "year"))
        yield f"{table}.csv, row {number} ({name})", row


def parts(cell: str) -> list[str]:
    return [part for part in cell.split(";") if part]


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def without_a_work(seeds: Path) -> list[str]:
    """The rows that cite a work which sources.json does not have."""
    known = {work["id"] for work in json.loads((seeds / "sources.json").read_text(encoding="utf-8"))}
    return [
        f"{place}: no source {source!r} in sources.json"
        for table in TABLES
        for place, row in places(table, seeds)
        for source in parts(row.get("source", ""))
        if source not in known
    ]


def stray_locators(seeds: Path) -> list[str]:
    return [
        f"{place}: the locator names {source!r}, which the row does not cite"
        for table in TABLES
        for place, row in places(table, seeds)
        for source in LOCATOR.findall(row.get("locator", ""))
        if source not in parts(row["source"])
    ]


def wrong_figures() -> list[str]:
    return [
        f"derived.csv ({figure.id}): the formula gives {archive.work_out(figure)}, the row says {figure.value}"
        for figure in archive.derived()
        if archive.work_out(figure) != pytest.approx(figure.value)
    ]


def described_errors(seeds: Path) -> list[list[object]]:
    report = Package(str(seeds / "datapackage.json")).validate()
    found: list[list[object]] = report.flatten(["title", "rowNumber", "fieldName", "note"])
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    archive.use(folder)
    yield folder
    archive.use(None)


@pytest.fixture
def evidence() -> Iterator[None]:
    archive.use(SEEDS)
    yield
    archive.use(None)


def test_every_row_fits_its_description() -> None:
    assert described_errors(SEEDS) == []


def test_every_column_is_described() -> None:
    package = json.loads((SEEDS / "datapackage.json").read_text(encoding="utf-8"))
    described = {item["name"]: item["schema"]["fields"] for item in package["resources"] if item["type"] == "table"}
    assert sorted(described) == TABLES
    for table, fields in described.items():
        assert [field["name"] for field in fields] == list(rows(table)[0]), table
        assert all(field["description"] for field in fields), table


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("events", "1962-01-11,,day", "11 January 1962,,day"),
        ("positions", "liu-cause,liu-shaoqi", "liu-cause,liu-nobody"),
        ("claims", "contested", "quite sure"),
        ("estimates", "dikotter-2010,Frank", "dikotter 2010,Frank"),
        ("statistics", "county-units,china,1971,2134", "county-units,china,1971,many"),
        ("statistics", "county-units,china,1971", "county-unit,china,1971"),
    ],
)
def test_a_damaged_row_is_found(copy: Path, table: str, old: str, new: str) -> None:
    rewrite(copy / f"{table}.csv", old, new)
    assert described_errors(copy) != []


def test_every_row_rests_on_a_work() -> None:
    assert without_a_work(SEEDS) == []


def test_a_deleted_work_is_missed_by_the_rows_that_cite_it(copy: Path) -> None:
    path = copy / "sources.json"
    works = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([work for work in works if work["id"] != "hebei-record-1962"]), encoding="utf-8")
    missed = without_a_work(copy)
    assert any(line.startswith("events.csv, row ") and "(hebei-debate)" in line for line in missed)
    assert any("(planned-length-hebei-notes:china:1962)" in line for line in missed)


def test_locators_name_works_of_their_row(copy: Path) -> None:
    assert stray_locators(SEEDS) == []
    rewrite(copy / "studies.csv", "ash-2006: abstract", "bramall-2011: abstract")
    assert len(stray_locators(copy)) == 1


def test_people_in_events_are_known() -> None:
    known = {row["id"] for row in rows("people")}
    assert [place for place, row in places("events") if not set(parts(row["people"])) <= known] == []


@pytest.mark.parametrize("table", [table for table in TABLES if "standing" in rows(table)[0]])
def test_standing_agrees_with_the_works_cited(table: str) -> None:
    for place, row in places(table):
        if row["standing"] == "corroborated":
            assert len(set(parts(row["source"]))) > 1, place
        assert (row["standing"] == "seed") == (row["source"] == "seed"), place


def test_what_may_not_ship_does_not() -> None:
    cited = {source for table in TABLES for row in rows(table) for source in parts(row.get("source", ""))}
    assert not cited & MAY_NOT_SHIP
    assert all(row["licence"] and row["attribution"] for row in rows("series"))


def test_every_series_has_figures_and_every_figure_a_series() -> None:
    assert {row["series"] for row in rows("statistics")} == {row["id"] for row in rows("series")}


def test_grain_vintages_are_never_mixed() -> None:
    older, later = (
        {row["year"]: row["value"] for row in rows("statistics") if row["series"] == f"grain-output-official-{vintage}"}
        for vintage in ("older", "later")
    )
    assert (older["1958"], later["1958"]) == ("200", "197.65")
    assert all(older[year] != later[year] for year in ("1958", "1959", "1960", "1961", "1962"))
    shares = [row for row in rows("series") if row["id"].startswith("grain-procurement-share")]
    assert len({row["basis"] for row in shares}) > 3


def test_figures_with_known_traps_are_told_or_left_out() -> None:
    series = {row["id"]: row for row in rows("series")}
    assert series["grain-output-constructed"]["basis"] == "the study's own prediction, not a harvest"
    panel = {row["series"] for row in rows("statistics") if "rart-mqy2015" in row["source"]}
    assert not [name for name in panel if name.startswith("deaths")]
    yang = [row for row in rows("statistics") if row["series"] == "population-yang-jisheng"]
    assert not {row["year"] for row in yang if row["place"] == "sichuan"} & {
        "1955",
        "1956",
        "1957",
        "1958",
        "1959",
        "1960",
    }


def test_tiles_do_not_overlap_and_are_for_provinces() -> None:
    tiles = [(row["tile_row"], row["tile_column"]) for row in rows("places") if row["tile_row"]]
    assert len(tiles) == len(set(tiles))
    for place, row in places("places"):
        assert bool(row["tile_row"] and row["tile_column"]) == (row["type"] in PROVINCE_LEVEL), place


@pytest.mark.usefixtures("evidence")
def test_derived_figures_come_out() -> None:
    assert wrong_figures() == []


def test_a_moved_date_changes_the_figures_derived_from_it(copy: Path) -> None:
    rewrite(copy / "events.csv", "conference-closes,1962-02-07", "conference-closes,1962-02-08")
    archive.use(copy)
    assert [line.split()[1] for line in wrong_figures()] == ["(conference-days):", "(conference-overrun):"]


def test_the_seed_document_is_as_it_was_given() -> None:
    text = (SEEDS / "seven-thousand-cadres-conference.txt").read_bytes()
    assert hashlib.sha256(text).hexdigest() == SEED_TEXT_SHA256


@pytest.mark.usefixtures("evidence")
def test_every_sentence_of_the_seed_is_examined_once() -> None:
    covered = [int(row["sentence"]) for row in rows("seed-coverage")]
    assert covered == [sentence.number for sentence in archive.seed()]
    for row in rows("seed-coverage"):
        for ref in parts(row["records"]):
            archive.record(ref)


def test_no_path_of_a_machine() -> None:
    path_of_a_machine = re.compile(r"(?<![\w.])/(work|tmp|root|home|Users)/|[A-Z]:\\")
    files = [path for path in SEEDS.rglob("*") if path.is_file()]
    assert [path.name for path in files if path_of_a_machine.search(path.read_text(encoding="utf-8"))] == []
