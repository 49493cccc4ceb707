"""Moodle XML: every kind of question, with feedback on each option; putting in order needs Moodle 4.4 or newer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from cadres_edu import markup
from cadres_edu.export import cloze
from cadres_edu.export.bank import MOST_RIGHT, NAME, PARTS, TOO_MANY, LeftOut, Lesson, figure, shares, to_mark
from cadres_edu.export.hypertext import Hypertext
from cadres_edu.question_kinds import Choice, Gap, Match, Number, Open, Order, Question, Several

_HTML = Hypertext()
_TYPES = {
    "choice": "multichoice",
    "several": "multichoice",
    "number": "numerical",
    "order": "ordering",
    "match": "matching",
    "gap": "cloze",
    "open": "essay",
}


def write(lessons: Sequence[Lesson], left_out: LeftOut) -> bytes:
    """The questions as Moodle XML, a category for each lesson."""
    quiz = ET.Element("quiz")
    for lesson in lessons:
        category = ET.SubElement(ET.SubElement(quiz, "question", type="category"), "category")
        _text(category, f"$course$/top/{NAME}/{lesson.title}")
        for question in to_mark(lesson, left_out):
            if _holds(question, left_out):
                quiz.append(_question(question))
    ET.indent(quiz)
    return bytes(ET.tostring(quiz, encoding="utf-8", xml_declaration=True)) + b"\n"


def _holds(question: Question, left_out: LeftOut) -> bool:
    match question:
        case Several() if sum(option.right for option in question.options) > MOST_RIGHT:
            left_out.note(f"Left out whole: {TOO_MANY}", question)
            return False
        case Gap() if not cloze.holds(question):
            left_out.note("Left out whole: Moodle's gaps have no way to write ~ or \\ in an answer", question)
            return False
        case Order():
            left_out.note("Moodle before 4.4 skips putting in order; newer ones take it", question)
            left_out.note(PARTS, question)
            left_out.note("Feedback step by step: it stands together in the general feedback", question)
        case Gap():
            left_out.note(PARTS, question)
        case Match():
            left_out.note(PARTS, question)
            left_out.note("Feedback pair by pair: it stands together in the general feedback", question)
            if any(isinstance(run, markup.Chinese) for side in question.right for run in side.text):
                left_out.note("The mark of Chinese in the right-hand sides, which Moodle keeps as bare text", question)
    return True


def _question(question: Question) -> ET.Element:
    made = ET.Element("question", type=_TYPES[question.kind])
    _text(ET.SubElement(made, "name"), question.id)
    _html(made, "questiontext", cloze.prompt(question) if isinstance(question, Gap) else _prompt(question))
    _html(made, "generalfeedback", _HTML.afterwards(question))
    _plain(made, defaultgrade="1.0000000", penalty="0.3333333", hidden="0", idnumber=question.id)
    _BODIES[question.kind](made, question)
    if question.hint:
        _html(made, "hint", _HTML.words(question.hint))
    tags = ET.SubElement(made, "tags")
    for tag in ("cadres-edu", f"lesson {question.id[:2]}", question.kind):
        _text(ET.SubElement(tags, "tag"), tag)
    return made


def _prompt(question: Question) -> str:
    return _HTML.paragraphs(question.prompt)


def _options(made: ET.Element, question: Choice | Several) -> None:
    single = isinstance(question, Choice)
    shuffle = str(question.shuffle).lower()
    _plain(made, single=str(single).lower(), shuffleanswers=shuffle, answernumbering="abc", showstandardinstruction="1")
    # Any wrong option takes everything away, so that only a part of what is right earns a part of the mark.
    earned, lost = shares(sum(option.right for option in question.options)), "0" if single else "-100"
    for option in question.options:
        answer = ET.SubElement(made, "answer", fraction=earned if option.right else lost, format="html")
        _text(answer, _HTML.words(option.text))
        _html(answer, "feedback", _HTML.words(option.feedback))


def _number(made: ET.Element, question: Number) -> None:
    rows = [(figure(question.answer), "100", figure(question.tolerance), question.feedback)]
    rows += [(figure(wrong.value), "0", "0", wrong.feedback) for wrong in question.options]
    if question.otherwise:
        rows.append(("*", "0", "0", question.otherwise))
    for value, fraction, tolerance, feedback in rows:
        answer = ET.SubElement(made, "answer", fraction=fraction, format="plain_text")
        _text(answer, value)
        _html(answer, "feedback", _HTML.words(feedback))
        _plain(answer, tolerance=tolerance)
    if question.unit:
        _plain(ET.SubElement(ET.SubElement(made, "units"), "unit"), multiplier="1", unit_name=question.unit)
    _plain(made, unitgradingtype="0", unitpenalty="0.1", showunits="0" if question.unit else "3", unitsleft="0")


def _order(made: ET.Element, question: Order) -> None:
    _plain(made, layouttype="VERTICAL", selecttype="ALL", selectcount=str(len(question.options)))
    _plain(made, gradingtype="ABSOLUTE_POSITION", showgrading="SHOW", numberingstyle="none")
    for place, option in enumerate(question.options, start=1):
        _text(ET.SubElement(made, "answer", fraction=str(place), format="html"), _HTML.words(option.text))


def _match(made: ET.Element, question: Match) -> None:
    _plain(made, shuffleanswers="true")
    sides = {side.id: markup.plain(side.text) for side in question.right}
    fitting = {left.match for left in question.options}
    pairs = [(_HTML.words(left.text), sides[left.match]) for left in question.options]
    for left, right in [*pairs, *(("", text) for name, text in sides.items() if name not in fitting)]:
        sub = ET.SubElement(made, "subquestion", format="html")
        _text(sub, left)
        _text(ET.SubElement(sub, "answer"), right)


def _gap(_made: ET.Element, _question: Gap) -> None:
    """All of it stands in the prompt."""


def _open(made: ET.Element, question: Open) -> None:
    least, most = question.words
    _plain(made, responseformat="editor", responserequired="1", responsefieldlines="15")
    _plain(made, minwordlimit=str(least), maxwordlimit=str(most), attachments="0", attachmentsrequired="0")
    _html(made, "graderinfo", _HTML.judged(question))


_BODIES: dict[str, Callable[[ET.Element, Any], None]] = {
    "choice": _options,
    "several": _options,
    "number": _number,
    "order": _order,
    "match": _match,
    "gap": _gap,
    "open": _open,
}


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = text


def _html(parent: ET.Element, name: str, text: str) -> None:
    _text(ET.SubElement(parent, name, format="html"), text)


def _plain(parent: ET.Element, **fields: str) -> None:
    for name, text in fields.items():
        ET.SubElement(parent, name).text = text
