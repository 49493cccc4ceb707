"""Evidence to weigh: the table and what a damaged row gets, what the check holds cards to, and the thing in words."""

import json
import re
from pathlib import Path

import pytest
from seed_tables import alter, damage

from cadres_edu import archive, cards, lesson, tables
from cadres_edu.check import check
from cadres_edu.check.evidence import Evidence
from cadres_edu.check.weighing import check_weighing
from cadres_edu.reasoning import Weighing
from cadres_edu.widgets import weigh

SEEDS = Path(__file__).parent.parent / "seeds"


pytestmark = pytest.mark.usefixtures("seeds")


# The tables


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (
            {"restates": "study:bramal-2011"},
            r"'restates': no record 'study:bramal-2011'\. .*nearest: study:bramall-2011",
        ),
        (
            {"restates": "studie:bramall-2011"},
            "'restates': 'studie:bramall-2011' is no kind of record. Begin with one of",
        ),
        ({"restates": ""}, "'restates': the cell is empty. Fill it"),
        ({"restates": "weighing:procurement"}, "'restates': 'weighing:procurement' is no kind of record"),
        ({"limit": ""}, "'limit': the cell is empty. Fill it"),
        ({"card": ""}, "'card': the cell is empty. Fill it"),
        ({"name": ""}, "'name': the cell is empty. Fill it"),
        ({"about": "hunger"}, "'about': 'hunger' is not known. Choose one of: harvest, villages, deaths"),
        ({"standing": "sure"}, "'standing': 'sure' is not a standing. Choose one of"),
    ],
)
def test_a_damaged_card_names_file_row_column_and_mend(seeds, cells, message):
    damage(seeds, "weighing", archive.weighing()[1].id, **cells)
    with pytest.raises(tables.SeedError, match=rf"weighing\.csv, row 3, column {message}"):
        archive.weighing()


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"measures": "hunger"}, "'measures': 'hunger' is not known. Choose one of: grain output"),
        ({"measures": "weather"}, "'measures': a share of 'weather' stands on no scale. Empty policy_low"),
        (
            {"policy_low": "70"},
            r"'policy_low': no share goes from 70\.0 to 69\.0 per cent. Write per cent from 0 to 100",
        ),
        ({"policy_high": "161"}, "'policy_low': no share goes from"),
        ({"policy_low": "-1"}, "'policy_low': no share goes from"),
        ({"policy_low": "about 60"}, "'policy_low': 'about 60' is not a number. Write a number with digits only"),
    ],
)
def test_a_damaged_share_names_file_row_column_and_mend(seeds, cells, message):
    damage(seeds, "studies", "houser-sands-xiao-2009", **cells)
    with pytest.raises(tables.SeedError, match=rf"studies\.csv, row 9, column {message}"):
        archive.studies()


def test_a_missing_column_is_named(seeds):
    path = seeds / "weighing.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",limit,", ",limits,", 1), encoding="utf-8")
    archive.use(seeds)
    with pytest.raises(tables.SeedError, match=r"weighing\.csv, row 1, column 'limit': the column is missing"):
        archive.weighing()


def test_a_card_is_a_record_like_any_other():
    one = archive.weighing()[0]
    assert isinstance(one, Weighing)
    assert archive.record(one.ref) is one
    assert one.label == one.name
    assert one.limit in cards.in_words(one)
    assert archive.cite(one)


# What the check holds cards to


def problems():
    return [str(found) for found in check_weighing(Evidence())]


def test_the_cards_that_ship_hold():
    assert problems() == []


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"card": "The harvest fell by [56.6 million tonnes](#derived:harvest-fall-1960)."}, "is not a figure of"),
        ({"card": "The state took 38.7 per cent in 1959."}, "a figure without a link: '38.7"),
        ({"card": "The state took 37.7 per cent in 1957."}, "a year without a link: '1957'"),
        ({"card": "The state took 37.7 per cent in 1959."}, ""),
        ({"card": "[It fell](#derived:harvest-fell)."}, "the link leads to no record"),
        ({"card": "It fell. " * 18}, "the card has 36 words"),
        ({"limit": "It says how much, not why. " * 6}, "the limit has 36 words"),
        ({"limit": "It lost 44 million."}, "a figure without a link: '44 million'"),
        ({"name": "The grain harvest, year by year"}, "the name has 31 characters"),
        ({"restates": "study:li-yang-2005"}, "the card gives away the share of study:li-yang-2005"),
    ],
)
def test_a_card_that_does_not_hold_is_a_finding(seeds, cells, problem):
    damage(seeds, "weighing", "procurement", **cells)
    found = [one for one in problems() if one.startswith("weighing.csv, procurement: ")]
    assert bool(found) == bool(problem)
    assert any(problem in one for one in found) or not problem


def test_the_whole_check_reads_the_cards(seeds):
    damage(seeds, "weighing", "procurement", name="The grain harvest, year by year")
    (seeds / "none").mkdir()
    found = [str(one) for one in check(seeds / "none", seeds)]
    assert any(one.startswith("weighing.csv, procurement: the name has 31") for one in found)


