"""The questions of the lessons: loaded from `seeds/questions/`, found by id, marked, and written out for the page."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from cadres_edu import archive
from cadres_edu.marking import mark
from cadres_edu.markup import as_json
from cadres_edu.question_builder import build
from cadres_edu.question_kinds import Choice, Gap, GapPlace, Match, Number, Open, Option, Order, Question, Several
from cadres_edu.question_text import Mistakes, Problem, QuestionError, sections

_LESSON = re.compile(r"(\d\d)-")

__all__ = ["Problem", "Question", "QuestionError", "find", "load", "load_file", "mark", "shown", "to_json"]


def load(lesson: str) -> list[Question]:
    """The questions of one lesson, in the order of its file; QuestionError lists every mistake with line and mend."""
    return load_file(archive.seeds_folder() / "questions" / f"{lesson}.md")


def load_file(path: Path) -> list[Question]:
    """The questions of one file, whose name begins with the lesson's two digits."""
    try:
        state = path.stat()
    except FileNotFoundError:
        known = sorted(file.stem for file in path.parent.glob("*.md"))
        raise archive.UnknownRecord(path.stem, known) from None
    return list(_read(path, state.st_mtime_ns, state.st_size))


def find(identity: str) -> Question:
    """The question called `03/attendance`; UnknownRecord suggests the nearest."""
    lesson, _, _name = identity.partition("/")
    files = sorted((archive.seeds_folder() / "questions").glob(f"{lesson}-*.md")) if len(lesson) == 2 else []
    found = {one.id: one for file in files for one in load_file(file)}
    if identity not in found:
        raise archive.UnknownRecord(identity, found)
    return found[identity]


@cache
def _read(path: Path, _changed: int, _size: int) -> tuple[Question, ...]:
    lesson = _LESSON.match(path.name)
    if lesson is None:
        mend = "Name it like its notebook, '03-calling-seven-thousand.md'."
        raise QuestionError([Problem(path, 1, "The file's name doesn't say its lesson.", mend)])
    mistakes = Mistakes(path)
    found: dict[str, Question] = {}
    for section in sections(_text(path), mistakes):
        question = build(lesson[1], section, mistakes)
        if question and question.id in found:
            problem = f"The id '{section.id}' stands already in line {found[question.id].line}."
            mistakes.add(section.line, problem, "Give each question its own.")
        elif question:
            found[question.id] = question
    if mistakes.found:
        raise QuestionError(mistakes.found)
    return tuple(found.values())


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise QuestionError([Problem(path, line, "The file is not UTF-8.", "Save it as UTF-8.")]) from None


def to_json(question: Question) -> dict[str, Any]:
    """What the page gets of a question: texts as runs, the rule for marking, the order in which options are shown."""
    page: dict[str, Any] = {
        "id": question.id,
        "kind": question.kind,
        "prompt": [as_json(paragraph) for paragraph in question.prompt],
        "options": [_option(option) for option in question.options],
        "shown": shown(question),
        "hint": as_json(question.hint),
        "survey": question.survey,
    }
    match question:
        case Number():
            page |= {"answer": question.answer, "tolerance": question.tolerance, "unit": question.unit}
            page |= {"feedback": as_json(question.feedback), "otherwise": as_json(question.otherwise)}
            for option, wrong in zip(page["options"], question.options, strict=True):
                option["value"] = wrong.value
        case Match():
            page["left"] = [
                {"id": left.id, "text": as_json(left.text), "feedback": as_json(left.feedback), "right": left.match}
                for left in question.options
            ]
            page["right"] = [{"id": side.id, "text": as_json(side.text)} for side in question.right]
            page["options"] = []
        case Gap():
            page["otherwise"] = as_json(question.otherwise)
            page["gaps"] = [_gap(place) for place in question.gaps]
        case Open():
            page |= {"words": list(question.words), "model": [as_json(text) for text in question.model]}
            page["rubric"] = None
            if question.rubric:
                rows = [[as_json(cell) for cell in row] for row in question.rubric.rows]
                page["rubric"] = {"head": [as_json(cell) for cell in question.rubric.head], "rows": rows}
    return page


def _option(option: Option) -> dict[str, Any]:
    return {
        "id": option.id,
        "text": as_json(option.text),
        "right": option.right,
        "feedback": as_json(option.feedback),
        "misconception": option.misconception,
    }


def _gap(place: GapPlace) -> dict[str, Any]:
    wrong = [
        {"texts": list(one.texts), "feedback": as_json(one.feedback), "misconception": one.misconception}
        for one in place.wrong
    ]
    right = place.accepted
    return {"id": place.id, "accepted": list(right.texts), "feedback": as_json(right.feedback), "wrong": wrong}


def shown(question: Question) -> list[str]:
    """The ids of what is on offer in the order in which it is shown; empty where a kind offers nothing."""
    match question:
        case Order():
            return _mixed([option.id for option in question.options], question.id)
        case Match():
            return _mixed([side.id for side in question.right], question.id)
        case Choice() | Several():
            ids = [option.id for option in question.options]
            return _mixed(ids, question.id) if question.shuffle else ids
    return []


def _mixed(ids: Iterable[str], name: str) -> list[str]:
    """The ids in an order that is always the same for this question, and never the one given."""
    given = list(ids)
    mixed = given.copy()
    random.Random(name).shuffle(mixed)  # noqa: S311 - nothing secret
    return mixed if mixed != given or len(given) < 2 else [*given[1:], given[0]]
