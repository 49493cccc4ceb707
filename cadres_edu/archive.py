"""The evidence as a reader asks for it: filters, look-up by reference, and citations.

Each function returns a plain list of frozen dataclasses, so `pandas.DataFrame(events())` works as it stands.
"""

import functools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from cadres_edu import formula, reading, tables
from cadres_edu.dates import bounds
from cadres_edu.reasoning import Office, VerdictPoint, Weighing
from cadres_edu.records import (
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
from cadres_edu.schema import TABLES

R = TypeVar("R", bound=Record)
_EVERY: tuple[type[Record], ...] = (*TABLES, Sentence, Source)
KINDS = {kind.kind: kind for kind in _EVERY}
_PROVINCE_KINDS = ("province", "municipality", "autonomous region")
_chosen: list[Path] = []


class UnknownRecord(LookupError):
    """No record has this name; the text gives the nearest ones."""

    def __init__(self, what: str, known: Iterable[str]) -> None:
        self.nearest = tables.nearest(what, known)
        hint = f" Nearest: {', '.join(self.nearest)}." if self.nearest else ""
        super().__init__(f"There is no {what!r} in the evidence.{hint}")


def seeds_folder() -> Path:
    """The folder that the evidence is read from: the one given to `use`, else where `tables.find_seeds` finds it."""
    return _chosen[0] if _chosen else tables.find_seeds()


def use(folder: Path | None) -> None:
    """Read the evidence from `folder` from now on, afresh; None goes back to looking for it."""
    _chosen[:] = [folder] if folder else []
    _read.cache_clear()


@functools.cache
def _read(folder: Path, kind: str) -> dict[str, Record]:
    if kind == Source.kind:
        found: Iterable[Record] = reading.sources(folder)
    elif kind == Sentence.kind:
        found = reading.sentences(folder)
    else:
        found = reading.records(folder, KINDS[kind])
    return {one.id: one for one in found}


def _by_id(kind: type[R]) -> dict[str, R]:
    return _read(seeds_folder(), kind.kind)  # type: ignore[return-value]


def everything(kind: type[R]) -> list[R]:
    """All records of one kind, in the order of their table."""
    return list(_by_id(kind).values())


def _known(kind: type[Record], name: str | None) -> str | None:
    """`name` without its `kind:` prefix, once it is sure that there is such a record."""
    if name is None:
        return None
    identity = name.removeprefix(f"{kind.kind}:")
    if identity not in _by_id(kind):
        raise UnknownRecord(name, _by_id(kind))
    return identity


def _one_of(name: str, known: Iterable[str]) -> str:
    names = sorted(set(known))
    if name not in names:
        raise UnknownRecord(name, names)
    return name


def events(
    *,
    theme: str | None = None,
    person: str | None = None,
    place: str | None = None,
    after: str | int | None = None,
    before: str | int | None = None,
) -> list[Event]:
    """The events in order of time, those that fit every filter given.

    `theme`, `person` (an id) and `place` must be known, else UnknownRecord suggests the nearest. `after` and `before`
    are dates such as 1961 or "1962-01-30": an event fits when its first day is later, its last day earlier, than all
    that the date can mean.
    """
    found = sorted(everything(Event), key=lambda event: (event.first, event.last))
    if theme is not None:
        _one_of(theme, (name for event in found for name in event.themes))
        found = [event for event in found if theme in event.themes]
    if who := _known(Person, person):
        found = [event for event in found if who in event.people]
    if place is not None:
        _one_of(place, (event.place for event in found))
        found = [event for event in found if event.place == place]
    if after is not None:
        found = [event for event in found if event.first > bounds(str(after))[1]]
    if before is not None:
        found = [event for event in found if event.last < bounds(str(before))[0]]
    return found


def people() -> list[Person]:
    """The people whom the lessons name."""
    return everything(Person)


def positions(*, person: str | None = None, issue: str | None = None) -> list[Position]:
    """What people held, in order of time; `person` is an id, `issue` one of the issues in the table."""
    found = sorted(everything(Position), key=lambda position: position.date)
    if who := _known(Person, person):
        found = [position for position in found if position.person == who]
    if issue is not None:
        _one_of(issue, (position.issue for position in everything(Position)))
        found = [position for position in found if position.issue == issue]
    return found


def terms() -> list[Term]:
    """The glossary."""
    return everything(Term)


def sources() -> list[Source]:
    """Every work that is cited."""
    return everything(Source)


def claims() -> list[Claim]:
    """Statements that are often made, with what the sources say of each."""
    return everything(Claim)


def estimates(*, place: str | None = None, published_by: int | None = None) -> list[Estimate]:
    """Estimates of excess deaths in persons, by year; `published_by` leaves out later and undated ones."""
    found = sorted(everything(Estimate), key=lambda estimate: (estimate.year or 9999, estimate.id))
    if where := _known(Place, place):
        found = [estimate for estimate in found if estimate.place == where]
    if published_by is not None:
        found = [estimate for estimate in found if estimate.year is not None and estimate.year <= published_by]
    return found


def all_series() -> list[Series]:
    """Every series of figures, with what it measures."""
    return everything(Series)


def series(name: str) -> Series:
    """What one series measures: unit, basis (vintage and method), owner, licence."""
    return _by_id(Series)[_known(Series, name) or ""]


def statistics(name: str, *, place: str | None = None) -> list[Statistic]:
    """The figures of one series in the series' own unit, by place and year; one series is one vintage on one basis."""
    wanted = series(name).id
    found = sorted(
        (one for one in everything(Statistic) if one.series == wanted), key=lambda one: (one.place, one.year)
    )
    if where := _known(Place, place):
        found = [one for one in found if one.place == where]
    return found


def accounts(figure: str) -> list[Statistic]:
    """Every account of one disputed figure, largest first: the series whose ids begin with its name."""
    names = [one.id for one in all_series() if one.id.startswith(f"{figure}-")]
    return sorted((one for name in names for one in statistics(name)), key=lambda one: -one.value)


def studies() -> list[Study]:
    """What studies found about causes."""
    return everything(Study)


def weighing() -> list[Weighing]:
    """The cards of evidence to weigh, in the order of their table."""
    return everything(Weighing)


def offices(*, person: str | None = None) -> list[Office]:
    """The offices that people held, and their times out of office, in the order of the table; `person` is an id."""
    who = _known(Person, person)
    return [one for one in everything(Office) if who in (None, one.person)]


def verdict_points() -> list[VerdictPoint]:
    """What the official verdicts of 1968, 1980 and 1981 say, point by point."""
    return everything(VerdictPoint)


def standards(*, lesson: str | None = None) -> list[Standard]:
    """What lessons do for the codes of curricula, in the order of the table; `lesson` is a lesson's two digits."""
    return [one for one in everything(Standard) if lesson in (None, one.lesson)]


def provinces() -> list[Place]:
    """The units of province level, each with its square in the tile grid."""
    return [place for place in everything(Place) if place.type in _PROVINCE_KINDS]


def seed() -> list[Sentence]:
    """The seed document, sentence by sentence."""
    return everything(Sentence)


def work_out(figure: Derived) -> float:
    """What a derived figure comes to now, from the records that its formula names; FormulaError when it can't be."""
    return formula.evaluate(figure.formula, _value)


def _value(ref: str) -> float:
    """A record as a number: an event is the ordinal number of its first day (`.end`: of its last)."""
    name, _, part = ref.partition(".")
    found = record(name)
    number = work_out(found) if isinstance(found, Derived) else found.figure(part)
    if number is not None:
        return number
    raise formula.FormulaError(f"[{ref}] has no figure")


def derived() -> list[Derived]:
    """The figures of our own calculation, each with its formula."""
    return everything(Derived)


def record(ref: str) -> Record:
    """The record that a link points to, such as `person:liu-shaoqi`; UnknownRecord suggests the nearest."""
    kind, colon, identity = ref.partition(":")
    if not colon or kind not in KINDS:
        raise UnknownRecord(ref, [f"{known}:" for known in KINDS] if colon else _every_ref())
    index = _by_id(KINDS[kind])
    if identity not in index:
        error = UnknownRecord(identity, index)
        hint = f" Nearest: {', '.join(f'{kind}:{one}' for one in error.nearest)}." if error.nearest else ""
        error.args = (f"There is no {ref!r} in the evidence.{hint}",)
        raise error
    return index[identity]


def _every_ref() -> list[str]:
    return [one.ref for kind in KINDS.values() for one in everything(kind)]


_LOCATOR = re.compile(r"(?:^|;)\s*([a-z0-9-]+):\s*")


def locators(found: Record) -> dict[str, str]:
    """The places in its sources that a record rests on, by source id."""
    parts = _LOCATOR.split(found.locator)
    return {name: place.strip() for name, place in zip(parts[1::2], parts[2::2], strict=True)}


def cite(what: str | Record) -> str:
    """The works that a record rests on (or the work itself) as Chicago notes, each with its locator.

    A work that was seen only through another is followed by "cited after" and the other.
    """
    found = record(what) if isinstance(what, str) else what
    if isinstance(found, Source):
        return _citation(found, "")
    places = locators(found)
    works = (record(f"source:{name}") for name in found.source)
    return "; ".join(_citation(work, places.get(work.id, "")) for work in works if isinstance(work, Source))


def _citation(work: Source, place: str) -> str:
    text = work.note_citation.rstrip(".")
    if place:
        text += f", {place}"
    if work.cited_after:
        other = _by_id(Source).get(work.cited_after)
        text += f", cited after {other.short_citation.rstrip('.') if other else work.cited_after}"
    return text
