"""Chains of causes: the table and what a damaged row gets, the cards, and what the thing gives the page."""

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from seed_tables import alter

from cadres_edu import archive, cards, lesson, tables
from cadres_edu.reasoning import LABELS, Chain
from cadres_edu.widgets import causes

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
WANG = 13  # the row of chains.csv that the damage is done to: first link of Wang Haiguang's four


pytestmark = pytest.mark.usefixtures("seeds")


def damage(seeds, number, **cells):
    """Write other cells into row `number` of the table, counted as its messages count."""
    alter(seeds, "chains", lambda rows: [row | cells if at == number else row for at, row in enumerate(rows, start=2)])


def chain(who):
    return [one for one in archive.everything(Chain) if one.historian == who]


def links(who):
    return {(one.from_event, one.to_event): one.label for one in chain(who)}


# The table


def test_the_rows_that_stand_can_be_read():
    assert {who: len(chain(who)) for who in ("Pantsov and Levine", "Wang Haiguang", "The Party’s short history")} == {
        "Pantsov and Levine": 11,
        "Wang Haiguang": 4,
        "The Party’s short history": 2,
    }


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"historian": ""}, "'historian': the cell is empty. Fill it, or delete the row"),
        ({"reason": ""}, "'reason': the cell is empty. Fill it, or delete the row"),
        ({"from_event": "tenth-plenun"}, r"'from_event': no 'tenth-plenun' in events\.csv. .*nearest: tenth-plenum"),
        ({"to_event": ""}, r"'to_event': no '' in events\.csv"),
        (
            {"label": "reason"},
            "'label': 'reason' is not known. Choose one of: cause, condition, trigger, coincidence",
        ),
        ({"to_event": "tenth-plenum"}, "'to_event': 'tenth-plenum' is linked to itself. Name the event"),
        (
            {"to_event": "mao-rebukes-colleagues"},
            r"'to_event': 'mao-rebukes-colleagues' is over \(July 1962\) before 'tenth-plenum' begins .*Turn the link",
        ),
        ({"step": "2"}, "'step': step 2 of Wang Haiguang stands where step 1 is due. Number the steps"),
        ({"step": ""}, "'step': the cell is empty. Write the figure"),
        ({"standing": "sure"}, "'standing': 'sure' is not a standing"),
    ],
)
def test_a_damaged_link_names_file_row_column_and_mend(seeds, cells, message):
    damage(seeds, WANG, **cells)
    with pytest.raises(tables.SeedError, match=rf"chains\.csv, row {WANG}, column {message}"):
        archive.everything(Chain)


def test_a_link_stands_once_for_each_historian(seeds):
    damage(seeds, WANG + 1, from_event="tenth-plenum", to_event="first-ten-points")
    with pytest.raises(tables.SeedError, match=rf"row {WANG + 1}, .*Wang Haiguang has this link in row {WANG} too"):
        archive.everything(Chain)
    damage(seeds, WANG + 1, historian="Another", step="1")
    damage(seeds, WANG + 2, step="2")
    damage(seeds, WANG + 3, step="3")
    assert len(links("Another")) == 1


def test_what_only_falls_together_may_stand_in_any_order(seeds):
    damage(seeds, WANG, label="coincidence", to_event="mao-rebukes-colleagues")
    assert links("Wang Haiguang")["tenth-plenum", "mao-rebukes-colleagues"] == "coincidence"


def test_an_event_may_lead_to_one_that_it_overlaps(seeds):
    damage(seeds, WANG, to_event="household-contracting-spreads")
    assert ("tenth-plenum", "household-contracting-spreads") in links("Wang Haiguang")


def test_a_link_is_a_record_with_a_heading_and_words_of_its_own():
    one = archive.record("chain:short-history-2")
    first, then = (archive.record(f"event:{name}").title for name in ("hai-rui-critique", "may-notification"))
    assert cards.heading(one) == f"The Party’s short history: {first} → {then}"
    assert cards.in_words(one) == "Trigger (it set off what was ready): It calls the article the fuse."
    shown = cards.Cards(["chain:wang-haiguang-2"])._repr_html_()
    assert 'id="chain:wang-haiguang-2"' in shown and "<em>The label is ours: he tells it as a growth.</em>" in shown
    assert "opening" in shown and 'id="source:wang-haiguang-liu"' in shown


# The thing


