"""GIFT, the plain text that Moodle and many other systems read; the rules are those of Moodle's own reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cadres_edu import markup
from cadres_edu.export.bank import MOST_RIGHT, NAME, PARTS, TOO_MANY, LeftOut, Lesson, figure, shares, to_mark
from cadres_edu.export.hypertext import Hypertext
from cadres_edu.question_kinds import Choice, Gap, GapAnswer, Match, Number, Open, Option, Order, Question, Several

_GAP = "\v"  # no question holds it: `bank` refuses control characters
_HTML = Hypertext(blank=lambda _name: _GAP)
_RESERVED = re.compile(r"[\\~=#{}:]")


def write(lessons: Sequence[Lesson], left_out: LeftOut) -> bytes:
    """The questions as GIFT in UTF-8, a category for each lesson."""
    blocks = []
    for lesson in lessons:
        blocks.append(f"$CATEGORY: {NAME}/{lesson.title}")
        blocks += [_block(one) for one in to_mark(lesson, left_out) if _holds(one, left_out)]
    return ("\n\n".join(blocks) + "\n").encode()


def _holds(question: Question, left_out: LeftOut) -> bool:
    if reason := _why_not(question):
        left_out.note(f"Left out whole: {reason}", question)
        return False
    for what in _lost(question):
        left_out.note(what, question)
    return True


def _why_not(question: Question) -> str:
    match question:
        case Order():
            return "GIFT has no putting in order"
        case Gap() if len(question.gaps) > 1:
            return "GIFT has one gap in a question and no more"
        case Gap() if any("->" in text for answer in _answers(question) for text in answer.texts):
            return "GIFT takes '->' in an answer for a pair to match"
        case Several() if sum(option.right for option in question.options) > MOST_RIGHT:
            return TOO_MANY
    return ""


def _lost(question: Question) -> Iterator[str]:
    if question.hint:
        yield "Hints"
    match question:
        case Choice() | Several() if question.shuffle:
            yield "That the options are to be mixed: set it where the questions are used"
        case Match():
            yield PARTS
            yield "Feedback pair by pair: it stands together in the general feedback"
        case Open():
            yield "The fewest and most words, and a rubric to mark by: it stands in the general feedback"
        case Number() if question.unit:
            yield "The unit in an answer: digits alone are taken, and the prompt says so"


def _block(question: Question) -> str:
    after = _HTML.afterwards(question)
    general = f"####{_html(after)}" if after else ""
    answers = "\n".join(f"  {line}" for line in [*_lines(question), general] if line)
    before, _, rest = _prompt(question).partition(_GAP)
    body = f"{{\n{answers}\n}}" if answers else "{}"
    name = f"// [id:{question.id}] [tag:{question.kind}]\n::{_escaped(question.id)}::"
    return f"{name}[html]{before}{body}{rest}"


def _prompt(question: Question) -> str:
    text = _HTML.paragraphs(question.prompt)
    if isinstance(question, Number) and question.unit:
        text += f"<p>Give the number alone, in {_HTML.words(markup.literal(question.unit))}.</p>"
    return _escaped(text)


def _lines(question: Question) -> Iterator[str]:
    match question:
        case Choice():
            for option in question.options:
                yield f"{'=' if option.right else '~'}{_said(option)}"
        case Several():
            share = shares(sum(option.right for option in question.options))
            for option in question.options:
                yield f"~%{share if option.right else '-100'}%{_said(option)}"
        case Number():
            yield from _number(question)
        case Match():
            yield from _pairs(question)
        case Gap():
            yield from _gap(question)


def _said(option: Option) -> str:
    return f"{_html(_HTML.words(option.text))}#{_html(_HTML.words(option.feedback))}"


def _number(question: Number) -> Iterator[str]:
    yield f"#=%100%{figure(question.answer)}:{figure(question.tolerance)}#{_html(_HTML.words(question.feedback))}"
    for wrong in question.options:
        yield f"=%0%{figure(wrong.value)}:0#{_html(_HTML.words(wrong.feedback))}"
    if question.otherwise:
        yield f"~#{_html(_HTML.words(question.otherwise))}"


def _pairs(question: Match) -> Iterator[str]:
    sides = {side.id: _escaped(markup.plain(side.text)) for side in question.right}
    for left in question.options:
        yield f"={_html(_HTML.words(left.text))} -> {sides[left.match]}"
    fitting = {left.match for left in question.options}
    for name, text in sides.items():
        if name not in fitting:
            yield f"= -> {text}"


def _answers(question: Gap) -> list[GapAnswer]:
    return [answer for gap in question.gaps for answer in (gap.accepted, *gap.wrong)]


def _gap(question: Gap) -> Iterator[str]:
    for answer in _answers(question):
        for text in answer.texts:
            plain = _escaped(text.replace("*", "\\*"))  # a star alone stands for any answer
            prefix = "[plain]" if plain.startswith("[") else ""
            yield f"=%{100 if answer.right else 0}%{prefix}{plain}#{_html(_HTML.words(answer.feedback))}"
    if question.otherwise:
        yield f"=%0%*#{_html(_HTML.words(question.otherwise))}"


def _html(text: str) -> str:
    """HTML as a part of an answer; what GIFT would take for a format or a weight at its head is put otherwise."""
    if text.startswith("%"):
        text = f"&#37;{text[1:]}"
    return ("[html]" if text.startswith("[") else "") + _escaped(text)


def _escaped(text: str) -> str:
    return _RESERVED.sub(lambda found: "\\" + found[0], text)
