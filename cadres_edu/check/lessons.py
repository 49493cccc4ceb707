"""A lesson notebook as a check needs it: cells with their parts, the calls they make, and what they show."""

import ast
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cadres_edu.check.findings import Finding, Where
from cadres_edu.check.passages import Passage, from_markdown


@dataclass(frozen=True)
class Cell:
    """One cell: `part` is the part of the lesson that it belongs to (title, card, start, hook, round-1, …)."""

    id: str
    kind: str
    source: str
    part: str
    outputs: list[dict[str, Any]] = field(default_factory=list)
    count: int | None = None

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages of a Markdown cell; none in a code cell."""
        return from_markdown(self.source) if self.kind == "markdown" else []

    @cached_property
    def tree(self) -> ast.Module | None:
        """The code as Python reads it; None when it can't."""
        try:
            return ast.parse(self.source if self.kind == "code" else "")
        except SyntaxError:
            return None

    @cached_property
    def calls(self) -> list[tuple[str, list[str]]]:
        """The calls `lesson.NAME("…", …)` in order: name and the strings given."""
        found = []
        for node in ast.walk(self.tree) if self.tree else ():
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="lesson"), attr=name), args=given):
                    words = [one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)]
                    found.append((name, words))
        return found

    @property
    def shows(self) -> bool:
        """Whether the cell ends in something to be shown."""
        ends = self.tree.body[-1:] if self.tree else []
        return bool(ends) and isinstance(ends[0], ast.Expr) and not self.source.rstrip().endswith(";")


@dataclass(frozen=True)
class Lesson:
    """One notebook: `stem` such as 03-calling-seven-thousand, and its cells in order."""

    stem: str
    cells: list[Cell]

    @property
    def file(self) -> str:
        """The notebook's file name."""
        return f"{self.stem}.ipynb"

    @property
    def number(self) -> str:
        """The two digits that the lesson's questions begin with."""
        return self.stem[:2]

    def where(self, cell: Cell | None = None) -> Where:
        """The place of a finding about the whole lesson, or about one cell."""
        return Where(self.file, f"cell {cell.id}" if cell else "")

    @cached_property
    def parts(self) -> list[str]:
        """The parts in order, each once for every stretch of cells that it fills."""
        names = [cell.part for cell in self.cells]
        return [name for i, name in enumerate(names) if name and (i == 0 or names[i - 1] != name)]

    def part(self, name: str) -> list[Cell]:
        """The cells of one part."""
        return [cell for cell in self.cells if cell.part == name]

    def calls(self, name: str) -> Iterator[tuple[Cell, list[str]]]:
        """Each call of `lesson.NAME`, with its cell and the strings given."""
        for cell in self.cells:
            yield from ((cell, given) for called, given in cell.calls if called == name)

    @property
    def asked(self) -> list[tuple[Cell, str]]:
        """Each question asked by id, in order, with its cell."""
        return [(cell, one) for cell, given in self.calls("ask") for one in given]


def read_lesson(path: Path) -> Lesson | Finding:
    """The lesson in a notebook file, or what keeps the file from being read as one."""
    mend = "Save it again from JupyterLab, or take it back from the last version that opened."
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return Lesson(path.stem, [*_cells(cells)])
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        return Where(path.name, "").finding(f"the notebook can't be read ({error})", mend)
    except (KeyError, TypeError, AttributeError) as error:
        return Where(path.name, "").finding(f"the file is not a notebook as Jupyter writes it ({error!r})", mend)


def _cells(raw: list[dict[str, Any]]) -> Iterator[Cell]:
    part = ""
    for number, cell in enumerate(raw, start=1):
        part = cell.get("metadata", {}).get("cadres", {}).get("part", part)
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        outputs, count = cell.get("outputs", []), cell.get("execution_count")
        yield Cell(cell.get("id", str(number)), cell["cell_type"], source, part, outputs, count)
