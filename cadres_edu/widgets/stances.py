"""Who said what, issue by issue: a board whose cells open on the record once the learner has guessed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.dates import bounds, date_in_words
from cadres_edu.records import STANDINGS, Event, Position
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

TITLE = "Who said what in the hall"
ABOUT = (
    "Each issue has a statement. Choose a cell, guess where the speaker stood on that statement, then open the record. "
    "The words are ours; the works that they rest on stand beside them."
)
MEANS = {
    "supports": "for the statement",
    "opposes": "against it",
    "mixed": "partly for it, or for some people or places only",
    "silent": "a record says that the speaker did not speak of it",
    "no record seen": "our table has nothing of theirs on it: not read, or not read for this; that is not silence",
}
# What "supports" is a support of. An issue that is not here goes on the board under its own name alone.
ISSUES = {
    "cause of famine": "Mistakes in the work, not natural disasters, caused the shortage.",
    "responsibility": "The leaders at the top must answer for what went wrong.",
    "three red banners": "The general line, the Great Leap and the communes were right.",
    "balance of achievements": "The faults were small beside what was achieved.",
    "Peng Dehuai": "Peng Dehuai should be cleared.",
    "rehabilitation": "Others who were condemned should get a new hearing.",
    "truthful reporting": "Report the true figures, deaths included.",
    "speaking out": "Whoever speaks up now will not be punished for it.",
    "economic retreat": "Cut building, staff and targets back until the economy recovers.",
    "democratic centralism": "People in the Party must be free to say what they think.",
    "grain procurement": "Peasants must deliver what the state needs, even if they eat less.",
    "household contracting": "Households may farm a share of the land on contract.",
    "class struggle": "Class struggle goes on under socialism and must be talked of.",
}
# Those who spoke to the whole hall, in the order in which they did.
_MAIN = ("liu-shaoqi", "lin-biao", "mao-zedong", "deng-xiaoping", "zhou-enlai")
_MOST = 7  # columns that a page can hold


def stances() -> Thing:
    """The stance board: speakers by issue, with what each is on record for during the conference."""
    when = {one.id: _when(one, *_conference()) for one in archive.positions()}
    held = [one for one in archive.positions() if when[one.id] == "within"]
    speakers = _speakers(held)
    shown = [one for one in held if one.person in speakers]
    found = dict.fromkeys(one.issue for one in shown)
    issues = [name for name in ISSUES if name in found] + [name for name in found if name not in ISSUES]
    leaves_out = _leaves_out(Counter(when.values()), [one for one in held if one.person not in speakers])
    data: dict[str, Any] = {
        "title": TITLE,
        "about": ABOUT,
        "means": [list(pair) for pair in MEANS.items()],  # a stored notebook keeps the order of lists only
        "leaves_out": markup.as_json(markup.runs(leaves_out)),
        "speakers": [_speaker(name) for name in speakers],
        "issues": [{"name": name, "says": ISSUES.get(name, "")} for name in issues],
        "cells": _cells(shown),
        # Named once here and not in each record: a lesson's file has a limit.
        "standings": {one.standing: STANDINGS[one.standing] for one in shown},
        "works": {name: _work(name) for one in shown for name in one.source},
    }
    left_out = markup.plain(markup.runs(leaves_out))
    reading, static = _reading(data, left_out), _static(data, left_out)
    return Thing("stances", "05/stances", data, reading, static, asks=["05/stances"])


def _conference() -> tuple[dt.date, dt.date]:
    opens, closes = (archive.record(f"event:conference-{word}") for word in ("opens", "closes"))
    if not isinstance(opens, Event) or not isinstance(closes, Event):
        raise TypeError("the conference's first and last day must be events")
    return opens.first, closes.last


def _when(one: Position, opens: dt.date, closes: dt.date) -> str:
    """Where a position's date lies: `within` the conference, `before` or `after` it, or `unsure`."""
    first, last = bounds(one.date)
    if last < opens:
        return "before"
    if first > closes:
        return "after"
    # The month of the opening counts although it began earlier: what is dated to January 1962 is of the conference.
    return "within" if last <= closes else "unsure"


