"""Official verdicts point by point: the table and what a damaged row gets, and what is shown at first."""

import json
import re

import pytest
from seed_tables import alter, damage

from cadres_edu import archive, cards, lesson, tables
from cadres_edu.check.dates import Date
from cadres_edu.check.evidence import Evidence
from cadres_edu.reasoning import JUDGEMENTS, VerdictPoint
from cadres_edu.widgets import verdicts

pytestmark = pytest.mark.usefixtures("seeds")


# The table


@pytest.mark.parametrize(
    ("name", "cells", "message"),
    [
        ("liu-1980", {"verdict": "1979"}, "'verdict': '1979' is not known. Choose one of: 1968, 1980, 1981"),
        ("liu-1980", {"point": ""}, "'point': the cell is empty. Fill it, or delete the row"),
        ("liu-1980", {"says": ""}, "'says': the cell is empty. Fill it"),
        ("liu-1980", {"kept": "lost"}, "'kept': 'lost' is not known. Choose one of: new, kept, dropped, silent"),
        ("liu-1980", {"kept": "new"}, "'kept': 1968 speaks of it already. Write kept or dropped"),
        ("liu-1968", {"kept": "kept"}, "'kept': no earlier verdict has a row that speaks of it. Write new"),
        ("liu-1980", {"verdict": "1968"}, r"'point': 1968 has this point in row \d+ too. Keep one of them"),
        ("mao-1980", {"locator": ""}, "'locator': a silent verdict needs its place. Name the part that was read"),
        ("liu-1980", {"standing": "sure"}, "'standing': 'sure' is not a standing"),
    ],
)
def test_a_damaged_row_names_file_row_column_and_mend(seeds, name, cells, message):
    row = damage(seeds, "verdicts", name, **cells)
    with pytest.raises(tables.SeedError, match=rf"verdicts\.csv, row {row}, column {message}"):
        archive.verdict_points()


def test_the_rows_of_a_point_stand_by_year(seeds):
    alter(seeds, "verdicts", lambda rows: sorted(rows, key=lambda row: (row["point"], row["verdict"]), reverse=True))
    with pytest.raises(
        tables.SeedError, match=r"verdicts\.csv, row \d+, column '(verdict|kept)': .*(by year|Write new)"
    ):
        archive.verdict_points()
    damage(seeds, "verdicts", "liu-1980", kept="new")
    only = {"liu-1980": 0, "liu-1968": 1}
    alter(seeds, "verdicts", lambda rows: sorted((r for r in rows if r["id"] in only), key=lambda r: only[r["id"]]))
    with pytest.raises(tables.SeedError, match=r"row 3, column 'verdict': it stands below 1980 on this point. Put the"):
        archive.verdict_points()


def test_after_a_silence_the_next_that_speaks_is_the_first(seeds):
    assert [archive.record(f"verdict:conference-{year}").kept for year in (1968, 1981)] == ["silent", "new"]
    row = damage(seeds, "verdicts", "conference-1981", kept="kept")
    with pytest.raises(tables.SeedError, match=rf"row {row}, column 'kept': no earlier verdict"):
        archive.verdict_points()


def test_a_point_is_a_record_with_a_card_and_the_year_of_its_verdict_counts_as_a_fact():
    one = archive.record("verdict:worth-1981")
    assert isinstance(one, VerdictPoint) and one.label == "What the Cultural Revolution was, 1981"
    assert cards.heading(one) == "What the Cultural Revolution was, 1981: the resolution on history"
    assert cards.in_words(one) == f"{one.says} (Takes back what was said before.)"
    facts = Evidence().facts(one.ref)
    assert facts.bears_date(Date(1981)) and not facts.bears_date(Date(1980))


# The thing


def parts(data):
    """Every row on the page by point and verdict."""
    years = [year for year, _ in data["verdicts"]]
    return {(point["name"], years[row[0]]): row for point in data["points"] for row in point["rows"]}


def test_every_row_is_on_the_page_and_none_else():
    found = parts(lesson.verdicts().data)
    assert {key: row[1] for key, row in found.items()} == {
        (one.point, one.verdict): one.id for one in archive.verdict_points()
    }
    assert [year for year, _ in lesson.verdicts().data["verdicts"]] == list(JUDGEMENTS)


def test_it_is_asked_where_an_earlier_verdict_speaks_and_only_there():
    for (point, year), row in parts(lesson.verdicts().data).items():
        spoken = [
            one.verdict
            for one in archive.verdict_points()
            if one.point == point and one.verdict < year and one.kept != "silent"
        ]
        assert row[6] == max(spoken, default=""), (point, year)
        assert bool(row[6]) == (row[3] in ("kept", "dropped") or (row[3] == "silent" and bool(spoken)))


def test_the_pair_that_the_lesson_asks_for():
    found = parts(lesson.verdicts().data)
    assert found["Who began the Cultural Revolution", "1981"][3] == "kept"
    assert found["What the Cultural Revolution was", "1981"][3] == "dropped"
    assert ("Who began the Cultural Revolution", "1980") not in found


def test_silent_stands_only_where_a_row_says_so():
    reading = lesson.verdicts().reading
    told = reading.partition(verdicts.LEAVES_OUT)[0].partition("1981: the resolution")[2]
    silent = [one for one in archive.verdict_points() if one.kept == "silent"]
    open_ones = [one for one in silent if parts(lesson.verdicts().data)[one.point, one.verdict][6]]
    assert told.count(verdicts.WORDS["silent"]) == len(silent) - len(open_ones) >= 1
    points = len({one.point for one in archive.verdict_points()})
    assert told.count(": no record") == 3 * points - len(archive.verdict_points())


def test_the_reading_tells_what_is_shown_at_first_and_gives_nothing_away():
    thing = lesson.verdicts()
    for (point, year), row in parts(thing.data).items():
        says = archive.record(f"verdict:{row[1]}").says
        block = thing.reading.partition(f"\n{point}\n")[2]
        line = re.search(rf"   {year}: (.*)", block)[1]
        if row[6]:
            assert line == f"to say: what it does with what {row[6]} says" and says not in thing.static_html
        else:
            assert line.startswith(says)
    for words in (verdicts.ASK, verdicts.ABOUT, verdicts.LEAVES_OUT):
        assert words in thing.reading and words in thing.static_html


def test_a_table_with_no_rows_is_told(seeds):
    alter(seeds, "verdicts", lambda rows: [])
    with pytest.raises(tables.SeedError, match=r"verdicts\.csv: the table has no rows. Write one"):
        lesson.verdicts()


def test_it_is_stored_in_few_bytes():
    stored = json.dumps(lesson.verdicts().data, ensure_ascii=False, separators=(",", ":"))
    assert len(stored.encode()) < 9_000
