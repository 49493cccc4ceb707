"""Flash cards as Anki imports them: the questions, with what is said of each answer behind; and the terms."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from cadres_edu import archive, markup
from cadres_edu.export.bank import LeftOut, Lesson, figure, to_mark
from cadres_edu.export.hypertext import Hypertext
from cadres_edu.question_kinds import (
    Choice,
    Gap,
    GapAnswer,
    Match,
    Number,
    Open,
    Option,
    Order,
    Question,
    Runs,
    Several,
)
from cadres_edu.questions import shown
from cadres_edu.records import Term
from cadres_edu.widgets.practice import terms_in

_HTML = Hypertext()
_HEAD = (
    "#separator:Comma",
    "#html:true",
    "#columns:Guid,Note type,Front,Back,Tags",
    "#guid column:1",
    "#notetype column:2",
    "#tags column:5",
)
_BOTH_WAYS, _ONE_WAY = "Basic (and reversed card)", "Basic"


def write(lessons: Sequence[Lesson], left_out: LeftOut) -> bytes:
    """The cards as CSV in UTF-8 with Anki's own header lines; a card keeps its id, so that none comes twice."""
    stream = io.StringIO()
    stream.write("\n".join(_HEAD) + "\n")
    cards = csv.writer(stream, lineterminator="\n")
    for lesson in lessons:
        for question in to_mark(lesson, left_out):
            _note(question, left_out)
            front, back = _HTML.paragraphs(question.prompt) + _asked(question), _answered(question)
            cards.writerow([f"cadres-edu:{question.id}", _ONE_WAY, front, back, _tags(lesson.stem, question.kind)])
    for term, stem in _terms(lessons):
        way = _BOTH_WAYS if term.term_zh else _ONE_WAY
        cards.writerow([f"cadres-edu:{term.ref}", way, *_sides(term), _tags(stem, "term")])
    return stream.getvalue().encode()


def _note(question: Question, left_out: LeftOut) -> None:
    left_out.note("Marking: whoever turns a card judges the answer", question)
    if question.hint:
        left_out.note("Hints", question)
    if isinstance(question, Open):
        left_out.note("The fewest and most words", question)


def _tags(stem: str, kind: str) -> str:
    return f"cadres-edu cadres-edu::{stem} cadres-edu::{kind}"


def _asked(question: Question) -> str:
    """What is on offer, in the order in which the course shows it."""
    match question:
        case Choice() | Several() | Order():
            texts = {option.id: option.text for option in question.options}
            return _bare(texts[name] for name in shown(question) or texts)
        case Match():
            sides = {side.id: side.text for side in question.right}
            return _bare(left.text for left in question.options) + _bare(sides[name] for name in shown(question))
        case Number():
            return f"<p>____ {_HTML.words(markup.literal(question.unit))}</p>"
    return ""


def _bare(texts: Iterator[Runs]) -> str:
    return f"<ul>{''.join(f'<li>{_HTML.words(text)}</li>' for text in texts)}</ul>"


def _answered(question: Question) -> str:
    told = ""
    match question:
        case Choice() | Several():
            told = _said([option for option in question.options if option.right])
            told += f"<p>Not right:</p>{_said([option for option in question.options if not option.right])}"
        case Number():
            told = _number(question)
        case Gap():
            told = "".join(_filled(answer) for gap in question.gaps for answer in (gap.accepted, *gap.wrong))
            told = f"<ul>{told}</ul>{_otherwise(question.otherwise)}"
    return told + _HTML.afterwards(question)


def _said(options: Sequence[Option]) -> str:
    return _HTML.list((option.text, option.feedback) for option in options)


def _number(question: Number) -> str:
    around = f" ± {figure(question.tolerance)}" if question.tolerance else ""
    right = markup.literal(f"{figure(question.answer)}{around} {question.unit}".strip())
    wrong = [(tuple(markup.literal(f"Not {figure(one.value)}")), one.feedback) for one in question.options]
    return _HTML.list([(tuple(right), question.feedback), *wrong]) + _otherwise(question.otherwise)


def _otherwise(said: Runs) -> str:
    return f"<p>{_HTML.words(said)}</p>" if said else ""


def _filled(answer: GapAnswer) -> str:
    texts = ", ".join(_HTML.words(text) for text in answer.written)
    return f"<li>{'' if answer.right else 'Not '}<strong>{texts}</strong>: {_HTML.words(answer.feedback)}</li>"


def _terms(lessons: Sequence[Lesson]) -> Iterator[tuple[Term, str]]:
    """Each term that the lessons or their questions link to, with the stem of the first lesson that does."""
    known = {term.id: term for term in archive.terms()}
    met: dict[str, str] = {}
    for lesson in lessons:
        linked = terms_in(lesson.notebook) if lesson.notebook else []
        cited = (ref.removeprefix("term:") for one in lesson.questions for ref in one.cites if ref.startswith("term:"))
        for name in (*linked, *cited):
            if name in known:
                met.setdefault(name, lesson.stem)
    yield from ((known[name], stem) for name, stem in met.items())


def _sides(term: Term) -> tuple[str, str]:
    meaning = _HTML.words(markup.runs(term.definition))
    works = "; ".join(archive.record(f"source:{name}").label.rstrip(".") for name in term.source)
    told = f"<p>{meaning}</p><p><small>Rests on: {_HTML.words(markup.literal(works))}.</small></p>"
    name = _HTML.words(markup.literal(term.term))
    if not term.term_zh:
        return name, told
    return (
        f"{_HTML.words(markup.literal(term.term_zh))} <em>{term.pinyin}</em>",
        f"<p><strong>{name}</strong></p>{told}",
    )
