"""The flash cards: which terms they ask for, from the lessons as they stand, and what they tell in words."""

import json
import re
import shutil
from pathlib import Path

import ipywidgets
import pytest

from cadres_edu import archive, lesson
from cadres_edu.widgets import base, practice

COURSE = Path(__file__).parent.parent
BOOKS = sorted((COURSE / "notebooks").glob("*.ipynb"))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A learner's folder with the real lessons, and a kernel in which nothing has been shown."""
    for book in BOOKS:
        shutil.copy(book, tmp_path)
    archive.use(COURSE / "seeds")
    monkeypatch.chdir(tmp_path)
    for shelf in ("_things", "_carriers"):
        monkeypatch.setattr(base, shelf, {})
    yield tmp_path
    ipywidgets.Widget.close_all()
    archive.use(None)


def prose(book):
    cells = json.loads(book.read_bytes())["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def linked(book):
    return set(re.findall(r"#term:([a-z0-9-]+)", prose(book)))


def write(book, old, new):
    text = book.read_text(encoding="utf-8")
    assert old in text
    book.write_text(text.replace(old, new), encoding="utf-8")


def test_every_term_with_chinese_that_a_lesson_links_to_is_there_once_under_its_first_lesson():
    data = lesson.practice().data
    first = {}
    for place, book in enumerate(BOOKS):
        for name in linked(book):
            first.setdefault(name, place)
    chinese = {term.id for term in archive.terms() if term.term_zh}
    assert {row[0]: row[1] for row in data["terms"]} == {name: at for name, at in first.items() if name in chinese}
    assert len({row[0] for row in data["terms"]}) == len(data["terms"]) > 40
    assert first.keys() - chinese == {"excess-deaths"}  # no Chinese on record, so nothing to ask for
    assert [row[1] for row in data["terms"]] == sorted(row[1] for row in data["terms"])


def test_a_card_has_what_the_glossary_has():
    rows = {row[0]: row for row in lesson.practice().data["terms"]}
    term = archive.record("term:grain-procurement")
    assert rows[term.id][2:5] == [term.term_zh, term.pinyin, term.term]
    assert {"zh": "征"} in rows[term.id][5]
    assert rows["yi-jin"][6:] == [1]  # the English is the pinyin, and would give it away
    assert rows["cadre"][6:] == []


def test_a_term_that_a_lesson_begins_or_stops_to_use_comes_and_goes(folder):
    before = [row[0] for row in lesson.practice().data["terms"]]
    only = next(name for name in before if sum(name in linked(book) for book in BOOKS) == 1)
    book = next(book.name for book in BOOKS if only in linked(book))
    write(folder / book, f"#term:{only})", "#seed:3)")
    assert [row[0] for row in lesson.practice().data["terms"]] == [name for name in before if name != only]


def test_a_link_to_no_term_is_named_with_its_lesson(folder):
    write(folder / BOOKS[1].name, "](#term:", "](#term:no-")
    with pytest.raises(LookupError, match=rf"{BOOKS[1].name} links to the term 'no-[a-z-]+': add it to glossary.csv"):
        lesson.practice()


def test_the_reading_and_the_table_of_print_list_every_term():
    thing = lesson.practice()
    for _, _, zh, pinyin, english, *_ in thing.data["terms"]:
        assert f"   {zh} {pinyin}: {english}. " in thing.reading
        assert f'<span lang="zh-Hans">{zh}</span>' in thing.static_html
    assert thing.static_html.count("<li>") == len(thing.data["terms"])
    for words in (practice.RULE, practice.LEAVES_OUT):
        assert words in thing.reading and words in thing.static_html


def test_the_rule_in_words_is_the_rule_in_numbers():
    said = re.findall(r"in box (\d).*? (next round|after \d+)", practice.RULE)
    rounds = {int(box): 1 if when == "next round" else int(when.split()[1]) for box, when in said}
    assert rounds == {box: 2 ** (box - 1) for box in range(1, practice.BOXES + 1)}
    assert f"at most {practice.SIZE} cards" in practice.RULE


def test_what_is_kept_comes_back():
    thing = lesson.practice()
    answer = {"v": 1, "round": 2, "boxes": {"cadre/zh": [2, 1], "cadre/en": [1, 2]}}
    reply = thing.receive({"do": "record", "key": "k1", "question": "00/practice", "answer": answer, "who": "k7f3q2"})
    assert reply["saved"] == "k1"
    assert thing.saved["00/practice"]["answer"] == answer
    assert lesson.practice().saved["00/practice"]["answer"] == answer


def test_it_is_carried_in_few_bytes():
    thing = lesson.practice()
    assert len(json.dumps(thing.data, ensure_ascii=False)) + len(thing.static_html) < 40_000
