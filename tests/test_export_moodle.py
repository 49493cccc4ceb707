"""Moodle XML is read back by its elements, and its choices by a reader of somebody else's, and says what was asked."""

import html
import itertools
import re
from xml.etree import ElementTree as ET

import pytest
from export_bank import KINDS, chinese, course, hostile, lesson, lost, marked, prompt, read, words, written
from hypothesis import HealthCheck, given, settings
from moodle_xml_parser.parser import parse_bytes

from cadres_edu import questions
from cadres_edu.markup import Blank, Text
from cadres_edu.question_kinds import Choice, Gap, GapAnswer, GapPlace, Match, Number, Open, Order, Several

# The shares of a mark that Moodle takes, of those that a right option can earn.
SHARES = {"100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10"}


def questions_in(data):
    """The questions by name, as elements."""
    found = {}
    for one in ET.fromstring(data):
        if one.get("type") != "category":
            assert said(one, "name") not in found
            found[said(one, "name")] = one
    return found


def said(one, path):
    text = one.find(f"{path}/text")
    return (text.text or "") if text is not None else ""


def rows(one):
    return [(row.get("fraction"), said(row, "."), read(said(row, "feedback"))) for row in one.findall("answer")]


def gaps_in(text):
    """The parts of a cloze prompt around its gaps, and each gap's answers as (weight, text, feedback)."""
    parts = re.split(r"\{1:SHORTANSWER:((?:\\.|[^}\\])*)\}", text)
    return parts[::2], [[alternative(one) for one in re.split(r"(?<!\\)~", part)] for part in parts[1::2]]


def alternative(text):
    weight, text = (100, text[1:]) if text.startswith("=") else (0, text.removeprefix("%0%"))
    answer, feedback = re.split(r"(?<!\\)#", text, maxsplit=1)
    return weight, decoded(answer), read(decoded(feedback))


def decoded(text):
    return html.unescape(text).replace("\\}", "}").replace("\\#", "#")


def check(question, one):
    """Hold what was read to the question that was written."""
    assert (one.findtext("idnumber"), one.find("questiontext").get("format")) == (question.id, "html")
    assert read(said(one, "hint")) == words(question.hint)
    if not isinstance(question, Gap):
        assert read(said(one, "questiontext")) == prompt(question)
    _CHECKS[type(question)](question, one)


def check_options(question, one):
    single = isinstance(question, Choice)
    right = sum(option.right for option in question.options)
    assert (one.get("type"), one.findtext("single")) == ("multichoice", str(single).lower())
    assert one.findtext("shuffleanswers") == str(question.shuffle).lower()
    for (share, text, feedback), option in zip(rows(one), question.options, strict=True):
        assert (read(text), feedback) == (words(option.text), words(option.feedback))
        assert float(share) == pytest.approx(100 / right if option.right else 0 if single else -100, abs=1e-5)
        assert not option.right or share in SHARES


def check_number(question, one):
    expected = [("100", question.answer, question.tolerance, words(question.feedback))]
    expected += [("0", wrong.value, 0, words(wrong.feedback)) for wrong in question.options]
    got = [(share, text, feedback) for share, text, feedback in rows(one) if text != "*"]
    tolerances = [float(row.findtext("tolerance")) for row in one.findall("answer")]
    figures = [(s, float(text), t, feedback) for (s, text, feedback), t in zip(got, tolerances, strict=False)]
    assert (one.get("type"), figures) == ("numerical", expected)
    assert [feedback for _, text, feedback in rows(one) if text == "*"] == [words(question.otherwise)] * bool(
        question.otherwise
    )
    assert one.findtext("units/unit/unit_name", "") == question.unit


def check_order(question, one):
    assert (one.get("type"), one.findtext("selecttype")) == ("ordering", "ALL")
    assert [(share, read(text)) for share, text, _ in rows(one)] == [
        (str(place), words(option.text)) for place, option in enumerate(question.options, start=1)
    ]
    assert all(words(option.feedback) in read(said(one, "generalfeedback")) for option in question.options)


def check_match(question, one):
    sides = {side.id: words(side.text) for side in question.right}
    spare = [("", text) for name, text in sides.items() if name not in {left.match for left in question.options}]
    pairs = [(words(left.text), sides[left.match]) for left in question.options]
    assert [(read(said(sub, ".")), said(sub, "answer")) for sub in one.findall("subquestion")] == pairs + spare
    assert all(words(left.feedback) in read(said(one, "generalfeedback")) for left in question.options)
    assert one.get("type") == "matching"


