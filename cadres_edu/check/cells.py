"""What a learner sees of code: short calls that read like sentences, and outputs that say in words what they show."""

import ast
import re
from collections.abc import Iterator
from typing import Any

from cadres_edu.check.findings import Finding
from cadres_edu.check.lessons import Cell, Lesson

MOST_LINES = 8
# Strip, questions, portfolio and the foot of a lesson need no reading beside them; all else is a thing to look at.
FURNITURE = frozenset(("start", "ask", "survey", "course_map", "portfolio", "practice", "sources"))
READINGS = ("**What to look for.**", "**How far can we trust this?**")
_FORBIDDEN: dict[type[ast.AST], str] = {
    ast.FunctionDef: "a function",
    ast.AsyncFunctionDef: "a function",
    ast.Lambda: "a function",
    ast.ClassDef: "a class",
    ast.For: "a loop",
    ast.While: "a loop",
    ast.ListComp: "a loop",
    ast.SetComp: "a loop",
    ast.DictComp: "a loop",
    ast.GeneratorExp: "a loop",
}
_ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]+|^<[\w.]+ ?[^>]*>$|^Figure\(")


def check_cells(lesson: Lesson) -> Iterator[Finding]:
    """What is wrong with the code cells of a lesson, what they show, and the words after it."""
    for number, cell in enumerate(lesson.cells):
        if cell.kind == "code":
            yield from _code(lesson, cell)
            yield from _outputs(lesson, cell)
            yield from _readings(lesson, cell, lesson.cells[number + 1 :])


def _code(lesson: Lesson, cell: Cell) -> Iterator[Finding]:
    where, lines = lesson.where(cell), cell.source.strip().splitlines()
    if len(lines) > MOST_LINES:
        yield where.finding(f"{len(lines)} lines of code", f"Keep to {MOST_LINES}; move the rest into the library.")
    if any(line.lstrip().startswith(("%", "!")) for line in lines):
        yield where.finding("a magic or a shell line", "A learner reads calls only: move it into the library.")
    elif cell.tree is None:
        yield where.finding("the code is not Python", "Mend it.")
    for node in ast.walk(cell.tree) if cell.tree else ():
        if what := _FORBIDDEN.get(type(node)):
            yield where.finding(f"{what} in a learner's cell", "Move it into the library, behind a name.")
        if isinstance(node, ast.Import | ast.ImportFrom) and cell.part != "start":
            yield where.finding("an import in a learner's cell", "Import once, in the cell that starts the lesson.")
        if isinstance(node, ast.ImportFrom) and any(name.name == "*" for name in node.names):
            yield where.finding("an import of everything", "Name what is imported.")


def _outputs(lesson: Lesson, cell: Cell) -> Iterator[Finding]:
    where = lesson.where(cell)
    again = "Run `cadres-edu lessons`, which stores outputs afresh."
    if cell.shows and not cell.outputs:
        yield where.finding("the cell shows something, but no output is stored", again)
    if cell.outputs and cell.count is None:
        yield where.finding("an output without its count, which the tests would pass over", again)
    for output in cell.outputs:
        if problem := _problem(output):
            yield where.finding(problem, again)


def _problem(output: dict[str, Any]) -> str:
    kind = output.get("output_type")
    if kind == "error":
        return f"an error is stored: {output.get('ename')}: {output.get('evalue')}"
    if kind == "stream":
        said = _joined(output.get("text", ""))
        return "a warning is stored" if output.get("name") == "stderr" else "" if said.strip() else "an empty output"
    reading = _joined(output.get("data", {}).get("text/plain", "")).strip()
    if not reading:
        return "an output has no reading in words (text/plain)"
    return f"the reading says nothing to a reader: {reading[:60]}" if _ADDRESS.search(reading) else ""


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _readings(lesson: Lesson, cell: Cell, rest: list[Cell]) -> Iterator[Finding]:
    things = [name for name, _ in cell.calls if name not in FURNITURE]
    if not things:
        return
    following = []
    for other in rest:
        if other.kind == "code":
            break
        following.append(other.source)
    prose = "\n\n".join(following)
    for heading in READINGS:
        if not re.search(rf"{re.escape(heading)}\s+\w", prose):
            problem = f"after lesson.{things[0]} there is no paragraph that begins {heading}"
            yield lesson.where(cell).finding(problem, "Write it straight after the thing it is about.")
