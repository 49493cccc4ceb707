"""The tables in `seeds/` as rows of text, and the errors that a damaged table gives."""

import csv
import difflib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class SeedError(ValueError):
    """A table in `seeds/` can't be read as it stands; the text names file, row, column and mend."""

    def __init__(self, file: Path | str, row: int, column: str, problem: str, mend: str) -> None:
        name = file.name if isinstance(file, Path) else file
        place = f"{name}, row {row}" if row else name
        super().__init__(f"{place}, column {column!r}: {problem}. {mend}" if column else f"{place}: {problem}. {mend}")
        self.file, self.row, self.column, self.problem, self.mend = name, row, column, problem, mend


def nearest(what: str, known: Iterable[str]) -> list[str]:
    """Up to three of `known` that are written most like `what`; those that hold the whole of it come first."""
    names = list(known)
    holding = sorted((name for name in names if what in name), key=len)
    return list(dict.fromkeys([*holding, *difflib.get_close_matches(what, names, n=3, cutoff=0.5)]))[:3]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells by column name, and where it stands for error texts (`row` counts from 1, header
    included, as a spreadsheet shows it)."""

    file: Path
    row: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """The cell as it stands; empty where nothing is known."""
        return self.cells[column]

    def words(self, column: str) -> tuple[str, ...]:
        """The `;`-separated parts of a cell."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())

    def _number(self, column: str, kind: Callable[[str], Any], name: str) -> Any:
        cell = self.cells[column]
        if not cell:
            return None
        try:
            return kind(cell)
        except ValueError:
            mend = f"Write a {name} with digits only, or leave the cell empty."
            raise SeedError(self.file, self.row, column, f"{cell!r} is not a {name}", mend) from None

    def whole(self, column: str) -> int | None:
        """The cell as a whole number, None where it is empty; SeedError when it is neither."""
        number: int | None = self._number(column, int, "whole number")
        return number

    def number(self, column: str) -> float | None:
        """The cell as a number, None where it is empty; SeedError when it is neither."""
        number: float | None = self._number(column, float, "number")
        return number

    def error(self, column: str, problem: str, mend: str) -> SeedError:
        """An error that names this row and `column`."""
        return SeedError(self.file, self.row, column, problem, mend)

    def must_have(self, *columns: str) -> None:
        """SeedError where one of `columns` is empty."""
        for column in columns:
            if not self.cells[column]:
                raise self.error(column, "the cell is empty", "Fill it, or delete the row.")

    def must_be(self, column: str, words: Collection[str]) -> None:
        """SeedError where the cell is none of `words`."""
        if self.cells[column] not in words:
            raise self.error(column, f"{self.cells[column]!r} is not known", f"Choose one of: {', '.join(words)}.")

    def must_name(self, column: str, known: Collection[str], file: str) -> None:
        """SeedError where the cell is none of the ids `known` from `file`; it suggests the nearest."""
        name = self.cells[column]
        if name not in known:
            near = ", ".join(nearest(name, known))
            mend = f"Mend the id (nearest: {near}), or add it there." if near else "Add it there."
            raise self.error(column, f"no {name!r} in {file}", mend)


def seeds_beside(folder: Path) -> Path | None:
    """The seeds that belong to lessons in `folder`: beside them, or one folder up; None when there are none."""
    for candidate in (folder / "seeds", folder.parent / "seeds"):
        if (candidate / "datapackage.json").is_file():
            return candidate
    return None


def find_seeds() -> Path:
    """The seeds folder: $CADRES_SEEDS, else beside the working folder, else one folder up, else the package's own."""
    if named := os.environ.get("CADRES_SEEDS"):
        return Path(named)
    package = Path(__file__).parent
    for candidate in (seeds_beside(Path.cwd()), package / "seeds", package.parent / "seeds"):
        if candidate and candidate.is_dir():
            return candidate
    raise SeedError("seeds", 0, "", "no folder with this name was found", "Run the lesson from the folder it came in.")


def rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of the table at `path`, which must have `columns` (further ones are left alone)."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            yield from _rows(path, csv.reader(handle, strict=True), columns)
    except FileNotFoundError:
        raise SeedError(path, 0, "", "the file is missing", "Put it back from the package.") from None
    except UnicodeDecodeError as error:
        mend = "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8')."
        raise SeedError(path, 0, "", f"byte {error.start} is not UTF-8", mend) from None


def _rows(path: Path, reader: Any, columns: tuple[str, ...]) -> Iterator[Row]:
    number = 1
    try:
        header: list[str] = next(reader, [])
        for column in columns:
            if column not in header:
                mend = f"The first row must name the columns: {', '.join(columns)}."
                raise SeedError(path, 1, column, "the column is missing", mend)
        for number, cells in enumerate(reader, start=2):
            if not cells:
                continue
            if len(cells) != len(header):
                mend = "Put cells that hold a comma in double quotes, and end no row early."
                raise SeedError(path, number, "", f"{len(cells)} cells under {len(header)} columns", mend)
            yield Row(path, number, dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        mend = "Look for a quotation mark that is not closed."
        raise SeedError(path, number + 1, "", f"not valid CSV ({error})", mend) from None


def items(path: Path) -> list[dict[str, Any]]:
    """The objects of the JSON list at `path`."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SeedError(path, 0, "", "the file is missing", "Put it back from the package.") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        line = getattr(error, "lineno", 0)
        raise SeedError(path, line, "", f"not valid JSON ({error})", "Mend the text at that place.") from None
    if not isinstance(found, list) or not all(isinstance(item, dict) and "id" in item for item in found):
        raise SeedError(path, 0, "", "not a list of objects with an id", "Export it again as CSL-JSON.")
    return found
