"""The lessons as they are published: run again from the top, each gives what is stored in it, to the letter."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from cadres_edu import execute

ROOT = Path(__file__).parents[1]
LESSONS = sorted(ROOT.glob("notebooks/*.ipynb"))
ON_THE_PAGE = ("text/plain", "text/html", "image/svg+xml")

pytestmark = pytest.mark.kernel


@pytest.fixture
def copy(tmp_path):
    """A learner's folder with an empty log, as nbval runs the lessons in."""
    for lesson in LESSONS:
        shutil.copy(lesson, tmp_path)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    (tmp_path / "progress.jsonl").touch()
    return tmp_path


def nbval(folder, *names):
    """Run nbval, strictly, in `folder`; gives how many cells passed and failed, and what was said."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        ".",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, "--rootdir", ".", *names],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed|error)", done.stdout)}
    return counts, done.stdout + done.stderr


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def unanswered(path):
    """The code cells of a lesson that have no output: nbval would pass them, whatever they do."""
    return [cell.id for cell in code_cells(path) if not cell.outputs and not cell.source.startswith("from cadres_edu")]


def test_there_are_lessons():
    assert {path.name for path in LESSONS} >= {"00-start-here.ipynb", "03-calling-seven-thousand.ipynb"}


def test_every_cell_gives_what_is_stored(copy):
    counts, said = nbval(copy, *(path.name for path in LESSONS))
    assert counts == {"passed": sum(len(code_cells(path)) for path in LESSONS)}, said[-3000:]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_no_lesson_is_stored_without_its_outputs(lesson):
    assert unanswered(lesson) == []
    assert all(cell.execution_count for cell in code_cells(lesson))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_no_lesson_shows_an_error_or_a_path(lesson):
    for cell in code_cells(lesson):
        for output in cell.outputs:
            assert output.output_type != "error", cell.id
            assert output.get("name") != "stderr", cell.id
            data = {"text/plain": output.get("text", ""), **output.get("data", {})}
            assert not [
                kind for kind in ON_THE_PAGE if re.search(r"/tmp|cadres-edu-\w+/|0x[0-9a-f]{6}", str(data.get(kind)))
            ]


def test_the_guard_against_stripped_outputs_sees_them(copy):
    path = copy / LESSONS[-1].name
    lesson = nbformat.read(path, as_version=4)
    shown = [cell for cell in lesson.cells if cell.cell_type == "code" and cell.outputs]
    for cell in shown:
        cell.outputs = []
    nbformat.write(lesson, path)
    assert len(unanswered(path)) >= len(shown) - 1


def test_one_changed_word_of_one_output_fails(copy):
    path = copy / "03-calling-seven-thousand.ipynb"
    lesson = nbformat.read(path, as_version=4)
    changed = next(cell for cell in reversed(lesson.cells) if cell.get("outputs") and "text/plain" in shown(cell))
    output = next(output for output in changed.outputs if "text/plain" in output.get("data", {}))
    output.data["text/plain"] += " "
    nbformat.write(lesson, path)
    counts, said = nbval(copy, path.name)
    assert counts == {"failed": 1, "passed": len(code_cells(path)) - 1}, said[-3000:]


def shown(cell):
    return {kind for output in cell.outputs for kind in output.get("data", {})}


def test_run_twice_the_bytes_are_those_that_are_stored(tmp_path):
    for place in ("one", "two"):
        dict(execute.store(ROOT / "notebooks", ROOT / "seeds", tmp_path / place))
    for lesson in LESSONS:
        first, second = ((tmp_path / place / lesson.name).read_bytes() for place in ("one", "two"))
        assert first == second, f"{lesson.name} comes out differently each time it is run"
        assert first == lesson.read_bytes(), f"{lesson.name} is not stored as it comes out now: run make lessons"


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_stays_small(lesson):
    assert lesson.stat().st_size < 300_000
