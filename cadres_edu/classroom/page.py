"""One HTML page that needs nothing else: it opens offline, prints, and reads without a script."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NewType

from cadres_edu.cards import marked

Html = NewType("Html", str)
"""Text in which everything foreign is escaped already."""

_STYLE = Path(__file__).with_name("page.css")


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head, and whether it holds numbers, or words that need width."""

    head: str
    number: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page under a heading, with the name that links lead to."""

    name: str
    title: str
    parts: tuple[Html, ...]


def text(words: str) -> Html:
    """Words with nothing in them taken for mark-up."""
    return Html(marked(words))


def name(words: str) -> Html:
    """A person's or a file's name, whose direction of writing stays its own affair."""
    return Html(f"<bdi>{marked(words)}</bdi>")


def para(*parts: str | Html, label: str = "") -> Html:
    """A paragraph of parts that are joined as they are; `label` stands before it in strong type."""
    return Html(f"<p>{f'<strong>{text(label)}</strong> ' if label else ''}{''.join(parts)}</p>")


def soft(words: str) -> Html:
    """Words of less weight, such as the id of a question."""
    return Html(f'<span class="soft">{text(words)}</span>')


def heading(words: str) -> Html:
    """A heading within a section."""
    return Html(f"<h3>{text(words)}</h3>")


def warning(words: str) -> Html:
    """Words to be read before the rest."""
    return Html(f'<p class="warning"><strong>Note:</strong> {text(words)}</p>')


def quote(words: str, who: str) -> Html:
    """Somebody's own words, whole, and whose they are."""
    return Html(f'<blockquote><footer>{name(who)}</footer><p dir="auto">{text(words)}</p></blockquote>')


def terms(pairs: Iterable[tuple[str, str]]) -> Html:
    """A list of terms and what they mean here."""
    return Html(f"<dl>{''.join(f'<dt>{text(term)}</dt><dd>{text(words)}</dd>' for term, words in pairs)}</dl>")


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Html]]) -> Html:
    """A table whose first column heads its rows."""
    heads = "".join(f'<th scope="col"{_kind(column)}>{text(column.head)}</th>' for column in columns)
    body = "\n".join(_row(columns, row) for row in rows)
    return Html(
        f'<div class="scroll" tabindex="0" role="group" aria-label="{html.escape(caption)}">'
        f"<table><caption>{text(caption)}</caption><thead><tr>{heads}</tr></thead>\n<tbody>{body}</tbody></table></div>"
    )


def document(title: str, intro: Iterable[Html], sections: Sequence[Section]) -> str:
    """The whole page."""
    links = "".join(f'<li><a href="#{one.name}">{text(one.title)}</a></li>' for one in sections)
    body = "\n".join(_section(one) for one in sections)
    style = _STYLE.read_text(encoding="utf-8")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title>\n<style>\n{style}</style></head>\n<body>\n"
        f"<header><h1>{text(title)}</h1>\n{''.join(intro)}</header>\n"
        f'<nav aria-label="Contents"><ol>{links}</ol></nav>\n<main>\n{body}\n</main>\n</body></html>\n'
    )


def _kind(column: Column) -> str:
    return ' class="number"' if column.number else ' class="wide"' if column.wide else ""


def _row(columns: Sequence[Column], row: Sequence[Html]) -> str:
    first, *rest = zip(columns, row, strict=True)
    cells = "".join(f"<td{_kind(column)}>{value}</td>" for column, value in rest)
    return f'<tr><th scope="row"{_kind(first[0])}>{first[1]}</th>{cells}</tr>'


def _section(one: Section) -> str:
    parts = "\n".join(one.parts)
    return (
        f'<section id="{one.name}" aria-labelledby="{one.name}-head"><h2 id="{one.name}-head">{text(one.title)}</h2>\n'
        f"{parts}</section>"
    )