def _speakers(held: list[Position]) -> list[str]:
    count = Counter(one.person for one in held)
    others = [name for name, number in count.most_common() if number > 1 and name not in _MAIN]
    return [*_MAIN, *others][:_MOST]


def _name(person: str) -> str:
    return archive.record(f"person:{person}").label


def _speaker(person: str) -> dict[str, str]:
    (one,) = (one for one in archive.people() if one.id == person)
    return {"id": one.id, "name": one.name, "role": one.roles_1962}


def _cells(shown: list[Position]) -> dict[str, dict[str, Any]]:
    """What is on record, by `speaker/issue`; a speaker with records on two sides of an issue is mixed."""
    cells: dict[str, dict[str, Any]] = {}
    for one in shown:
        cell = cells.setdefault(f"{one.person}/{one.issue}", {"stance": one.stance, "records": []})
        cell["stance"] = one.stance if cell["stance"] == one.stance else "mixed"
        cell["records"].append(_record(one))
    return cells


def _record(one: Position) -> dict[str, Any]:
    return {
        "ref": one.ref,
        "stance": one.stance,
        "when": date_in_words(one.date),
        "said": markup.as_json(markup.runs(one.position)),
        "standing": one.standing,
        "note": markup.as_json(markup.runs(one.note)),
        "works": list(one.source),
    }


def _work(name: str) -> list[Any]:
    return list(markup.as_json(markup.runs(archive.record(f"source:{name}").label)))


def _leaves_out(count: Counter[str], others: list[Position]) -> str:
    text = (
        f"Left out: positions on record from before the conference ({count['before']}), from after it "
        f"({count['after']}), and those dated too loosely to tell ({count['unsure']})."
    )
    if others:
        people: dict[str, str] = {}
        for one in others:
            people.setdefault(one.person, f"[{_name(one.person)}](#{one.ref})")
        text += f" People with fewer positions on record have no column here: {', '.join(people.values())}."
    return text + " Most of what was said in the groups left no trace that we have."


def _mark(data: dict[str, Any], speaker: dict[str, str], issue: dict[str, str]) -> str:
    return "on record: guess" if f"{speaker['id']}/{issue['name']}" in data["cells"] else "no record seen"


def _reading(data: dict[str, Any], leaves_out: str) -> str:
    lines = [TITLE, ABOUT, *(f"{name}: {means}" for name, means in MEANS.items())]
    for issue in data["issues"]:
        lines.append(f"{issue['name'].capitalize()}. “{issue['says'] or issue['name']}”")
        lines += [f"   {one['name']}: {_mark(data, one, issue)}" for one in data["speakers"]]
    return "\n".join([*lines, leaves_out])


def _static(data: dict[str, Any], leaves_out: str) -> str:
    """The board with room for a guess where there is a record; the records themselves are for afterwards."""
    rows = [
        (marked(": ".join(filter(None, (issue["name"], issue["says"])))), *_guesses(data, issue))
        for issue in data["issues"]
    ]
    return paper.sheet(
        TITLE,
        paper.paragraphs(ABOUT),
        paper.listed(marked(f"{name}: {words}") for name, words in MEANS.items()),
        "<p>Write S, O or M where there is room: a record says where the speaker stood. A dash: no record seen.</p>",
        paper.table(("Issue and statement", *(marked(one["name"]) for one in data["speakers"])), rows),
        paper.paragraphs(leaves_out),
    )


def _guesses(data: dict[str, Any], issue: dict[str, str]) -> list[str]:
    found = data["cells"]
    return [paper.LETTER if f"{one['id']}/{issue['name']}" in found else "–" for one in data["speakers"]]
