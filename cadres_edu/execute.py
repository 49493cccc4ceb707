"""Runs lessons in a temporary copy and stores their outputs, in bytes that depend on the course alone."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
import zmq
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from traitlets.config import Config

from cadres_edu import folder
from cadres_edu.atomic import replace
from cadres_edu.tables import nearest

VIEW = "application/vnd.jupyter.widget-view+json"
_PYTHON = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
SECONDS_A_CELL = 120
# Without it each kernel warns a learner, in the terminal, of eavesdroppers.
ENCRYPTION = "auto" if zmq.has("curve") else "disabled"


class LessonError(Exception):
    """A lesson can't be run; the text names the lesson, the cell and the error."""


def seeds_hash(seeds: Path) -> str:
    """A short hash of all that lessons read in `seeds`: names and contents, the README left out."""
    total = hashlib.sha256()
    for path in sorted(seeds.rglob("*")):
        if path.is_file() and not path.name.startswith(".") and path.name != "README.md":
            total.update(path.relative_to(seeds).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def read(path: Path) -> NotebookNode:
    """The notebook at `path`; LessonError when the file holds none."""
    try:
        lesson: NotebookNode = nbformat.read(path, as_version=4)
    except (ValueError, KeyError, AttributeError, nbformat.ValidationError) as error:
        raise LessonError(f"{path.name} is not a notebook: {error}") from error
    return lesson


def run(lesson: NotebookNode, name: str, beside: Path, seeds: Path) -> NotebookNode:
    """`lesson` as it comes out when all cells are run from the top with an empty log.

    `name` is its file name; the notebooks in `beside` and the evidence in `seeds` are copied to where it runs, so
    nothing outside the copy is written. LessonError when a cell fails.
    """
    fresh = nbformat.from_dict(lesson)
    begun: list[str] = []
    with _copy(beside, seeds) as place:
        client = NotebookClient(
            fresh,
            kernel_name="python3",
            timeout=SECONDS_A_CELL,
            record_timing=False,
            store_widget_state=False,  # each thing's output holds what it is drawn from
            coalesce_streams=True,
            on_cell_start=lambda cell, cell_index: begun.append(cell.get("id", f"number {cell_index + 1}")),
            config=Config(KernelManager={"transport_encryption": ENCRYPTION}),
            resources={"metadata": {"path": str(place)}},
        )
        try:
            client.execute(env=_environment(place))
        except CellExecutionError as error:
            raise LessonError(f"{name}, cell {begun[-1]}: {error.ename}: {error.evalue}") from error
        except (CellTimeoutError, DeadKernelError) as error:
            raise LessonError(f"{name}, cell {begun[-1] if begun else 'first'}: {error}") from error
    return _normal(fresh, seeds_hash(seeds))


def text(lesson: NotebookNode) -> str:
    """The notebook as a file holds it: sorted keys, one-space indent, a newline at the end.

    What outputs hold as JSON, which nobody reads, stands on one line each: indented, it would be a third longer.
    """
    bare = nbformat.from_dict(lesson)
    lines: dict[str, str] = {}
    for data in bundles(bare):
        for form in data:
            if form.endswith("+json"):
                mark = f"{id(lines):x}-{len(lines)}"
                lines[f'"{mark}"'] = json.dumps(data[form], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                data[form] = mark
    written = str(nbformat.writes(bare, version=nbformat.NO_CONVERT)).rstrip("\n") + "\n"
    for mark, line in lines.items():
        written = written.replace(mark, line, 1)
    return written


def bundles(lesson: NotebookNode) -> Iterator[NotebookNode]:
    """The data of each output that has any, by MIME type."""
    for cell in lesson.cells:
        yield from (output.data for output in cell.get("outputs", ()) if "data" in output)


def chosen(source: Path, wanted: Sequence[str]) -> list[Path]:
    """The lessons of `source` named by number or name, all without a name; LessonError where there is none of that
    name."""
    lessons = sorted(source.glob("*.ipynb"))
    if not lessons:
        raise LessonError(f"There are no notebooks in {source}.")
    known = {path.stem: path for path in lessons} | {path.stem[:2]: path for path in reversed(lessons)}
    for name in wanted:
        if name not in known:
            near = ", ".join(nearest(name, known)) or ", ".join(path.stem for path in lessons)
            raise LessonError(f"There is no lesson {name!r} in {source}. Name it by number or file (nearest: {near}).")
    return [known[name] for name in wanted] or lessons


def store(source: Path, seeds: Path, out: Path, wanted: Sequence[str] = ()) -> Iterator[tuple[str, bool]]:
    """Run each lesson of `source`, or those `wanted`, and store it in `out` (which may be `source`); yields name and
    whether it changed.

    Nothing is written for a lesson that fails; LessonError then says where.
    """
    for path in chosen(source, wanted):
        content = text(run(read(path), path.name, source, seeds)).encode()
        target = out / path.name
        changed = not target.exists() or target.read_bytes() != content
        if changed:
            replace(target, content)
        yield path.name, changed


@contextmanager
def _copy(beside: Path, seeds: Path) -> Iterator[Path]:
    """A temporary learner's folder with an empty log, removed at the end."""
    with tempfile.TemporaryDirectory(prefix="cadres-edu-", ignore_cleanup_errors=True) as name:
        place = Path(name) / "lessons"
        place.mkdir()
        for path in beside.glob("*.ipynb"):
            shutil.copy(path, place)
        shutil.copytree(seeds, place / "seeds")
        (place / folder.LOG).touch()
        yield place


def _environment(place: Path) -> dict[str, str]:
    """The kernel's environment: the user's own start-up files and seeds must not reach a stored output."""
    kept = {name: value for name, value in os.environ.items() if name not in {"CADRES_SEEDS", "PYTHONSTARTUP"}}
    own = {"IPYTHONDIR": str(place.parent / "ipython"), "PYTHONHASHSEED": "0", "PLOTLY_RENDERER": "plotly_mimetype"}
    return {**kept, **own}


def at_home(lesson: NotebookNode) -> NotebookNode:
    """`lesson` with the kernel and language that all lessons name."""
    lesson.metadata.kernelspec = nbformat.from_dict(_KERNEL)
    lesson.metadata.language_info = nbformat.from_dict(_PYTHON)
    return lesson


def _normal(lesson: NotebookNode, seeds: str) -> NotebookNode:
    """`lesson` without what differs from machine to machine, and with the hash of the evidence it was made from."""
    at_home(lesson)
    lesson.metadata.setdefault("cadres", NotebookNode())["seeds"] = seeds
    for left in ("signature", "widgets"):
        lesson.metadata.pop(left, None)
    for data in bundles(lesson):
        data.pop(VIEW, None)  # with no kernel it leads nowhere, and it would stand in the reading's place
    for cell in lesson.cells:
        for passing in ("execution", "trusted", "collapsed", "scrolled"):
            cell.metadata.pop(passing, None)
    return lesson
