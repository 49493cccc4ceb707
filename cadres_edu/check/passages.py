"""Markdown and typed runs -> passages: plain text that knows which stretch of it is which link."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_INLINE = re.compile(
    r"(?P<code>`[^`]*`)|(?P<image>!\[[^\]]*\]\([^)]*\))|\[(?P<words>[^\]]*)\]\((?P<target>[^)\s]+)[^)]*\)"
    r"|(?P<tag><[^>\n]+>)|\\(?P<escaped>[*_`\[\]\\#])|(?P<mark>\*+|(?<!\w)_+|_+(?!\w))"
)
_MARK = re.compile(r"\*+|`|(?<!\w)_+|_+(?!\w)")
_FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
_ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(?:\[[ x]\]\s+)?")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a passage: where its words stand, and its target without the leading `#` if it is a claim."""

    start: int
    end: int
    target: str

    @property
    def claims(self) -> bool:
        """Whether the link points to a record (`#kind:id`), not to a page or a notebook."""
        return self.target.startswith("#") and ":" in self.target

    @property
    def ref(self) -> str:
        """The record that the link points to."""
        return self.target.removeprefix("#")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item, heading, table row or table header (`role`) as plain text with its links."""

    text: str
    links: tuple[Link, ...] = ()
    role: str = "text"

    def sentence_at(self, position: int) -> str:
        """The sentence that `position` falls in."""
        start = 0
        for match in _SENTENCE_END.finditer(self.text):
            if match.start() > position:
                return self.text[start : match.start()].strip()
            start = match.end()
        return self.text[start:].strip()


def blank(text: str, start: int, end: int) -> str:
    """`text` with one stretch turned to spaces, so that positions stay."""
    return text[:start] + " " * (end - start) + text[end:]


def inline(markdown: str, role: str = "text") -> Passage:
    """One paragraph of Markdown as a passage; code, images and tags become spaces, marks of emphasis go."""
    text, links, last = "", [], 0
    for match in _INLINE.finditer(markdown):
        text += markdown[last : match.start()]
        last = match.end()
        if match["target"] is not None:
            start = len(text)
            text += _MARK.sub("", match["words"])
            links.append(Link(start, len(text), match["target"]))
        elif match["escaped"]:
            text += match["escaped"]
        elif not match["mark"]:
            text += " "
    return Passage(text + markdown[last:], tuple(links), role)


def from_markdown(markdown: str) -> list[Passage]:
    """The passages of a Markdown cell in order; fenced code is left out."""
    found: list[Passage] = []
    for block in re.split(r"\n\s*\n", _FENCE.sub("", markdown)):
        found.extend(_block(block.splitlines()))
    return [passage for passage in found if passage.text.strip()]


def _block(lines: list[str]) -> Iterator[Passage]:
    open_lines: list[str] = []
    for number, raw in enumerate(lines):
        line = raw.strip().removeprefix(">").strip()
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if line.startswith(("#", "|")) or _ITEM.match(line):
            yield inline(" ".join(open_lines))
            open_lines = []
        if line.startswith("#"):
            yield inline(line.lstrip("# "), "heading")
        elif _is_rule(line):
            continue
        elif line.startswith("|"):
            yield inline(line.strip("| "), "header" if _is_rule(below) else "row")
        else:
            open_lines.append(_ITEM.sub("", line))
    yield inline(" ".join(open_lines))


def _is_rule(line: str) -> bool:
    return bool(re.fullmatch(r"[|:\-\s]*-{2,}[|:\-\s]*", line.strip()))


def from_runs(runs: Iterable[object], role: str = "text") -> Passage:
    """A question's typed runs as a passage; a gap in a prompt reads as a blank."""
    text, links = "", []
    for run in runs:
        start = len(text)
        text += words_of(run)
        if ref := getattr(run, "ref", ""):
            links.append(Link(start, len(text), "#" + str(ref).removeprefix("#")))
    return Passage(text, tuple(links), role)


def words_of(run: object) -> str:
    """The plain words of one run, nested runs included."""
    inner = getattr(run, "text", "")
    return inner if isinstance(inner, str) else "".join(words_of(part) for part in inner)


def word_count(passages: Iterable[Passage]) -> int:
    """How many words a reader reads; a stretch of Chinese counts as one."""
    return sum(len(re.findall(r"[\w’'-]+", passage.text)) for passage in passages)
