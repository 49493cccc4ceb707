"""Gaps as Moodle's embedded answers: a small language inside HTML, read by patterns that decode entities first."""

from __future__ import annotations

import html
import re

from cadres_edu.export.hypertext import Hypertext
from cadres_edu.question_kinds import Gap, GapAnswer, GapPlace, Runs

_HTML = Hypertext()
# Written as entities, so that neither words nor feedback can open or end a gap.
_SPECIAL = re.compile(r"[\\{}~]")


def holds(question: Gap) -> bool:
    """Whether every answer can be written: `~` ends one and a backslash undoes what ends it, with no way round."""
    return not any(set(text) & {"~", "\\"} for gap in question.gaps for one in _answers(gap) for text in one.texts)


def prompt(question: Gap) -> str:
    """The prompt in HTML, with what fills each gap, and what is said of it, in the gap's place."""
    gaps = {gap.id: _gap(gap, question.otherwise) for gap in question.gaps}
    marks = {name: f"\v{name}\v" for name in gaps}
    text = Hypertext(blank=lambda name: marks[name]).paragraphs(question.prompt)
    return re.sub("\v(.+?)\v", lambda found: gaps[found[1]], _entities(text))


def _gap(gap: GapPlace, otherwise: Runs) -> str:
    answers = [f"{_weight(one)}{_answer(text)}#{_said(one.feedback)}" for one in _answers(gap) for text in one.texts]
    if otherwise:
        answers.append(f"%0%*#{_said(otherwise)}")
    return f"{{1:SHORTANSWER:{'~'.join(answers)}}}"


def _answers(gap: GapPlace) -> tuple[GapAnswer, ...]:
    return (gap.accepted, *gap.wrong)


def _weight(answer: GapAnswer) -> str:
    return "=" if answer.right else "%0%"


def _answer(text: str) -> str:
    """A star alone would stand for any answer."""
    return html.escape(text, quote=False).replace("*", "\\*").replace("#", "\\#").replace("}", "\\}")


def _said(runs: Runs) -> str:
    return html.escape(_entities(_HTML.words(runs)), quote=False).replace("#", "\\#")


def _entities(text: str) -> str:
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", text)
