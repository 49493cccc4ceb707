"""Progress files of made-up learners, the same ones for the same numbers, to measure with."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path
from typing import Any

from cadres_edu import archive, questions
from cadres_edu.question_kinds import Choice, Gap, Match, Number, Order, Question, Several

FOLDER_SIZE = 1000  # files a folder, as no file system is quick with a hundred thousand in one
_BEGIN = dt.datetime(2026, 9, 1, 8, 0, tzinfo=dt.UTC)
_WORDS = (
    "the",
    "notice",
    "asks",
    "for",
    "one",
    "view",
    "grain",
    "was",
    "short",
    "and",
    "delegates",
    "read",
    "in",
    "groups",
)


def course() -> list[Question]:
    """Every question of the lessons, in order."""
    files = sorted((archive.seeds_folder() / "questions").glob("*.md"))
    return [one for file in files for one in questions.load_file(file)]


def generate(folder: Path, learners: int, answers: int) -> int:
    """Write one file of `answers` lines for each of `learners`; how many lines there are in all."""
    dice = random.Random(1962)
    asked = [(one, _answers(one)) for one in course()]
    for number in range(learners):
        place = folder / f"{number // FOLDER_SIZE:03}"
        if number % FOLDER_SIZE == 0:
            place.mkdir(parents=True)
        (place / f"progress-{number:06}.jsonl").write_text(_file(dice, number, answers, asked), encoding="utf-8")
    return learners * answers


def _file(dice: random.Random, number: int, answers: int, asked: list[tuple[Question, list[tuple[str, str]]]]) -> str:
    who, skill, at = f"l{number:07}", dice.random(), _BEGIN + dt.timedelta(days=dice.randrange(30))
    lines = [_line(at, who, "00/learner", json.dumps(f"Learner {number}"), "open")]
    for place in range(answers - 1):
        question, given = asked[place % len(asked)]
        at += dt.timedelta(seconds=20 + dice.randrange(300))
        if given:
            answer, result = given[0] if dice.random() < skill else dice.choice(given[1:])
        else:
            answer, result = json.dumps(" ".join(dice.choices(_WORDS, k=60))), "open"
        tail = f', "key": "m{place:06}-{number:08}"'
        if question.survey:
            tail += f', "occasion": "{"start" if place < len(asked) else "end"}"'
        lines.append(_line(at, who, question.id, answer, result, tail=tail))
    return "".join(lines)


def _line(at: dt.datetime, who: str, question: str, answer: str, result: str, *, tail: str = "") -> str:
    stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    head = f'{{"v": 1, "at": "{stamp}", "who": "{who}", "question": "{question}"'
    return f'{head}, "answer": {answer}, "result": "{result}"{tail}}}\n'


def _answers(question: Question) -> list[tuple[str, str]]:
    """Answers to a closed question as JSON, each with its mark, the right one first; none for an open question."""
    found = right_and_wrong(question)
    return [(json.dumps(one, ensure_ascii=False), questions.mark(question, one)) for one in found]


def right_and_wrong(question: Question) -> list[Any]:
    """The right answer to a closed question, then wrong ones; nothing for an open question."""
    names = [option.id for option in question.options]
    match question:
        case Choice():
            return sorted(names, key=lambda name: not next(o.right for o in question.options if o.id == name))
        case Several():
            right = [option.id for option in question.options if option.right]
            return [right, *([*right, name] for name in names if name not in right), right[:1], names]
        case Number():
            return [question.answer, *(option.value for option in question.options), question.answer * 3 + 1]
        case Order():
            return [names, names[::-1], [names[1], names[0], *names[2:]], [*names[1:], names[0]]]
        case Match():
            right = {left.id: left.match for left in question.options}
            turned = dict(zip(right, [*list(right.values())[1:], next(iter(right.values()))], strict=True))
            return [right, turned]
        case Gap():
            right = {gap.id: gap.accepted.texts[0] for gap in question.gaps}
            return [right, *(right | {gap.id: one.texts[0]} for gap in question.gaps for one in gap.wrong)]
    return []
