"""The kinds of record that learners reason with: a claim against an account, a card to weigh, a link of a chain,
an office held, a point of an official verdict."""

from dataclasses import dataclass
from typing import ClassVar

from cadres_edu.dates import date_in_words
from cadres_edu.records import Record

VERDICTS = {"agrees": "agrees", "contradicts": "contradicts", "silent": "is silent"}
ABOUT = ("harvest", "villages", "deaths")
STATES = {"office": "held an office", "out": "out of office", "held": "held under guard"}
JUDGEMENTS = {
    "1968": "the communiqué that expels Liu",
    "1980": "the resolution that clears him",
    "1981": "the resolution on history",
}
KEPT = {
    "new": "first to speak of it",
    "kept": "keeps what was said before",
    "dropped": "takes back what was said before",
    "silent": "does not speak of it, where it should",
}
LABELS = {
    "cause": "it brought the other about",
    "condition": "it made the other possible, and didn’t start it",
    "trigger": "it set off what was ready",
    "coincidence": "same time, nothing shown between them",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration(Record):
    """What one `account` (a source) says on a claim, whether that agrees with it, and which work it `follows` there."""

    kind: ClassVar[str] = "corroboration"
    claim: str
    account: str
    verdict: str
    says: str
    reason: str
    follows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing(Record):
    """A card to weigh: what a piece of evidence says, the records that it restates, and its limit."""

    kind: ClassVar[str] = "weighing"
    named_by: ClassVar[str] = "name"
    name: str
    card: str
    about: str
    restates: tuple[str, ...]
    limit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain(Record):
    """One link of a `historian`'s chain: `from_event` leads to `to_event` as `label` says; `step` counts from 1."""

    kind: ClassVar[str] = "chain"
    historian: str
    step: int
    from_event: str
    to_event: str
    label: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Record):
    """An office that a person held, or a time out of office or under guard (`state`), from `start` to `end` as exact as
    they are known; no `end` means that none was found."""

    kind: ClassVar[str] = "office"
    named_by: ClassVar[str] = "office"
    person: str
    state: str
    office: str
    start: str
    end: str

    @property
    def when(self) -> str:
        """The two dates in words, or what is known of them."""
        start = date_in_words(self.start)
        return f"{start} to {date_in_words(self.end)}" if self.end else f"from {start}; its end was not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictPoint(Record):
    """What an official `verdict` (the year of its text) says on a point, and whether it `kept` what stood before."""

    kind: ClassVar[str] = "verdict"
    verdict: str
    point: str
    says: str
    kept: str

    @property
    def label(self) -> str:
        """The point, and the year of the verdict."""
        return f"{self.point}, {self.verdict}"
