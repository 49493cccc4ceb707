"""What holds a lesson to its promises: `check(notebooks, seeds)` lists every finding in lessons and questions.

A claim is a link. In lesson prose and in questions every figure, date and quotation, and each person at first mention,
links to a record (`[11 January 1962](#event:conference-opens)`), and the link's words must agree with the record:

- A figure holds if one of the record's figures, rounded to the digits stated, is that, in a unit that the record has.
  "seven thousand" is said to the thousand; 7,000 in digits is exact. A bare fraction holds within a twentieth of
  itself. *About* reaches a twentieth (of a fraction, a tenth) to either side; *over* and *at least* a quarter up,
  *under* and *at most* a fifth down, *just over*, *nearly* and *almost* a tenth. Small number words count inside links.
- A date holds if the record has it at least as exactly. "From A to B" in one link are the start and end of the record.
- Names are those of people and places; quotations, Chinese and pinyin stand in the record.
- A derived figure is computed anew, and compared as it comes out.

Outside links, digits, years, larger number words, shares and quotations are findings, but for furniture (`prose`).
`shape`, `cells` and `items` hold lessons to their form, their code and outputs to what a learner can read, and
questions to giving nothing away. `unwritten` names what a new lesson has still to say, `standards` a row on a lesson
that isn't there.
"""

from collections.abc import Iterator
from pathlib import Path

from cadres_edu import archive, questions
from cadres_edu.check.cells import check_cells
from cadres_edu.check.claims import check_links
from cadres_edu.check.evidence import Evidence
from cadres_edu.check.findings import Finding, Where
from cadres_edu.check.foot import check_foot
from cadres_edu.check.items import check_items
from cadres_edu.check.lessons import Lesson, read_lesson
from cadres_edu.check.notes import check_notes, strays
from cadres_edu.check.passages import Passage, from_runs
from cadres_edu.check.prose import first_mentions, unlinked
from cadres_edu.check.seeds import check_seeds
from cadres_edu.check.shape import check_shape
from cadres_edu.check.standards import check_standards
from cadres_edu.check.statements import check_statements
from cadres_edu.check.unwritten import check_unwritten, check_unwritten_questions
from cadres_edu.check.weighing import check_weighing
from cadres_edu.question_kinds import Question
from cadres_edu.question_text import Problem, QuestionError
from cadres_edu.tables import SeedError

__all__ = ["Finding", "check"]


class _Course:
    """The lessons' folder, the questions by lesson, and the evidence; `unread` are findings on what can't be read."""

    def __init__(self, notebooks: Path, folder: Path) -> None:
        self.notebooks = notebooks
        self.notes = folder.parent / "teaching"
        self.evidence = Evidence()
        self.questions: dict[str, list[Question]] = {}
        self.broken: set[str] = set()
        self.unread: list[Finding] = []
        for path in sorted(folder.glob("*.md")):
            try:
                self.questions[path.stem] = questions.load_file(path)
            except QuestionError as error:
                self.broken.add(path.name)
                self.unread += [_unread(path, problem) for problem in error.problems]

    @property
    def every_question(self) -> Iterator[Question]:
        """The questions of all lessons."""
        return (question for found in self.questions.values() for question in found)


def _unread(path: Path, problem: Problem) -> Finding:
    where = Where(f"questions/{path.name}", f"line {problem.line}")
    return where.finding(problem.problem.rstrip("."), problem.mend)


def check(notebooks: Path, seeds: Path) -> list[Finding]:
    """Every finding in the lessons of `notebooks` and the questions of `seeds`, file by file in the order of reading.

    Damaged seeds and question files that can't be read are findings too. The archive reads from `seeds` afterwards.
    """
    archive.use(seeds)
    try:
        found = [*check_seeds(), *check_standards(), *_everything(_Course(notebooks, seeds / "questions"))]
    except SeedError as error:
        place = f"row {error.row}" if error.row else ""
        column = f" (column {error.column!r})" if error.column else ""
        return [Where(error.file, place).finding(f"{error.problem}{column}", error.mend)]
    return list(dict.fromkeys(found))


def _everything(course: _Course) -> Iterator[Finding]:
    yield from course.unread
    yield from check_weighing(course.evidence)
    stems = set()
    for path in sorted(course.notebooks.glob("*.ipynb")):
        stems.add(path.stem)
        lesson = read_lesson(path)
        yield from (lesson,) if isinstance(lesson, Finding) else _lesson(lesson, course)
    for stem, found in course.questions.items():
        if stem not in stems:
            yield Where(f"questions/{stem}.md", "").finding("no notebook has this name", f"Name it as {stem}.ipynb.")
        yield from check_statements(f"{stem}.md", found, course.evidence)
        yield from check_items(f"{stem}.md", found)
        yield from check_unwritten_questions(f"{stem}.md", found)
    yield from strays(course.notes, stems)


def _lesson(lesson: Lesson, course: _Course) -> Iterator[Finding]:
    known = {question.id: question for question in course.questions.get(lesson.stem, [])}
    if f"{lesson.stem}.md" not in course.broken:
        yield from _asking(lesson, known, course)
        asked = {one: known[one] for _, one in lesson.asked if one in known}
        yield from check_shape(lesson, asked, course.notebooks)
        yield from check_notes(lesson, asked, course.notes, course.evidence)
    yield from check_unwritten(lesson)
    yield from check_cells(lesson)
    yield from check_foot(lesson, course.notebooks)
    reading: list[tuple[Passage, Where]] = []
    for cell in lesson.cells:
        where = lesson.where(cell)
        for passage in cell.passages:
            yield from check_links(passage, course.evidence, where)
            if not (cell.part == "card" and passage.text.startswith(("Minutes", "Standards"))):
                yield from unlinked(passage, course.evidence, where)
            if cell.part not in ("title", "card"):
                reading.append((passage, where))
        for one in (one for name, given in cell.calls if name == "ask" for one in given if one in known):
            reading += [(from_runs(paragraph), where) for paragraph in known[one].prompt]
    yield from first_mentions(reading, course.evidence)


def _asking(lesson: Lesson, known: dict[str, Question], course: _Course) -> Iterator[Finding]:
    """Questions that a lesson asks but its file doesn't hold, that it asks twice, or never."""
    met: set[str] = set()
    file = f"questions/{lesson.stem}.md"
    for cell, one in lesson.asked:
        if one not in known:
            yield lesson.where(cell).finding(f"there is no question {one!r}", f"Write it in {file}, or ask another.")
        if one in met:
            yield lesson.where(cell).finding(f"{one!r} is asked twice", "Ask each question once in a lesson.")
        met.add(one)
    occasions = {word for _, given in lesson.calls("survey") for word in given}
    for question in known.values():
        surveyed = question.survey and occasions & set(question.occasion)
        if question.id not in met and not surveyed:
            where = Where(file, f"line {question.line}")
            yield where.finding(f"{question.id!r} is never asked", f'Add lesson.ask("{question.id}") to the lesson.')
    for occasion in sorted(occasions):
        if not any(question.survey and occasion in question.occasion for question in course.every_question):
            yield lesson.where().finding(f"no survey question is asked at the {occasion}", "Mark some Survey: yes.")
