"""Evidence to weigh between nature and policy, card by card; then a share of one's own beside those of others."""

from __future__ import annotations

from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import heading, in_words, marked
from cadres_edu.reasoning import Weighing
from cadres_edu.records import STANDINGS, Position, Record, Study
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

TITLE = "Weigh the evidence"
ABOUT = (
    "Read a card. Choose which way it weighs, and say why. Once it is laid down you read what it can't show, "
    "and may move it. When all are down, set a share of your own: how much was policy? Then you see what others said."
)
LEAVES_OUT = (
    "Left out: how heavy each card is, for nothing here adds them up; how nature and policy work on each other, as "
    "when a policy makes a drought deadly; causes that are neither; and studies that we have not found. "
    "Of most studies only the abstract or the beginning was read."
)
PLACES = (
    ("strongly-nature", "strongly nature"),
    ("rather-nature", "rather nature"),
    ("rather-policy", "rather policy"),
    ("strongly-policy", "strongly policy"),
    ("silent", "doesn't say"),
)
REASONS = (
    ("cause", "it names a cause at work"),
    ("timing", "the timing fits"),
    ("places", "it differs from place to place"),
    ("result", "it shows a result, not its cause"),
    ("doubt", "I doubt the figure or its author"),
)
SPEAKS_OF = {"harvest": "the harvest", "villages": "the grain left in the villages", "deaths": "the deaths"}
OF = (
    ("harvest", "the lost harvest"),
    ("villages", "the grain that the villages lacked"),
    ("deaths", "the deaths"),
    ("blame", "blame in general"),
)
_SCALES = {"harvest": "grain output", "villages": "grain left in the villages", "deaths": "deaths"}
_ISSUES = {
    "cause of famine": "On the cause of the famine",
    "balance of achievements": "On the balance of achievements",
    "responsibility": "On responsibility",
}
_SPEAKERS = {
    "liu-shaoqi": (
        "The villagers spoke of the causes of their difficulties, in one place. That is neither a harvest nor deaths, "
        "so their three to seven stands on no scale."
    ),
    "lin-biao": "Disasters come first here. He gives them no share.",
    "mao-zedong": "In 1960 he named disaster beside what people had done. None of these gives either a share.",
    "zhou-enlai": "",
}
_NO_RECORD = "No record seen of what he said on it."
_CONFERENCE_YEAR = "1962"  # a judgement printed by then was made at the time; what is later looks back
_LATER = ("weather-or-policy", "weather-disputed", "official-verdicts-change", "two-ratios")


def weigh() -> Thing:
    """The cards to lay between nature and policy, and what leaders of the time and later studies made of the matter."""
    cards = archive.weighing()
    said, later = _by_time(archive.studies())
    data = {
        "title": TITLE,
        "about": ABOUT,
        "leaves_out": LEAVES_OUT,
        "places": PLACES,
        "reasons": REASONS,
        "of": OF,
        "cards": [_card(one) for one in cards],
        "said": [*map(_speaker, _SPEAKERS), *said],
        "scales": [_scale(name, later) for name in _SCALES],
        "unmarked": [_unmarked(one) for one in later if not _marked(one)],
        "later": [_item(archive.record(f"claim:{name}")) for name in _LATER],
    }
    return Thing("weigh", "04/weigh", data, _reading(cards), _static(cards), asks=["04/weigh"])


def _by_time(studies: list[Study]) -> tuple[list[dict[str, Any]], list[Study]]:
    """Judgements made at the time by others than the three speakers, and the studies made later."""
    speakers = {archive.record(f"person:{name}").label for name in _SPEAKERS}
    early = [one for one in studies if one.year <= _CONFERENCE_YEAR and one.author not in speakers]
    said = [{"name": one.author, "items": [_item(one)], "foot": ""} for one in early]
    return said, [one for one in studies if one.year > _CONFERENCE_YEAR]


