"""A lesson on paper: a sheet for students, and a teacher's copy that a substitute can teach from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from cadres_edu import archive, markup, questions, standards, teaching
from cadres_edu.cards import Cards, marked, refs
from cadres_edu.publish import prose
from cadres_edu.publish.answers import answered, words
from cadres_edu.publish.front import front
from cadres_edu.publish.page import NAME, body, document
from cadres_edu.records import STANDINGS
from cadres_edu.tables import SeedError

# The map, the cards to practise and the portfolio are things of the screen.
SCREEN_ONLY = ("foot", "sources", "map", "practice", "portfolio")
# The records that stand for an author and a work.
NAMING = ("source", "study", "estimate", "chain")
LOOK = Path(__file__).with_name("handout.css")
_ASKED = re.compile(r'<div class="question" data-question="([^"]+)"')


class HandoutError(Exception):
    """A lesson that can't be handed out as it stands; the text says what is wrong and how to mend it."""


@dataclass(frozen=True, slots=True)
class Papers:
    """The two papers of a lesson, each an HTML page that needs nothing else."""

    student: str
    teacher: str


def handout(lesson: NotebookNode, name: str) -> Papers:
    """The papers of the stored notebook `lesson`, whose file is called `name`; evidence and notes are the archive's.

    HandoutError where the minutes on the card don't add up, where the notes don't go with the lesson, or where the
    lesson leads to a question or a record that isn't there.
    """
    try:
        return _handout(lesson, name)
    except teaching.NotesError as error:
        raise HandoutError(f"the notes don't go with the lesson.\n{error}") from error
    except (questions.QuestionError, SeedError, LookupError) as error:
        raise HandoutError(f"{name}: {error}") from error


def _handout(lesson: NotebookNode, name: str) -> Papers:
    title = prose.title(lesson) or name
    sheet = body(lesson, SCREEN_ONLY)
    asked = [questions.find(one) for one in _ASKED.findall(sheet)]
    steps = _steps(lesson, name)
    notes = _notes(name, steps, asked)
    text = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    cards = Cards(refs(text + (notes.written if notes else ""), asked))
    known = {one.ref for one in (*cards.records, *cards.works)}
    answers = "".join(answered(question, at, known) for at, question in enumerate(asked, start=1))
    return Papers(
        student=document(title, f"{NAME}{sheet}{_works(text)}", LOOK),
        teacher=document(
            f"{title}: teacher’s copy",
            f"{front(lesson, title, steps=steps, notes=notes, asked=asked, known=known)}"
            f'<h2>The questions of the sheet, with answers</h2><div class="answers">{answers}</div>\n'
            f"{_standards(name[:2])}<h2>Sources</h2>{cards._repr_html_()}\n",
            LOOK,
        ),
    )


def _standards(number: str) -> str:
    """What the lesson does for the codes of curricula, how sure the codes are, and the works that they stand in."""
    found = standards.standards_for(number)
    if not found:
        return ""
    lines = "".join(f"<li>{words(markup.runs(line), ())}</li>" for line in standards.lines(number))
    sure = "; ".join(dict.fromkeys(STANDINGS[one.standing] for one in found))
    works = dict.fromkeys(archive.cite(f"source:{name}") for one in found for name in one.source)
    cited = "".join(f"<li>{marked(work)}</li>" for work in works)
    said = f"How sure the codes are: {sure}. Compare them with the edition in force."
    return f'<h2>Standards</h2><ul>{lines}</ul><p>{said}</p><ul class="works">{cited}</ul>\n'


def _works(text: str) -> str:
    """The works that a lesson names; where it names none, all that its records rest on. The copy has them all."""
    found = refs(text, ())
    named = [ref for ref in found if ref.partition(":")[0] in NAMING]
    works = "".join(f"<li>{marked(archive.cite(one))}</li>" for one in Cards(named or found).works)
    return f'<h2>Works cited</h2><ul class="works">{works}</ul>\n'


def _steps(lesson: NotebookNode, name: str) -> list[teaching.Step]:
    sources = (cell.source for cell in lesson.cells if cell.metadata.get("cadres", {}).get("part") == "card")
    minutes = teaching.fields(next(sources, "")).get("Minutes", "")
    if not minutes:
        raise HandoutError(
            f"{name} has no lesson card with its minutes. Write '| **Minutes** | 47: scene 4, … |' in its second cell."
        )
    try:
        return teaching.steps(minutes)
    except ValueError as error:
        raise HandoutError(f"{name}: {error}") from error


def _notes(name: str, steps: list[teaching.Step], asked: list[questions.Question]) -> teaching.Notes | None:
    """The notes on the lesson, which go with it; None where nobody has written any."""
    path = archive.seeds_folder() / "teaching" / f"{name}.md"
    if not path.is_file():
        return None
    notes = teaching.load(path)
    if problems := list(teaching.disagreements(notes, steps, asked)):
        raise teaching.NotesError(problems)
    return notes
