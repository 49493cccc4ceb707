"""The kinds of record that the evidence is made of: frozen, typed, and plain enough for pandas and polars."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from cadres_edu.dates import date_in_words

STANDINGS = {
    "seed": "stated in the seed document only",
    "corroborated": "two or more works agree",
    "single": "one work or one witness",
    "contested": "works disagree",
    "inferred": "worked out from what a work says",
    "derived": "our own calculation",
    "unread": "listed, but the result itself was not read",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: an id that never changes, what it rests on, and how sure it is."""

    kind: ClassVar[str] = ""
    named_by: ClassVar[str] = "id"
    id: str
    source: tuple[str, ...] = ()
    locator: str = ""
    standing: str = ""
    note: str = ""

    @property
    def ref(self) -> str:
        """The record's address in links, such as `person:liu-shaoqi`."""
        return f"{self.kind}:{self.id}"

    @property
    def label(self) -> str:
        """What a reader would call the record."""
        return str(getattr(self, self.named_by))

    def figure(self, _part: str = "") -> float | None:
        """The record as a number in a formula, or one `_part` of it; None where it is none."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Something that happened, from `start` to `end`, known to the day, month, season or year (`precision`)."""

    kind: ClassVar[str] = "event"
    named_by: ClassVar[str] = "title"
    start: str
    end: str
    precision: str
    first: dt.date
    last: dt.date
    title: str
    summary: str
    place: str
    people: tuple[str, ...]
    themes: tuple[str, ...]

    @property
    def when(self) -> str:
        """The date in words, as exact as it is known."""
        start = date_in_words(self.start)
        return f"{start} to {date_in_words(self.end)}" if self.end else start

    def figure(self, part: str = "") -> float:
        """The ordinal number of the first day, or with `end` of the last."""
        return (self.last if part == "end" else self.first).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Record):
    """Someone whom the lessons name."""

    kind: ClassVar[str] = "person"
    named_by: ClassVar[str] = "name"
    name: str
    name_zh: str
    pinyin: str
    aliases: tuple[str, ...]
    born: int | None
    died: int | None
    years_standing: str
    roles_1962: str
    at_conference: str
    later: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Record):
    """What a person held on an issue at a date, in our words."""

    kind: ClassVar[str] = "position"
    person: str
    issue: str
    date: str
    stance: str
    position: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Record):
    """A glossary entry."""

    kind: ClassVar[str] = "term"
    named_by: ClassVar[str] = "term"
    term: str
    term_zh: str
    pinyin: str
    aliases: tuple[str, ...]
    definition: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """A statement that is often made, and what the sources say of it."""

    kind: ClassVar[str] = "claim"
    named_by: ClassVar[str] = "claim"
    claim: str
    finding: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate(Record):
    """An author's estimate of excess deaths, in persons; `share` is in per cent of the population."""

    kind: ClassVar[str] = "estimate"
    author: str
    year: int | None
    place: str
    period: str
    low: int | None
    central: int | None
    high: int | None
    uncorrected: int | None
    share: float | None
    method: str

    def figure(self, part: str = "") -> float | None:
        """`low`, `central` or `high` in persons, or `share` in per cent."""
        return {"low": self.low, "central": self.central, "high": self.high, "share": self.share}.get(part)

    @property
    def label(self) -> str:
        """Author and year."""
        return f"{self.author} ({self.year})" if self.year else self.author


@dataclass(frozen=True, slots=True, kw_only=True)
class Series(Record):
    """What one series of figures measures, in which unit, on what basis, and who owns it."""

    kind: ClassVar[str] = "series"
    named_by: ClassVar[str] = "title"
    title: str
    unit: str
    basis: str
    owner: str
    licence: str
    attribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic(Record):
    """One figure of a series: its value in the series' unit."""

    kind: ClassVar[str] = "statistic"
    series: str
    place: str
    year: int
    value: float
    unit: str
    title: str

    @property
    def label(self) -> str:
        """Series, place and year."""
        return f"{self.title}, {self.year}"

    def figure(self, _part: str = "") -> float:
        """The value, in the series' unit."""
        return self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Study(Record):
    """What a study found about causes, in our words; the share it gives to policy is from `policy_low` to `policy_high`
    per cent of what it `measures`; no lower end means "less than", no upper end "more than"."""

    kind: ClassVar[str] = "study"
    author: str
    year: str
    finding: str
    shares: str
    measures: str
    policy_low: float | None
    policy_high: float | None
    method: str

    @property
    def label(self) -> str:
        """Author and year."""
        return f"{self.author} ({self.year})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Record):
    """A place that figures are for; provinces have a square in the tile grid (row and column, no borders)."""

    kind: ClassVar[str] = "place"
    named_by: ClassVar[str] = "name"
    name: str
    name_zh: str
    type: str
    within: str
    tile_row: int | None
    tile_column: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived(Record):
    """A figure of our own calculation: `formula` over other records gives `value` in `unit`."""

    kind: ClassVar[str] = "derived"
    named_by: ClassVar[str] = "title"
    title: str
    formula: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard(Record):
    """What a `lesson` (its two digits) `does` for a code of a curriculum, the `framework`."""

    kind: ClassVar[str] = "standard"
    lesson: str
    framework: str
    code: str
    does: str

    @property
    def label(self) -> str:
        """Curriculum and code."""
        return f"{self.framework}, {self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence(Record):
    """One sentence of the seed document, numbered through the whole of it."""

    kind: ClassVar[str] = "seed"
    number: int
    section: str
    text: str

    @property
    def label(self) -> str:
        """The sentence's number in words of the lessons."""
        return f"Seed document, sentence {self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """A work that is cited: `read` says how much of it was read (full, excerpt, secondhand)."""

    kind: ClassVar[str] = "source"
    named_by: ClassVar[str] = "short_citation"
    title: str
    author: str
    year: int | None
    type: str
    url: str
    read: str
    licence: str
    cited_after: str
    note_citation: str
    short_citation: str
