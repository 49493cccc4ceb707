"""A claim is a link: the figures, dates, names and quotations in a link's words against the record it leads to."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cadres_edu import archive
from cadres_edu.check.dates import Date, read_dates
from cadres_edu.check.evidence import Evidence, Names
from cadres_edu.check.facts import Facts, letters
from cadres_edu.check.figures import Figure, read_figures
from cadres_edu.check.findings import Finding, Where
from cadres_edu.check.passages import Link, Passage, blank

QUOTATION = re.compile(
    r"“(?P<curly>[^”]+)”|\"(?P<straight>[^\"]+)\"|「(?P<corner>[^」]+)」|(?<!\w)‘(?P<single>[^’]+(?:’\w[^’]*)*)’(?!\w)"
)
_CHINESE = re.compile(r"[\u3400-\u9fff](?:[\u3400-\u9fff，、。：；]*[\u3400-\u9fff])?")
_TONED = re.compile(r"\w*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈŌÓǑÒ]\w*")
_CAPITALISED = re.compile(r"(?<!\w)[A-Z][\w’'-]+")
_LITTLE_WORDS = frozenset(
    ("the", "a", "an", "his", "her", "this", "that", "but", "in", "on", "at", "to", "by", "of", "and", "for", "when")
) | {"he", "him", "she", "they", "them", "who", "whose", "some", "one", "both", "another"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a passage states: dates, figures and quotations, each with its place in the text."""

    dates: tuple[Date, ...]
    figures: tuple[Figure, ...]
    quotations: tuple[tuple[int, int, str], ...]


def read(text: str, evidence: Evidence) -> Said:
    """What `text` states; a number inside a quotation, a name or Chinese is read as part of that."""
    return _read(text, evidence.names)


@functools.lru_cache(maxsize=4096)  # links and prose ask for the same sentences
def _read(text: str, names: Names) -> Said:
    quotations = [(*match.span(), match[match.lastgroup or 0]) for match in QUOTATION.finditer(text)]
    for start, end, _words in quotations:
        text = blank(text, start, end)
    text = names.blanked(text)
    dates = read_dates(text)
    for date in dates:
        text = blank(text, date.begin, date.finish)
    figures = read_figures(_CHINESE.sub(lambda match: " " * len(match[0]), text))
    return Said(tuple(dates), tuple(figures), tuple(quotations))


def check_links(passage: Passage, evidence: Evidence, where: Where) -> Iterator[Finding]:
    """A finding for each link that leads to no record, and for each thing in a link's words that its record doesn't
    bear out."""
    said = read(passage.text, evidence)
    for link in passage.links:
        if not link.claims:
            continue
        sentence = passage.sentence_at(link.start)
        try:
            facts = evidence.facts(link.ref)
        except archive.UnknownRecord as error:
            kind = link.ref.partition(":")[0]
            near = [one if one.endswith(":") else f"{kind}:{one}" for one in error.nearest]
            mend = f"Link to one of: {', '.join(near)}." if near else "Mend the link's target."
            yield where.finding(f"the link leads to no record: {link.ref}", mend, sentence)
            continue
        for problem, mend in _disagreements(passage, link, said, facts, evidence):
            yield where.finding(problem, mend, sentence)


def _disagreements(
    passage: Passage, link: Link, said: Said, facts: Facts, evidence: Evidence
) -> Iterator[tuple[str, str]]:
    words = passage.text[link.start : link.end]
    mend = f"{facts.ref} has: {facts.summary}. Mend the words, or link to the record that says so."
    for start, end, quotation in said.quotations:
        if _in(link, start, end) and not facts.bears_words(quotation):
            yield f"“{quotation}” does not stand in {facts.ref}", f"Quote what stands in {facts.ref}, or mend the link."
    for date in _own(link, said.dates):
        if not facts.bears_date(date):
            yield f"{passage.text[date.begin : date.finish]!r} is no date of {facts.ref}, or more exact than it", mend
    for figure in said.figures:
        if _in(link, figure.begin, figure.finish) and not facts.bears_figure(figure):
            yield f"{_whole(passage.text, figure)!r} is not a figure of {facts.ref}", mend
    for name in _strange_names(words, facts, evidence):
        yield f"{name!r} is not in {facts.ref} ({facts.label})", "Name whom the record is about, or mend the link."


def _own(link: Link, dates: tuple[Date, ...]) -> Iterator[Date]:
    """The dates in a link's words. "From A to B" says that a span opens and closes only if one link holds both."""
    own = [date for date in dates if _in(link, date.begin, date.finish)]
    both = {date.edge for date in own} >= {"start", "end"}
    yield from (date if both else replace(date, edge="") for date in own)


def _in(link: Link, start: int, end: int) -> bool:
    return link.start < end and start < link.end


def _whole(text: str, figure: Figure) -> str:
    """The figure with the words around it that it was read with."""
    after = figure.unit if figure.unit not in ("", "share", "ordinal") else ""
    bound = "" if figure.bound in ("", "plural") else figure.bound
    return " ".join(word for word in (bound, text[figure.begin : figure.finish].strip(), after) if word)


def _strange_names(words: str, facts: Facts, evidence: Evidence) -> Iterator[str]:
    own = letters(facts.text)
    for start, end, owners in evidence.names.found(words):
        name = words[start:end]
        about = any(ref.startswith(("person:", "place:")) for ref in owners) and name[:1].isupper()
        whole = facts.ref.startswith("term:") and letters(name) == letters(words)
        if (about or whole) and not owners & facts.refs and not _stands_in(name, own):
            yield name
    for match in (*_CHINESE.finditer(words), *_TONED.finditer(words)):
        if letters(match[0]) not in own:
            yield match[0]
    if facts.ref.startswith("person:"):
        yield from _strange_capitals(words, own, evidence)


def _strange_capitals(words: str, own: str, evidence: Evidence) -> Iterator[str]:
    """Capitalised words in a link to a person that are in nobody's record but may be somebody's name."""
    rest = evidence.names.blanked(words)
    for match in _CAPITALISED.finditer(rest):
        word = re.sub(r"[’']s?$", "", match[0])
        if word.lower() not in _LITTLE_WORDS and not _stands_in(word, own) and not _TONED.search(word):
            yield word


def _stands_in(name: str, own: str) -> bool:
    return f" {letters(name)} " in f" {own} "
