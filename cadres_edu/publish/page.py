"""A stored notebook as one HTML page that needs nothing else: no script, no network, no kernel."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from nbformat import NotebookNode

from cadres_edu.publish import prose
from cadres_edu.publish.outputs import shown

STYLE = Path(__file__).with_name("page.css")
# Whatever a learner's own cell put into an output, the page runs nothing and fetches nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
NAME = '<p class="name">Name <span class="gap"></span> Date <span class="gap"></span></p>\n'
_ID = re.compile(r'\sid="([^"]+)"')
_QUESTION = re.compile(r'<div class="question"[^>]*>')
_GAP = re.compile(r'(<span class="gap[^"]*">)_+(?=</span>)')
_BOX = re.compile(r'(<span class="box">)☐(?=</span>)')
_LINES = re.compile(r'(<p class="lines" style="--lines: ?(\d+)">)_+(?=</p>)')


def page(lesson: NotebookNode, name: str, *, sources: bool = True) -> str:
    """The lesson as HTML: its prose, its outputs in their still forms, its questions numbered as they come, no answers.

    `name` is the title where the notebook has no heading of the first level. The lesson's own code is left out, for
    each cell of it says no more than what is shown below it; a learner's own cells stay. Its foot leads to other
    notebooks, and is left out too. Without `sources`, so are the cards at the end, a third of the paper, and links to
    them are words.
    """
    left_out = {"foot"} if sources else {"foot", "sources"}
    return document(prose.title(lesson) or name, NAME + body(lesson, left_out))


def body(lesson: NotebookNode, left_out: Collection[str]) -> str:
    """The lesson as `page` shows it, without the parts `left_out`."""
    cells = [cell for cell in lesson.cells if cell.metadata.get("cadres", {}).get("part") not in left_out]
    outputs = {at: shown(cell) for at, cell in enumerate(cells) if cell.cell_type == "code"}
    known = {found for one in outputs.values() for found in _ID.findall(one)}
    known |= {heading for cell in cells if cell.cell_type == "markdown" for heading in prose.headings(cell)}
    parts = (outputs[at] if at in outputs else _text(cell, known) for at, cell in enumerate(cells))
    return _numbered(_with_room("".join(map("{}\n".format, _with_one_title(parts)))))


def document(title: str, body: str, *styles: Path) -> str:
    """`body` as a page of its own, which looks as `page.css` and then `styles` say."""
    words = title.replace("\\", "\\\\").replace('"', '\\"').replace("<", "\\3c ")
    style = "\n".join(file.read_text(encoding="utf-8") for file in (STYLE, *styles)).replace(
        '"the title"', f'"{words}"'
    )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{html.escape(title)}</title>\n<style>\n{style}</style></head>\n<body>\n<main>\n"
        f"{body}</main>\n</body></html>\n"
    )


def _text(cell: NotebookNode, known: set[str]) -> str:
    """A Markdown cell; a raw cell is for other formats than this one."""
    return prose.as_html(cell, known) if cell.cell_type == "markdown" else ""


def _with_one_title(parts: Iterator[str]) -> Iterator[str]:
    """The parts with one heading of the first level among them; a learner may have written more."""
    met = False
    for part in parts:
        yield re.sub(r"(</?)h1\b", r"\1h2", part) if met else part
        met = met or "<h1" in part


def _numbered(body: str) -> str:
    number = itertools.count(1)
    return _QUESTION.sub(lambda found: f"{found[0]}<h3>Question {next(number)}</h3>", body)


def _with_room(body: str) -> str:
    """Signs that stand for room where nothing else can give way to the room that the style draws, named for who hears
    the page."""
    body = _GAP.sub(r'\1<span class="unseen">blank</span>', body)
    body = _BOX.sub(r'\1<span class="unseen">box to tick</span>', body)
    return _LINES.sub(r'\1<span class="unseen">Room for \2 lines</span>', body)
