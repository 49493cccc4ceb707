"""The teaching notes, held to the lesson that they are for, and to the evidence like the prose of a lesson."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from cadres_edu import teaching
from cadres_edu.check.claims import check_links
from cadres_edu.check.evidence import Evidence
from cadres_edu.check.findings import Finding, Where
from cadres_edu.check.lessons import Lesson
from cadres_edu.check.passages import from_runs
from cadres_edu.check.prose import unlinked
from cadres_edu.check.shape import card_fields
from cadres_edu.question_kinds import Question
from cadres_edu.question_text import Problem


def check_notes(lesson: Lesson, asked: Mapping[str, Question], folder: Path, evidence: Evidence) -> Iterator[Finding]:
    """What is wrong with the notes on a lesson, if `folder` has any: what they claim, and where they part from it."""
    path = folder / f"{lesson.stem}.md"
    if not path.is_file():
        return
    try:
        notes = teaching.load(path)
    except teaching.NotesError as error:
        yield from map(_finding, error.problems)
        return
    cards = [card_fields(cell).get("Minutes", "") for cell in lesson.part("card")]
    with suppress(ValueError):  # a card without steps is a finding of its own
        yield from map(_finding, teaching.disagreements(notes, teaching.steps("".join(cards[:1])), asked.values()))
    for line, words in notes.passages():
        where = Where(f"teaching/{path.name}", f"line {line}")
        yield from check_links(from_runs(words), evidence, where)
        yield from unlinked(from_runs(words), evidence, where)


def strays(folder: Path, stems: Iterable[str]) -> Iterator[Finding]:
    """Notes in `folder` on no lesson of `stems`."""
    for path in sorted(folder.glob("*.md")):
        if path.stem not in stems:
            where = Where(f"teaching/{path.name}", "")
            yield where.finding("no notebook has this name", f"Name it as {path.stem}.ipynb.")


def _finding(problem: Problem) -> Finding:
    where = Where(f"teaching/{problem.path.name}", f"line {problem.line}")
    return where.finding(problem.problem.rstrip("."), problem.mend)
