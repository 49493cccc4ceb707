"""What a question states, held to the evidence like the prose of a lesson: its links, and what stands without one."""

import re
from collections.abc import Iterator
from dataclasses import replace

from cadres_edu import archive, markup
from cadres_edu.check.claims import check_links
from cadres_edu.check.evidence import Evidence
from cadres_edu.check.findings import Finding, Where
from cadres_edu.check.passages import Passage, blank, from_runs
from cadres_edu.check.prose import unlinked
from cadres_edu.question_kinds import Gap, GapPlace, Number, Open, Question

_TOLERANCE = re.compile(r"(?:±|\+/-)\s*[\d.,]+")


def check_statements(file: str, questions: list[Question], evidence: Evidence) -> Iterator[Finding]:
    """A finding for each claim of a question that its record doesn't bear out, and for each that has no record.

    Wrong options may say what is not so: only their links are held to the evidence. A right answer may leave its link
    to the records that the question cites.
    """
    for question in questions:
        cited = []
        for ref in question.cites:
            try:
                cited.append(evidence.facts(ref).ref)
            except archive.UnknownRecord as error:
                yield _where(file, question, question.line).finding(f"the question cites {ref}", str(error.args[0]))
        for role, line, passage in _passages(question):
            where = _where(file, question, line)
            yield from check_links(passage, evidence, where)
            if role != "wrong":
                yield from unlinked(passage, evidence, where, cited if role == "right" else ())


def _where(file: str, question: Question, line: int) -> Where:
    return Where(f"questions/{file}", f"line {line} ({question.id.partition('/')[2]})")


def _passages(question: Question) -> Iterator[tuple[str, int, Passage]]:
    own = _filled(question) if isinstance(question, Gap) else _answered(question)
    yield from own
    replaced = isinstance(question, Gap | Number)
    for piece in question.passages():
        if replaced and (piece.role == "right" or (piece.role == "prompt" and isinstance(question, Gap))):
            continue
        header = isinstance(question, Open) and question.rubric and piece.runs in question.rubric.head
        yield piece.role, piece.line, from_runs(_flat(piece.runs), "header" if header else "text")


def _answered(question: Question) -> Iterator[tuple[str, int, Passage]]:
    """The right answer of a number question with its unit; how near is near enough is no claim."""
    if isinstance(question, Number):
        passage = from_runs(_flat(question.written))
        for match in _TOLERANCE.finditer(passage.text):
            passage = replace(passage, text=blank(passage.text, *match.span()))
        yield "right", question.line, passage


def _filled(question: Gap) -> Iterator[tuple[str, int, Passage]]:
    """The prompt of a gap question with its right answers in place: "It opened on 11 January"."""
    answers = {gap.id: _best(gap) for gap in question.gaps}
    for paragraph in question.prompt:
        runs: list[markup.Run] = []
        for run in _flat(paragraph):
            runs.extend(_flat(answers[run.id]) if isinstance(run, markup.Blank) and run.id in answers else (run,))
        yield "right", question.line, from_runs(runs)


def _best(gap: GapPlace) -> tuple[markup.Run, ...]:
    """The accepted answer that says most to a check: one with a link, else one in digits, else the first."""
    written = gap.accepted.written
    linked = (runs for runs in written if any(markup.links(runs)))
    digits = (runs for runs in written if re.search(r"\d", markup.plain(runs)))
    return next(linked, next(digits, written[0]))


def _flat(runs: tuple[markup.Run, ...]) -> Iterator[markup.Run]:
    """The runs with emphasis opened, so that a link inside it stays a link."""
    for run in runs:
        if isinstance(run, markup.Em | markup.Strong):
            yield from _flat(run.inner)
        else:
            yield run
