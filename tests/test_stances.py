"""The stance board: who stands on it, what a cell holds, and what is left out and said to be."""

from pathlib import Path

import pytest
from seed_tables import alter

from cadres_edu import archive, lesson
from cadres_edu.widgets import paper, stances

SEEDS = Path(__file__).parent.parent / "seeds"
MAIN = ["liu-shaoqi", "lin-biao", "mao-zedong", "deng-xiaoping", "zhou-enlai"]
COLUMNS = ("id", "person", "issue", "date", "stance", "position", "source", "locator", "standing", "note")


pytestmark = pytest.mark.usefixtures("seeds")


def write(seeds, *rows):
    """Put these positions (person, issue, date, stance) in the place of the table's."""
    made = [
        {"id": f"p{number}", "person": person, "issue": issue, "date": date, "stance": stance}
        | {"position": f"Held {number}.", "source": "dikotter-2010", "standing": "single"}
        for number, (person, issue, date, stance) in enumerate(rows)
    ]
    alter(seeds, "positions", lambda _: made)


def test_those_who_spoke_to_the_hall_stand_first_and_everybody_else_on_the_board_has_two_records():
    data = lesson.stances().data
    names = [one["id"] for one in data["speakers"]]
    assert names[:5] == MAIN and len(names) <= 7
    for name in names[5:]:
        assert sum(len(cell["records"]) for key, cell in data["cells"].items() if key.startswith(f"{name}/")) > 1


def test_every_cell_is_of_the_conference_and_every_record_of_it_is_on_the_board_or_named():
    thing = lesson.stances()
    shown = {record["ref"]: record for cell in thing.data["cells"].values() for record in cell["records"]}
    people = {one["id"] for one in thing.data["speakers"]}
    for one in archive.positions():
        day = "1962-01-11" <= one.date <= "1962-02-07" and len(one.date) == len("1962-01-11")
        inside = one.date == "1962-01" or day
        assert (one.ref in shown) == (inside and one.person in people), one.id
        if inside and one.person not in people:
            assert archive.record(f"person:{one.person}").label in thing.reading
    assert shown["position:lin-responsibility"]["when"] == "29 January 1962"
    assert thing.data["cells"]["lin-biao/responsibility"]["stance"] == "opposes"


def test_every_issue_of_the_real_board_says_what_support_supports():
    assert [one["name"] for one in lesson.stances().data["issues"] if not one["says"]] == []


def test_the_reading_tells_the_board_and_keeps_the_stances():
    thing = lesson.stances()
    assert "Responsibility. “The leaders at the top must answer for what went wrong.”" in thing.reading
    assert "   Lin Biao: on record: guess" in thing.reading
    assert "   Lin Biao: no record seen" in thing.reading
    assert "no record seen: our table has nothing of theirs on it: not read, or not read for this" in thing.reading
    cells = len(thing.data["speakers"]) * len(thing.data["issues"])
    marks = thing.reading.count(": on record: guess"), thing.reading.count(": no record seen")
    assert marks == (len(thing.data["cells"]), cells - len(thing.data["cells"]))
    assert (thing.static_html.count(paper.LETTER), thing.static_html.count("<td>–</td>")) == marks
    for words in (stances.ABOUT, "a record says that the speaker did not speak of it", "Left out: positions on record"):
        assert words in thing.reading and words in thing.static_html
    position = archive.record("position:lin-responsibility").position
    assert position not in thing.reading and position not in thing.static_html


def test_the_days_before_and_after_are_left_out_and_counted(seeds):
    write(
        seeds,
        ("liu-shaoqi", "responsibility", "1962-01-10", "supports"),
        ("liu-shaoqi", "responsibility", "1962-01-11", "supports"),
        ("lin-biao", "responsibility", "1962-02-07", "opposes"),
        ("lin-biao", "responsibility", "1962-02-08", "opposes"),
        ("mao-zedong", "responsibility", "1962-01", "mixed"),
        ("mao-zedong", "responsibility", "1962-02", "mixed"),
        ("zhou-enlai", "responsibility", "1962", "supports"),
        ("zhou-enlai", "responsibility", "1961", "supports"),
        ("zhou-enlai", "responsibility", "1962-03", "supports"),
    )
    thing = lesson.stances()
    refs = [record["ref"] for cell in thing.data["cells"].values() for record in cell["records"]]
    assert sorted(refs) == ["position:p1", "position:p2", "position:p4"]
    assert "before the conference (2), from after it (2), and those dated too loosely to tell (2)" in thing.reading


def test_two_records_on_one_side_are_that_side_and_on_two_sides_are_mixed(seeds):
    write(
        seeds,
        ("liu-shaoqi", "responsibility", "1962-01-29", "opposes"),
        ("liu-shaoqi", "responsibility", "1962-01-27", "supports"),
        ("lin-biao", "responsibility", "1962-01-29", "opposes"),
        ("lin-biao", "responsibility", "1962-01-30", "opposes"),
    )
    cells = lesson.stances().data["cells"]
    assert cells["liu-shaoqi/responsibility"]["stance"] == "mixed"
    assert [one["stance"] for one in cells["liu-shaoqi/responsibility"]["records"]] == ["supports", "opposes"]
    assert cells["lin-biao/responsibility"]["stance"] == "opposes"


def test_a_page_holds_seven_speakers_those_with_most_records_and_names_the_rest(seeds):
    issues = ("responsibility", "rehabilitation", "grain procurement")
    counts = {"ke-qingshi": 2, "tao-zhu": 2, "hu-kaiming": 1, "liu-zihou": 3, "zeng-xisheng": 3}
    write(seeds, *((who, issue, "1962-01-20", "mixed") for who, number in counts.items() for issue in issues[:number]))
    thing = lesson.stances()
    assert [one["id"] for one in thing.data["speakers"]] == [*MAIN, "liu-zihou", "zeng-xisheng"]
    assert (
        "People with fewer positions on record have no column here: Ke Qingshi, Tao Zhu, Hu Kaiming." in thing.reading
    )


def test_one_record_makes_no_column_even_where_there_is_room(seeds):
    write(seeds, ("peng-zhen", "responsibility", "1962-01-20", "supports"))
    thing = lesson.stances()
    assert [one["id"] for one in thing.data["speakers"]] == MAIN and thing.data["cells"] == {}
    assert "have no column here: Peng Zhen." in thing.reading


def test_an_issue_without_a_statement_stands_under_its_name(seeds):
    write(seeds, ("liu-shaoqi", "fishing rights", "1962-01-20", "supports"))
    thing = lesson.stances()
    assert thing.data["issues"] == [{"name": "fishing rights", "says": ""}]
    assert "Fishing rights. “fishing rights”" in thing.reading


def test_each_statement_is_one_short_line():
    assert [says for says in stances.ISSUES.values() if len(says.split()) > 14 or not says.endswith(".")] == []
