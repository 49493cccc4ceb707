"""1962 month by month as Python makes it: what is put in order, what stands in which month, and what has moved."""

import datetime as dt
import itertools
import json
import re

import pytest
from seed_tables import alter

from cadres_edu import archive, lesson
from cadres_edu.dates import MONTHS
from cadres_edu.widgets import months

COLUMNS = ("id", "person", "issue", "date", "stance", "position", "source", "locator", "standing", "note")
UNKNOWN = None


pytestmark = pytest.mark.usefixtures("seeds")


def write(seeds, *rows):
    """Put these positions (person, date, stance) in the place of the table's on contracting."""
    made = [
        {"id": f"p{number}", "person": person, "issue": "household contracting", "date": date, "stance": stance}
        | {"position": f"Held {number}.", "source": "dikotter-2010", "standing": "single"}
        for number, (person, date, stance) in enumerate(rows)
    ]
    alter(seeds, "positions", lambda rows: [row for row in rows if row["issue"] != "household contracting"] + made)


def change(seeds, pattern, by):
    file = seeds / "events.csv"
    text, count = re.subn(pattern, by, file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert count == 1
    file.write_text(text, encoding="utf-8")
    archive.use(seeds)


def held(issue="household contracting"):
    """The rows on an issue by id: month, stance, and the id of the record from which the stance has moved."""
    (found,) = (one["held"] for one in lesson.months().data["issues"] if one["name"] == issue)
    return {row[0]: (row[2], row[4], found[row[7]][0] if len(row) > 7 else None) for row in found}


def events(part="events"):
    return {row[0]: row for row in lesson.months().data[part]}


def test_nine_events_are_to_be_put_in_order_and_are_shown_in_another():
    thing = lesson.months()
    ids = [one for one, _ in thing.data["order"]]
    starts = [archive.record(f"event:{one}").first for one in ids]
    assert len(ids) == 9 and all(dt.date(1962, 2, 1) <= start < dt.date(1962, 10, 1) for start in starts)
    assert starts != sorted(starts)
    assert sum(one < after for one, after in itertools.pairwise(starts)) < 6


def test_no_label_gives_its_date_away():
    for label in months.ORDER.values():
        assert not re.search(rf"\d|{'|'.join(MONTHS)}", label)


def test_the_events_of_the_page_stand_in_order_of_time_by_which_it_judges():
    starts = [archive.record(f"event:{one}").first for one in events()]
    assert starts == sorted(starts)
    assert set(months.ORDER) <= set(events())


def test_an_event_without_a_place_of_its_own_can_not_be_put_in_order(seeds):
    change(seeds, r"^(cats-remark),1962-07-07,", r"\1,1962-08-06,")
    with pytest.raises(
        ValueError,
        match=r"events\.csv: (cats-remark|beidaihe-speech) and (cats-remark|beidaihe-speech) can't be put in order",
    ):
        lesson.months()


def test_an_event_to_put_in_order_must_be_shown(seeds):
    change(seeds, r"^(cats-remark),1962-07-07,", r"\1,1962-11-07,")
    with pytest.raises(ValueError, match=r"not shown in any month: cats-remark"):
        lesson.months()


def test_an_event_stands_in_the_months_of_its_record_and_one_of_the_year_in_none():
    found = events()
    assert found["cats-remark"][2:3] + found["cats-remark"][4:] == ["7 July", 6, 6]
    assert found["xilou-meeting"][2] == "21–23 February"
    assert found["beidaihe-conference"][2:3] + found["beidaihe-conference"][4:] == ["July to August", 6, 7]
    assert found["household-contracting-spreads"][2:3] + found["household-contracting-spreads"][4:] == ["1962"]


def test_themes_choose_the_events_and_the_conference_gives_three():
    shown = set(events())
    for one in archive.events():
        inside = one.start == "1962" or "1962-01" <= one.start < "1962-10"
        wanted = one.id in months.CONFERENCE or months.THEMES & set(one.themes)
        assert (one.id in shown) == bool(inside and wanted), one.id
    assert "lin-speech" not in shown and "border-war" not in shown


def test_the_other_clock_has_its_theme_from_1960_to_1963():
    found = events("clock")
    for one in archive.events(theme="Sino-Soviet relations"):
        assert (one.id in found) == (1960 <= one.first.year <= 1963), one.id
    assert found["soviet-experts-leave"][2:3] + found["soviet-experts-leave"][4:] == ["16 July 1960", -18, -18]
    assert found["bucharest-clash"][2] == "24–26 June 1960"
    assert found["wang-jiaxiang-letter"][4:] == []


def test_every_position_on_the_five_issues_is_there_up_to_september():
    for issue in months.BOARD:
        found = held(issue)
        for one in archive.positions(issue=issue):
            assert (one.id in found) == (one.date < "1962-10"), one.id


def test_a_record_of_the_year_alone_is_in_no_month(seeds):
    write(
        seeds,
        ("mao-zedong", "1962", "supports"),
        ("mao-zedong", "1962-07-20", "opposes"),
        ("liu-shaoqi", "1961", "mixed"),
    )
    assert held() == {"p0": (UNKNOWN, "supports", None), "p1": (6, "opposes", None), "p2": (-1, "mixed", None)}


def test_a_stance_that_differs_from_the_one_before_it_has_moved(seeds):
    write(
        seeds,
        ("deng-zihui", "1962-05-24", "mixed"),
        ("tao-zhu", "1962-06-01", "opposes"),
        ("deng-zihui", "1962-07-11", "supports"),
        ("deng-zihui", "1962-07-17", "supports"),
        ("deng-zihui", "1962-08-11", "opposes"),
    )
    moved = {name: before for name, (_, _, before) in held().items()}
    assert moved == {"p0": None, "p1": None, "p2": "p0", "p3": None, "p4": "p3"}


def test_to_have_been_silent_or_to_fall_silent_is_no_move(seeds):
    write(
        seeds,
        ("zhou-enlai", "1962-02-07", "silent"),
        ("zhou-enlai", "1962-06", "supports"),
        ("zhou-enlai", "1962-07-01", "silent"),
        ("zhou-enlai", "1962-08", "opposes"),
    )
    assert [before for _, _, before in held().values()] == [None, None, None, "p1"]


def test_no_move_is_claimed_where_the_dates_do_not_tell_which_came_first(seeds):
    write(seeds, ("zhou-enlai", "1962-07", "opposes"), ("zhou-enlai", "1962-07-10", "supports"))
    assert [before for _, _, before in held().values()] == [None, None]


def test_the_board_of_today_has_the_moves_that_the_lesson_asks_for():
    found = held()
    assert {name for name, (_, _, before) in found.items() if before} == {
        "deng-zihui-contracting-party-school",
        "deng-zihui-contracting-august",
    }
    assert found["deng-zihui-contracting-august"] == (7, "opposes", "deng-zihui-contracting-july")
    data = lesson.months().data
    people = [name for name, _ in data["people"]]
    dated = {people[row[1]] for row in data["issues"][4]["held"] if row[2] is not UNKNOWN}
    loose = {people[row[1]] for row in data["issues"][4]["held"] if row[2] is UNKNOWN}
    assert (dated, loose) == ({"mao-zedong"}, {"liu-shaoqi"})


def test_what_a_record_rests_on_is_told_and_the_weak_called_weak():
    data = lesson.months().data
    told = {row[0]: data["sure"][row[3]] for row in data["events"]}
    told |= {row[0]: data["sure"][row[5]] for one in data["issues"] for row in one["held"]}
    for name, (standing, note) in told.items():
        kind = "event" if name in events() else "position"
        record = archive.record(f"{kind}:{name}")
        assert (
            data["standings"][standing]
            == {
                "corroborated": "two or more works agree",
                "single": "one work or one witness",
                "contested": "works disagree",
                "inferred": "worked out from what a work says",
            }[record.standing]
        )
        assert ("Weak:" in record.note) == ("Weak:" in str(note)), name
        if kind == "position":
            assert note == record.note
    assert any("Weak:" in str(note) for _, note in told.values())


def test_the_reading_tells_events_positions_and_what_is_left_out():
    reading = lesson.months().reading
    assert reading.startswith(months.TITLE) and reading.endswith(months.LEAVES_OUT)
    assert "\nJuly 1962\n" in reading
    assert "   Deng Xiaoping speaks of cats (7 July; two or more works agree)" in reading
    assert "(17 July; one work or one witness; Weak: rests on web texts" in reading
    assert "   Deng Zihui opposes, moved from supports (11 August)" in reading
    assert "   Mao Zedong opposes (1962)" in reading
    assert "   Moscow withdraws its experts (16 July 1960; two or more works agree)" in reading
    before, _, _ = reading.partition(months.ABOUT)
    assert all(label in before for label in months.ORDER.values())


def test_the_same_stands_in_html_for_print():
    shown = lesson.months().static_html
    for words in (months.ASK, months.ABOUT, months.LEAVES_OUT, "Deng Zihui opposes, moved from supports (11 August)"):
        assert words in shown
    for row in events().values():
        assert archive.record(f"event:{row[0]}").title.replace("'", "&#x27;").replace('"', "&quot;") in shown
    assert "More than 60,000 people cross into the Soviet Union (April 1962 to May 1962; works disagree)" in shown


def test_every_name_on_the_face_is_a_record():
    data = lesson.months().data
    refs = {f"person:{name}" for name, _ in data["people"]} | {
        f"event:{name}" for name in (*events(), *events("clock"))
    }
    refs |= {f"position:{row[0]}" for one in data["issues"] for row in one["held"]}
    assert len([archive.record(ref) for ref in refs]) == len(refs) > 90
    assert [one["says"] for one in data["issues"] if not one["says"].endswith(".")] == []


def test_it_is_stored_in_few_bytes():
    stored = json.dumps(lesson.months().data, ensure_ascii=False, separators=(",", ":"))
    assert len(stored.encode()) < 16_000
