"""Runs as HTML: emphasis and the mark of Chinese stay, links become their words, everything else is escaped."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cadres_edu import markup
from cadres_edu.export.bank import works
from cadres_edu.markup import Blank, Chinese, Em, Link, Run, Strong, Text
from cadres_edu.question_kinds import Match, Open, Order, Question, Rubric, Runs


@dataclass(frozen=True, slots=True)
class Hypertext:
    """How one form writes HTML: the attribute that names a language, and what stands where a gap is to be filled."""

    language: str = "lang"
    blank: Callable[[str], str] = lambda _name: "____"

    def words(self, runs: Iterable[Run]) -> str:
        """The runs of one paragraph, well-formed as XML too."""
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        match run:
            case Text(text):
                return html.escape(text, quote=False)
            case Chinese(text):
                return f'<span {self.language}="zh-Hans">{html.escape(text, quote=False)}</span>'
            case Em(inner):
                return f"<em>{self.words(inner)}</em>"
            case Strong(inner):
                return f"<strong>{self.words(inner)}</strong>"
            case Link(inner, _):
                return self.words(inner)
            case Blank(id):
                return self.blank(id)

    def paragraphs(self, texts: Iterable[Runs]) -> str:
        """Each text as a paragraph."""
        return "".join(f"<p>{self.words(text)}</p>" for text in texts)

    def list(self, items: Iterable[tuple[Runs, Runs]], *, numbered: bool = False) -> str:
        """What is said of each thing, under its name."""
        tag = "ol" if numbered else "ul"
        rows = "".join(f"<li><strong>{self.words(name)}</strong>: {self.words(said)}</li>" for name, said in items)
        return f"<{tag}>{rows}</{tag}>"

    def table(self, rubric: Rubric) -> str:
        """The rubric: what is looked at, and what earns which points."""
        head = "".join(f"<th>{self.words(cell)}</th>" for cell in rubric.head)
        rows = (f"<tr>{self._cells(row)}</tr>" for row in rubric.rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"

    def _cells(self, row: Sequence[Runs]) -> str:
        return "".join(f"<td>{self.words(cell)}</td>" for cell in row)

    def judged(self, question: Open) -> str:
        """What an open answer is judged by: the rubric, then the model answer."""
        rubric = self.table(question.rubric) if question.rubric else ""
        return f"{rubric}<p><strong>A model answer</strong></p>{self.paragraphs(question.model)}"

    def rests_on(self, question: Question) -> str:
        """The works that the question rests on; empty where it cites no record."""
        named = "; ".join(works(question))
        return f"<p><small>Rests on: {self.words(markup.literal(named))}.</small></p>" if named else ""

    def afterwards(self, question: Question) -> str:
        """What is said after answering, in one place: of each step or pair, or the rubric and the model answer; and the
        works."""
        told = ""
        match question:
            case Order():
                told = self.list(((one.text, one.feedback) for one in question.options), numbered=True)
            case Match():
                told = self.list((_paired(question, left.text, left.match), left.feedback) for left in question.options)
            case Open():
                told = self.judged(question)
        return told + self.rests_on(question)


def _paired(question: Match, left: Runs, right: str) -> Runs:
    side = next(one for one in question.right if one.id == right)
    return (*left, Text(" → "), *side.text)
