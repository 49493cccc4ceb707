"""Cards of records: what each says in a sentence, how sure it is, and the works it rests on."""

import html
import re
from collections.abc import Callable
from typing import Any

from cadres_edu import archive
from cadres_edu.records import (
    STANDINGS,
    Claim,
    Derived,
    Estimate,
    Event,
    Person,
    Place,
    Position,
    Record,
    Sentence,
    Series,
    Source,
    Statistic,
    Study,
    Term,
    date_in_words,
)


def in_words(one: Record) -> str:
    """What `one` states, without its label, source and standing."""
    return _WORDS[type(one)](one)


def _range(one: Estimate) -> str:
    if one.low and one.high and one.low != one.high:
        figures = f"{one.low:,} to {one.high:,}"
    elif one.low and not one.central:
        figures = f"{one.low:,} or more"
    else:
        figures = f"{one.central or one.high:,}" if one.central or one.high else ""
    parts = [f"{figures} persons" if figures else "", f"{one.share:g} per cent" if one.share else ""]
    return ", ".join(part for part in parts if part)


def _person(one: Person) -> str:
    years = f"{one.born}–{one.died}. " if one.born and one.died else ""
    return f"{one.name_zh} {one.pinyin}. {years}{one.roles_1962}"


_WORDS: dict[type[Record], Callable[[Any], str]] = {
    Event: lambda one: f"{one.when}. {one.summary}",
    Person: _person,
    Position: lambda one: f"{date_in_words(one.date)}: {one.position}",
    Term: lambda one: f"{one.term_zh} {one.pinyin}: {one.definition}".strip(" :"),
    Claim: lambda one: one.finding,
    Estimate: lambda one: f"{_range(one)}. {one.period}. {one.method}",
    Series: lambda one: f"{one.unit}; {one.basis}",
    Statistic: lambda one: f"{one.value:,.10g} {one.unit}",
    Derived: lambda one: f"{one.value:,.10g} {one.unit}. Worked out as {one.formula}",
    Study: lambda one: one.finding,
    Place: lambda one: one.name_zh,
    Sentence: lambda one: one.text,
    Source: lambda one: one.note_citation,
}


class Cards:
    """The cards of `refs`; each has the record's address as its HTML id, so that links in a lesson lead to it."""

    def __init__(self, refs: list[str]) -> None:
        self.records = [archive.record(ref) for ref in refs]

    def __repr__(self) -> str:
        return "\n".join(_in_text(one) for one in self.records)

    def _repr_html_(self) -> str:
        return f"<div>{''.join(_in_html(one) for one in self.records)}</div>"


_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff1f]*")


def _in_text(one: Record) -> str:
    parts = [f"[{one.ref}] {one.label}", in_words(one), STANDINGS.get(one.standing, ""), one.note, archive.cite(one)]
    return " | ".join(part for part in parts if part)


def _in_html(one: Record) -> str:
    standing = f" <small>({STANDINGS[one.standing]})</small>" if one.standing else ""
    note = f" <em>{_marked(one.note)}</em>" if one.note else ""
    works = f"<br><small>{_marked(archive.cite(one))}</small>" if one.source or isinstance(one, Source) else ""
    words = "" if isinstance(one, Source) else f"<br>{_marked(in_words(one))}"
    return f'<p id="{one.ref}"><strong>{_marked(one.label)}</strong>{standing}{words}{note}{works}</p>'


def _marked(text: str) -> str:
    """HTML for `text`, with Chinese marked as such, so that it is read aloud right."""
    return _CHINESE.sub(lambda found: f'<span lang="zh-Hans">{found[0]}</span>', html.escape(text))