def test_the_cards_stand_in_order_of_time_with_the_days_by_which_a_link_is_refused():
    rows = lesson.causes().data["cards"]
    assert len(rows) == len(causes.CARDS) == 21
    found = [archive.record(f"event:{row[0]}") for row in rows]
    assert [(one.first, one.last) for one in found] == sorted((one.first, one.last) for one in found)
    for row, one in zip(rows, found, strict=True):
        assert (dt.date.fromisoformat(row[3]), dt.date.fromisoformat(row[4])) == (one.first, one.last)
        assert dt.date(1962, 1, 1) <= one.first and one.last <= dt.date(1966, 8, 31)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("1962", "", "1962"),
        ("1962-07", "", "Jul 1962"),
        ("1964-10-14", "", "14 Oct 1964"),
        ("1962-09-24", "1962-09-27", "24–27 Sep 1962"),
        ("1963-09", "1963-11", "Sep–Nov 1963"),
        ("1966-05-29", "1966-07-28", "29 May – 28 Jul 1966"),
        ("1964-01", "1965-08", "Jan 1964 – Aug 1965"),
        ("1963-05", "1965-05", "May 1963 – May 1965"),
        ("1962-05-01", "1962-05-01", "1 May 1962"),
    ],
)
def test_a_date_is_short_and_says_once_what_both_ends_share(start, end, words):
    one = replace(archive.record("event:tenth-plenum"), start=start, end=end)
    assert causes.when(one) == words


def test_chains_reach_the_page_as_the_table_has_them():
    made = lesson.causes().data["chains"]
    assert [one["who"] for one in made] == list(dict.fromkeys(one.historian for one in archive.everything(Chain)))
    for one in made:
        rows = chain(one["who"])
        assert [link[:3] for link in one["links"]] == [[row.from_event, row.to_event, row.label] for row in rows]
        assert [link[3:] for link in one["links"]] == [[row.reason, row.note] for row in rows]
        assert one["ref"] == f"source:{rows[0].source[0]}" and archive.record(one["ref"])
    assert [one["part"] for one in made] == ["chs 31-32", "opening", "ch. 7, opening"]


def test_labels_and_limits_are_those_of_the_records():
    data = lesson.causes().data
    assert [(name, means) for name, means, _ in data["labels"]] == list(LABELS.items())
    assert (data["events"], data["links"], data["words"]) == ({"fewest": 6, "most": 10}, 5, 5)


def test_a_card_that_is_no_event_is_named(seeds):
    alter(seeds, "events", lambda rows: [row for row in rows if row["id"] != "nuclear-test"])
    with pytest.raises(ValueError, match=r"events\.csv: to be linked but not there: nuclear-test$"):
        lesson.causes()


def test_a_link_to_an_event_without_a_card_is_named(seeds):
    damage(seeds, WANG + 2, to_event="peng-zhen-falls")
    with pytest.raises(ValueError, match=r"chains\.csv: linked, but no card to choose: peng-zhen-falls$"):
        lesson.causes()


def test_an_empty_table_says_so(seeds):
    alter(seeds, "chains", lambda rows: [])
    with pytest.raises(tables.SeedError, match=r"chains\.csv: the table has no rows\. Write one for each link"):
        lesson.causes()


def test_the_reading_tells_events_labels_chains_and_what_is_left_out():
    reading = lesson.causes().reading
    assert reading.startswith(f"{causes.TITLE}\n{causes.ABOUT}\n") and reading.endswith(causes.LEAVES_OUT)
    assert "\nTrigger: it set off what was ready.\n" in reading and causes.THEIRS in reading
    for name, label in causes.CARDS.items():
        assert f"\n   {label} ({causes.when(archive.record(f'event:{name}'))})\n" in reading
    assert (
        "\n   “Article on the play” (10 Nov 1965) set off “May 16 Notification” (16 May 1966) (trigger): "
        "It calls the article the fuse.\n"
    ) in reading
    for one in archive.everything(Chain):
        assert one.reason in reading and one.note in reading


def test_no_label_is_a_date():
    for label in causes.CARDS.values():
        assert not re.search(r"\d{4}", label) and len(label) <= 24


def test_it_is_stored_in_few_bytes():
    stored = json.dumps(lesson.causes().data, ensure_ascii=False, separators=(",", ":"))
    assert len(stored.encode()) < 7_000


# What the lesson asks of the chains


def test_two_authors_share_the_links_that_the_lesson_asks_for():
    one, other = links("Pantsov and Levine"), links("Wang Haiguang")
    shared = {link: (one[link], other[link]) for link in one.keys() & other.keys()}
    assert shared == {
        ("tenth-plenum", "first-ten-points"): ("cause", "cause"),
        ("first-ten-points", "mao-liu-clash"): ("condition", "condition"),
        ("mao-liu-clash", "hai-rui-attack-planned"): ("cause", "cause"),
    }


def test_one_link_alone_rests_on_what_mao_told_snow():
    named = [(one.from_event, one.to_event) for one in archive.everything(Chain) if "Snow" in one.note + one.reason]
    assert named == [("mao-liu-clash", "hai-rui-attack-planned")]
    assert named[0] in links("Pantsov and Levine")


def test_every_link_of_the_thing_leads_to_a_card_of_the_lesson():
    data = lesson.causes().data
    refs = {f"event:{row[0]}" for row in data["cards"]} | {one["ref"] for one in data["chains"]}
    text = next(NOTEBOOKS.glob("08-*.ipynb")).read_text(encoding="utf-8")
    assert [ref for ref in sorted(refs) if f"](#{ref})" not in text] == []
