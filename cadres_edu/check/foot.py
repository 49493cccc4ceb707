"""The foot of a lesson: its last cell, which leads to the next lesson and its question, to the map and the cards."""

import re
from collections.abc import Iterator
from pathlib import Path

from cadres_edu import markup
from cadres_edu.check.findings import Finding
from cadres_edu.check.lessons import Lesson, read_lesson

START = "00-start-here"
# The headings of lesson 00 that feet lead to, by the words of the link.
HEADINGS = {"Back to the map": "How to use a lesson", "Practise the key terms": "Words to practise"}
_QUESTION = re.compile(r"\*\*([^*]+\?)\*\*")
_NAME = re.compile(r"\d\d-[a-z0-9-]+\.ipynb")


def foot(stem: str, folder: Path) -> str:
    """The Markdown that lesson `stem` ends with, by the lessons that are in `folder`: the last of them has no next."""
    ways = " · ".join(f"[{text}]({START}.ipynb#{head.replace(' ', '-')})" for text, head in HEADINGS.items())
    after = sorted(path for path in folder.glob("*.ipynb") if _NAME.fullmatch(path.name) and path.stem > stem)
    lesson = read_lesson(after[0]) if after else None
    if not isinstance(lesson, Lesson):  # the file that can't be read is a finding of its own
        return ways
    return f"Next lesson: [{lesson.number} {title(lesson)}]({lesson.file}).{question(lesson)}\n\n{ways}"


def title(lesson: Lesson) -> str:
    """The lesson's title in plain words, as the course map has it."""
    head = lesson.cells[0].source.partition("\n")[0] if lesson.cells else ""
    return markup.plain(markup.runs(head.lstrip("# ")))


def question(lesson: Lesson) -> str:
    """The lesson's driving question after a space, links and all, since its figures need them; empty without one."""
    found = _QUESTION.search(lesson.cells[0].source) if lesson.cells else None
    return f" {found[1]}" if found else ""


def check_foot(lesson: Lesson, folder: Path) -> Iterator[Finding]:
    """The finding of a lesson that doesn't end as `foot` says, or of a first lesson without what feet lead to."""
    right = foot(lesson.stem, folder)
    last = lesson.cells[-1] if lesson.cells else None
    if last is None or (last.kind, last.part) != ("markdown", "foot"):
        mend = f"End with a Markdown cell of the part 'foot': {right}"
        yield lesson.where(last).finding("the lesson doesn't end with its foot", mend)
    elif last.source.strip() != right:
        yield lesson.where(last).finding("the foot doesn't lead on and back as it should", f"Write: {right}")
    headings = {line for cell in lesson.cells if cell.kind == "markdown" for line in cell.source.splitlines()}
    for head in HEADINGS.values() if lesson.stem == START else ():
        if f"## {head}" not in headings:
            mend = f"Write '## {head}' over what it names."
            yield lesson.where().finding(f"the heading {head!r} is missing, to which every foot leads", mend)
