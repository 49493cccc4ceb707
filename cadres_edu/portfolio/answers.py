"""What a learner answered, in the words of the question."""

from __future__ import annotations

import json
from typing import Any

from cadres_edu.markup import plain
from cadres_edu.question_kinds import Choice, Gap, Match, Number, Open, Order, Question, Several


def prompt(question: Question) -> str:
    """What was asked, as plain text."""
    return "\n".join(map(plain, question.prompt))


def in_words(question: Question, answer: Any) -> str:
    """The answer as text; one that doesn't fit the question as it is now is given as it was kept."""
    try:
        return _in_words(question, answer)
    except (TypeError, KeyError, AttributeError, ValueError):
        return raw(answer)


def raw(answer: Any) -> str:
    """The answer as it stands in the file."""
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


def _in_words(question: Question, answer: Any) -> str:
    options = {option.id: plain(option.text) for option in question.options}
    match question:
        case Choice():
            return options[answer]
        case Several() | Order():
            return "; ".join(options[name].rstrip(".") for name in answer)
        case Number():
            return f"{answer} {question.unit}".strip()
        case Match():
            sides = {side.id: plain(side.text) for side in question.right}
            return "; ".join(f"{options[left]} → {sides[side]}" for left, side in answer.items())
        case Gap():
            return "; ".join(str(text) for text in answer.values())
        case Open():
            return str(answer)
    return raw(answer)
