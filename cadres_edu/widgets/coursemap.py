"""The course map and the strip at the head of a lesson: which lessons there are, and the learner's place in them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from cadres_edu import archive, markup, questions
from cadres_edu.cards import marked
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

_FILE = re.compile(r"(\d\d)-[a-z0-9-]+\.ipynb")
_MINUTES = re.compile(r"\*\*Minutes\*\*\s*\|\s*(\d+)")


def folder() -> Path:
    """The lessons' folder: the working folder if it holds lessons, else the package's own."""
    here = Path.cwd()
    package = Path(__file__).parent.parent
    choices = (here, here / "notebooks", package / "notebooks", package.parent / "notebooks")
    return next((one for one in choices if any(_FILE.fullmatch(file.name) for file in one.glob("*.ipynb"))), here)


def file(number: str) -> Path:
    """The notebook of lesson `number`."""
    # A newer version beside a changed lesson is named "… (new)", and is not the lesson that is open.
    found = [path for path in sorted(folder().glob(f"{number}-*.ipynb")) if _FILE.fullmatch(path.name)]
    if not found:
        raise LookupError(f"There is no lesson {number!r} in {folder().name}.")
    return found[0]


def lessons() -> list[dict[str, Any]]:
    """The lessons that exist, in order: number, file, title, driving question, minutes, ids of their questions."""
    return [_lesson(file) for file in files()]


def files() -> list[Path]:
    """The lessons' notebooks, in order."""
    return [file for file in sorted(folder().glob("*.ipynb")) if _FILE.fullmatch(file.name)]


def _lesson(file: Path) -> dict[str, Any]:
    try:
        found = questions.load(file.stem)
    except archive.UnknownRecord:  # a lesson of one's own may ask nothing
        found = []
    return head(file) | {"questions": [f"{one.id}@start" if one.survey else one.id for one in found]}


def head(file: Path) -> dict[str, Any]:
    """What a lesson says of itself in its first cells: number, file, title, driving question, minutes."""
    cells = json.loads(file.read_bytes())["cells"]
    first, card, *_ = *("".join(cell["source"]) for cell in cells[:2]), "", ""
    title, _, rest = first.partition("\n")
    minutes = _MINUTES.search(card)
    return {
        "number": file.name[:2],
        "file": file.name,
        "title": _plain(title.lstrip("# ")),
        "question": _plain(rest.strip()),
        "minutes": int(minutes[1]) if minutes else 0,
    }


def _plain(words: str) -> str:
    return markup.plain(markup.runs(words))


def course_map() -> Thing:
    """Every lesson with the learner's place in it."""
    found = lessons()
    data = {"lessons": found}
    rows = [f"{one['number']} {one['title']}: {one['question']} {one['minutes']} minutes" for one in found]
    asks = [f"{one['number']}/" for one in found]
    cells = [(one["number"], marked(one["title"]), marked(one["question"]), str(one["minutes"])) for one in found]
    static = paper.sheet("Course map", paper.table(("", "Lesson", "Question", "Minutes"), cells))
    return Thing("coursemap", "00/coursemap", data, "\n".join(["Course map", *rows]), static, asks=asks)


def strip(number: str) -> Thing:
    """Lesson `number`'s place in the course, and how many of its questions are answered."""
    lesson = _lesson(file(number))
    place = f"Lesson {number} of 00 to {files()[-1].name[:2]}"
    data = {"place": place, "questions": lesson["questions"]}
    reading = f"{place}: {lesson['title']}. {len(lesson['questions'])} questions, {lesson['minutes']} minutes."
    return Thing("strip", f"{number}/strip", data, reading, asks=[f"{number}/"])
