"""Inline Markdown as typed runs: what a page needs to build text from nodes, and a check needs to find claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from markdown_it import MarkdownIt

Run: TypeAlias = "Text | Em | Strong | Link | Chinese | Blank"


@dataclass(frozen=True, slots=True)
class Text:
    """Words with no mark-up."""

    text: str


@dataclass(frozen=True, slots=True)
class Chinese:
    """A stretch of Chinese script, its punctuation included, so that a page can mark its language."""

    text: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap to fill, written `{{id}}`."""

    id: str

    @property
    def text(self) -> str:
        """What stands for the gap in plain text."""
        return "____"


@dataclass(frozen=True, slots=True)
class Em:
    """Emphasis, as `*this*`."""

    inner: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words, without mark-up."""
        return plain(self.inner)


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong emphasis, as `**this**`."""

    inner: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words, without mark-up."""
        return plain(self.inner)


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere: `ref` is `event:x` for `[words](#event:x)`, else the address as written."""

    inner: tuple[Run, ...]
    ref: str

    @property
    def text(self) -> str:
        """The words, without mark-up."""
        return plain(self.inner)


# Emphasis as CommonMark has it is a page of rules about neighbouring characters; markdown-it knows them all.
_MARKDOWN = MarkdownIt("zero").enable(["emphasis", "link", "escape", "entity", "newline"])

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
_PUNCTUATION = "\u3001\u3002\u3008-\u3011\u3014-\u301b\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f"
_INSIDE = _PUNCTUATION + "0-9\uff10-\uff19\u00b7\u2014\u2018\u2019\u201c\u201d\u2026"
_SPECIAL = re.compile(
    rf"\{{\{{(?P<blank>[a-z0-9]+(?:-[a-z0-9]+)*)\}}\}}|(?P<zh>[{_PUNCTUATION}]*[{_HAN}](?:[{_INSIDE}]*[{_HAN}])*[{_PUNCTUATION}]*)"
)


def runs(markdown: str) -> list[Run]:
    """The runs of one paragraph of Markdown; line breaks become spaces, and any string is accepted."""
    stack: list[tuple[str, str, list[Run]]] = [("", "", [])]
    skipped: list[str] = []  # emphasis inside emphasis of the same kind adds nothing to see
    for token in _MARKDOWN.parseInline(markdown)[0].children or []:
        name, _, edge = token.type.rpartition("_")
        if edge == "open" and any(name == opened for opened, _, _ in stack):
            skipped.append(name)
        elif edge == "open":
            stack.append((name, str(token.attrs.get("href", "")), []))
        elif edge == "close" and skipped and skipped[-1] == name:
            skipped.pop()
        elif edge == "close":
            name, href, inner = stack.pop()
            stack[-1][2].extend(_enclosed(name, href, inner))
        else:
            stack[-1][2].extend(_pieces(" " if token.type.endswith("break") else token.content))
    return _joined(stack[0][2])


def literal(text: str) -> list[Run]:
    """The runs of a text that is not Markdown: Chinese is told apart, and nothing else is."""
    return _joined(_pieces(text))


def plain(parts: Iterable[Run]) -> str:
    """The words alone, as a string."""
    return "".join(part.text for part in parts)


def links(parts: Iterable[Run]) -> Iterator[Link]:
    """Every link of the runs, in order, those inside emphasis included."""
    return (part for part in _each(parts) if isinstance(part, Link))


def blanks(parts: Iterable[Run]) -> Iterator[Blank]:
    """Every gap of the runs, in order, those inside other runs included."""
    return (part for part in _each(parts) if isinstance(part, Blank))


def _each(parts: Iterable[Run]) -> Iterator[Run]:
    for part in parts:
        yield part
        if isinstance(part, Em | Strong | Link):
            yield from _each(part.inner)


def as_json(parts: Sequence[Run]) -> list[Any]:
    """The runs as a page gets them: strings, and objects with one of the keys `em`, `strong`, `zh`, `link`, `gap`."""
    return [_json(part) for part in parts]


def _json(part: Run) -> str | dict[str, Any]:
    match part:
        case Text(text):
            return text
        case Chinese(text):
            return {"zh": text}
        case Blank(id):
            return {"gap": id}
        case Em(inner):
            return {"em": _inner_json(inner)}
        case Strong(inner):
            return {"strong": _inner_json(inner)}
        case Link(inner, ref):
            return {"link": ref, "text": _inner_json(inner)}


def _inner_json(inner: tuple[Run, ...]) -> str | list[Any]:
    if len(inner) == 1 and isinstance(inner[0], Text):
        return inner[0].text
    return as_json(inner)


def _enclosed(name: str, href: str, parts: list[Run]) -> list[Run]:
    inner = tuple(_joined(parts))
    if name == "link":
        return [Link(inner, href.removeprefix("#"))]
    return [Em(inner) if name == "em" else Strong(inner)]


def _pieces(text: str) -> list[Run]:
    pieces: list[Run] = []
    end = 0
    for found in _SPECIAL.finditer(text):
        pieces.append(Text(text[end : found.start()]))
        pieces.append(Blank(found["blank"]) if found["blank"] else Chinese(found["zh"]))
        end = found.end()
    return [*pieces, Text(text[end:])]


def _joined(parts: Iterable[Run]) -> list[Run]:
    """Neighbouring texts as one, empty ones dropped: what is the same to read is the same to compare."""
    joined: list[Run] = []
    for part in parts:
        last = joined[-1] if joined else None
        if isinstance(part, Text) and isinstance(last, Text):
            joined[-1] = Text(last.text + part.text)
        elif not isinstance(part, Text) or part.text:
            joined.append(part)
    return joined
