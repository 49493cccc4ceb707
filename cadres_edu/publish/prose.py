"""The prose of a notebook as HTML: links that lead somewhere in the page, tables with heads, languages marked."""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt
from nbformat import NotebookNode

from cadres_edu.cards import marked

# Raw HTML is shown as it was written: a page for everybody is no place for somebody's script.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_MARKDOWN.add_render_rule("text", lambda _self, tokens, at, _options, _env: marked(tokens[at].content))

_TAG = re.compile(r"<[^>]+>")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_NO_HEAD = re.compile(r"<thead>\n<tr>\n(?:<th></th>\n)+</tr>\n</thead>\n<tbody>(.*?)</tbody>", re.DOTALL)
_FIRST_CELL = re.compile(r"<tr>\n<td>(.*?)</td>", re.DOTALL)
_PINYIN = re.compile(r'(<span lang="zh-Hans">[^<]*</span>\s*)<em>')
_IMAGE = re.compile(r'<img src="([^"]*)" alt="([^"]*)"[^>]*>')


def as_html(cell: NotebookNode, known: set[str]) -> str:
    """A Markdown cell as HTML. Of its links those to an id in `known` or to the web stay; of the others, which would
    lead nowhere from a page that stands alone, only the words."""

    def link(found: re.Match[str]) -> str:
        address, words = html.unescape(found[1]), found[2]
        leads = address.removeprefix("#") in known or re.match(r"(https?|mailto):", address)
        return f'<a href="{found[1]}">{words}</a>' if leads else words

    def image(found: re.Match[str]) -> str:
        source = _source(html.unescape(found[1]), cell)
        return f'<img src="{source}" alt="{found[2]}">' if source else found[2]

    text = _LINK.sub(link, _rendered(cell.source))
    return _IMAGE.sub(image, _HEADING.sub(_with_id, text))


def headings(cell: NotebookNode) -> list[str]:
    """The ids of the cell's headings."""
    return [_slug(words) for _level, words in _HEADING.findall(_rendered(cell.source))]


def title(lesson: NotebookNode) -> str:
    """The words of the first heading of the first level; empty where there is none."""
    texts = (_rendered(cell.source) for cell in lesson.cells if cell.cell_type == "markdown")
    found = (words for text in texts for level, words in _HEADING.findall(text) if level == "1")
    return _words(next(found, ""))


def _rendered(source: str) -> str:
    """HTML with languages marked, and with a head for each row where a table's first row is empty, as it is in a table
    of names and values."""
    text = _NO_HEAD.sub(_heads_of_rows, str(_MARKDOWN.render(source)))
    text = text.replace("<th></th>", "<td></td>").replace("<th>", '<th scope="col">')
    return _PINYIN.sub(r'\1<em lang="zh-Latn">', text)


def _heads_of_rows(table: re.Match[str]) -> str:
    rows = _FIRST_CELL.sub(r'<tr>\n<th scope="row">\1</th>', table[1])
    return f"<tbody>{rows}</tbody>"


def _with_id(heading: re.Match[str]) -> str:
    level, words = heading.groups()
    return f'<h{level} id="{html.escape(_slug(words))}">{words}</h{level}>'


def _slug(words: str) -> str:
    """The id that JupyterLab gives to a heading of these words, so that links written for it lead here too."""
    return _words(words).replace(" ", "-")


def _words(text: str) -> str:
    return html.unescape(_TAG.sub("", text))


def _source(address: str, cell: NotebookNode) -> str:
    """The address of an image that the page carries itself, or empty: nothing is fetched from elsewhere."""
    if address.startswith("data:image/"):
        return html.escape(address)
    forms = cell.get("attachments", {}).get(address.removeprefix("attachment:"), {})
    return next((f"data:{form};base64,{data}" for form, data in forms.items() if form.startswith("image/")), "")
