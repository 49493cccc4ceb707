import csv
from pathlib import Path

import pytest

from cadres_edu import archive
from cadres_edu.check.claims import check_links
from cadres_edu.check.dates import read_dates
from cadres_edu.check.evidence import Evidence
from cadres_edu.check.figures import read_figures, unit_of
from cadres_edu.check.findings import Where
from cadres_edu.check.passages import from_markdown, inline
from cadres_edu.check.prose import first_mentions, unlinked

SEEDS = Path(__file__).parent.parent / "seeds"
HERE = Where("lesson.ipynb", "cell x")
with (Path(__file__).parent / "phrases.csv").open(encoding="utf-8", newline="") as handle:
    PHRASES = [(row["phrase"], row["holds"] == "true") for row in csv.DictReader(handle)]


@pytest.fixture(scope="module")
def evidence():
    archive.use(SEEDS)
    yield Evidence()
    archive.use(None)


# Readers


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("on 11 January 1962 they", ["11 January 1962"]),
        ("from 11 January to 7 February 1962", ["11 January 1962", "7 February 1962"]),
        ("11–26 January 1962", ["11 January 1962", "26 January 1962"]),
        ("4 and 5 February", ["4 February", "5 February"]),
        ("January 11, 1962", ["11 January 1962"]),
        ("1958–61", ["1958", "1961"]),
        ("1958-1961", ["1958", "1961"]),
        ("July and August 1962", ["July 1962", "August 1962"]),
        ("December to January 1962", ["December", "January 1962"]),
        ("in late July", ["late July"]),
        ("winter 1959", ["winter 1959"]),
        ("the 1960s", ["the 1960s"]),
        ("on the 30th", ["30"]),
        ("1962-01-11", ["11 January 1962"]),
        ("It may march in file", []),
        ("in May they", ["May"]),
        ("by the 10th Plenum", []),
        ("1,962 people, 7118 cadres, 1962 people", []),
    ],
)
def test_dates_are_read(text, dates):
    assert [str(date) for date in read_dates(text)] == dates


def test_a_joined_date_opens_or_closes_a_span():
    assert [date.edge for date in read_dates("from 11 January to 7 February 1962")] == ["start", "end"]
    assert [date.edge for date in read_dates("on 11 January and 7 February 1962")] == ["", ""]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("25.4 per thousand", [(25.4, "per thousand", "")]),
        ("68.6 deaths per 1,000 people", [(68.6, "per thousand", "")]),
        ("about 33 million people", [(33e6, "persons", "about")]),
        ("over seven thousand officials", [(7000, "persons", "over")]),
        ("a little over one million", [(1e6, "", "just over")]),
        ("owned up to 1.1 million", [(1.1e6, "", "")]),
        ("up to 20 per cent", [(20, "percent", "at most")]),
        ("a million or more", [(1e6, "", "at least")]),
        ("15 to 16 million", [(15e6, "", ""), (16e6, "", "")]),
        ("20 to 30 per cent", [(20, "percent", ""), (30, "percent", "")]),
        ("half a million", [(5e5, "", "")]),
        ("two and a half million", [(2.5e6, "", "")]),
        ("one in four", [(0.25, "share", "")]),
        ("one person in eight", [(0.125, "share", "")]),
        ("two thirds", [(2 / 3, "share", "")]),
        ("a fifth of the teams", [(0.2, "share", "")]),
        ("a third speaker, one of many", []),
        ("the first half of the year", []),
        ("tens of millions", [(2e7, "", "plural")]),
        ("seven thousand one hundred and eighteen", [(7118, "", "")]),
        ("twenty-eight days", [(28, "days", "")]),
        ("the seventeenth day", [(17, "ordinal", "")]),
        ("-4.6", [(-4.6, "", "")]),
    ],
)
def test_figures_are_read(text, figures):
    assert [(pytest.approx(f.value), f.unit, f.bound) for f in read_figures(text)] == figures


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("thousand persons", ("persons", 1e3)),
        ("10,000 persons", ("persons", 1e4)),
        ("million tonnes", ("tonnes", 1e6)),
        ("per thousand", ("per thousand", 1)),
        ("per cent of output", ("percent", 1)),
        ("deaths under five per 1000 births", ("per thousand", 1)),
        ("days", ("days", 1)),
    ],
)
def test_units_are_read(words, unit):
    assert unit_of(words) == unit


