"""What a learner kept in the things of the lessons, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from cadres_edu import archive
from cadres_edu.log_entry import Entry
from cadres_edu.reasoning import Corroboration, VerdictPoint
from cadres_edu.widgets import excess, indexed, lives, months, rules, verdicts, weigh

Answer = Mapping[str, Any]
# By their names in the log.
TITLES = {
    "00/reader": "The seed document, sentence by sentence",
    "00/practice": "Key terms",
    "01/chain": "The reporting chain",
    "02/estimates": "Estimates by year",
    "02/excess": excess.TITLE,
    "02/rules": rules.TITLE,
    "02/tiles": "Death rates by province",
    "03/days": "Day by day",
    "03/hall": "Who was invited",
    "04/weigh": weigh.TITLE,
    "05/grid": "Who backs whom",
    "05/stances": "Who said what in the hall",
    "06/indexed": "What changed at the same time",
    "07/months": months.TITLE,
    "08/causes": "A chain of causes",
    "09/lives": "Lives",
    "09/verdicts": "Three verdicts",
}
WITHOUT_WORDS = "Worked with. What was set there is in the file of answers, and shows when the lesson is opened."


def title(name: str) -> str:
    """What a thing is called; its name in the log where it isn't known."""
    return TITLES.get(name, name)


def in_words(name: str, entries: list[Entry]) -> list[str]:
    """The last result kept under `name`, in sentences; nothing where it isn't a thing that is known."""
    if name not in TITLES:
        return []
    tell = _TOLD.get(name)
    try:
        said = tell(entries[-1].answer) if tell else []
    except (TypeError, KeyError, AttributeError, ValueError, LookupError):
        said = []
    return said or [WITHOUT_WORDS]


def _reader(answer: Answer) -> list[str]:
    verdicts = sorted(answer["verdicts"].items(), key=lambda one: int(one[0]))
    return [f"Sentence {number}: {verdict}" for number, verdict in verdicts]


def _chain(answer: Answer) -> list[str]:
    shares = ", ".join(f"{100 * share:.0f}" for share in answer["shares"])
    return [
        f"Guess: each level added {answer['guess']:g} per cent.",
        f"Last set, for {answer['year']}: {shares} per cent, level by level from below.",
    ]


def _excess(answer: Answer) -> list[str]:
    return [f"Guess: {answer['guess']:g} million.", *(str(one) for one in answer.get("results", ()))]


def _rules(answer: Answer) -> list[str]:
    deaths = {one.id: one.deaths for one in rules.GROUPS}
    words = {one.id: one.words for one in rules.RULES}
    held = [name for name in answer["held"] if answer["ticks"].get(name)]
    return [f"{words[name]} Counted: {sum(deaths[one] for one in answer['ticks'][name])}." for name in held]


def _weigh(answer: Answer) -> list[str]:
    names = {one.id: one.name for one in archive.weighing()}
    places, reasons, of = dict(weigh.PLACES), dict(weigh.REASONS), dict(weigh.OF)
    said = []
    for name, laid in answer["cards"].items():
        why = "; ".join(filter(None, (reasons.get(laid["pick"], ""), laid["words"])))
        moved = "" if laid["first"] == laid["place"] else f", first {places[laid['first']]}"
        said.append(f"{names[name]}: {places[laid['place']]}{moved} ({why})")
    for name, share in answer["shares"].items():
        said.append(
            f"Policy’s share of {of[name]}: {share['low']} to {share['high']} per cent, best guess {share['best']}"
        )
    return said


def _stances(answer: Answer) -> list[str]:
    return [
        f"{_position(name)}: guessed {guess}, on record {_stance(name)}" for name, guess in answer["guesses"].items()
    ]


def _position(name: str) -> str:
    one: Any = archive.record(f"position:{name}")
    return f"{archive.record(f'person:{one.person}').label} on {one.issue}"


def _stance(name: str) -> str:
    one: Any = archive.record(f"position:{name}")
    return str(one.stance)


def _tiles(answer: Answer) -> list[str]:
    opened = sorted(archive.record(f"place:{name}").label for name in answer["seen"])
    return [f"Provinces opened: {'; '.join(opened)}."] if opened else []


