"""Cards of records: what each says in a sentence, how sure it is, and the works it rests on."""

import html
import re
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

from cadres_edu import archive, formula
from cadres_edu.dates import date_in_words
from cadres_edu.question_kinds import Question
from cadres_edu.reasoning import (
    JUDGEMENTS,
    KEPT,
    LABELS,
    VERDICTS,
    Chain,
    Corroboration,
    Office,
    VerdictPoint,
    Weighing,
)
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
    Standard,
    Statistic,
    Study,
    Term,
)


def heading(one: Record) -> str:
    """What a card is headed with; a statement that is only examined is not headed as if it were true."""
    match one:
        case Claim():
            return f"Often said: “{one.claim.rstrip('.')}”"
        case Corroboration():
            return f"{archive.record(f'source:{one.account}').label} on “{archive.record(f'claim:{one.claim}').label}”"
        case Chain():
            ends = (archive.record(f"event:{name}").label for name in (one.from_event, one.to_event))
            return f"{one.historian}: {' → '.join(ends)}"
        case Office():
            return f"{archive.record(f'person:{one.person}').label}: {one.office}"
        case VerdictPoint():
            return f"{one.point}, {one.verdict}: {JUDGEMENTS[one.verdict]}"
        case Position():
            return f"{archive.record(f'person:{one.person}').label} on {one.issue}"
    return one.label


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


_LONG = 600  # a formula of more characters than this is nothing that a reader works through


def _worked_out(text: str) -> str:
    """The formula, or where it is a long sum the names of the figures that it takes."""
    if len(text) <= _LONG:
        return f"Worked out as {text}"
    refs = dict.fromkeys(ref.partition(".")[0] for ref in formula.references(text))
    found = [archive.record(ref) for ref in refs]
    names = dict.fromkeys(one.title if isinstance(one, Statistic) else one.label for one in found)
    return f"Worked out from {len(found)} figures of: {'; '.join(names)}. The formula stands in derived.csv."


_WORDS: dict[type[Record], Callable[[Any], str]] = {
    Event: lambda one: f"{one.when}. {one.summary}",
    Person: _person,
    Position: lambda one: f"{date_in_words(one.date)}: {one.position}",
    Term: lambda one: f"{one.term_zh} {one.pinyin}: {one.definition}".strip(" :"),
    Claim: lambda one: one.finding,
    Corroboration: lambda one: f"{one.says} It {VERDICTS[one.verdict]}: {one.reason}",
    Estimate: lambda one: f"{_range(one)}. {one.period}. {one.method}",
    Series: lambda one: f"{one.unit}; {one.basis}",
    Statistic: lambda one: f"{one.value:,.10g} {one.unit}",
    Derived: lambda one: f"{one.value:,.10g} {one.unit}. {_worked_out(one.formula)}",
    Study: lambda one: one.finding,
    Weighing: lambda one: f"{one.card} What it can't show: {one.limit}",
    Chain: lambda one: f"{one.label.capitalize()} ({LABELS[one.label]}): {one.reason}",
    Office: lambda one: f"{one.when[0].upper()}{one.when[1:]}.",
    VerdictPoint: lambda one: f"{one.says} ({KEPT[one.kept].capitalize()}.)",
    Standard: lambda one: one.does,
    Place: lambda one: one.name_zh,
    Sentence: lambda one: one.text,
    Source: lambda one: one.note_citation,
}


def refs(text: str, asked: Iterable[Question]) -> list[str]:
    """The records that Markdown and questions link to, by kind and then in order of mention."""
    met = dict[str, int]()
    found = _LINK.findall(text) + [ref for one in asked for ref in one.cites]
    for ref in found:
        met.setdefault(_heap(ref), len(met))
    kinds = list(archive.KINDS)
    return sorted(dict.fromkeys(found), key=lambda ref: (kinds.index(ref.partition(":")[0]), met[_heap(ref)]))


def _heap(ref: str) -> str:
    """What a record is laid with: figures with those of their series, others by themselves."""
    return ref.rsplit(":", 2)[0] if ref.startswith("statistic:") else ref


class Cards:
    """The cards of `refs`, then every work that they rest on, once and in full.

    Each card and each work has the record's address as its HTML id, so that links in a lesson lead to it.
    """

    def __init__(self, refs: list[str]) -> None:
        found = [archive.record(ref) for ref in refs]
        self.records = [one for one in found if not isinstance(one, Source)]
        named = {name for one in self.records for name in one.source}
        named |= {one.id for one in found if isinstance(one, Source)}
        works = (archive.record(f"source:{name}") for name in named)
        self.works = sorted(works, key=lambda one: archive.cite(one).lstrip("‘").casefold())

    def __repr__(self) -> str:
        return f"{len(self.records)} cards of evidence, and the {len(self.works)} works that they rest on."

    def _repr_html_(self) -> str:
        works = "".join(f'<li id="{one.ref}">{marked(archive.cite(one))}</li>' for one in self.works)
        cards = "".join(_together(list(group)) for _, group in groupby(self.records, _series))
        return f'<div class="cards">{cards}<h3>Works</h3><ul>{works}</ul></div>'


_LINK = re.compile(r"\]\(#([a-z]+:[A-Za-z0-9:.-]+)\)")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff][\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff1f]*")


def _short(one: Record) -> str:
    places = archive.locators(one)
    works = (archive.record(f"source:{name}") for name in one.source)
    return "; ".join(", ".join(filter(None, (work.label, places.get(work.id)))) for work in works)


def _series(one: Record) -> tuple[str, ...]:
    """What figures must share to stand on one card: the series and the works; other records stand alone."""
    return (one.series, *one.source, one.locator) if isinstance(one, Statistic) else (one.ref,)


def _together(group: list[Record]) -> str:
    """One card, or the figures of one series on a card of their own, which names it and its works once."""
    first = group[0]
    if len(group) == 1 or not isinstance(first, Statistic):
        return "".join(map(_in_html, group))
    figures = "".join(_figure(one) for one in group if isinstance(one, Statistic))
    works = f"<small>{marked(_short(first))}</small>"
    return f"<p><strong>{marked(first.title)}</strong>, {html.escape(first.unit)}<br>{works}</p><ul>{figures}</ul>"


def _figure(one: Statistic) -> str:
    note = f" <em>{marked(one.note)}</em>" if one.note else ""
    where = "" if one.place == "china" else f"{archive.record(f'place:{one.place}').label}, "
    standing = f"<small>({STANDINGS[one.standing]})</small>"
    return f'<li id="{one.ref}">{where}{one.year}: {one.value:,.10g} {standing}{note}</li>'


def _in_html(one: Record) -> str:
    standing = f" <small>({STANDINGS[one.standing]})</small>" if one.standing else ""
    note = f" <em>{marked(one.note)}</em>" if one.note else ""
    works = f"<br><small>{marked(_short(one))}</small>" if one.source else ""
    head = f"<strong>{marked(heading(one))}</strong>"
    said = marked(in_words(one))
    # Works agree on what was found of a statement, not on the statement that it corrects.
    body = f"{head}<br>{said}{standing}" if isinstance(one, Claim) else f"{head}{standing}<br>{said}"
    return f'<p id="{one.ref}">{body}{note}{works}</p>'


def marked(text: str) -> str:
    """HTML for `text`, with Chinese marked as such, so that it is read aloud right."""
    return _CHINESE.sub(lambda found: f'<span lang="zh-Hans">{found[0]}</span>', html.escape(text))
