"""What tests of several modules share: a small course, a Jupyter home of their own, and what was skipped."""

import shutil

import nbformat
import pytest
from nbformat import v4

from cadres_edu import archive, folder

_skipped = {}


@pytest.fixture(autouse=True)
def _jupyter_home(tmp_path_factory, monkeypatch):
    """Signatures, settings and runtime files go to a folder of the test's own, never to the developer's."""
    home = tmp_path_factory.mktemp("jupyter")
    for name in ("CONFIG", "DATA", "RUNTIME"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(home / name.lower()))
    monkeypatch.delenv("CADRES_SEEDS", raising=False)


@pytest.fixture
def seeds(tmp_path, monkeypatch):
    """A copy of the evidence in a learner's folder, where the test works, and no log yet."""
    copy = tmp_path / "seeds"
    shutil.copytree(archive.seeds_folder(), copy)
    monkeypatch.chdir(tmp_path)
    archive.use(copy)
    yield copy
    archive.use(None)


def build(*cells):
    """A notebook of Markdown cells (text) and code cells (text that begins with `>>> `), with readable cell ids."""
    made = v4.new_notebook()
    for number, source in enumerate(cells):
        new = v4.new_code_cell if source.startswith(">>> ") else v4.new_markdown_cell
        made.cells.append(new(source.removeprefix(">>> "), id=f"cell-{number}"))
    return made


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of two lessons and a few seeds, published from a checkout; the path is the checkout's root."""
    root = tmp_path / "checkout"
    (root / "notebooks").mkdir(parents=True)
    (root / "seeds/questions").mkdir(parents=True)
    (root / "seeds/events.csv").write_text("id\nconference-opens\n")
    (root / "seeds/questions/03-calling.md").write_text("# Questions\n")
    reads = ">>> print(open('seeds/events.csv').read().split()[1])"
    for name, heading in (("00-start-here", "# Start here"), ("03-calling", "# Calling seven thousand")):
        nbformat.write(build(heading, reads), root / f"notebooks/{name}.ipynb")
    monkeypatch.setattr(folder, "checkout", lambda: root)
    return root


@pytest.fixture
def publish(course):
    """Adds a lesson to the course: its file name, then its cells as for `build`."""

    def add(name, *cells):
        nbformat.write(build(*cells), course / "notebooks" / name)

    return add


def pytest_runtest_logreport(report):
    if report.skipped and isinstance(report.longrepr, tuple):
        reason = report.longrepr[2].removeprefix("Skipped: ")
        _skipped[reason] = _skipped.get(reason, 0) + 1


def pytest_unconfigure(config):
    """After pytest's own closing line: what was left out on this machine."""
    if _skipped and not hasattr(config, "workerinput"):
        print("Left out here: " + "; ".join(f"{count} tests, {reason}" for reason, count in _skipped.items()))
