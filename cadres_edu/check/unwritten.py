"""What a new lesson still has to say: each place where a pencil stands for words that only its author can write."""

from collections.abc import Iterable, Iterator

from cadres_edu import markup
from cadres_edu.check.findings import Finding, Where
from cadres_edu.check.lessons import Lesson
from cadres_edu.question_kinds import Question

PENCIL = "✎"
_MEND = "Write it, and take the pencil out."


def check_unwritten(lesson: Lesson) -> Iterator[Finding]:
    """A finding for each pencil in the prose of a lesson."""
    for cell in lesson.cells:
        for passage in cell.passages:
            yield from _pencils(lesson.where(cell), passage.text)


def check_unwritten_questions(file: str, questions: Iterable[Question]) -> Iterator[Finding]:
    """A finding for each question that has pencils, with what is to be written at the first of them."""
    for question in questions:
        texts = (markup.plain(passage.runs) for passage in question.passages())
        left = [text for text in (*texts, *_misconceptions(question)) if PENCIL in text]
        if left:
            where = Where(f"questions/{file}", f"line {question.line} ({question.id.partition('/')[2]})")
            many = f"{len(left)} texts are still to be written" if len(left) > 1 else "a text is still to be written"
            yield where.finding(many, _MEND, left[0])


def _misconceptions(question: Question) -> Iterator[str]:
    yield from (option.misconception for option in question.options)
    for gap in getattr(question, "gaps", ()):
        yield from (answer.misconception for answer in gap.wrong)


def _pencils(where: Where, text: str) -> Iterator[Finding]:
    for said in text.split(PENCIL)[1:]:
        yield where.finding("still to be written", _MEND, said.strip(" ;|*"))
