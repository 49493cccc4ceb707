"""The archive as a check needs it: what each record bears out, and every name that a sentence can hold."""

import dataclasses
import re
from collections.abc import Iterable, Iterator

from cadres_edu import archive, formula
from cadres_edu.check.dates import Date, read_dates, season_of
from cadres_edu.check.facts import Facts
from cadres_edu.check.figures import Figure, read_figures, unit_of
from cadres_edu.check.passages import blank
from cadres_edu.reasoning import Office
from cadres_edu.records import (
    Derived,
    Estimate,
    Event,
    Person,
    Place,
    Position,
    Record,
    Series,
    Source,
    Statistic,
    Study,
)

# Addresses and licences are not what a record says; a citation's page numbers are not figures of history.
_UNSAID = frozenset(
    ("id", "source", "locator", "standing", "url", "licence", "formula", "people", "person", "place", "series", "start")
) | {"end", "date", "precision", "unit", "type", "within", "read", "owner", "attribution"}
_WORD = re.compile(r"\w+")
_EDGE = re.compile(r"\.(end|low|central|high|share)$")


class Names:
    """The names and aliases of people, places and terms, found in running text longest first."""

    def __init__(self, known: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._owners: dict[str, set[str]] = {}
        for ref, names in known:
            for name in filter(None, names):
                self._owners.setdefault(name.casefold(), set()).add(ref)
        self._by_first_word: dict[str, list[str]] = {}
        for name in sorted(self._owners, key=len, reverse=True):
            first = _WORD.search(name)
            self._by_first_word.setdefault(first[0] if first else name, []).append(name)

    def found(self, text: str) -> Iterator[tuple[int, int, set[str]]]:
        """Each name in `text`: where it stands, and the records that bear it."""
        folded, after = text.casefold(), 0
        if len(folded) != len(text):  # a letter that folds to two would shift every place
            folded = text.lower()
        for word in _WORD.finditer(folded):
            if word.start() < after:
                continue
            for name in self._by_first_word.get(word[0], ()):
                end = word.start() + len(name)
                if folded.startswith(name, word.start()) and not folded[end : end + 1].isalnum():
                    yield word.start(), end, self._owners[name]
                    after = end
                    break

    def blanked(self, text: str) -> str:
        """`text` without names, so that the Seven Thousand Cadres Conference is no figure."""
        for start, end, _owners in self.found(text):
            text = blank(text, start, end)
        return text


class Evidence:
    """What each record bears out, read once; and the names of people, places and terms."""

    def __init__(self) -> None:
        self._facts: dict[str, Facts] = {}
        places = {place.ref: (place.name,) for place in archive.everything(Place)}
        self.people = {person.ref: (person.name, *person.aliases) for person in archive.people()}
        terms = {term.ref: (term.term, *term.aliases) for term in archive.terms()}
        self.names = Names([*self.people.items(), *places.items(), *terms.items()])

    def facts(self, ref: str) -> Facts:
        """What a record bears out, or a series as a whole (`series:ID`, `series:ID:PLACE`); archive.UnknownRecord when
        there is none."""
        if ref not in self._facts:
            whole_series = ref.startswith("series:") and archive.record(":".join(ref.split(":")[:2]))
            self._facts[ref] = self._of_series(ref) if whole_series else self._of_record(archive.record(ref))
        return self._facts[ref]

    def _of_series(self, ref: str) -> Facts:
        name, _, place = ref.removeprefix("series:").partition(":")
        whole = self._of_record(archive.series(name))
        rows = [self._of_record(row) for row in archive.statistics(name, place=place or None)]
        return dataclasses.replace(
            whole,
            ref=ref,
            figures=tuple(figure for row in rows for figure in row.figures),
            dates=tuple(date for row in rows for date in row.dates),
            refs=frozenset([ref]).union(*(row.refs for row in rows)),
        )

    def _of_record(self, record: Record) -> Facts:
        about = {record.ref, *_people_and_places(record)}
        text = " · ".join([*_texts(record), *_labels(about - {record.ref})])
        said: tuple[list[Date], list[Figure]] = ([], [])
        if isinstance(record, Statistic):  # "average of 1953-57"
            said = (read_dates(record.title), [])
        elif not isinstance(record, Series | Source):
            said = self._said(text)
        figures, dates = [*_figures(record), *said[1]], [*_dates(record), *said[0]]
        for part in self._parts(record):
            dates += part.dates
            about |= part.refs
            text += f" · {part.text}"
        return Facts(record.ref, record.label, text, tuple(figures), tuple(dates), frozenset(about))

    def _said(self, text: str) -> tuple[list[Date], list[Figure]]:
        dates = read_dates(text)
        rest = self.names.blanked(text)
        for date in dates:
            rest = blank(rest, date.begin, date.finish)
        return dates, read_figures(rest)

    def _parts(self, record: Record) -> list[Facts]:
        named = formula.references(record.formula) if isinstance(record, Derived) else ()
        refs = (_EDGE.sub("", ref) for ref in named)
        return [self.facts(ref) for ref in refs if _known(ref)]


def _known(ref: str) -> bool:
    """Whether there is such a record: a row that names another wrongly is a finding about that row alone (`seeds`)."""
    try:
        archive.record(ref)
    except archive.UnknownRecord:
        return False
    return True


def _labels(refs: Iterable[str]) -> Iterator[str]:
    return (archive.record(ref).label for ref in refs if _known(ref))


def _worked_out(record: Derived) -> float:
    try:
        return archive.work_out(record)
    except (formula.FormulaError, archive.UnknownRecord):
        return record.value


def _texts(record: Record) -> Iterator[str]:
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if field.name not in _UNSAID and isinstance(value, str):
            yield value
        elif field.name in ("aliases", "themes"):
            yield from value
    if isinstance(record, Event):
        yield record.place


def _people_and_places(record: Record) -> Iterator[str]:
    match record:
        case Event():
            yield from (f"person:{person}" for person in record.people)
        case Position() | Office():
            yield f"person:{record.person}"
        case Statistic() | Estimate() if record.place:
            yield f"place:{record.place}"


def _figures(record: Record) -> Iterator[Figure]:
    match record:
        case Statistic():
            yield _figure(record.value, record.unit)
        case Derived():
            yield _figure(_worked_out(record), record.unit)
        case Estimate():
            counts = (record.low, record.central, record.high, record.uncorrected)
            yield from (_figure(count, "persons") for count in counts if count is not None)
            if record.share is not None:
                yield _figure(record.share, "percent")
        case Event(precision="day") if record.end:
            yield _figure((record.last - record.first).days + 1, "days")


def _figure(value: float, unit: str) -> Figure:
    name, scale = unit_of(unit)
    return Figure(value * scale, 0, name)


def _dates(record: Record) -> Iterator[Date]:
    match record:
        case Event():
            season = record.precision == "season"
            yield _date(record.start, "start" if record.end else "", season)
            if record.end:
                yield _date(record.end, "end", season)
        case Office():
            yield _date(record.start, "start")
            if record.end:
                yield _date(record.end, "end")
        case Position() if record.date:
            yield _date(record.date, "")
        case Person():
            yield from (Date(year) for year in (record.born, record.died) if year)
        case Statistic() | Estimate() | Source() if record.year:
            yield Date(int(record.year))
        case Study() if record.year.isdigit():
            yield Date(int(record.year))


def _date(iso: str, edge: str, season: bool = False) -> Date:
    parts: list[int | None] = [int(part) for part in iso.split("-")]
    year, month, day = (*parts, None, None)[:3]
    if season and month:  # the month only stands for its season: no month may be said
        return Date(year, part=season_of(month), edge=edge)
    return Date(year, month, day, edge=edge)
