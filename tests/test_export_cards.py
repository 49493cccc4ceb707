"""Flash cards: Anki takes them as they stand, keeps their ids, and each holds its question and answers."""

import csv

import pytest
from export_bank import KINDS, course, hostile, lesson, marked, prompt, read, words, written
from hypothesis import HealthCheck, given, settings

from cadres_edu import archive, markup
from cadres_edu.question_kinds import Gap, Match, Number, Open


def cards_in(data):
    """The header lines, and the cards by guid: note type, front, back, tags."""
    lines = data.decode().split("\n")
    head = [line for line in lines if line.startswith("#")]
    assert lines[: len(head)] == head
    rows = list(csv.reader(lines[len(head) :]))
    found = {guid: rest for guid, *rest in filter(None, rows)}
    assert len(found) == len([row for row in rows if row])
    return head, found


def check(question, front, back):
    """Hold a card to its question."""
    assert read(front).startswith(prompt(question))
    said = [option.feedback for option in question.options]
    offered = [] if isinstance(question, Number) else [option.text for option in question.options]
    match question:
        case Match():
            said += [side.text for side in question.right if side.id in {left.match for left in question.options}]
            assert all(words(side.text) in read(front) for side in question.right)
        case Number():
            said += [question.feedback, question.otherwise]
            assert question.unit in read(front)
        case Gap():
            parts = [part for gap in question.gaps for part in (gap.accepted, *gap.wrong)]
            said += [
                question.otherwise,
                *(part.feedback for part in parts),
                *(text for part in parts for text in part.written),
            ]
        case Open():
            said += [*question.model, *(cell for row in question.rubric.rows for cell in row)]
    assert all(words(runs) in read(front) for runs in offered)
    assert all(words(runs) in read(back) for runs in (*said, *offered))


@pytest.fixture(scope="module")
def lessons():
    return course()


@pytest.fixture(scope="module")
def bank(lessons):
    return written("cards", *lessons)[0]


def test_the_whole_bank_is_on_cards(lessons, bank):
    head, found = cards_in(bank)
    assert head[:2] == ["#separator:Comma", "#html:true"]
    asked = marked(lessons)
    assert [guid for guid in found if ":term:" not in guid] == [f"cadres-edu:{one.id}" for one in asked]
    for question in asked:
        way, front, back, tags = found[f"cadres-edu:{question.id}"]
        check(question, front, back)
        assert (way, tags.split()[-1]) == ("Basic", f"cadres-edu::{question.kind}")


def test_every_linked_term_is_a_card_and_one_with_characters_is_asked_both_ways(bank):
    _, found = cards_in(bank)
    terms = {guid.rpartition(":")[2]: card for guid, card in found.items() if ":term:" in guid}
    known = {term.id: term for term in archive.terms()}
    assert len(terms) > 50
    for name, (way, front, back, _) in terms.items():
        term = known[name]
        assert (way == "Basic (and reversed card)") == bool(term.term_zh)
        assert (term.term_zh or term.term) in read(front)
        assert markup.plain(markup.runs(term.definition)) in read(back)
        assert "Rests on" in back


def test_one_lesson_has_its_own_terms():
    few = cards_in(written("cards", course()[3])[0])[1]
    assert 0 < len([guid for guid in few if ":term:" in guid]) < 50


def test_anki_takes_them_and_takes_them_once(bank, tmp_path):
    collection = pytest.importorskip("anki.collection", reason="Anki's library is not installed")
    (tmp_path / "cards.csv").write_bytes(bank)
    mine = collection.Collection(str(tmp_path / "mine.anki2"))
    try:
        path = str(tmp_path / "cards.csv")
        wanted = collection.ImportCsvRequest(path=path, metadata=mine.get_csv_metadata(path=path, delimiter=None))
        first, again = (mine.import_csv(wanted).log for _ in range(2))
        _, found = cards_in(bank)
        assert (len(first.new), len(first.missing_notetype), len(first.empty_first_field)) == (len(found), 0, 0)
        assert (len(again.new), len(mine.find_notes(""))) == (0, len(found))
        for number in mine.find_notes(""):
            note = mine.get_note(number)
            way, front, back, tags = found[note.guid]
            assert (note.note_type()["name"], note.fields, set(note.tags)) == (way, [front, back], set(tags.split()))
    finally:
        mine.close()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile(*KINDS))
def test_hostile_words_come_back(question):
    head, found = cards_in(written("cards", lesson(question))[0])
    (card,) = found.values()
    assert "#separator:Comma" in head
    check(question, card[1], card[2])