def _days(answer: Answer) -> list[str]:
    return [f"Days of the conference opened: {', '.join(map(str, answer['seen']))}."] if answer["seen"] else []


def _hall(answer: Answer) -> list[str]:
    units = [f"{name} ({answer['counts'][name]:,} units)" for name in answer["counted"]]
    return [f"Levels counted: {', '.join(units)}."] if units else []


def _estimates(answer: Answer) -> list[str]:
    known = {one.ref: one.label for one in archive.estimates()}
    opened = [known[ref] for ref in answer["opened"] if ref in known]
    rows = f" Opened: {'; '.join(sorted(opened))}." if opened else ""
    return [f"Estimates looked at up to {int(answer['year'])}.{rows}"]


def _grid(answer: Answer) -> list[str]:
    """For each claim compared, which accounts were read otherwise than by the course; else how many were judged."""
    rows = archive.everything(Corroboration)
    said = []
    for name, marks in answer["marks"].items():
        ours = {one.account: one.verdict for one in rows if one.claim == name and one.account in marks}
        claim = archive.record(f"claim:{name}").label.rstrip(".")
        if ours and name not in answer["compared"]:
            said.append(f"{claim}: accounts judged: {len(ours)}, not yet compared")
        elif ours:
            alike = sum(marks[account] == verdict for account, verdict in ours.items())
            other = [
                f"{archive.record(f'source:{account}').label}: I read “{marks[account]}”, the course “{verdict}”"
                for account, verdict in ours.items()
                if marks[account] != verdict
            ]
            said.append("; ".join([f"{claim}: {alike} of {len(ours)} read as the course does", *other]))
    return said


def _indexed(answer: Answer) -> list[str]:
    names = {one.event: one.label for one in indexed.CHANGES} | {indexed.UNSURE["id"]: indexed.UNSURE["label"]}
    said = [
        f"What mattered most, {when}: {names[answer[key]]}."
        for key, when in (("first", "said first"), ("last", "said at the end"))
        if answer[key]
    ]
    on = [names[name] for name in answer["on"]]
    return [*said, f"Changes switched on: {'; '.join(on)}."] if on else said


def _lives(answer: Answer) -> list[str]:
    """The guess for each person; how it ended by the records only once the learner has compared."""
    said = []
    for name, guess in answer["said"].items():
        if guess in lives.ENDS:
            ended = f"; by the records: {lives.ENDS[lives.ended(name)[0]]}" if answer["compared"] else ""
            said.append(f"{archive.record(f'person:{name}').label}: guessed “{lives.ENDS[guess]}”{ended}")
    return said


def _verdicts(answer: Answer) -> list[str]:
    """What a later verdict was said to do with an earlier one; what it does only where the learner has read it."""
    said = []
    for name, guess in answer["said"].items():
        one = archive.record(f"verdict:{name}")
        if isinstance(one, VerdictPoint):
            read = f", read: it {verdicts.WORDS[one.kept]}" if name in answer["opened"] else ""
            said.append(f"{one.label}: said “it {verdicts.WORDS[guess]}”{read}")
    return said


def _months(answer: Answer) -> list[str]:
    if not answer["held"]:
        return []
    return [f"Order given: {' → '.join(months.ORDER[name] for name in answer['held'])}"]


def _causes(answer: Answer) -> list[str]:
    def event(name: str) -> str:
        return archive.record(f"event:{name}").label

    return [f"{event(one['from'])} → {event(one['to'])}: {one['label']} ({one['reason']})" for one in answer["links"]]


def _practice(answer: Answer) -> list[str]:
    boxes = Counter(int(box[0]) for box in answer["boxes"].values())
    return [f"Cards in box {box}: {number}." for box, number in sorted(boxes.items())]


_TOLD: dict[str, Callable[[Answer], list[str]]] = {
    "00/reader": _reader,
    "00/practice": _practice,
    "01/chain": _chain,
    "02/estimates": _estimates,
    "02/excess": _excess,
    "02/rules": _rules,
    "02/tiles": _tiles,
    "03/days": _days,
    "03/hall": _hall,
    "04/weigh": _weigh,
    "05/grid": _grid,
    "05/stances": _stances,
    "06/indexed": _indexed,
    "07/months": _months,
    "08/causes": _causes,
    "09/lives": _lives,
    "09/verdicts": _verdicts,
}
