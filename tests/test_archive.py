"""The evidence as a reader asks for it, on the real seeds and on damaged copies."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from cadres_edu import archive, formula, tables
from cadres_edu.dates import bounds, date_in_words
from cadres_edu.records import Event

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(autouse=True)
def real_seeds():
    archive.use(SEEDS)
    yield
    archive.use(None)


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(SEEDS, tmp_path / "seeds")
    archive.use(tmp_path / "seeds")
    return tmp_path / "seeds"


def test_events_are_in_order_of_time_and_filters_narrow_them():
    found = archive.events(theme="conference", person="liu-shaoqi", after=1961, before="1962-02-04")
    assert [event.first for event in found] == sorted(event.first for event in found)
    assert {"liu-speech", "conference-opens"} <= {event.id for event in found}
    assert all("liu-shaoqi" in event.people and event.last < dt.date(1962, 2, 4) for event in found)
    assert "conference-closes" not in {event.id for event in found}
    assert len(archive.events()) > len(archive.events(theme="conference")) > len(found)


def test_after_and_before_mean_all_that_the_date_can_mean():
    assert all(event.first > dt.date(1962, 12, 31) for event in archive.events(after=1962))
    assert all(event.last < dt.date(1962, 1, 1) for event in archive.events(before="1962"))


@pytest.mark.parametrize(
    ("call", "nearest"),
    [
        (lambda: archive.record("person:liu-shaoq"), "person:liu-shaoqi"),
        (lambda: archive.record("event:liu-spech"), "event:liu-speech"),
        (lambda: archive.record("persn:mao-zedong"), "person:"),
        (lambda: archive.record("liu-speech"), "event:liu-speech"),
        (lambda: archive.events(theme="conferense"), "conference"),
        (lambda: archive.events(person="mao"), "mao-zedong"),
        (lambda: archive.statistics("crude-death-rate-oficial"), "crude-death-rate-official"),
    ],
)
def test_an_unknown_name_suggests_the_nearest(call, nearest):
    with pytest.raises(archive.UnknownRecord, match=nearest):
        call()


def test_a_series_has_one_unit_and_says_its_basis():
    rates = archive.statistics("crude-death-rate-official", place="china")
    assert {one.unit for one in rates} == {archive.series("crude-death-rate-official").unit} == {"per 1,000"}
    assert {one.year: one.value for one in rates}[1960] == 25.43
    assert archive.series("grain-output-official-later").basis != archive.series("grain-output-official-older").basis


def test_records_are_plain_enough_for_a_data_frame():
    event = archive.record("event:conference-opens")
    assert isinstance(event, Event) and event.ref == "event:conference-opens" and event.when == "11 January 1962"
    assert set(Event.__dataclass_fields__) >= {"start", "end", "first", "last", "source", "standing"}
    with pytest.raises(AttributeError):
        event.title = "another"


def test_estimates_by_date_of_print_leave_out_later_ones():
    early = archive.estimates(place="china", published_by=1985)
    assert early and all(one.year <= 1985 for one in early)
    assert len(archive.estimates(place="china")) > len(early)


def test_the_seed_is_numbered_through():
    sentences = archive.seed()
    assert [one.number for one in sentences] == list(range(1, 29))
    assert archive.record("seed:2").text == "It took place in Beijing, China, from 11 January to 7 February 1962."
    assert sentences[-1].section == "See also"


def test_every_province_has_a_tile_of_its_own():
    tiles = [(one.tile_row, one.tile_column) for one in archive.provinces()]
    assert len(tiles) == len(set(tiles)) >= 28 and None not in {part for tile in tiles for part in tile}


def test_derived_figures_come_to_what_is_written():
    for one in archive.derived():
        assert archive.work_out(one) == pytest.approx(one.value), one.id


def test_a_citation_has_the_work_and_its_locator():
    text = archive.cite("event:three-seven-first-used")
    assert "Dikötter" in text and "Mao’s Great Famine" in text.replace("'", "’") and "Epilogue" in text


def test_a_work_seen_through_another_says_so():
    second_hand = [one for one in archive.sources() if one.read == "secondhand"]
    assert second_hand and all("cited after" in archive.cite(one) for one in second_hand)


DAMAGES = [
    (
        "events.csv",
        "1962-01-27",
        "27 January 1962",
        r"events.csv, row \d+, column 'start': '27 January 1962' is not a date",
    ),
    (
        "events.csv",
        ",corroborated,",
        ",certain,",
        r"events.csv, row \d+, column 'standing': 'certain' is not a standing",
    ),
    ("statistics.csv", ",25.43,", ",25·43,", r"statistics.csv, row \d+, column 'value': '25·43' is not a number"),
    ("people.csv", "id,name,", "id,nome,", "people.csv, row 1, column 'name': the column is missing"),
    ("claims.csv", "attendance-totals,", ",", r"claims.csv, row \d+, column 'id': the id is empty"),
]


@pytest.mark.parametrize(("file", "good", "bad", "message"), DAMAGES)
def test_a_damaged_table_names_file_row_column(copy, file, good, bad, message):
    text = (copy / file).read_text(encoding="utf-8")
    assert good in text
    (copy / file).write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(tables.SeedError, match=message):
        for kind in archive.KINDS.values():
            archive.everything(kind)


def test_a_row_with_a_cell_too_many_and_a_missing_file(copy):
    with (copy / "claims.csv").open("a", encoding="utf-8") as handle:
        handle.write("one,two\n")
    with pytest.raises(tables.SeedError, match="2 cells under"):
        archive.claims()
    (copy / "glossary.csv").unlink()
    with pytest.raises(tables.SeedError, match=r"glossary.csv: the file is missing"):
        archive.terms()


def test_the_same_id_twice_names_the_other_row(copy):
    path = copy / "claims.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]), encoding="utf-8")
    with pytest.raises(tables.SeedError, match="stands in row 2 too"):
        archive.claims()


@pytest.mark.parametrize(
    ("date", "first", "last", "words"),
    [
        ("1962", (1962, 1, 1), (1962, 12, 31), "1962"),
        ("1960-02", (1960, 2, 1), (1960, 2, 29), "February 1960"),
        ("1962-01-11", (1962, 1, 11), (1962, 1, 11), "11 January 1962"),
    ],
)
def test_dates_have_bounds_and_words(date, first, last, words):
    assert bounds(date) == (dt.date(*first), dt.date(*last))
    assert date_in_words(date) == words


def test_a_formula_takes_records_and_arithmetic_only():
    values = {"a:b": 6.0, "c": 2.0}
    assert formula.evaluate("([a:b] - [c]) / 2 + -1", values.__getitem__) == 1.0
    assert formula.references("[a:b] * [c]") == ("a:b", "c")
    assert formula.evaluate("round([a:b] / 7, 1) + 1", values.__getitem__) == 1.9
    wrong = ("round([a:b])", "round([a:b], [c])", "round([a:b], 1.5)", "round([a:b], ndigits=1)", "round")
    for bad in ("__import__('os')", "[a:b] ** 2", "[a:b] / 0", "[a:b] +", "len([c])", "True", "r0", *wrong):
        with pytest.raises(formula.FormulaError):
            formula.evaluate(bad, values.__getitem__)
