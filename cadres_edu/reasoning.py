"""The kinds of record that learners reason with: a claim against an account, a card to weigh, a link of a chain."""

from dataclasses import dataclass
from typing import ClassVar

from cadres_edu.records import Record

VERDICTS = {"agrees": "agrees", "contradicts": "contradicts", "silent": "is silent"}
ABOUT = ("harvest", "villages", "deaths")
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
