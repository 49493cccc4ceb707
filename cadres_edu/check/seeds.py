"""The evidence itself: rows that name what isn't there, and derived figures that no longer come out."""

from collections.abc import Iterator

from cadres_edu import archive, tables
from cadres_edu.check.findings import Finding, Where
from cadres_edu.formula import FormulaError
from cadres_edu.records import Derived, Estimate, Event, Person, Place, Position, Record, Source, Statistic
from cadres_edu.schema import TABLES


def check_seeds() -> Iterator[Finding]:
    """A finding for each row that names a person, place or work without a record, and for each derived figure whose
    formula comes to something else, to the digits written."""
    people, places, works = ({one.id for one in archive.everything(kind)} for kind in (Person, Place, Source))
    for kind in TABLES:
        for record in archive.everything(kind):
            yield from _missing(record, "work", record.source, works)
            match record:
                case Event():
                    yield from _missing(record, "person", record.people, people)
                case Position():
                    yield from _missing(record, "person", (record.person,), people)
                case Statistic() | Estimate():
                    yield from _missing(record, "place", (record.place,), places)
    for figure in archive.derived():
        yield from _derived(figure)


def _where(record: Record) -> Where:
    return Where(TABLES[type(record)], record.id)


def _missing(record: Record, what: str, named: tuple[str, ...], known: set[str]) -> Iterator[Finding]:
    for name in named:
        if name and name not in known:
            near = ", ".join(tables.nearest(name, known))
            mend = f"Mend the id (nearest: {near}), or add the {what}." if near else f"Add the {what}."
            yield _where(record).finding(f"there is no {what} {name!r}", mend)


def _derived(figure: Derived) -> Iterator[Finding]:
    try:
        now = archive.work_out(figure)
    except (FormulaError, archive.UnknownRecord) as error:
        yield _where(figure).finding(f"the formula can't be worked out: {error.args[0]}", "Mend the formula.")
        return
    written = f"{figure.value:.10g}"
    step = 10.0 ** -len(written.partition(".")[2])
    if abs(now - figure.value) > step / 2 + 1e-9:
        mend = f"Write {now:.10g} under value, or mend the formula."
        yield _where(figure).finding(f"the formula comes to {now:.10g}, not {written}", mend)
