"""Offices and life lines: the table and what a damaged row gets, how a standing ended, and who held what in a year."""

import json

import pytest
from seed_tables import damage

from cadres_edu import archive, cards, lesson, tables
from cadres_edu.check.dates import Date
from cadres_edu.check.evidence import Evidence
from cadres_edu.dates import bounds
from cadres_edu.reasoning import STATES, Office
from cadres_edu.records import STANDINGS
from cadres_edu.widgets import lives

pytestmark = pytest.mark.usefixtures("seeds")


# The table


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"person": "liu-shaoq"}, r"'person': no 'liu-shaoq' in people\.csv\. Mend the id \(nearest: liu-shaoqi"),
        ({"person": ""}, r"'person': no '' in people\.csv"),
        ({"state": "ill"}, "'state': 'ill' is not known. Choose one of: office, out, held"),
        ({"office": ""}, "'office': the cell is empty. Fill it, or delete the row"),
        ({"start": "27 April 1959"}, "'start': '27 April 1959' is not a date. Write it as 1962-01-11"),
        ({"start": ""}, "'start': '' is not a date"),
        ({"end": "1968-13"}, "'end': '1968-13' is not a date"),
        ({"end": "1959-04-26"}, "'end': '1959-04-26' comes before the start. Mend one of the two dates"),
        ({"standing": "sure"}, "'standing': 'sure' is not a standing"),
        ({"id": "liu-vice"}, "'id': 'liu-vice' stands in row"),
    ],
)
def test_a_damaged_row_names_file_row_column_and_mend(seeds, cells, message):
    row = damage(seeds, "offices", "liu-state", **cells)
    with pytest.raises(tables.SeedError, match=rf"offices\.csv, row {row}, column {message}"):
        archive.offices()


def test_an_end_that_was_not_found_may_be_empty_and_a_coarse_end_may_hold_the_start(seeds):
    damage(seeds, "offices", "liu-state", end="")
    assert archive.record("office:liu-state").when == "from 27 April 1959; its end was not found"
    assert cards.in_words(archive.record("office:liu-state")) == "From 27 April 1959; its end was not found."
    damage(seeds, "offices", "liu-state", end="1959")
    assert archive.record("office:liu-state").when == "27 April 1959 to 1959"


def test_an_office_is_a_record_with_a_card_and_its_dates_count_as_facts():
    one = archive.record("office:liu-state")
    assert isinstance(one, Office) and one in archive.offices(person="liu-shaoqi")
    assert cards.heading(one) == "Liu Shaoqi: Chairman of the People’s Republic (head of state)"
    assert cards.in_words(one) == "27 April 1959 to 31 October 1968."
    facts = Evidence().facts(one.ref)
    assert facts.bears_date(Date(1959, 4, 27)) and facts.bears_date(Date(1968))
    assert not facts.bears_date(Date(1964))
    assert "person:liu-shaoqi" in facts.refs


def test_offices_are_asked_for_by_person():
    assert {one.person for one in archive.offices()} >= set(lives.MARKS)
    assert {one.person for one in archive.offices(person="chen-yun")} == {"chen-yun"}
    with pytest.raises(archive.UnknownRecord, match="chen-yun"):
        archive.offices(person="chen-yn")


# How a standing ended


def test_how_each_standing_of_1962_ended_by_the_rows():
    found = {name: lives.ended(name) for name in lives.MARKS}
    assert {name: how for name, (how, _) in found.items()} == {
        **dict.fromkeys(("mao-zedong", "zhou-enlai", "zhu-de", "lin-biao"), "kept"),
        **dict.fromkeys(("chen-yun", "deng-xiaoping", "peng-zhen"), "back"),
        **dict.fromkeys(("liu-shaoqi", "peng-dehuai", "deng-zihui", "zeng-xisheng"), "out"),
    }
    assert found["liu-shaoqi"][1].id == "liu-state" and found["peng-zhen"][1].id == "peng-zhen-assembly"
    assert found["zhou-enlai"][1].id == "zhou-premier"


def test_other_dates_give_another_end(seeds):
    damage(seeds, "offices", "deng-zihui-premier", end="1972-12-10")
    assert lives.ended("deng-zihui")[0] == "kept"
    damage(seeds, "offices", "zhou-premier", end="1975")
    damage(seeds, "offices", "zhou-vice-again", end="1975")
    assert lives.ended("zhou-enlai")[0] == "out"


def test_what_somebody_was_in_1962():
    said = {name: lives.stood(archive.offices(person=name)) for name in lives.MARKS}
    assert said["zhou-enlai"] == "Premier; vice-chairman of the Party"
    assert said["peng-dehuai"] == "Vice-premier; without work, in a garden house outside Beijing"
    assert not any(str(year) in words for words in said.values() for year in range(1963, 1986))  # no give-away


# Who held what


def by_hand(year):
    """The groups of a year straight from the rows."""
    found = {"office": [], "out": [], "died": [], "dead": [], "unknown": []}
    for name, marks in lives.MARKS.items():
        label = archive.record(f"person:{name}").label
        died = [archive.record(f"event:{one}").last.year for one, what in marks.items() if what == "died"]
        if died and died[0] < year:
            found["dead"].append(label)
            continue
        rows = [
            one
            for one in archive.offices(person=name)
            if bounds(one.start)[0].year <= year <= bounds(one.end or one.start)[1].year
        ]
        states = [one.state for one in rows]
        sure = [one for one in rows if one.state == "office" and one.standing != "contested"]
        found["office"] += [label + ("" if sure else ", disputed")] if "office" in states else []
        found["out"] += [label] if {"out", "held"} & set(states) else []
        found["unknown"] += [] if states else [label]
        found["died"] += [label] if year in died else []
    return found


