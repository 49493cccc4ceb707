"""Rows of `seeds/` -> records: one rule for every table, driven by the fields of the record."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, fields
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from cadres_edu import tables
from cadres_edu.records import STANDINGS, Record, Sentence, Source, Statistic
from cadres_edu.schema import FILLED_IN, RULES, TABLES

R = TypeVar("R", bound=Record)
SEED_TEXT = "seven-thousand-cadres-conference.txt"
_CELLS: dict[Any, Callable[[tables.Row, str], Any]] = {
    str: tables.Row.text,
    tuple[str, ...]: tables.Row.words,
    int | None: tables.Row.whole,
    float | None: tables.Row.number,
}
# A sentence ends at . ! or ? (and a closing quotation mark), before a space and a capital or an opening quotation mark.
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[\"“]?[A-Z])")


def records(folder: Path, kind: type[R]) -> Iterator[R]:
    """The records of one kind in the seeds at `folder`; SeedError names the file, row, column and mend."""
    rule = RULES.get(kind)
    given = rule(partial(_everything, folder)) if rule else None
    wanted = [field for field in fields(kind) if field.name not in FILLED_IN.get(kind, ())]
    needed = tuple(field.name for field in wanted if field.default is MISSING)
    seen: dict[str, int] = {}
    for row in tables.rows(folder / TABLES[kind], needed):
        cells = {field.name: _cell(row, field.name, field.type) for field in wanted if field.name in row.cells}
        record = kind(**cells, **(given(row) if given else {}))
        _unique(row, record, seen)
        yield record


def _everything(folder: Path, kind: type[R], /) -> Iterable[R]:
    return sources(folder) if issubclass(kind, Source) else records(folder, kind)  # type: ignore[return-value]


def _cell(row: tables.Row, column: str, kind: Any) -> Any:
    if kind in (int, float):
        value = row.whole(column) if kind is int else row.number(column)
        if value is None:
            raise row.error(column, "the cell is empty", "Write the figure, or delete the row.")
        return value
    value = _CELLS[kind](row, column)
    if column == "standing" and value not in STANDINGS:
        raise row.error(column, f"{value!r} is not a standing", f"Choose one of: {', '.join(STANDINGS)}.")
    return value


def _unique(row: tables.Row, record: Record, seen: dict[str, int]) -> None:
    column = "year" if isinstance(record, Statistic) else "id"
    if not record.id:
        raise row.error("id", "the id is empty", "Give the row a short id in lowercase words joined by hyphens.")
    if record.id in seen:
        raise row.error(column, f"{record.id!r} stands in row {seen[record.id]} too", "Give one of them another id.")
    seen[record.id] = row.row


def sentences(folder: Path) -> Iterator[Sentence]:
    """The sentences of the seed document, numbered through the whole of it: headings are left out, and each entry of
    "See also" is one."""
    number, section = 0, ""
    for line in (folder / SEED_TEXT).read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"=+ (.+?) =+", line):
            section = heading[1]
            continue
        parts = [line[2:]] if line.startswith("- ") else _SENTENCE_END.split(line)
        for text in (part.strip() for part in parts if part.strip()):
            number += 1
            yield Sentence(id=str(number), number=number, section=section, text=text, source=("seed",), standing="seed")


def sources(folder: Path) -> Iterator[Source]:
    """The works of `sources.json` (CSL-JSON; our own fields stand under `custom`)."""
    path = folder / "sources.json"
    for number, item in enumerate(tables.items(path), start=1):
        custom = item.get("custom", {})
        try:
            yield Source(
                id=item["id"],
                title=item["title"],
                author="; ".join(_name(name) for name in item.get("author", item.get("editor", []))),
                year=item["issued"]["date-parts"][0][0] if "issued" in item else None,
                type=item["type"],
                url=item.get("URL", ""),
                read=custom["read"],
                licence=custom["licence"],
                cited_after=custom.get("cited-after", ""),
                note_citation=custom["note"],
                short_citation=custom["short"],
                note=custom.get("checked", ""),
            )
        except (KeyError, IndexError, TypeError) as error:
            mend = "Every work needs id, type, title, and custom: read, licence, note, short."
            raise tables.SeedError(path, number, str(error), f"missing in {item['id']!r}", mend) from None


def _name(name: dict[str, str]) -> str:
    return name.get("literal") or ", ".join(filter(None, (name.get("family"), name.get("given"))))
