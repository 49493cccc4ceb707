"""A case to make: a claim, evidence picked from what the learner has met, what speaks against it, a reply, a plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cadres_edu import archive, markup, questions
from cadres_edu.cards import marked
from cadres_edu.essay import HEADS, LEAST, LIMITS, SHOW_NOT, WHY, Thesis, label, limit, line, theses, work
from cadres_edu.records import STANDINGS, Record
from cadres_edu.widgets import coursemap, paper
from cadres_edu.widgets.base import Thing

QUESTION = "10/argument"
TITLE = "Make your case"
ASK = "What did the Seven Thousand Cadres Conference change?"
ABOUT = (
    "State a claim. Pick records that bear on it, at least two for it and one against it, and say of each why it "
    "bears. Then answer what speaks against you. Out comes a plan for an essay. Nothing here is marked."
)
LEAVES_OUT = (
    "Left out: most of the course's records, for the cards are those that its questions lean on most, and those that "
    "the offered claims call for. A card is shortened; its work says more. Whether your reasons are good no page can "
    "tell. Ask a reader."
)
MOST = 80
# Things that keep the ids of the records that the learner has handled there.
THINGS = ("04/weigh", "07/months", "08/causes")
WANTED = {
    "claim": ("A claim", "Without one, nothing is evidence for it or against it."),
    "own": ("More of your claim", "Say in a sentence what changed, or what didn't."),
    "for": ("A second piece of evidence", "A claim on one leg falls when that leg is weak."),
    "against": ("Evidence against your claim", "A claim that has met no objection has not been tested."),
    "why": ("Why it bears on the claim", "A record says what was; only you can say what it shows."),
    "reply": ("Your reply", "An objection that is named and not answered stands."),
}


def argument() -> Thing:
    """The claims on offer, the cards by lesson, and the parts that a case needs."""
    offered = theses()
    by_lesson = cards(offered)
    shown = [one for found in by_lesson.values() for one in found]
    works = list(dict.fromkeys(name for one in shown for name in one.source))
    asked = _asked()
    titles = {one["number"]: f"Lesson {one['number']}: {one['title']}" for one in coursemap.lessons()}
    data = {
        "title": TITLE,
        "ask": ASK,
        "about": ABOUT,
        "leaves_out": LEAVES_OUT,
        "theses": [[one.id, one.thesis, list(one.supports), list(one.opposes)] for one in offered],
        "wanted": WANTED,
        "least": LEAST,
        "heads": HEADS,
        "why": WHY,
        "cant": SHOW_NOT,
        "limits": LIMITS,
        "standings": STANDINGS,
        "works": [_inner(work(name)) for name in works],
        "lessons": [
            [titles.get(number, "Records for the claims on offer"), [_card(one, works, asked) for one in found]]
            for number, found in by_lesson.items()
        ],
        "things": THINGS,
    }
    asks = [QUESTION, *(f"{number}/" for number in titles if number != QUESTION[:2])]
    lines = [(titles.get(number, "More"), found) for number, found in by_lesson.items()]
    return Thing("argument", QUESTION, data, _reading(offered, lines), _static(offered, lines), asks=asks)


def cards(offered: Iterable[Thesis]) -> dict[str, list[Record]]:
    """At most `MOST` records by the lesson that first asks about them, last those that none asks about: all that the
    `offered` claims call for, then, lesson by lesson in turn, those that most questions lean on."""
    asked = _asked()
    called_for = dict.fromkeys(ref for one in offered for ref in (*one.supports, *one.opposes))
    ranked: dict[str, list[str]] = {}
    kinds = list(LIMITS)
    for ref in sorted(asked, key=lambda ref: (-len(asked[ref]), kinds.index(ref.partition(":")[0]))):
        ranked.setdefault(asked[ref][0][:2], []).append(ref)
    chosen = list(called_for)
    for ref in _in_turn([ranked[number] for number in sorted(ranked)]):
        if len(chosen) >= MOST:
            break
        if ref not in called_for:
            chosen.append(ref)
    lesson = {ref: asked[ref][0][:2] if ref in asked else "" for ref in chosen}
    order = sorted(set(lesson.values()), key=lambda number: number or "~")
    known = [ref for ref in asked if ref in lesson] + [ref for ref in chosen if ref not in asked]
    return {number: [archive.record(ref) for ref in known if lesson[ref] == number] for number in order}


def _in_turn(heaps: list[list[str]]) -> Iterator[str]:
    """The first of each heap, then the second of each, and so on."""
    for place in range(max(map(len, heaps), default=0)):
        yield from (heap[place] for heap in heaps if place < len(heap))


def _asked() -> dict[str, list[str]]:
    """The questions that lean on each record which can be evidence, in the order of the course."""
    found: dict[str, list[str]] = {}
    for file in sorted((archive.seeds_folder() / "questions").glob("*.md")):
        for one in questions.load_file(file):
            for ref in one.cites:
                if ref.partition(":")[0] in LIMITS:
                    found.setdefault(ref, []).append(one.id)
    return found


def _inner(text: str) -> Any:
    found = markup.as_json(markup.runs(text))
    return found[0] if len(found) == 1 else found or ""


def _card(one: Record, works: list[str], asked: Mapping[str, list[str]]) -> list[Any]:
    """Ref, label, line, own limit, standing, works by their place in the list, questions that lean on it."""
    own = limit(one).removesuffix(LIMITS[one.kind]).strip()
    cells = [one.ref, _inner(label(one)), _inner(line(one)), _inner(own), one.standing]
    return [*cells, [works.index(name) for name in one.source], asked.get(one.ref, [])]


# ---- In words, and for print. ----


def _reading(offered: Iterable[Thesis], lessons: Iterable[tuple[str, list[Record]]]) -> str:
    lines = [TITLE, ASK, ABOUT, "Claims on offer, or one in your own words:", *(f"   {one.thesis}" for one in offered)]
    for head, found in lessons:
        lines += [head, *(f"   {label(one)} ({STANDINGS[one.standing]})" for one in found)]
    return "\n".join(
        [*lines, "Needed: two pieces for your claim, one against it, why each bears, a reply.", LEAVES_OUT]
    )


def _static(offered: Iterable[Thesis], lessons: Iterable[tuple[str, list[Record]]]) -> str:
    """The claims and the records on offer, then the parts of a case with room to write."""
    records = [f"<b>{marked(head)}</b> {'; '.join(map(_sure, found))}." for head, found in lessons]
    parts = (
        ("My claim:", 2),
        ("A record for it, and why it bears on the claim:", 3),
        ("A second record for it, and why:", 3),
        ("A record against it, and why:", 3),
        ("My reply:", 3),
    )
    return paper.sheet(
        TITLE,
        paper.paragraphs(f"{ASK} {ABOUT}", "Claims on offer, or one in your own words:"),
        paper.listed((marked(one.thesis) for one in offered), "ticks"),
        "<p>Records on offer:</p>",
        paper.listed(records, "facts"),
        *(f"<p>{words}</p>{paper.lines(number)}" for words, number in parts),
        paper.paragraphs(LEAVES_OUT),
    )


def _sure(one: Record) -> str:
    return marked(f"{label(one)} ({one.standing})")
