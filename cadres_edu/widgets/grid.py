"""Sources by claims: the learner judges what each account does to a claim, then holds it against our own reading."""

from __future__ import annotations

import string
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.reasoning import Corroboration
from cadres_edu.records import Claim, Source
from cadres_edu.schema import TABLES
from cadres_edu.tables import SeedError
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

TITLE = "Who backs whom"
ABOUT = (
    "Each letter is an account. Choose a claim, read what each account says on it, and mark what that does to the "
    "claim as it is worded. Then compare with our reading. It is a reading, with its reasons, and you may dispute it."
)
MEANS = {
    "agrees": "the account says so too",
    "contradicts": "it says something that can’t be true together with the claim",
    "silent": "it could have spoken of it and does not",
    "to mark": "you have not judged it yet",
    "not read": "we have not read what this account says on the claim",
}
VERDICTS = ("agrees", "contradicts", "silent")
LEAVES_OUT = (
    "Left out: every work, and every part of a work, that we have not read. Accounts that take a point from the same "
    "source count once, for a copy adds no witness."
)
_KINDS = {
    "article-journal": "article in a journal",
    "article-magazine": "article in a magazine",
    "dataset": "set of data",
    "document": "document of its time",
    "entry-encyclopedia": "article in an encyclopedia",
    "webpage": "web page",
}
_READ = {"full": "read whole", "excerpt": "read in part", "secondhand": "seen only through another work"}


def grid() -> Thing:
    """The corroboration grid: each claim, what every account read says on it, and which of them agree."""
    rows = archive.everything(Corroboration)
    if not rows:
        raise SeedError(TABLES[Corroboration], 0, "", "the table has no rows", "Write one for each account on a claim.")
    works = [one for one in archive.sources() if one.id in {row.account for row in rows}]
    works.sort(key=lambda one: (one.year or 9999, one.id))
    letters = dict(zip((one.id for one in works), string.ascii_uppercase, strict=False))
    claims = dict.fromkeys(row.claim for row in rows)
    data: dict[str, Any] = {
        "title": TITLE,
        "about": ABOUT,
        "means": [list(pair) for pair in MEANS.items()],  # a stored notebook keeps the order of lists only
        "leaves_out": LEAVES_OUT,
        "accounts": [_account(one, letters[one.id]) for one in works],
        "claims": [_claim(name, [row for row in rows if row.claim == name], letters) for name in claims],
    }
    return Thing("grid", "05/grid", data, _reading(data, rows), _static(data, rows), asks=["05/grid"])


def independent(rows: list[Corroboration], verdict: str) -> list[list[str]]:
    """The accounts of `rows` (those on one claim) with this verdict, those that go back to one work together."""
    follows = {row.account: row.follows for row in rows}
    groups: dict[str, list[str]] = {}
    for row in rows:
        if row.verdict == verdict:
            first = row.account
            while follows.get(first):
                first = follows[first]
            groups.setdefault(first, []).append(row.account)
    return list(groups.values())


def _account(one: Source, letter: str) -> dict[str, Any]:
    about = f"{_KINDS.get(one.type, one.type).capitalize()}, {one.year or 'no year'}, {_READ[one.read]}."
    return {"id": one.id, "letter": letter, "ref": one.ref, "name": _marked(one.label), "about": about}


def _claim(name: str, rows: list[Corroboration], letters: dict[str, str]) -> dict[str, Any]:
    claim = archive.record(f"claim:{name}")
    if not isinstance(claim, Claim):
        raise TypeError("a row of the grid must be a claim")
    cells = {row.account: _cell(row) for row in sorted(rows, key=lambda row: letters[row.account])}
    return {"id": name, "ref": claim.ref, "text": claim.claim, "cells": cells, "count": _count(rows, letters)}


def _cell(row: Corroboration) -> dict[str, Any]:
    place = archive.locators(row).get(row.account, "")
    follows = f"It takes this from {archive.record(f'source:{row.follows}').label}." if row.follows else ""
    after = " ".join(filter(None, (row.reason, follows, row.note)))
    return {"verdict": row.verdict, "says": _marked(row.says), "place": _marked(place), "after": _marked(after)}


def _marked(text: str) -> list[Any]:
    return list(markup.as_json(markup.runs(text)))


def _count(rows: list[Corroboration], letters: dict[str, str]) -> str:
    """How many independent accounts agree and contradict, and which."""
    parts = []
    joined = False
    for verdict, words in (("agrees", "agree"), ("contradicts", "contradict")):
        groups = [sorted(letters[name] for name in group) for group in independent(rows, verdict)]
        named = f" ({', '.join(' with '.join(group) for group in sorted(groups))})" if groups else ""
        parts.append(f"Independent accounts that {words}: {len(groups)}{named}.")
        joined = joined or any(len(group) > 1 for group in groups)
    if joined:
        parts.append("Those joined by “with” go back to one source and count once.")
    return " ".join(parts)


def _reading(data: dict[str, Any], rows: list[Corroboration]) -> str:
    lines = [TITLE, ABOUT, *(f"{name}: {means}" for name, means in MEANS.items()), "Accounts:", *_accounts(data)]
    for claim in data["claims"]:
        lines.append(f"Claim: {claim['text']}")
        says = _says(claim["id"], rows)
        lines += [f"   {one['letter']}: {says.get(one['id'], 'not read')}" for one in data["accounts"]]
    return "\n".join([*lines, LEAVES_OUT])


def _static(data: dict[str, Any], rows: list[Corroboration]) -> str:
    """A table a claim, with what each account that was read says on it and room to mark that."""
    heads = ("Account", "What it says", *(f"{verdict}?" for verdict in VERDICTS))
    tables = []
    for claim in data["claims"]:
        says = _says(claim["id"], rows)
        told = [(one["letter"], marked(says[one["id"]])) for one in data["accounts"] if one["id"] in says]
        marks = [(*cells, *[paper.BOX] * len(VERDICTS)) for cells in told]
        tables.append(paper.table(heads, marks, f"Claim: {marked(claim['text'])}"))
    return paper.sheet(
        TITLE,
        paper.paragraphs(ABOUT),
        paper.listed(marked(f"{verdict}: {MEANS[verdict]}") for verdict in VERDICTS),
        "<p>Accounts:</p>",
        paper.listed(map(marked, _accounts(data)), "open"),
        *tables,
        paper.paragraphs("An account that is not in the table of a claim: " + MEANS["not read"] + ".", LEAVES_OUT),
    )


def _accounts(data: dict[str, Any]) -> list[str]:
    return [f"{one['letter']}. {archive.record(one['ref']).label}. {one['about']}" for one in data["accounts"]]


def _says(claim: str, rows: list[Corroboration]) -> dict[str, str]:
    return {row.account: row.says for row in rows if row.claim == claim}
