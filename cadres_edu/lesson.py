"""What a lesson calls: each function shows one thing, joined from the evidence, the questions and the learner's log."""

from __future__ import annotations

import json
import os

from cadres_edu import archive, charts, questions
from cadres_edu.cards import Cards, refs
from cadres_edu.portfolio import portfolio
from cadres_edu.widgets import coursemap, quiz
from cadres_edu.widgets.argument import argument
from cadres_edu.widgets.base import Thing
from cadres_edu.widgets.causes import causes
from cadres_edu.widgets.chain import chain
from cadres_edu.widgets.days import days
from cadres_edu.widgets.estimates import estimates
from cadres_edu.widgets.excess import excess
from cadres_edu.widgets.gain import gain
from cadres_edu.widgets.grid import grid
from cadres_edu.widgets.hall import hall
from cadres_edu.widgets.indexed import indexed
from cadres_edu.widgets.lives import lives
from cadres_edu.widgets.months import months
from cadres_edu.widgets.practice import practice
from cadres_edu.widgets.reader import reader
from cadres_edu.widgets.rules import rules
from cadres_edu.widgets.stances import stances
from cadres_edu.widgets.tiles import tiles
from cadres_edu.widgets.verdicts import verdicts
from cadres_edu.widgets.weigh import weigh

__all__ = [
    "argument",
    "ask",
    "causes",
    "chain",
    "chart",
    "course_map",
    "days",
    "estimates",
    "excess",
    "gain",
    "grid",
    "hall",
    "indexed",
    "lives",
    "months",
    "portfolio",
    "practice",
    "reader",
    "rules",
    "sources",
    "stances",
    "start",
    "survey",
    "tiles",
    "verdicts",
    "weigh",
]

# Left to itself plotly would write 5 MB of its own code into each stored figure.
os.environ.setdefault("PLOTLY_RENDERER", "plotly_mimetype")


def start(number: str) -> Thing:
    """The strip at the head of lesson `number`: how many of its questions are answered, and where answers are kept."""
    return coursemap.strip(number)


def ask(question: str) -> Thing:
    """The question `question`, such as `"03/attendance"`."""
    return quiz.ask([questions.find(question)])


def survey(occasion: str) -> Thing:
    """The survey of what the learner believes, at the `start` or the `end` of the course: no marks, no feedback."""
    found = [one for one in questions.load("00-start-here") if one.survey and occasion in one.occasion]
    if not found:
        raise archive.UnknownRecord(occasion, ("start", "end"))
    return quiz.ask(found, occasion)


def course_map() -> Thing:
    """All lessons with the learner's place in them; name, another learner, start over, and handing in."""
    return coursemap.course_map()


def chart(name: str) -> charts.Chart:
    """The chart called `name`."""
    return charts.chart(name)


def sources(number: str) -> Cards:
    """The cards of all records that lesson `number` and its questions link to, by kind and then in order of mention."""
    file = coursemap.file(number)
    cells = json.loads(file.read_bytes())["cells"]
    text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return Cards(refs(text, questions.load(file.stem)))
