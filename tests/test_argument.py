"""The case to make as Python makes it: claims on offer, cards of the course, what is missing, and the plan."""

import json

import pytest

from cadres_edu import archive, essay, lesson, questions, tables
from cadres_edu.widgets import argument

pytestmark = pytest.mark.usefixtures("seeds")
WHOLE = {
    "v": 1,
    "thesis": "own",
    "own": "The conference changed who could speak.",
    "pieces": [
        {"ref": "event:liu-speech", "side": "for", "why": "He says it aloud."},
        {"ref": "position:mao-cause", "side": "for", "why": "He says nothing of it."},
        {"ref": "event:zeng-removed", "side": "against", "why": "Speaking cost one man his post."},
    ],
    "reply": "One man fell, and many more had spoken.",
}


def test_every_claim_on_offer_has_its_records_among_the_cards():
    offered = essay.theses()
    shown = {one.ref for found in argument.cards(offered).values() for one in found}
    assert len(offered) == 3
    for one in offered:
        assert {*one.supports, *one.opposes} <= shown
        assert len(one.thesis.split()) <= 25


def test_at_most_eighty_cards_each_once_and_under_the_lesson_that_asks_first():
    found = argument.cards(essay.theses())
    shown = [one.ref for records in found.values() for one in records]
    assert 60 <= len(shown) == len(set(shown)) <= argument.MOST
    for number, records in found.items():
        for one in records:
            asks = [question for question in all_questions() if one.ref in question.cites]
            assert (asks[0].id[:2] if asks else "") == number


def all_questions():
    files = sorted((archive.seeds_folder() / "questions").glob("*.md"))
    return [one for file in files for one in questions.load_file(file)]


def test_a_card_says_how_sure_it_is_and_what_it_cannot_show():
    data = lesson.argument().data
    for _, rows in data["lessons"]:
        for ref, label, line, _own, standing, works, asks in rows:
            assert label and line and standing in data["standings"]
            assert works or archive.record(ref).kind == "derived"
            assert essay.limit(archive.record(ref))
            assert all(ref in questions.find(name).cites for name in asks)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("event:", "event:no-such-", r"theses.csv, row \d+, column '(supports|opposes)'"),
        ("event:", "person:", r"is no evidence\. Begin with one of: event"),
    ],
)
def test_a_record_that_is_none_is_named_with_its_row(seeds, old, new, message):
    file = seeds / "theses.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(tables.SeedError, match=message):
        essay.theses()


def test_a_whole_case_lacks_nothing():
    assert essay.missing(WHOLE) == []


@pytest.mark.parametrize(
    ("change", "lacks"),
    [
        ({"own": " "}, ["claim"]),
        ({"own": "It changed."}, ["own"]),
        ({"pieces": WHOLE["pieces"][1:]}, ["for"]),
        ({"pieces": WHOLE["pieces"][:2]}, ["against"]),
        ({"pieces": [*WHOLE["pieces"][:2], WHOLE["pieces"][2] | {"why": "so"}]}, ["why"]),
        ({"reply": "No."}, ["reply"]),
    ],
)
def test_each_part_that_is_missing_is_named(change, lacks):
    assert essay.missing(WHOLE | change) == lacks
    assert set(lacks) <= set(argument.WANTED)


def test_an_empty_case_lacks_all_but_the_reasons():
    assert essay.missing({"v": 1}) == ["claim", "for", "against", "reply"]


def test_words_of_chinese_are_counted_by_characters():
    assert (essay.count("七千人大会 changed much"), essay.count("  ")) == (7, 0)


def test_the_plan_has_the_claim_the_pieces_with_reasons_the_reply_and_the_works():
    plan = dict(essay.plan(WHOLE))
    assert plan["My claim"] == [WHOLE["own"]]
    assert len(plan["What speaks for it"]) == 2 and len(plan["What speaks against it"]) == 1
    assert "Why it bears on the claim: He says it aloud." in plan["What speaks for it"][0]
    assert "Bear in mind: " in plan["What speaks against it"][0]
    assert plan["My reply"] == [WHOLE["reply"]] and plan["Works"]


def test_a_piece_whose_record_is_gone_is_left_out():
    gone = WHOLE | {"pieces": [*WHOLE["pieces"], {"ref": "event:gone", "side": "for", "why": "It is gone now."}]}
    assert essay.plan(gone) == essay.plan(WHOLE)


def test_the_reading_tells_claims_cards_and_what_is_left_out():
    thing = lesson.argument()
    for text in (argument.ABOUT, argument.LEAVES_OUT, *(one.thesis for one in essay.theses())):
        assert text in thing.reading
    assert "____" in thing.static_html and len(thing.static_html.encode()) < 10_000
    assert len(json.dumps(thing.data, ensure_ascii=False, separators=(",", ":")).encode()) < 50_000