# The thing


def marks(data):
    return {
        scale["id"]: {one["ref"]: (one["low"], one["high"]) for one in scale["studies"]} for scale in data["scales"]
    }


def test_each_share_stands_on_the_scale_of_what_it_measures_and_on_no_other(seeds):
    shown = marks(lesson.weigh().data)
    assert list(shown) == ["harvest", "villages", "deaths"]
    assert shown["harvest"]["study:li-yang-2005"] == (61, None)
    assert shown["harvest"]["study:an-li-yang-2001"] == (80, None)
    assert shown["deaths"]["study:houser-sands-xiao-2009"] == (69, 69)
    every = [ref for scale in shown.values() for ref in scale]
    assert len(every) == len(set(every))
    damage(seeds, "studies", "li-yang-2005", measures="deaths", policy_low="12")
    moved = marks(lesson.weigh().data)
    assert "study:li-yang-2005" not in moved["harvest"]
    assert moved["deaths"]["study:li-yang-2005"] == (12, None)


def test_every_later_study_is_shown_once_and_what_was_said_in_1962_is_drawn_nowhere():
    data = lesson.weigh().data
    drawn = [ref for scale in marks(data).values() for ref in scale]
    listed = [one["ref"] for one in data["unmarked"]]
    later = {one.ref for one in archive.studies() if one.year > "1962"}
    assert sorted(drawn + listed) == sorted(later)
    assert [one["name"] for one in data["said"]][:4] == ["Liu Shaoqi", "Lin Biao", "Mao Zedong", "Zhou Enlai"]
    assert "Sichuan planning commission" in [one["name"] for one in data["said"]]
    assert data["said"][0]["items"][0]["ref"] == "claim:three-seven-is-a-saying"
    assert "no scale" in data["said"][0]["foot"]


def test_whoever_spoke_on_the_cause_in_the_hall_is_among_the_speakers():
    names = {one["name"] for one in lesson.weigh().data["said"]}
    spoke = [one for one in archive.positions(issue="cause of famine") if "1962-01-27" <= one.date <= "1962-02-07"]
    assert {archive.record(f"person:{one.person}").label for one in spoke} <= names


def test_each_word_of_the_time_tells_when_it_was_said():
    for speaker in lesson.weigh().data["said"]:
        for item in speaker["items"]:
            if not item["ref"].startswith("claim:"):
                assert re.search(r"196[0-2]", json.dumps(item["said"])), item["ref"]


def test_a_mark_that_borrows_the_saying_measures_no_seven_tenths():
    for one in archive.studies():
        if "Heaven" in one.shares:
            assert (one.policy_low, one.policy_high) == (50, None)


def test_where_no_word_on_the_cause_is_recorded_that_is_said(seeds):
    def mao():
        (found,) = [one for one in lesson.weigh().data["said"] if one["name"] == "Mao Zedong"]
        return json.dumps(found)

    assert "No record seen" not in mao()
    his = ("mao-zedong", "cause of famine")
    alter(seeds, "positions", lambda rows: [row for row in rows if (row["person"], row["issue"]) != his])
    assert "No record seen" in mao()
    assert "On responsibility" in mao()


def test_a_weak_study_and_a_weak_word_are_called_weak():
    data = lesson.weigh().data
    spoken = [item for speaker in data["said"] for item in speaker["items"]]
    for shown in (data["unmarked"], spoken):
        weak = [one for one in shown if one["ref"] and "Weak:" in archive.record(one["ref"]).note]
        assert weak
        assert all(one["note"] == archive.record(one["ref"]).note for one in weak)


def test_the_reading_tells_what_stands_at_the_start_and_nothing_of_what_opens_later():
    thing = lesson.weigh()
    for text in (repr(thing), thing.static_html):
        for one in archive.weighing():
            assert one.name in text.replace("&#x27;", "'")
            assert one.limit not in text
        assert "doesn&#x27;t say" in text or "doesn't say" in text
        assert "Left out" in text
        assert "61 per cent" not in text
        assert "](#" not in text
    assert weigh.LEAVES_OUT in repr(thing)


def test_a_card_is_escaped_where_it_is_html(seeds):
    damage(seeds, "weighing", "procurement", name="A <b>harvest</b>", card="It fell <i>far</i> & fast.")
    page = lesson.weigh().static_html
    assert "A &lt;b&gt;harvest&lt;/b&gt;" in page
    assert "It fell &lt;i&gt;far&lt;/i&gt; &amp; fast." in page


def test_what_the_learner_did_is_in_the_log_and_comes_back():
    answer = {"v": 1, "cards": {}, "shares": {"deaths": {"low": 50, "best": 60, "high": 80}}, "before": None}
    message = {"do": "record", "key": "k1", "question": "04/weigh", "answer": answer}
    assert lesson.weigh().receive(message)["saved"] == "k1"
    again = lesson.weigh()
    assert again.saved["04/weigh"]["answer"] == answer
    assert again.saved["04/weigh"]["result"] == "open"
