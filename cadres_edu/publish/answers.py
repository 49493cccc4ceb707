"""A question with its answers, for a teacher: which is right, and each with its reply and misconception."""

from __future__ import annotations

import html
import string
from collections.abc import Collection, Iterable, Iterator

from cadres_edu import markup, questions
from cadres_edu.cards import marked
from cadres_edu.question_kinds import Gap, GapAnswer, Match, Number, Open, Option, Order, Question, Runs, WrongNumber
from cadres_edu.widgets import paper

RIGHT, WRONG = '<b class="mark">right</b>', '<span class="mark">wrong</span>'
# Of what learners believe nothing is right or wrong.
BEST = '<b class="mark">best borne out</b>'
SURVEYED = "Asked at the start of the course and at its end: there are no marks, and no answer is told to the class."


def words(parts: Iterable[markup.Run], known: Collection[str] = ()) -> str:
    """Runs as HTML; a link to a record in `known` leads there, and any other is words."""
    return "".join(_run(part, known) for part in parts)


def _run(part: markup.Run, known: Collection[str]) -> str:
    match part:
        case markup.Text(text):
            return html.escape(text)
        case markup.Chinese(text):
            return marked(text)
        case markup.Em(inner):
            return f"<em>{words(inner, known)}</em>"
        case markup.Strong(inner):
            return f"<strong>{words(inner, known)}</strong>"
        case markup.Link(inner, ref):
            return f'<a href="#{ref}">{words(inner, known)}</a>' if ref in known else words(inner, known)
        case markup.Blank():
            return paper.GAP


def answered(question: Question, number: int, known: Collection[str]) -> str:
    """Question `number` of the sheet with its answers; links lead to the records in `known`."""
    prompt = "".join(f"<p><strong>{words(paragraph, known)}</strong></p>" for paragraph in _prompt(question))
    hint = f"<p><em>Hint.</em> {words(question.hint, known)}</p>" if question.hint else ""
    note = f"<p>{SURVEYED}</p>" if question.survey else ""
    head = f"<h3>Question {number} <small>{html.escape(question.id)}</small></h3>"
    return f'<div class="answered">{head}{prompt}{note}{_answers(question, known)}{hint}</div>'


def answer(question: Question, one: Option | GapAnswer, known: Collection[str]) -> str:
    """The words of one answer to `question`."""
    if isinstance(one, GapAnswer):
        return " or ".join(words(text, known) for text in one.written)
    if isinstance(one, WrongNumber) and isinstance(question, Number):
        return html.escape(f"{one.value:,.10g} {question.unit}".strip())
    return words(one.text, known)


def _prompt(question: Question) -> Iterator[Runs]:
    """The paragraphs of the prompt, with its gaps filled."""
    gaps = {gap.id: gap.accepted.written[0] for gap in question.gaps} if isinstance(question, Gap) else {}
    for paragraph in question.prompt:
        yield tuple(
            markup.Em(gaps[part.id]) if isinstance(part, markup.Blank) and part.id in gaps else part
            for part in paragraph
        )


def _answers(question: Question, known: Collection[str]) -> str:
    match question:
        case Number():
            return _number(question, known)
        case Order():
            items = (f"{words(one.text, known)}{_said(one, known)}" for one in question.options)
            return f"<ol>{''.join(f'<li>{item}</li>' for item in items)}</ol>"
        case Match():
            return _match(question, known)
        case Gap():
            given = (one for gap in question.gaps for one in (gap.accepted, *gap.wrong))
            lines = (f"{_mark(one)} {answer(question, one, known)}{_said(one, known)}" for one in given)
            listed = paper.listed(lines)
            return listed + _otherwise(question.otherwise, known)
        case Open():
            return _open(question, known)
    by_id = {one.id: one for one in question.options}
    shown = (by_id[name] for name in questions.to_json(question)["shown"])  # as they stand on the sheet
    if question.survey:
        return paper.listed(f"{BEST if one.right else ''} {answer(question, one, known)}" for one in shown)
    return paper.listed(f"{_mark(one)} {answer(question, one, known)}{_said(one, known)}" for one in shown)


def _mark(one: Option | GapAnswer) -> str:
    return RIGHT if one.right else WRONG


def _number(question: Number, known: Collection[str]) -> str:
    right = f"{RIGHT} {words(question.written, known)} {words(question.feedback, known)}"
    wrong = (f"{WRONG} {answer(question, one, known)}{_said(one, known)}" for one in question.options)
    return paper.listed([right, *wrong]) + _otherwise(question.otherwise, known)


def _match(question: Match, known: Collection[str]) -> str:
    letters = dict(zip(questions.to_json(question)["shown"], string.ascii_uppercase, strict=False))
    texts = {side.id: f"<b>{letters[side.id]}</b> {words(side.text, known)}" for side in question.right}
    pairs = [f"{words(one.text, known)}: {texts[one.match]}{_said(one, known)}" for one in question.options]
    fitting = {one.match for one in question.options}
    left = [f"{texts[side.id]}: fits none" for side in question.right if side.id not in fitting]
    return paper.listed([*pairs, *left])


def _open(question: Open, known: Collection[str]) -> str:
    fewest, most = question.words
    parts = [f"<p>{fewest} to {most} words.</p>"]
    if question.rubric:
        head, *rows = ([words(cell, known) for cell in row] for row in (question.rubric.head, *question.rubric.rows))
        parts.append(paper.table(head, rows))
    if question.model:
        model = "".join(f"<p>{words(text, known)}</p>" for text in question.model)
        parts.append(f"<p><em>A model answer.</em></p><blockquote>{model}</blockquote>")
    return "".join(parts)


def _said(one: Option | GapAnswer, known: Collection[str]) -> str:
    """What is replied to an answer, and the misconception behind it."""
    parts = [words(one.feedback, known)] if one.feedback else []
    if one.misconception:
        parts.append(f"<em>Misconception: {html.escape(one.misconception)}.</em>")
    return f"<br>{' '.join(parts)}" if parts else ""


def _otherwise(reply: Runs, known: Collection[str]) -> str:
    return f"<p><em>To any other answer.</em> {words(reply, known)}</p>" if reply else ""
