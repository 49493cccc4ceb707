"""A code cell's stored outputs in their still forms: the picture, the reading, the values, and no script."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from cadres_edu.cards import marked

PICTURES = ("image/png", "image/jpeg", "image/gif")
_FOLDED = re.compile(r"<details><summary>(.*?)</summary>\s*<table>(.*?)</table></details>", re.DOTALL)
_FIGURES = re.compile(r'<tr><th scope="row">(.*?)</th>((?:<td>[\d.,–]+</td>)+)</tr>')


def shown(cell: NotebookNode) -> str:
    """The cell's outputs as HTML; its code before them where it is a learner's own, for a lesson's says no more."""
    code = "" if "part" in cell.metadata.get("cadres", {}) else _preformatted(cell.source)
    return code + "\n".join(_each(cell.outputs))


def _each(outputs: list[NotebookNode]) -> Iterator[str]:
    """Each output; the table that follows a chart goes with it."""
    taken = None
    for output, then in zip(outputs, [*outputs[1:], None], strict=True):
        forms = output.get("data", {})
        if output is taken:
            continue
        if "image/svg+xml" in forms and "\n" in forms.get("text/plain", ""):
            values = _FOLDED.fullmatch(then.get("data", {}).get("text/html", "")) if then else None
            taken = then if values else None
            yield _chart(forms, values[2] if values else "")
        else:
            yield _still(output)


def _chart(forms: dict[str, Any], values: str) -> str:
    """The picture and what it shows, then the facts once: as a table where they are a field of figures, else in words,
    for the reading and the table of a chart tell the same. A field that is drawn with its figures needs no table on
    paper, only what it rests on; who hears the page needs it."""
    _title, shows, *facts = forms["text/plain"].splitlines()
    picture = f'<figure class="chart">{forms["image/svg+xml"]}<figcaption>{marked(shows)}</figcaption></figure>'
    rows = dict(_FIGURES.findall(values))
    if not rows:
        return picture + _facts(facts)
    if all(f">{figure}<" in forms["image/svg+xml"] for row in rows.values() for figure in re.findall(r"[\d.,]+", row)):
        rests_on = [fact for fact in facts if marked(fact.partition(":")[0]) not in rows]
        return f'{picture}<table class="figures drawn">{values}</table>{_facts(rests_on)}'
    return f'{picture}<table class="figures">{values}</table>'


def _facts(facts: list[str]) -> str:
    return f'<ul class="facts">{"".join(f"<li>{marked(fact)}</li>" for fact in facts)}</ul>'


def _still(output: NotebookNode) -> str:
    """One output in the best of its forms that neither moves nor asks for a kernel."""
    if output.output_type == "stream":
        return _preformatted(output.text)
    if output.output_type == "error":
        return _preformatted(f"{output.ename}: {output.evalue}")
    forms, words = output.data, output.data.get("text/plain", "")
    if "image/svg+xml" in forms:
        return f"<figure>{forms['image/svg+xml']}</figure>"
    if "text/html" in forms:
        told = _FOLDED.sub(_open, forms["text/html"])
        reach = ' tabindex="0" role="group" aria-label="It scrolls where there is no room"' if "<table" in told else ""
        return f'<div class="thing"{reach}>{told}</div>'
    for form in PICTURES:
        if form in forms:
            return f'<figure><img src="data:{form};base64,{forms[form].strip()}" alt="{html.escape(words)}"></figure>'
    return _preformatted(words) if "\n" in words else f'<p class="quiet">{marked(words)}</p>'


def _open(folded: re.Match[str]) -> str:
    """Paper can't be unfolded."""
    return f"<table><caption>{folded[1]}</caption>{folded[2]}</table>"


def _preformatted(text: str) -> str:
    return f"<pre>{html.escape(text)}</pre>"
