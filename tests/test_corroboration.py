"""Sources by claims: the table, what a damaged row is told, what counts as an independent account, and the grid."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from cadres_edu import archive, cards, lesson, tables
from cadres_edu.reasoning import Corroboration
from cadres_edu.widgets.grid import independent

SEEDS = Path(__file__).parent.parent / "seeds"
COLUMNS = ("id", "claim", "account", "verdict", "says", "reason", "follows", "source", "locator", "standing", "note")


def row(claim, account, verdict, **more):
    made = {
        "id": f"{claim}-{account}",
        "claim": claim,
        "account": account,
        "verdict": verdict,
        "says": f"What {account} says.",
        "reason": f"Why {account} {verdict}.",
        "source": account,
        "locator": f"{account}: p. 1",
        "standing": "single",
    }
    return made | more


# On the totals two accounts follow a book that is in no row; on the date one account follows another that is.
ROWS = [
    row(
        "attendance-totals", "gong-jiahe-memoir", "agrees", follows="zhang-suhua-2006", note="Known from its own words."
    ),
    row("attendance-totals", "delegate-account-2025", "agrees", follows="zhang-suhua-2006"),
    row("attendance-totals", "dillon-deng-xiaoping", "agrees"),
    row("attendance-totals", "hebei-record-1962", "silent"),
    row("lin-date", "pantsov-levine-2012", "contradicts"),
    row("lin-date", "delegate-account-2025", "contradicts"),
    row("lin-date", "dillon-deng-xiaoping", "contradicts", follows="pantsov-levine-2012"),
]


@pytest.fixture
def seeds(tmp_path, monkeypatch):
    """A copy of the evidence in which the table holds the rows above."""
    shutil.copytree(SEEDS, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "seeds", ROWS)
    yield tmp_path / "seeds"
    archive.use(None)


def write(seeds, rows):
    with (seeds / "corroboration.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    archive.use(seeds)


def test_every_row_of_the_table_is_read_and_linked():
    archive.use(SEEDS)
    found = archive.everything(Corroboration)
    assert found
    for one in found:
        assert archive.record(one.ref) is one
        assert archive.record(f"claim:{one.claim}") and archive.record(f"source:{one.account}")
        assert one.says and one.reason and one.account in one.source
    archive.use(None)


BAD = [
    ({"verdict": "denies"}, "verdict", "'denies' is not known. Choose one of: agrees, contradicts, silent."),
    ({"claim": "lin-dates"}, "claim", r"no 'lin-dates' in claims.csv. Mend the id \(nearest: lin-date"),
    (
        {"account": "pantsov-levin-2012"},
        "account",
        r"no 'pantsov-levin-2012' in sources.json. Mend the id \(nearest: pan",
    ),
    (
        {"follows": "dikoter-2010"},
        "follows",
        r"no 'dikoter-2010' in sources.json. Mend the id \(nearest: dikotter-2010",
    ),
    ({"claim": "xyzzy"}, "claim", "no 'xyzzy' in claims.csv. Add it there."),
    ({"source": "dikotter-2010"}, "source", "the account 'pantsov-levine-2012' is not among the works. Add its id"),
    ({"verdict": "silent", "locator": ""}, "locator", "a silent account needs its place. Name the part that was read"),
    ({"standing": "sure"}, "standing", "'sure' is not a standing"),
    ({"id": ROWS[0]["id"]}, "id", "stands in row 2 too"),
    (
        {"claim": "attendance-totals", "account": "dillon-deng-xiaoping", "source": "dillon-deng-xiaoping"},
        "account",
        "'dillon-deng-xiaoping' has a row on 'attendance-totals' already. Keep one row",
    ),
    ({"follows": "dillon-deng-xiaoping"}, "follows", "the accounts follow one another in a circle"),
    ({"follows": "pantsov-levine-2012"}, "follows", "the accounts follow one another in a circle"),
]


@pytest.mark.parametrize(("wrong", "column", "message"), BAD)
def test_a_bad_row_is_told_with_file_row_column_and_mend(seeds, wrong, column, message):
    others = [one for one in ROWS if one["id"] != "lin-date-pantsov-levine-2012"]
    write(seeds, [*others, ROWS[4] | wrong])
    with pytest.raises(tables.SeedError, match=f"corroboration.csv, row 8, column '{column}': .*{message}"):
        archive.everything(Corroboration)


def test_a_table_with_no_rows_is_told_when_the_grid_is_asked_for(seeds):
    write(seeds, [])
    with pytest.raises(tables.SeedError, match=r"corroboration.csv: the table has no rows. Write one"):
        lesson.grid()


def on(claim):
    return [one for one in archive.everything(Corroboration) if one.claim == claim]


def test_accounts_that_go_back_to_one_work_count_once(seeds):
    assert independent(on("attendance-totals"), "agrees") == [
        ["gong-jiahe-memoir", "delegate-account-2025"],
        ["dillon-deng-xiaoping"],
    ]
    assert independent(on("attendance-totals"), "contradicts") == []
    assert independent(on("lin-date"), "contradicts") == [
        ["pantsov-levine-2012", "dillon-deng-xiaoping"],
        ["delegate-account-2025"],
    ]


def test_a_chain_of_copies_goes_back_to_its_first(seeds):
    chain = [
        row("lin-date", "dillon-deng-xiaoping", "agrees", follows="pantsov-levine-2012"),
        row("lin-date", "pantsov-levine-2012", "agrees", follows="delegate-account-2025"),
        row("lin-date", "delegate-account-2025", "agrees"),
    ]
    write(seeds, chain)
    assert [len(group) for group in independent(on("lin-date"), "agrees")] == [3]


def test_the_grid_has_a_letter_for_each_account_and_says_what_counts(seeds):
    data = lesson.grid().data
    letters = {one["id"]: one["letter"] for one in data["accounts"]}
    assert "".join(letters.values()) == "ABCDE"
    assert letters["hebei-record-1962"] == "A" and letters["gong-jiahe-memoir"] == "E"  # by year, undated last
    totals, date = data["claims"]
    assert totals["text"] == "Over 7,000 officials attended"
    assert "pantsov-levine-2012" not in totals["cells"]
    assert totals["count"] == (
        "Independent accounts that agree: 2 (C, D with E). Independent accounts that contradict: 0. "
        "Those joined by “with” go back to one source and count once."
    )
    assert date["count"] == (
        "Independent accounts that agree: 0. Independent accounts that contradict: 2 (B with C, D). "
        "Those joined by “with” go back to one source and count once."
    )
    after = json.dumps(totals["cells"]["gong-jiahe-memoir"]["after"], ensure_ascii=False)
    assert "It takes this from Zhang Suhua" in after and "Known from its own words." in after


def test_the_reading_tells_what_each_account_says_and_keeps_the_key(seeds):
    reading = lesson.grid().reading
    assert "   C: What dillon-deng-xiaoping says." in reading
    assert "   B: not read" in reading
    assert "C. Dillon, Deng Xiaoping, 2014. Book, 2014, read in part." in reading
    assert "Why" not in reading and "Independent accounts that" not in reading and "with E" not in reading


def test_a_card_says_what_the_account_does_to_the_claim(seeds):
    one = archive.record("corroboration:lin-date-pantsov-levine-2012")
    assert cards.heading(one).startswith("Pantsov and Levine, Mao: The Real Story, 2012 on “Lin Biao praised Mao")
    assert cards.in_words(one) == (
        "What pantsov-levine-2012 says. It contradicts: Why pantsov-levine-2012 contradicts."
    )


def test_the_real_grid_can_be_worked():
    archive.use(SEEDS)
    data = lesson.grid().data
    archive.use(None)
    assert 1 <= len(data["accounts"]) <= 9  # more columns than that do not fit a telephone
    for claim in data["claims"]:
        assert claim["cells"] and claim["count"].startswith("Independent accounts that agree: ")
