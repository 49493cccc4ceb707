"""The shape that every lesson has: parts in order, the card, sizes, checks, and an exit task."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cadres_edu import standards, teaching
from cadres_edu.check.findings import Finding
from cadres_edu.check.lessons import Cell, Lesson
from cadres_edu.check.passages import Passage, word_count
from cadres_edu.question_kinds import Open, Question

MOST_CELLS, MOST_CELL_WORDS, MOST_HOOK_WORDS = 50, 150, 120
EXIT_WORDS = (60, 150)
SKILLS = (
    *("sourcing", "contextualizing", "corroborating", "close reading", "causation", "continuity and change"),
    "significance",
)
FIELDS = ("Minutes", "You will be able to", "Skill", "Before this", "Key terms")
_HEAD, _ROUND = ("title", "card", "start", "hook"), re.compile(r"round-\d+")


@dataclass(frozen=True, slots=True)
class Shape:
    """What one kind of lesson must have: the parts after title, card, start and hook; the fewest and most rounds, words
    and minutes; the fewest checks and kinds of check; the words of its exit task; and things that it must call."""

    parts: tuple[str, ...] = ("rounds", "disagree", "know", "exit", "sources")
    may: tuple[str, ...] = ()
    rounds: tuple[int, int] = (2, 4)
    words: tuple[int, int] = (1500, 4000)
    minutes: tuple[int, int] = (45, 50)
    checks: int = 8
    kinds: int = 3
    exit_words: tuple[int, int] = EXIT_WORDS
    calls: tuple[tuple[str, str], ...] = ()


_STANDARD = Shape()
# Two lessons have shapes of their own: the first opens the course, the last closes it.
_BY_NAME = {
    "00-start-here": Shape(
        parts=(),
        may=("rounds", "know", "survey", "map", "practice", "sources"),
        rounds=(0, 4),
        words=(600, 4000),
        minutes=(20, 20),
        checks=3,
        kinds=1,
        calls=(("reader", ""), ("course_map", ""), ("survey", "start")),
    ),
    "10-make-your-case": Shape(
        parts=("rounds", "disagree", "survey", "exit", "portfolio", "sources"),
        may=("know",),
        rounds=(1, 3),
        checks=6,
        exit_words=(100, 250),
        calls=(("argument", ""), ("survey", "end"), ("gain", ""), ("portfolio", "")),
    ),
}
_ENDS = ("exit", "portfolio", "practice", "sources", "foot")
_EVERY_PART = (*_HEAD, "map", "rounds", "disagree", "know", "survey", *_ENDS)


def check_shape(lesson: Lesson, asked: Mapping[str, Question], folder: Path) -> Iterator[Finding]:
    """What a lesson lacks of its shape; `asked` are the questions it asks, `folder` holds its neighbours."""
    shape = _BY_NAME.get(lesson.stem, _STANDARD)
    yield from _parts(lesson, shape)
    yield from _title(lesson)
    yield from _card(lesson, shape)
    yield from _sizes(lesson, shape)
    yield from _checks(lesson, shape, asked)
    if "exit" in shape.parts:
        yield from _exit(lesson, shape, asked)
    for cell in lesson.cells:
        for passage in cell.passages:
            yield from _neighbours(lesson, cell, passage, folder)


def _parts(lesson: Lesson, shape: Shape) -> Iterator[Finding]:
    where, found = lesson.where(), lesson.parts
    rounds = [part for part in found if _ROUND.fullmatch(part)]
    plain = list(dict.fromkeys("rounds" if part in rounds else part for part in found))
    for part in (*_HEAD, *shape.parts):
        if part not in plain:
            yield where.finding(f"there is no part {part!r}", "Give the first cell of that part cadres.part metadata.")
    for part in plain:
        if part not in (*_HEAD, *shape.parts, *shape.may, "foot"):
            yield where.finding(f"the part {part!r} has no place here", f"Parts here: {', '.join(shape.parts)}.")
    known = [part for part in plain if part in _EVERY_PART]
    ordered = "exit" not in shape.parts or known == sorted(known, key=_EVERY_PART.index)
    if not ordered or len(found) != len(set(found)) or rounds != [f"round-{n + 1}" for n in range(len(rounds))]:
        order = "title, card, start, hook, round-1, …, disagree, know, survey, exit, portfolio, sources, foot"
        mend = f"Follow {order}, each in one stretch."
        yield where.finding(f"parts out of order or cut in two: {', '.join(found)}", mend)
    least, most = shape.rounds
    if not least <= len(rounds) <= most:
        yield where.finding(f"{len(rounds)} evidence rounds", f"Have {least} to {most}.")
    if "disagree" in shape.parts:
        yield from _rounds(lesson, rounds)


def _rounds(lesson: Lesson, rounds: list[str]) -> Iterator[Finding]:
    for part in rounds:
        if not any(name == "ask" for cell in lesson.part(part) for name, _ in cell.calls):
            yield lesson.where(lesson.part(part)[0]).finding(f"{part} has no check", "Ask a question at its end.")
    for part, least, what in (("disagree", 2, "two positions, each with its author"), ("know", 1, "what it examines")):
        cells = lesson.part(part)
        refs = {link.ref for cell in cells for one in cell.passages for link in one.links if link.claims}
        if cells and len(refs) < least:
            yield lesson.where(cells[0]).finding(f"the part {part!r} links to {len(refs)} records", f"Link {what}.")


def _title(lesson: Lesson) -> Iterator[Finding]:
    cell = next(iter(lesson.part("title")), None)
    if cell and not re.search(r"^# .+\n(?:.*\n)*.*\*\*[^*]+\?\*\*", cell.source):
        mend = "Write '# Title', a blank line, and the driving question in bold, with its question mark."
        yield lesson.where(cell).finding("the first cell is not a title with a driving question", mend)


def card_fields(cell: Cell) -> dict[str, str]:
    """The rows of a lesson card: name and contents, as Markdown."""
    return teaching.fields(cell.source)


def _card(lesson: Lesson, shape: Shape) -> Iterator[Finding]:
    cell = next(iter(lesson.part("card")), None)
    if cell is None:
        return
    where, card = lesson.where(cell), card_fields(cell)
    for name in FIELDS:
        if not card.get(name):
            yield where.finding(f"the card has no row {name!r}", f"Add '| **{name}** | … |'.")
    yield from (where.finding(problem, mend) for problem, mend in _minutes(card.get("Minutes", ""), shape))
    objectives = [one for one in card.get("You will be able to", "").split(";") if one.strip()]
    if not 2 <= len(objectives) <= 4:
        yield where.finding(f"{len(objectives)} objectives on the card", "Give two to four, parted by semicolons.")
    if not any(skill in card.get("Skill", "").lower() for skill in SKILLS):
        yield where.finding("the card names no skill of the course", f"Name one of: {', '.join(SKILLS)}.")
    wanted = standards.row(lesson.number)
    if card.get("Standards", "") != wanted:
        mend = f"Write '| **Standards** | {wanted} |'." if wanted else "Take the row out, or add rows to standards.csv."
        yield where.finding("the card's standards are not those of standards.csv", mend)
    if card.get("Key terms") and "](#term:" not in card["Key terms"]:
        yield where.finding("no key term is a link", "Link each to the glossary: [cadre](#term:cadre) 干部 *gànbù*.")


def _minutes(row: str, shape: Shape) -> Iterator[tuple[str, str]]:
    try:
        total = sum(step.minutes for step in teaching.steps(row))
    except ValueError as error:
        problem, _, mend = str(error).partition(". ")
        yield problem, mend
        return
    least, most = shape.minutes
    if not least <= total <= most:
        yield f"the lesson takes {total} minutes", f"Plan {least} to {most}."


def _sizes(lesson: Lesson, shape: Shape) -> Iterator[Finding]:
    where, prose = lesson.where(), [cell for cell in lesson.cells if cell.kind == "markdown"]
    code = [cell for cell in lesson.cells if cell.kind == "code"]
    if len(lesson.cells) > MOST_CELLS:
        yield where.finding(f"{len(lesson.cells)} cells", f"Keep to {MOST_CELLS}.")
    if len(prose) < len(code):
        yield where.finding(f"{len(code)} code cells and {len(prose)} of prose", "Have at least as many of prose.")
    total = sum(word_count(cell.passages) for cell in prose)
    least, most = shape.words
    if not least <= total <= most:
        yield where.finding(f"{total} words of prose", f"Keep to {least:,} to {most:,}.")
    for cell in prose:
        words = word_count(_running(cell))
        if words > MOST_CELL_WORDS:
            yield lesson.where(cell).finding(f"{words} words in a cell", f"Split it: at most {MOST_CELL_WORDS}.")
    hook = sum(word_count(_running(cell)) for cell in lesson.part("hook"))
    if hook >= MOST_HOOK_WORDS:
        yield lesson.where(lesson.part("hook")[0]).finding(
            f"{hook} words in the hook", f"Stay under {MOST_HOOK_WORDS}."
        )


def _running(cell: Cell) -> list[Passage]:
    """The running prose of a cell: neither headings nor tables."""
    return [passage for passage in cell.passages if passage.role == "text"]


def _checks(lesson: Lesson, shape: Shape, asked: Mapping[str, Question]) -> Iterator[Finding]:
    checks = [question for question in asked.values() if not question.survey]
    kinds = sorted({question.kind for question in checks})
    if len(checks) < shape.checks:
        yield lesson.where().finding(f"{len(checks)} checks", f"Ask {shape.checks} or more.")
    if len(kinds) < shape.kinds:
        problem = f"checks of {len(kinds)} kinds ({', '.join(kinds)})"
        yield lesson.where().finding(problem, f"Have {shape.kinds} kinds or more.")
    for name, words in shape.calls:
        if not any(not words or words in given for _, given in lesson.calls(name)):
            call = f'lesson.{name}("{words}")' if words else f"lesson.{name}()"
            yield lesson.where().finding(f"{call} is missing", f"Add a cell with {call}.")


def _exit(lesson: Lesson, shape: Shape, asked: Mapping[str, Question]) -> Iterator[Finding]:
    cells, (least, most) = lesson.part("exit"), shape.exit_words
    ids = [one for cell, one in lesson.asked if cell in cells]
    tasks = [task for one in ids if isinstance(task := asked.get(one), Open)]
    if cells and not tasks:
        yield lesson.where(cells[0]).finding("the exit task asks no open question", "Ask one of Kind: open.")
    for task in tasks:
        where = lesson.where(cells[0])
        if not least <= task.words[0] < task.words[1] <= most:
            problem = f"{task.id} asks for {task.words[0]} to {task.words[1]} words"
            yield where.finding(problem, f"Ask for {least}-{most}.")
        if not (task.rubric and task.rubric.rows and task.model):
            yield where.finding(f"{task.id} has no rubric or no model answer", "Add both to the question file.")


def _neighbours(lesson: Lesson, cell: Cell, passage: Passage, folder: Path) -> Iterator[Finding]:
    for link in passage.links:
        name = link.target.partition("#")[0]
        if name.endswith(".ipynb") and not (folder / name).is_file():
            sentence = passage.sentence_at(link.start)
            yield lesson.where(cell).finding(f"there is no lesson {name}", "Link to a lesson that exists.", sentence)