# A claim is a link


@pytest.mark.parametrize(("phrase", "holds"), PHRASES)
def test_a_links_words_agree_with_its_record(phrase, holds, evidence):
    findings = list(check_links(inline(phrase), evidence, HERE))
    assert (not findings) == holds, findings


def test_there_are_forty_phrases_of_each_kind():
    assert sum(holds for _, holds in PHRASES) >= 40
    assert sum(not holds for _, holds in PHRASES) >= 40
    assert len({phrase for phrase, _ in PHRASES}) == len(PHRASES)


def test_a_link_to_nothing_names_the_nearest_records(evidence):
    (found,) = check_links(inline("[it opened](#event:conference-open)"), evidence, HERE)
    assert "event:conference-opens" in found.mend
    assert found.sentence == "it opened"


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("There were 7,118 of them in 1962.", ["'1962'", "'7,118'"]),
        ("It opened on 11 January.", ["'11 January'"]),
        ("They came in seven thousand coats.", ["'seven thousand'"]),
        ("Twenty-eight days went by.", ["'Twenty-eight'"]),
        ("Two thirds of it burned; ten per cent was saved.", ["'Two thirds'", "'ten'"]),
        ("He said “let them speak”.", ["“let them speak”"]),
        ('He said "let them speak".', ["“let them speak”"]),
        ("They wrote 「出气会」.", ["“出气会”"]),
        ("Three people met for two days in January.", []),
        ("The Seven Thousand Cadres Conference and the Three Red Banners.", []),
        ("It opened on [11 January](#event:conference-opens), “[never forget class struggle](#seed:16)”.", []),
        ("See [the archive of 1962](https://example.org/1962).", ["'1962'"]),
        ("[Lesson 02](02-famine.ipynb) comes before lessons 04 and 05.", []),
        ("Write 60 to 150 words.", []),
        ("Write 60 to 150 letters.", ["'60'", "'150'"]),
        ("Run `chart(1962)` now.\n\n```\n1962\n```", []),
        ("1. First\n2. Second", []),
        ("## Round 1: Calling seven thousand", []),
        ("## The year 1962", ["'1962'"]),
        ("| | 0 | 1 | 2 |\n|---|---|---|---|\n| figures | none | one | 3 |", ["'3'"]),
    ],
)
def test_what_is_stated_without_a_link_is_listed(markdown, found, evidence):
    findings = [one for passage in from_markdown(markdown) for one in unlinked(passage, evidence, HERE)]
    assert [one.problem.split(": ", 1)[1] for one in findings] == found


def test_a_right_answer_may_leave_the_link_to_the_records_cited(evidence):
    answer = inline("It lasted 28 days.")
    assert list(unlinked(answer, evidence, HERE))
    assert not list(unlinked(answer, evidence, HERE, ["derived:conference-days"]))
    assert list(unlinked(answer, evidence, HERE, ["event:mao-speech"]))


@pytest.mark.parametrize(
    ("paragraphs", "names"),
    [
        (["[Liu Shaoqi](#person:liu-shaoqi) spoke. Liu sat down."], []),
        (["Liu Shaoqi spoke, then [Liu](#person:liu-shaoqi) sat down."], ["Liu Shaoqi"]),
        (["[Liu's speech](#event:liu-speech) came first."], ["Liu"]),
        (["## Mao speaks", "[Mao](#person:mao-zedong) speaks."], []),
        (["Deng Zihui wrote."], ["Deng Zihui"]),
    ],
)
def test_a_person_is_linked_at_first_mention(paragraphs, names, evidence):
    passages = [(passage, HERE) for text in paragraphs for passage in from_markdown(text)]
    assert [one.problem.split(" has ")[0] for one in first_mentions(passages, evidence)] == names
