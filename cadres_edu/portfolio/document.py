"""A document in plain blocks, written out as HTML that prints and as Markdown; every text in it is escaped."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from cadres_edu.cards import marked

Block: TypeAlias = "Heading | Text | Quote | Points"
STYLE = """
:root { color-scheme: light; }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; background: #fff;
  font: 1rem/1.5 Georgia, serif; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; }
h2 { margin-top: 2.2rem; padding-top: 0.8rem; border-top: 2px solid #9d2b20; font-size: 1.35rem; }
h3 { margin: 1.4rem 0 0.3rem; font-size: 1.05rem; }
p { margin: 0.3rem 0; } p + p { margin-top: 0.6rem; }
p { orphans: 3; widows: 3; white-space: pre-line; }
blockquote { margin: 0.4rem 0; padding-left: 0.9rem; border-left: 3px solid #767676; }
li { margin: 0.25rem 0; break-inside: avoid; }
@page { size: A4; margin: 20mm 18mm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  p + p { margin-top: 0.3rem; }
  ul { margin: 0.4rem 0; }
  h2 { break-before: page; border-top: 0; margin-top: 0; }
  h2.first { break-before: auto; }
}
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 begins a part, level 3 a piece of one."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `label` stands before it in strong type."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words, whole."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[str, ...]


def as_html(title: str, blocks: Iterable[Block]) -> str:
    """The document as one HTML page that needs nothing else: no script, nothing from elsewhere."""
    body = "\n".join(map(_html, blocks)).replace("<h2>", '<h2 class="first">', 1)
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
    )
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<style>{STYLE}</style></head>\n<body><h1>{marked(title)}</h1>\n'
        f"{body}\n</body></html>\n"
    )


def as_markdown(title: str, blocks: Iterable[Block]) -> str:
    """The document as Markdown; what looks like mark-up in a text is escaped."""
    return "\n\n".join([f"# {escape(title)}", *map(_markdown, blocks)]) + "\n"


def _html(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{marked(text)}</h{level}>"
        case Text(text, label):
            return f"<p>{f'<strong>{marked(label)}</strong> ' if label else ''}{marked(text)}</p>"
        case Quote(text):
            return f"<blockquote>{''.join(f'<p>{marked(line)}</p>' for line in _lines(text))}</blockquote>"
        case Points(items):
            return f"<ul>{''.join(f'<li>{marked(item)}</li>' for item in items)}</ul>"


def _markdown(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * level} {escape(text)}"
        case Text(text, label):
            before = f"**{escape(label)}** " if label else ""
            return before + "  \n".join(map(escape, _lines(text)))
        case Quote(text):
            return "\n>\n".join(f"> {escape(line)}" for line in _lines(text))
        case Points(items):
            return "\n".join(f"- {escape(' '.join(_lines(item)))}" for item in items)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def escape(text: str) -> str:
    """`text` as Markdown that reads as it stands."""
    safe = re.sub(r"([\\`*_\[\]<>|~&$])", r"\\\1", " ".join(text.split()))
    return re.sub(
        r"^([#+=-])|^(\d+)([.)])", lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", safe
    )
