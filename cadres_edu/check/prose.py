"""What lessons and questions state without a link: figures, dates, quotations, and people at their first mention."""

import re
from collections.abc import Iterable, Iterator

from cadres_edu.check.claims import read
from cadres_edu.check.dates import Date
from cadres_edu.check.evidence import Evidence
from cadres_edu.check.figures import Figure
from cadres_edu.check.findings import Finding, Where
from cadres_edu.check.passages import Passage, blank

# What a lesson is furnished with states nothing about history: the numbers of lessons and headings, the lengths of
# texts to be written, the points at the head of a rubric. (Code, and the card's minutes, are never read at all.)
_FURNITURE = re.compile(
    r"\b[Ll]essons?\s+\d\d?(?:\s*(?:,|and|to|or|of|–|-)\s*\d\d?)*\b"
    r"|\b\d+(?:\s*(?:to|–|-)\s*\d+)?\s+words\b"
)
_HEADING_NUMBER = re.compile(r"^(?:Round\s+)?\d\d?(?:[.:)]|\s+·)\s")
_POINTS = re.compile(r"[\s|\d]*")


def unlinked(passage: Passage, evidence: Evidence, where: Where, cited: Iterable[str] = ()) -> Iterator[Finding]:
    """A finding for each figure, year, day and quotation outside a link, but for small number words and furniture.

    A right answer may leave the link to the records its question cites (`cited`): then they must bear it out.
    """
    if passage.role == "header" and _POINTS.fullmatch(passage.text):
        return
    said = read(_without_furniture(passage), evidence)
    records = [evidence.facts(ref) for ref in cited]
    for date in said.dates:
        borne = any(facts.bears_date(date) for facts in records)
        if (date.year or date.day) and not borne and not _linked(passage, date.begin, date.finish):
            what = "year" if date.month is None and date.day is None else "date"
            yield _finding(passage, where, date, what)
    for figure in said.figures:
        borne = any(facts.bears_figure(figure) for facts in records)
        if not (figure.is_prose or borne or _wordy(passage, figure) or _linked(passage, figure.begin, figure.finish)):
            yield _finding(passage, where, figure, "figure")
    for start, end, quotation in said.quotations:
        borne = any(facts.bears_words(quotation) for facts in records)
        if not borne and not _linked(passage, start, end):
            mend = "Make it a link to the record that it is quoted from; words that are only mentioned go in *italics*."
            yield where.finding(f"a quotation without a link: “{quotation}”", mend, passage.sentence_at(start))


def _without_furniture(passage: Passage) -> str:
    text = passage.text
    for form in (_FURNITURE, _HEADING_NUMBER) if passage.role == "heading" else (_FURNITURE,):
        for match in form.finditer(text):
            text = blank(text, *match.span())
    for link in passage.links:
        if link.target.partition("#")[0].endswith(".ipynb"):
            text = blank(text, link.start, link.end)
    return text


def _wordy(passage: Passage, figure: Figure) -> bool:
    """A heading names its subject in words ("Calling seven thousand") and states nothing of it."""
    return passage.role == "heading" and not re.search(r"\d", passage.text[figure.begin : figure.finish])


def _linked(passage: Passage, start: int, end: int) -> bool:
    return any(link.claims and link.start < end and start < link.end for link in passage.links)


def _finding(passage: Passage, where: Where, said: Date | Figure, what: str) -> Finding:
    words = passage.text[said.begin : said.finish].strip()
    mend = f"Make it a link to the record that says so: [{words}](#kind:id)."
    return where.finding(f"a {what} without a link: {words!r}", mend, passage.sentence_at(said.begin))


def first_mentions(passages: Iterable[tuple[Passage, Where]], evidence: Evidence) -> Iterator[Finding]:
    """A finding for each person whose first mention, in the order of reading, is no link to that person's record."""
    met: set[str] = set()
    for passage, where in passages:
        if passage.role == "heading":
            continue
        for start, end, owners in evidence.names.found(passage.text):
            name = passage.text[start:end]
            people = {ref for ref in owners if ref.startswith("person:")}
            if len(people) != 1 or not name[0].isupper() or people <= met:
                continue
            met |= people
            if not any(link.ref in people and link.start < end and start < link.end for link in passage.links):
                mend = f"Link the name where it first stands: [{name}](#{min(people)})."
                yield where.finding(f"{name} has no link at first mention", mend, passage.sentence_at(start))