def check_gap(question, one):
    around, gaps = gaps_in(said(one, "questiontext"))
    assert one.get("type") == "cloze"
    assert read("____".join(around)) == prompt(question)
    for gap, answers in zip(question.gaps, gaps, strict=True):
        expected = [
            (100 if part.right else 0, text.replace("*", "\\*"), words(part.feedback))
            for part in (gap.accepted, *gap.wrong)
            for text in part.texts
        ]
        assert answers == expected + [(0, "*", words(question.otherwise))] * bool(question.otherwise)


def check_open(question, one):
    cells = [cell for row in (question.rubric.head, *question.rubric.rows) for cell in row]
    assert all(words(text) in read(said(one, "graderinfo")) for text in (*cells, *question.model))
    assert (one.findtext("minwordlimit"), one.findtext("maxwordlimit")) == tuple(map(str, question.words))
    assert one.get("type") == "essay"


_CHECKS = {
    Choice: check_options,
    Several: check_options,
    Number: check_number,
    Order: check_order,
    Match: check_match,
    Gap: check_gap,
    Open: check_open,
}


@pytest.fixture(scope="module")
def lessons():
    return course()


@pytest.fixture(scope="module")
def bank(lessons):
    return written("moodle", *lessons)[0]


def test_the_whole_bank_comes_back(lessons, bank):
    found = questions_in(bank)
    asked = marked(lessons)
    assert [one.id for one in asked] == list(found)
    for question in asked:
        check(question, found[question.id])
    categories = [said(one, "category") for one in ET.fromstring(bank) if one.get("type") == "category"]
    assert categories[3] == "$course$/top/Seven Thousand Cadres Conference/03 Calling seven thousand"


def test_another_reader_finds_the_same_choices(lessons, bank):
    read_so = {one.name: one for one in parse_bytes(bank)["multichoice"]}
    asked = [one for one in marked(lessons) if isinstance(one, Choice | Several)]
    assert [one.id for one in asked] == list(read_so)
    for question in asked:
        one = read_so[question.id]
        assert one.single == isinstance(question, Choice)
        assert [strip(row.answer) for row in one.options] == [words(option.text) for option in question.options]
        assert [strip(row.feedback) for row in one.options] == [words(option.feedback) for option in question.options]
        assert [row.score_fraction > 0 for row in one.options] == [option.right for option in question.options]


def strip(text):
    return re.sub(r"<[^>]+>", "", text)


def test_several_right_ones_are_marked_by_our_own_rule(lessons):
    found = questions_in(written("moodle", *lessons)[0])
    for question in (one for one in marked(lessons) if isinstance(one, Several)):
        worth = {
            option.id: float(row[0]) for option, row in zip(question.options, rows(found[question.id]), strict=True)
        }
        for many in range(len(worth) + 1):
            for chosen in itertools.combinations(worth, many):
                mark = max(0.0, sum(worth[name] for name in chosen)) / 100
                result = "right" if mark > 0.999 else "part" if mark else "wrong"
                assert result == questions.mark(question, list(chosen)), (question.id, chosen)


def test_chinese_stays_marked(bank):
    assert "中共中央文献研究室" in chinese(said(questions_in(bank)["03/motive"], "generalfeedback"))


def test_a_star_in_an_answer_is_a_star():
    right = GapAnswer(texts=("*", "a*"), written=(), right=True, feedback=(Text("Yes."),))
    star = Gap(id="03/star", prompt=((Blank("it"),),), gaps=(GapPlace("it", right, ()),))
    one = questions_in(written("moodle", lesson(star))[0])["03/star"]
    assert "{1:SHORTANSWER:=\\*#Yes.~=a\\*#Yes.}" in said(one, "questiontext")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile(*KINDS))
def test_hostile_words_come_back(question):
    data, left_out = written("moodle", lesson(question))
    found = questions_in(data)
    if isinstance(question, Gap) and any(
        set(text) & {"~", "\\"} for gap in question.gaps for one in (gap.accepted, *gap.wrong) for text in one.texts
    ):
        assert (found, lost(left_out)) == ({}, {question.id})
    else:
        check(question, found[question.id])
