"""The still form of a Thing: HTML that reads as it stands anywhere, with room to write that a page for print draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cadres_edu.cards import marked

GAP = '<span class="gap">____</span>'
LETTER = '<span class="gap letter">____</span>'
BOX = '<span class="box">☐</span>'


def lines(number: int) -> str:
    """Room for `number` lines of handwriting."""
    return f'<p class="lines" style="--lines: {number}">____</p>'


def paragraphs(*texts: str) -> str:
    """Each text as a paragraph; escaped here, with Chinese marked."""
    return "".join(f"<p>{marked(text)}</p>" for text in texts)


def listed(items: Iterable[str], kind: str = "") -> str:
    """A list of items that are HTML; `ticks` has a box before each, `open` nothing, and `facts` is set small."""
    name = f' class="{kind}"' if kind else ""
    return f"<ul{name}>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """A table whose first column names the row; all cells are HTML."""
    top = "".join(f'<th scope="col">{head}</th>' if head else "<td></td>" for head in heads)
    body = "".join(
        f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>' for name, *cells in rows
    )
    about = f"<caption>{caption}</caption>" if caption else ""
    return f"<table>{about}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def sheet(title: str, *parts: str) -> str:
    """The still form under its title; the parts are HTML."""
    return f"<div><p><strong>{marked(title)}</strong></p>{''.join(parts)}</div>"
