"""The portfolio: what a learner has answered, written and argued, made from the log as a page that prints."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from cadres_edu import archive, essay, questions
from cadres_edu.atomic import replace
from cadres_edu.dates import date_in_words
from cadres_edu.log_entry import Entry
from cadres_edu.markup import plain
from cadres_edu.portfolio import answers, results
from cadres_edu.portfolio.document import Block, Heading, Points, Quote, Text, as_html, as_markdown
from cadres_edu.progress import Log, LogError
from cadres_edu.question_kinds import Open, Question
from cadres_edu.widgets import coursemap, gain
from cadres_edu.widgets.keeper import log_here

Given: TypeAlias = dict[str, list[Entry]]
FILES: dict[str, Callable[[str, list[Block]], str]] = {"portfolio.html": as_html, "portfolio.md": as_markdown}
ARGUMENT = "10/argument"
OUTCOMES = {"right": "right", "part": "partly right", "wrong": "not right", "open": "kept"}
NOTHING = "Nothing is answered yet, so there is no portfolio to write. Answer something, then run this again."
REPLACED = "It is made from your file of answers. Each time it is made it takes the place of the one before."


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the portfolio: the files written, or why there are none, in words and with a link."""

    said: str
    files: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return self.said

    def _repr_html_(self) -> str:
        links = " · ".join(f'<a href="{name}" target="_blank">{name}</a>' for name in self.files)
        return f"<p>{html.escape(self.said)}{f'<br>{links}' if links else ''}</p>"


def portfolio(log: Log | None = None) -> Written:
    """portfolio.html (it prints) and portfolio.md, written from the log into its folder in the place of older ones."""
    kept = log or log_here()
    try:
        if not kept.given():
            return Written(NOTHING)
        title, blocks = contents(kept)
        for name, write in FILES.items():
            replace(kept.path.parent / name, write(title, blocks).encode("utf-8", errors="replace"))
    except (LogError, OSError) as error:
        why = str(error) if isinstance(error, LogError) else error.strerror or str(error)
        return Written(f"The portfolio could not be written: {why.rstrip('.')}. Your answers are safe in their file.")
    return Written(f"Your portfolio is written: {' and '.join(FILES)}, beside the lessons. {REPLACED}", tuple(FILES))


def contents(log: Log) -> tuple[str, list[Block]]:
    """The title of the portfolio and its blocks, in order."""
    given = log.given()
    entries = [entry for found in given.values() for entry in found]
    days = sorted({entry.at[:10] for entry in entries})
    span = " to ".join(dict.fromkeys(_day(day) for day in (days[0], days[-1])))
    title = f"Portfolio of {log.name}" if log.name else "Portfolio"
    blocks: list[Block] = [
        Text("The Seven Thousand Cadres Conference of 1962, a course in eleven lessons."),
        Text(f"{span}, by the clock of the computer. Entries in the file of answers: {len(entries)}."),
        *_argument(given),
        *_survey(given),
        *_lessons(given),
        *_works(given),
        *_problems(log),
    ]
    return title, blocks


def _day(date: str) -> str:
    """A day of the log in words; as it stands where it is no date."""
    try:
        return date_in_words(date)
    except ValueError:
        return date


def _argument(given: Given) -> Iterator[Block]:
    if ARGUMENT not in given:
        return
    yield Heading("My case: an essay plan")
    answer = given[ARGUMENT][-1].answer
    try:
        plan, lacks = essay.plan(answer), essay.missing(answer)
    except (TypeError, AttributeError, ValueError):
        yield from _as_kept(answer)
        return
    for head, parts in plan:
        yield Heading(head, 3)
        if head == essay.HEADS["works"]:
            yield Points(tuple(parts))
        else:
            yield from (Text(part) for part in parts or ["(nothing yet)"])
    if lacks:
        yield Text(f"{', '.join(lacks)}.", "Still missing:")


def _survey(given: Given) -> Iterator[Block]:
    found = gain.asked()
    times = {name: _latest(given, [one.id for one in found], name) for name in ("start", "end")}
    if not any(times.values()):
        return
    yield Heading("Before and after: the survey")
    for one in found:
        taken = [(name, times[name][one.id]) for name in times if one.id in times[name]]
        if taken:
            yield Heading(answers.prompt(one), 3)
            yield from (Text(answers.in_words(one, answer), f"At the {name}:") for name, answer in taken)
            yield Text(answers.in_words(one, gain.best(one)), "Best supported by the course’s evidence:")
    yield Heading("What it comes to", 3)
    yield from map(Text, gain.in_words(times["start"], times["end"]))
    yield Text(gain.CANNOT)