@pytest.mark.parametrize("year", range(lives.FIRST, lives.LAST + 1))
def test_the_groups_of_each_year_are_those_of_the_rows(year):
    assert lives.in_year(year) == by_hand(year)


def test_a_year_in_words():
    assert lives.year_in_words(1968).startswith("1968. Holding an office: ")
    assert "Liu Shaoqi, disputed" in lives.year_in_words(1968)
    assert "disputed" not in lives.year_in_words(1962)
    assert lives.year_in_words(1962).endswith("Died in this year: 0. Dead before: 0. Not on record: 0.")
    assert "Died in this year: 3 (Mao Zedong; Zhou Enlai; Zhu De)." in lives.year_in_words(1976)


def test_an_end_that_was_not_found_holds_for_the_year_of_the_start_alone(seeds):
    assert "Chen Yun" in lives.in_year(1970)["out"]
    damage(seeds, "offices", "chen-jiangxi", end="")
    assert "Chen Yun" in lives.in_year(1969)["out"] and "Chen Yun" not in lives.in_year(1970)["out"]
    assert len(rows(lesson.lives().data)["chen-jiangxi"]) == 8  # and no place on the line is given for it
    damage(seeds, "offices", "chen-assembly", end="1976")
    assert "Chen Yun" in lives.in_year(1977)["unknown"]


def test_a_death_without_its_event_and_a_mark_without_its_person_are_told(seeds):
    damage(seeds, "people", "chen-yun", died="1980")
    with pytest.raises(ValueError, match=r"people\.csv has chen-yun dead in 1980: no event that is marked says so"):
        lesson.lives()
    damage(seeds, "people", "chen-yun", died="1995")
    damage(seeds, "events", "liu-dies", people="")
    with pytest.raises(ValueError, match=r"events\.csv: no event of liu-shaoqi called liu-dies"):
        lesson.lives()


def test_a_person_without_rows_is_told(seeds):
    damage(seeds, "offices", "zeng-anhui", person="tao-zhu")
    with pytest.raises(tables.SeedError, match=r"offices\.csv, column 'person': 'zeng-xisheng' has no row"):
        lesson.lives()


# The thing


def rows(data):
    return {row[0]: row for person in data["people"] for row in person["rows"]}


def ends(span):
    return span if isinstance(span, list) else [span, span]


def test_days_stand_in_their_years_and_what_a_date_leaves_open_is_kept_apart():
    found = rows(lesson.lives().data)
    assert set(found) == {one.id for one in archive.offices() if one.person in lives.MARKS}
    for name, row in found.items():
        one = archive.record(f"office:{name}")
        places = [at for span in row[7:] for at in ends(span)]
        assert [int(at) for at in places] == [day.year for date in (one.start, one.end) if date for day in bounds(date)]
        assert places == sorted(places)
    assert found["deng-secretary"][8] == [1967.0, 1967.99]  # the year alone is known
    assert found["mao-party"][7:] == [1943.21, 1976.69]
    assert found["chen-jiangxi"][7:] == [[1969.74, 1969.83], [1972.0, 1972.99]]


def test_no_two_rows_of_a_lane_overlap_by_more_than_a_month():
    for person in lesson.lives().data["people"]:
        for one in person["rows"]:
            for other in person["rows"]:
                begins = ends(one[7])[0], ends(other[7])[0]
                if one is not other and one[6] == other[6] and begins[0] <= begins[1]:
                    assert ends(one[-1])[1] - begins[1] < 0.1, (one[0], other[0])


def test_marks_lead_to_events_and_say_what_they_are():
    data = lesson.lives().data
    for person in data["people"]:
        assert [mark[0] for mark in person["marks"]] == sorted(
            lives.MARKS[person["id"]], key=lambda name: archive.record(f"event:{name}").first
        )
        assert all(mark[1] in data["signs"] for mark in person["marks"])
    assert data["people"][1]["marks"][-1][:4:3] == ["liu-rehabilitated", "29 February 1980"]


def test_the_reading_tells_every_row_and_mark_and_what_is_left_out():
    reading, shown = lesson.lives().reading, lesson.lives().static_html
    for one in archive.offices():
        if one.person in lives.MARKS:
            assert f"   {one.office} ({one.when}; {STANDINGS[one.standing]})" in reading
    for words in (lives.ASK, lives.ABOUT, lives.LEAVES_OUT, lives.year_in_words(1962)):
        assert words in reading and words in shown.replace("&#x27;", "'")
    assert "   Cleared or restored: Liu Shaoqi rehabilitated, 29 February 1980" in reading
    assert set(dict(lesson.lives().data["key"])) == set(STATES)


def test_it_is_stored_in_few_bytes():
    stored = json.dumps(lesson.lives().data, ensure_ascii=False, separators=(",", ":"))
    assert len(stored.encode()) < 13_000