def _json(text: str) -> list[Any]:
    return markup.as_json(markup.runs(text))


def _card(one: Weighing) -> dict[str, Any]:
    linked = {link.ref for link in markup.links(markup.runs(one.card))}
    return {
        "id": one.id,
        "name": one.name,
        "text": _json(one.card),
        "about": SPEAKS_OF[one.about],
        "records": [{"ref": ref, "label": heading(archive.record(ref))} for ref in one.restates if ref not in linked],
        "standing": STANDINGS[one.standing],
        "note": one.note,
        "limit": _json(one.limit),
    }


def _item(one: Record, label: str = "") -> dict[str, Any]:
    item = {"ref": one.ref, "label": label or heading(one), "said": _json(in_words(one))}
    return item | {"standing": STANDINGS[one.standing], "note": one.note if "Weak:" in one.note else ""}


def _speaker(name: str) -> dict[str, Any]:
    held = [one for issue in _ISSUES for one in archive.positions(person=name, issue=issue)]
    items = [_item(one, _ISSUES[one.issue]) for one in held]
    if not _on_the_cause(held):
        items.insert(0, {"ref": "", "label": _ISSUES["cause of famine"], "said": [_NO_RECORD], "standing": ""})
    if name == "liu-shaoqi":
        items.insert(0, _item(archive.record("claim:three-seven-is-a-saying")))
    return {"name": archive.record(f"person:{name}").label, "items": items, "foot": _SPEAKERS[name]}


def _on_the_cause(held: list[Position]) -> bool:
    return any(one.issue == "cause of famine" for one in held)


def _marked(one: Study) -> bool:
    return (one.policy_low, one.policy_high) != (None, None)


def _scale(name: str, studies: list[Study]) -> dict[str, Any]:
    found = [one for one in studies if one.measures == _SCALES[name] and _marked(one)]
    return {"id": name, "title": f"Share of {dict(OF)[name]}", "studies": [_mark(one) for one in found]}


def _mark(one: Study) -> dict[str, Any]:
    mark = {"ref": one.ref, "label": one.label, "low": one.policy_low, "high": one.policy_high, "shares": one.shares}
    return mark | {"standing": STANDINGS[one.standing], "note": one.note}


def _unmarked(one: Study) -> dict[str, Any]:
    return _item(one) | {"shares": one.shares}


def _words(text: str) -> str:
    return markup.plain(markup.runs(text))


def _tasks() -> list[str]:
    return [
        f"Each card weighs: {', '.join(words for _, words in PLACES)}.",
        f"Because: {'; '.join(words for _, words in REASONS)}; or a reason in your own words.",
        f"Your share of policy, in per cent (lowest, best guess, highest), of: {'; '.join(words for _, words in OF)}.",
    ]


def _reading(cards: list[Weighing]) -> str:
    rows = [f"{one.name}: {_words(one.card)} ({STANDINGS[one.standing]})" for one in cards]
    return "\n".join([TITLE, ABOUT, *rows, *_tasks(), LEAVES_OUT])


def _static(cards: list[Weighing]) -> str:
    """The cards with room to say which way each weighs and why, then the learner's own share."""
    numbers = {number: words for number, (_, words) in enumerate(PLACES, start=1)}
    scale = "; ".join(f"{number} {words}" for number, words in numbers.items())
    rows = [(marked(one.name), f"{marked(_words(one.card))} ({STANDINGS[one.standing]})", "") for one in cards]
    _, because, share = _tasks()
    weighs = f"Write a number: {scale}."
    return paper.sheet(
        TITLE,
        paper.paragraphs(ABOUT, weighs, because),
        paper.table(("Card", "What it says, and how sure", "Weighs, because"), rows),
        paper.paragraphs(share),
        paper.table(("Of", "lowest", "best guess", "highest"), [(words, "", "", "") for _, words in OF]),
        paper.paragraphs(LEAVES_OUT),
    )