def _latest(given: Given, names: list[str], occasion: str) -> Mapping[str, Any]:
    found = {name: [one for one in given.get(name, []) if one.occasion == occasion] for name in names}
    return {name: entries[-1].answer for name, entries in found.items() if entries}


def _lessons(given: Given) -> Iterator[Block]:
    titles = {one["number"]: one["title"] for one in coursemap.lessons()}
    for number in sorted({name[:2] for name in given}):
        own = {name: entries for name, entries in given.items() if name[:2] == number and name != ARGUMENT}
        found = [*_questions(number, own), *_things(own)]
        if found:
            yield Heading(f"Lesson {number}: {titles.get(number, 'not in this course')}")
            yield from found


def _asked() -> dict[str, Question]:
    files = sorted((archive.seeds_folder() / "questions").glob("*.md"))
    return {one.id: one for file in files for one in questions.load_file(file)}


def _questions(number: str, own: Given) -> Iterator[Block]:
    for name, question in _asked().items():
        if name in own and name.startswith(number) and not question.survey:
            yield Heading(answers.prompt(question), 3)
            yield from _answered(question, own[name])
            if f"{name}-self" in own and isinstance(question, Open):
                yield from _judged(question, own[f"{name}-self"][-1].answer)


def _answered(question: Question, entries: list[Entry]) -> Iterator[Block]:
    last = entries[-1]
    if isinstance(question, Open):
        yield Quote(answers.in_words(question, last.answer))
        return
    if len(entries) == 1:
        yield Text(f"{answers.in_words(question, last.answer)} ({OUTCOMES[last.result]})", "Answer:")
        return
    first = entries[0]
    yield Text(f"{answers.in_words(question, first.answer)} ({OUTCOMES[first.result]})", "First answer:")
    label = f"Last answer, of {len(entries)}:"
    yield Text(f"{answers.in_words(question, last.answer)} ({OUTCOMES[last.result]})", label)


def _judged(question: Open, answer: Any) -> Iterator[Block]:
    """The learner's own ticks in the rubric, with the words of the level."""
    levels = answer.get("levels") if isinstance(answer, dict) else None
    if not question.rubric or not isinstance(levels, dict):
        yield from _as_kept(answer)
        return
    found = []
    for row in question.rubric.rows:
        level = levels.get(plain(row[0]))
        if isinstance(level, int) and 0 <= level < len(row) - 1:
            found.append(f"{plain(row[0])}, {plain(question.rubric.head[level + 1])}: {plain(row[level + 1])}")
    if found:
        yield Text("", "How I judge it:")
        yield Points(tuple(found))


def _things(own: Given) -> Iterator[Block]:
    asked = _asked()
    rest = {name: given for name, given in own.items() if name not in asked and name.removesuffix("-self") not in asked}
    for name, entries in rest.items():
        yield Heading(results.title(name), 3)
        said = results.in_words(name, entries)
        yield from [Points(tuple(said))] if said else _as_kept(entries[-1].answer)


def _as_kept(answer: Any) -> Iterator[Block]:
    yield Text("Kept in a form that has no words here; this is what stands in the file.")
    yield Quote(answers.raw(answer))


def _works(given: Given) -> Iterator[Block]:
    """The works behind the records that the answered questions cite and the argument uses."""
    asked = _asked()
    refs = {ref for name in given if name in asked for ref in asked[name].cites}
    if ARGUMENT in given:
        refs |= set(essay.refs(given[ARGUMENT][-1].answer))
    names = {name for ref in refs for name in archive.record(ref).source}
    cited = sorted((archive.cite(f"source:{name}") for name in names), key=lambda text: text.lstrip("‘").casefold())
    if cited:
        yield Heading("Works behind the records used")
        yield Points(tuple(cited))


def _problems(log: Log) -> Iterator[Block]:
    if found := log.problems():
        yield Heading("What could not be read")
        yield Points(tuple(found))
