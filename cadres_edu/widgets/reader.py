"""The seed document in the source reader: each sentence with what the evidence says of it, and what to ask."""

from __future__ import annotations

from typing import Any

from cadres_edu import archive, examination, markup
from cadres_edu.cards import heading, in_words, marked
from cadres_edu.records import STANDINGS, Record, Sentence
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

ABOUT = (
    "Wikipedia contributors, “Seven Thousand Cadres Conference”, CC BY-SA 4.0: its text as we copied it. "
    "Open a sentence, judge it, and see which records examine it."
)
# The least sure of its records says how sure a sentence is: one contested part makes a statement contested.
_WEAKEST_FIRST = ("contested", "single", "inferred", "corroborated", "derived")
JUDGED = ("as it stands", "changed", "not at all")
_SHORT = {"contested": "contested", "single": "one source", "corroborated": "corroborated", "seed": "seed only"}


def reader() -> Thing:
    """The seed, sentence by sentence, with the standing of each."""
    prompts = examination.prompts()
    examined = examination.coverage()
    sentences = [_sentence(one, examined[one.number], prompts.get(one.number, [])) for one in archive.seed()]
    data = {"title": "The seed document", "about": ABOUT, "sentences": sentences}
    return Thing("reader", "00/reader", data, _reading(sentences), _static(sentences), asks=["00/reader"])


def standing(records: list[Record]) -> str:
    """How sure the evidence is of what `records` examine, in a word or two."""
    found = {one.standing for one in records}
    weakest = next((name for name in _WEAKEST_FIRST if name in found), "seed")
    return _SHORT.get(weakest, weakest)


def _sentence(one: Sentence, records: list[Record], asks: list[str]) -> dict[str, Any]:
    return {
        "number": one.number,
        "section": one.section,
        "text": markup.as_json(markup.runs(one.text)),
        "standing": standing(records),
        "asks": [markup.as_json(markup.runs(ask)) for ask in asks],
        "records": [
            {
                "ref": found.ref,
                "label": heading(found),
                "said": markup.as_json(markup.runs(in_words(found))),
                "standing": STANDINGS.get(found.standing, ""),
            }
            for found in records
        ],
    }


def _named(found: dict[str, Any]) -> str:
    return f"{found['label']} ({found['standing']})" if found["standing"] else found["label"]


def _reading(sentences: list[dict[str, Any]]) -> str:
    lines = ["The seed document, sentence by sentence", ABOUT]
    prompts = examination.prompts()
    for one, sentence in zip(sentences, archive.seed(), strict=True):
        lines.append(f"{sentence.number}. {sentence.text} [{one['standing']}]")
        lines += [f"   Ask: {ask}" for ask in prompts.get(sentence.number, [])]
        lines += [f"   {_named(found)}" for found in one["records"]]
    return "\n".join(lines)


def _static(sentences: list[dict[str, Any]]) -> str:
    """The sentences to judge first; what the evidence says of them stands below, by number."""
    prompts = examination.prompts()
    asked, said = [], []
    for one, sentence in zip(sentences, archive.seed(), strict=True):
        number = sentence.number
        asks = "".join(f"<br><em>{marked(ask)}</em>" for ask in prompts.get(number, []))
        asked.append((str(number), marked(sentence.text) + asks, *[paper.BOX] * len(JUDGED)))
        records = "; ".join(map(_named, one["records"]))
        said.append(f"<b>{number}</b> {one['standing']}. {marked(records)}")
    return paper.sheet(
        "The seed document, sentence by sentence",
        paper.paragraphs(ABOUT),
        "<p>Would you repeat it in an essay?</p>",
        paper.table(("", "Sentence", *JUDGED), asked),
        "<p>What the evidence says of each sentence:</p>",
        paper.listed(said, "facts"),
    )
