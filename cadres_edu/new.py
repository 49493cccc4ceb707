"""Begins a lesson: a notebook and its questions in the right shape, with a pencil wherever words are to be written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, v4

from cadres_edu import execute
from cadres_edu.atomic import replace
from cadres_edu.check.foot import foot, title
from cadres_edu.check.lessons import Lesson, read_lesson

_NAME = re.compile(r"(\d\d)-[a-z0-9]+(?:-[a-z0-9]+)*")
_TEMPLATE = Path(__file__).parent / "template"
_CELL = re.compile(r"^%% (?P<id>\S+) (?P<part>\S+)(?P<code> code)?\n", re.MULTILINE)


class NewLessonError(Exception):
    """A lesson can't be begun; the text says why and what to do."""


def begin(name: str, heading: str, notebooks: Path, seeds: Path) -> list[Path]:
    """The two files of the new lesson `name`, such as 11-local-study: its notebook and its questions.

    Nothing is ever written over. NewLessonError where the name is not a lesson's, or its number is taken.
    """
    if not (named := _NAME.fullmatch(name)):
        mend = "Write two digits and words in small letters, joined by hyphens, such as 11-local-study."
        raise NewLessonError(f"{name!r} is no lesson's name. {mend}")
    for taken in (*notebooks.glob(f"{named[1]}-*.ipynb"), *(seeds / "questions").glob(f"{named[1]}-*.md")):
        raise NewLessonError(f"{taken} has the number {named[1]} already, and stays as it is. Choose another number.")
    words = {"number": named[1], "title": heading or _heading(name), "before": _before(name, notebooks)}
    files = {
        notebooks / f"{name}.ipynb": execute.text(_notebook(_filled("lesson.md", words), foot(name, notebooks))),
        seeds / "questions" / f"{name}.md": _filled("questions.md", words),
    }
    for path, text in files.items():
        replace(path, text.encode())
    return list(files)


def _heading(name: str) -> str:
    return name.partition("-")[2].replace("-", " ").capitalize()


def _before(name: str, notebooks: Path) -> str:
    """A link to the lesson that comes just before, as the card has it."""
    earlier = sorted(path for path in notebooks.glob("*.ipynb") if _NAME.fullmatch(path.stem) and path.stem < name)
    found = read_lesson(earlier[-1]) if earlier else None
    return f"[{found.number} {title(found)}]({found.file})" if isinstance(found, Lesson) else "nothing"


def _filled(file: str, words: dict[str, str]) -> str:
    text = (_TEMPLATE / file).read_text(encoding="utf-8")
    for name, word in words.items():
        text = text.replace(f"{{{name}}}", word)
    return text


def _notebook(text: str, end: str) -> NotebookNode:
    _, *pieces = _CELL.split(text)
    made = v4.new_notebook()
    for name, part, code, source in zip(*[iter(pieces)] * 4, strict=True):
        made.cells.append(_cell(name, part, source.strip(), code=bool(code)))
    made.cells.append(_cell("foot", "foot", end, code=False))
    return execute.at_home(made)


def _cell(name: str, part: str, source: str, *, code: bool) -> NotebookNode:
    more: dict[str, Any] = {"id": name, "metadata": {"cadres": {"part": part}}}
    cell: NotebookNode = v4.new_code_cell(source, **more) if code else v4.new_markdown_cell(source, **more)
    return cell
