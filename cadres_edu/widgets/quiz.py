"""Questions in a lesson: the page marks and explains, the kernel writes the learner's log."""

from __future__ import annotations

import html
import math
import string
from collections.abc import Iterator, Sequence
from typing import Any

from cadres_edu import progress, questions
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

_BLANK = "____"
_WORDS_A_LINE, _MOST_LINES = 9, 24  # in handwriting, on a line of 16 centimetres; what stays on a page with its task


def ask(asked: Sequence[questions.Question], occasion: str = "", log: progress.Log | None = None) -> Thing:
    """One Thing that asks the questions `asked`; `occasion` (`start` or `end`) says which of its times a survey is."""
    pages = [questions.to_json(question) for question in asked]
    data: dict[str, Any] = {"questions": pages}
    key, asks = asked[0].id, [question.id for question in asked]
    if occasion:
        data["occasion"] = occasion
        key, asks = f"{key}-{occasion}", [f"{name}@{occasion}" for name in asks]
    asks += [f"{page['id']}-self" for page in pages if page.get("rubric")]
    reading = "\n\n".join("\n".join(_lines(page)) for page in pages)
    return Thing("quiz", key, data, reading, "".join(map(_sheet, pages)), asks=asks, log=log)


def _words(inner: str | list[Any]) -> str:
    """The text of runs, with a line for each gap."""
    if isinstance(inner, str):
        return inner
    return "".join(run if isinstance(run, str) else _words_of(run) for run in inner)


def _words_of(run: dict[str, Any]) -> str:
    if "gap" in run:
        return _BLANK
    return _words(next(run[name] for name in ("zh", "em", "strong", "text") if name in run))


def _lines(page: dict[str, Any]) -> Iterator[str]:
    """A question as a sheet of paper would ask it: no answers, no hint."""
    yield f"Question {page['id']}"
    yield from map(_words, page["prompt"])
    options = {option["id"]: _words(option["text"]) for option in page["options"]}
    match page["kind"]:
        case "choice" | "several":
            yield "Choose one:" if page["kind"] == "choice" else "Choose all that fit:"
            yield from (f"[ ] {options[name]}" for name in page["shown"])
        case "number":
            yield f"Answer: {_BLANK} {page['unit']}".rstrip()
        case "order":
            yield "Put in order:"
            yield from (f"{_BLANK} {options[name]}" for name in page["shown"])
        case "match":
            right = {side["id"]: _words(side["text"]) for side in page["right"]}
            yield "Match each with one of: " + "; ".join(right[name] for name in page["shown"])
            yield from (f"{_words(left['text'])}: {_BLANK}" for left in page["left"])
        case "open":
            yield f"Write {page['words'][0]} to {page['words'][1]} words."
            if page.get("rubric"):
                yield from (" | ".join(map(_words, row)) for row in page["rubric"]["rows"])


def _html(inner: str | list[Any]) -> str:
    """Runs as HTML for a reading; links are left as words, for in an untrusted notebook they lead nowhere."""
    if isinstance(inner, str):
        return html.escape(inner)
    return "".join(html.escape(run) if isinstance(run, str) else _html_of(run) for run in inner)


def _html_of(run: dict[str, Any]) -> str:
    for name, start, end in (
        ("zh", '<span lang="zh-Hans">', "</span>"),
        ("em", "<em>", "</em>"),
        ("strong", "<strong>", "</strong>"),
        ("text", "", ""),
    ):
        if name in run:
            return f"{start}{_html(run[name])}{end}"
    return paper.GAP


def _sheet(page: dict[str, Any]) -> str:
    """The reading as HTML, for print and for a notebook that isn't trusted: a sheet with room for the answer."""
    options = {option["id"]: _html(option["text"]) for option in page["options"]}
    parts = [f"<p><strong>{_html(paragraph)}</strong></p>" for paragraph in page["prompt"]]
    match page["kind"]:
        case "choice" | "several":
            note = "" if page["kind"] == "choice" else "<p>Choose all that fit.</p>"
            parts.append(note + paper.listed((options[name] for name in page["shown"]), "ticks"))
        case "number":
            parts.append(f"<p>Your answer: {paper.GAP} {html.escape(page['unit'])}</p>")
        case "order":
            parts.append("<p>Put in order: write 1 beside the first, and so on.</p>")
            parts.append(paper.listed((f"{paper.LETTER} {options[name]}" for name in page["shown"]), "open"))
        case "match":
            right = {side["id"]: _html(side["text"]) for side in page["right"]}
            offered = zip(string.ascii_uppercase, page["shown"], strict=False)
            parts.append("<p>Write beside each the letter that fits.</p>")
            parts.append(paper.listed((f"{paper.LETTER} {_html(left['text'])}" for left in page["left"]), "open"))
            parts.append(paper.listed((f"<b>{letter}</b> {right[name]}" for letter, name in offered), "open"))
        case "open":
            fewest, most = page["words"]
            parts.append(f"{_grid(page.get('rubric'))}<p>Write {fewest} to {most} words.</p>")
            parts.append(_room(most))
    return f'<div class="question" data-question="{page["id"]}">{"".join(parts)}</div>'


def _room(words: int) -> str:
    number = math.ceil(words / _WORDS_A_LINE)
    return paper.lines(number) if number <= _MOST_LINES else "<p>Use a sheet of your own.</p>"


def _grid(rubric: dict[str, Any] | None) -> str:
    if not rubric:
        return ""
    heads, *rows = ([_html(cell) for cell in row] for row in (rubric["head"], *rubric["rows"]))
    return paper.table(heads, rows)
