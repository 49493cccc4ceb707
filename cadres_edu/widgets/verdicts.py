"""Three official verdicts point by point: the learner says what a later one does with an earlier, then reads it."""

from __future__ import annotations

from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.reasoning import JUDGEMENTS, VerdictPoint
from cadres_edu.records import STANDINGS
from cadres_edu.schema import TABLES
from cadres_edu.tables import SeedError
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

TITLE = "Three verdicts, point by point"
ASK = (
    "Choose a point. Read what the earlier verdict says, say what the later one does with it, and only then read that."
)
WORDS = {"kept": "keeps it", "dropped": "takes it back", "silent": "is silent", "new": "new"}
CHOICES = ("kept", "dropped", "silent")
OPEN, UNREAD = "to say", "no record"
ABOUT = (
    f"“New”: first of the three to speak of the point. “{WORDS['silent'].capitalize()}”: read where it should, and it "
    f"doesn’t. “{UNREAD.capitalize()}”: the part that would speak of it was not read, and that is no silence."
)
LEAVES_OUT = (
    "Left out: all points that we did not look for, and every part of the three texts that we have not read. What a "
    "verdict says is told in our words; that it keeps or takes back is our reading."
)


def verdicts() -> Thing:
    """What the verdicts of 1968, 1980 and 1981 say on each point; what a later one does is said before it is read."""
    points: dict[str, dict[str, VerdictPoint]] = {}
    for one in archive.verdict_points():
        points.setdefault(one.point, {})[one.verdict] = one
    if not points:
        raise SeedError(TABLES[VerdictPoint], 0, "", "the table has no rows", "Write one for each verdict on a point.")
    data: dict[str, Any] = {
        "title": TITLE,
        "ask": ASK,
        "about": ABOUT,
        "leaves_out": LEAVES_OUT,
        "verdicts": [list(pair) for pair in JUDGEMENTS.items()],  # a stored notebook keeps the order of lists only
        "words": WORDS,
        "choices": list(CHOICES),
        "open": OPEN,
        "unread": UNREAD,
        "points": [{"name": name, "rows": _rows(rows)} for name, rows in points.items()],
    }
    return Thing("verdicts", "09/verdicts", data, _reading(points), _static(points), asks=["09/verdicts"])


def earlier(one: VerdictPoint, rows: dict[str, VerdictPoint]) -> str:
    """The latest verdict before `one` that says something on its point; empty where it is for the reader to read."""
    before = [name for name, other in rows.items() if name < one.verdict and other.kept != "silent"]
    return max(before, default="")


def _rows(rows: dict[str, VerdictPoint]) -> list[list[Any]]:
    """For each verdict that has the point: its place, id, text, what it does, standing, note, and whom it follows."""
    return [
        [
            at,
            rows[name].id,
            _inner(rows[name].says),
            rows[name].kept,
            STANDINGS[rows[name].standing],
            _inner(rows[name].note),
            earlier(rows[name], rows),
        ]
        for at, name in enumerate(JUDGEMENTS)
        if name in rows
    ]


def _inner(text: str) -> Any:
    found = markup.as_json(markup.runs(text))
    return found[0] if len(found) == 1 else found or ""


def _told(name: str, rows: dict[str, VerdictPoint]) -> str:
    """What is shown of a verdict on a point before anything was said."""
    one = rows.get(name)
    if one is None:
        return UNREAD
    if before := earlier(one, rows):
        return f"{OPEN}: what it does with what {before} says"
    return f"{one.says} ({WORDS[one.kept]}; {STANDINGS[one.standing]})"


def _reading(points: dict[str, dict[str, VerdictPoint]]) -> str:
    lines = [TITLE, ASK, f"It {', '.join(WORDS[one] for one in CHOICES[:-1])}, or {WORDS[CHOICES[-1]]}.", ABOUT]
    lines += [f"{name}: {words}" for name, words in JUDGEMENTS.items()]
    for point, rows in points.items():
        lines += [point, *(f"   {name}: {_told(name, rows)}" for name in JUDGEMENTS)]
    return "\n".join([*lines, LEAVES_OUT])


def _static(points: dict[str, dict[str, VerdictPoint]]) -> str:
    """The table with room to say what a later verdict does with an earlier."""
    heads = ("Point", *(marked(f"{name}: {words}") for name, words in JUDGEMENTS.items()))
    rows = [(marked(point), *(_cell(name, found) for name in JUDGEMENTS)) for point, found in points.items()]
    says = f"It {', '.join(WORDS[one] for one in CHOICES[:-1])}, or {WORDS[CHOICES[-1]]}."
    return paper.sheet(
        TITLE, paper.paragraphs(ASK, says, ABOUT), paper.table(heads, rows), paper.paragraphs(LEAVES_OUT)
    )


def _cell(name: str, rows: dict[str, VerdictPoint]) -> str:
    told = marked(_told(name, rows))
    return f"{told}: {paper.GAP}" if told.startswith(OPEN) else told
