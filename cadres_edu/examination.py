"""How the seed document is examined: which records speak of each sentence, and what to ask of it."""

from cadres_edu import archive, tables
from cadres_edu.records import Record


def coverage() -> dict[int, list[Record]]:
    """The records that examine each sentence of the seed document, by its number."""
    path = archive.seeds_folder() / "seed-coverage.csv"
    table = tables.rows(path, ("sentence", "records", "lesson", "question"))
    return {int(row.text("sentence")): [archive.record(ref) for ref in row.words("records")] for row in table}


def prompts() -> dict[int, list[str]]:
    """What to ask of a sentence of the seed document before believing it, by its number."""
    found: dict[int, list[str]] = {}
    for row in tables.rows(archive.seeds_folder() / "sourcing-prompts.csv", ("sentence", "prompt")):
        found.setdefault(row.whole("sentence") or 0, []).append(row.text("prompt"))
    return found
