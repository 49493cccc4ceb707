"""A learner's folder: what is laid out, and what a later version does to it."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from cadres_edu import folder

LESSON = "03-calling.ipynb"


@pytest.fixture
def laid(course, tmp_path):
    """A folder as the first start leaves it."""
    target = tmp_path / "mine"
    folder.lay_out(target)
    return target


def edit(path, source):
    """Change the first cell's source, as someone working on the lesson does."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = source
    nbformat.write(notebook, path)


def run(path):
    """Change outputs and metadata only, as running, answering and saving do."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="seven thousand\n")]
    notebook.metadata["widgets"] = {"saved": "answers"}
    nbformat.write(notebook, path)


def title(path):
    return nbformat.read(path, as_version=4).cells[0].source


def test_first_start_lays_out_lessons_seeds_and_an_empty_log(course, tmp_path):
    target = tmp_path / "deep" / "mine"
    changes = folder.lay_out(target)
    assert {change.what for change in changes} == {"new"}
    for name in (LESSON, "00-start-here.ipynb"):
        assert (target / name).read_bytes() == (course / "notebooks" / name).read_bytes()
    assert (target / "seeds/questions/03-calling.md").read_text() == "# Questions\n"
    assert (target / "progress.jsonl").read_bytes() == b""
    assert folder.MANIFEST in os.listdir(target)


def test_second_start_touches_nothing(laid):
    before = {path: path.stat().st_mtime_ns for path in laid.rglob("*") if path.name not in {folder.LOG, folder.LOCK}}
    run(laid / LESSON)
    after_run = (laid / LESSON).read_bytes()
    assert folder.lay_out(laid) == []
    assert (laid / LESSON).read_bytes() == after_run
    assert {path: path.stat().st_mtime_ns for path in before if path.name != LESSON} == {
        path: time for path, time in before.items() if path.name != LESSON
    }


def test_the_log_is_never_written_over(laid):
    (laid / folder.LOG).write_text("{}\n")
    folder.lay_out(laid)
    assert (laid / folder.LOG).read_text() == "{}\n"


def test_an_untouched_file_is_replaced(course, laid):
    edit(course / "notebooks" / LESSON, "# Better")
    (course / "seeds/events.csv").write_text("id\nnew\n")
    assert {(change.file, change.what) for change in folder.lay_out(laid)} == {
        (LESSON, "updated"),
        ("seeds/events.csv", "updated"),
    }
    assert title(laid / LESSON) == "# Better"
    assert (laid / "seeds/events.csv").read_text() == "id\nnew\n"


def test_a_lesson_only_run_and_answered_is_replaced(course, laid):
    run(laid / LESSON)
    edit(course / "notebooks" / LESSON, "# Better")
    assert [change.what for change in folder.lay_out(laid)] == ["updated"]
    assert title(laid / LESSON) == "# Better"


def test_a_changed_lesson_is_kept_and_the_new_one_put_beside_it_once(course, laid):
    edit(laid / LESSON, "# Mine")
    edit(course / "notebooks" / LESSON, "# Better")
    assert folder.lay_out(laid) == [folder.Change(LESSON, "kept", "03-calling (new).ipynb")]
    assert folder.lay_out(laid) == []
    assert title(laid / LESSON) == "# Mine"
    assert title(laid / "03-calling (new).ipynb") == "# Better"


def test_an_earlier_new_version_is_not_written_over(course, laid):
    edit(laid / LESSON, "# Mine")
    for heading in ("# Better", "# Best"):
        edit(course / "notebooks" / LESSON, heading)
        folder.lay_out(laid)
    assert [title(laid / f"03-calling{mark}.ipynb") for mark in ("", " (new)", " (new 2)")] == [
        "# Mine",
        "# Better",
        "# Best",
    ]


def test_a_changed_seed_is_kept(course, laid):
    (laid / "seeds/questions/03-calling.md").write_text("# For my class\n")
    assert folder.lay_out(laid) == []
    (course / "seeds/questions/03-calling.md").write_text("# Questions, revised\n")
    assert folder.lay_out(laid) == [
        folder.Change("seeds/questions/03-calling.md", "kept", "03-calling (new).md"),
    ]
    assert (laid / "seeds/questions/03-calling.md").read_text() == "# For my class\n"


def test_new_outputs_of_the_same_lesson_do_not_disturb_a_changed_one(course, laid):
    edit(laid / LESSON, "# Mine")
    run(course / "notebooks" / LESSON)
    assert folder.lay_out(laid) == []


def test_a_removed_file_is_put_back(laid):
    (laid / LESSON).unlink()
    shutil.rmtree(laid / "seeds/questions")
    assert {(change.file, change.what) for change in folder.lay_out(laid)} == {
        (LESSON, "put back"),
        ("seeds/questions/03-calling.md", "put back"),
    }
    assert (laid / LESSON).exists()


def test_a_new_lesson_arrives(course, laid):
    shutil.copy(course / "notebooks" / LESSON, course / "notebooks/04-next.ipynb")
    assert folder.lay_out(laid) == [folder.Change("04-next.ipynb", "new")]


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"files": {"03-calling.ipynb": 1}}', '{"files": []}'])
def test_with_a_lost_manifest_every_changed_file_is_kept(laid, damage):
    edit(laid / LESSON, "# Mine")
    (laid / folder.MANIFEST).write_text(damage)
    assert folder.lay_out(laid) == [folder.Change(LESSON, "kept", "03-calling (new).ipynb")]
    assert title(laid / LESSON) == "# Mine"


def test_a_lesson_that_became_something_else_is_kept(course, laid):
    (laid / LESSON).write_text("not a notebook")
    edit(course / "notebooks" / LESSON, "# Better")
    assert folder.lay_out(laid) == [folder.Change(LESSON, "kept", "03-calling (new).ipynb")]


def test_lessons_are_trusted_once_laid_out_and_not_when_changed(laid, tmp_path):
    edit(laid / "00-start-here.ipynb", "# <script>")
    folder.lay_out(laid)
    with NotebookNotary(data_dir=os.environ["JUPYTER_DATA_DIR"]) as notary:
        trusts = {path.name: notary.check_signature(nbformat.read(path, 4)) for path in laid.glob("*.ipynb")}
    assert trusts == {LESSON: True, "00-start-here.ipynb": False}


def test_signing_that_fails_does_not_stop_the_lessons(course, tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "file"))
    assert folder.lay_out(tmp_path / "mine")


def test_a_file_where_the_folder_should_be(course, tmp_path):
    (tmp_path / "mine").write_text("work")
    for target in (tmp_path / "mine", tmp_path / "mine" / "deeper"):
        with pytest.raises(folder.FolderError, match=r"mine.* is a file, not a folder. Name another folder"):
            folder.lay_out(target)
    assert (tmp_path / "mine").read_text() == "work"


@pytest.mark.parametrize("place", [".", "notebooks", "seeds", "seeds/questions"])
def test_the_course_itself_is_not_worked_in(course, place):
    with pytest.raises(folder.FolderError, match="is part of the course itself"):
        folder.lay_out(course / place)


@pytest.mark.skipif(os.name != "posix", reason="folders are made read-only the POSIX way")
def test_a_read_only_folder(course):
    with tempfile.TemporaryDirectory() as parent:
        target = Path(parent) / "mine"
        target.mkdir()
        target.chmod(0o555)
        Path(parent).chmod(0o755)
        root = os.geteuid() == 0
        try:
            if root:
                os.seteuid(65534)  # root may write anywhere, so be nobody for a moment
            with pytest.raises(folder.FolderError, match=r"can't be written to \(Permission denied\). Name a folder"):
                folder.lay_out(target)
        finally:
            if root:
                os.seteuid(0)


def test_another_start_at_work(course, tmp_path, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr(folder, "PATIENCE", 0.1)
    target = tmp_path / "mine"
    target.mkdir()
    with FileLock(target / folder.LOCK), pytest.raises(folder.FolderError, match="Another start is laying lessons out"):
        folder.lay_out(target)


def test_replace_leaves_the_old_file_when_it_fails(tmp_path, monkeypatch):
    path = tmp_path / "lesson.ipynb"
    path.write_bytes(b"old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        folder.replace(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["lesson.ipynb"]


KILLED = """
import os, signal, sys
from pathlib import Path
from cadres_edu import folder
course, target, step = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
folder.checkout = lambda: course
left = step
def audit(event, arguments):
    global left
    writes = event in {"os.rename", "os.remove", "os.mkdir"} or (event == "open" and arguments[2] & os.O_CREAT)
    if writes and str(target) in str(arguments[0]):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(audit)
folder.lay_out(target)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_kill_at_any_step_leaves_each_file_old_or_new(course, laid, tmp_path):
    old = {path.name: path.read_bytes() for path in laid.glob("*.ipynb")}
    edit(course / "notebooks" / LESSON, "# Better")
    edit(course / "notebooks/00-start-here.ipynb", "# Better")
    edit(laid / "00-start-here.ipynb", "# Mine")
    mine = (laid / "00-start-here.ipynb").read_bytes()
    new = (course / "notebooks" / LESSON).read_bytes()
    killed = 0
    for step in range(1, 200):
        target = tmp_path / f"killed-{step}"
        shutil.copytree(laid, target)
        ended = subprocess.run([sys.executable, "-c", KILLED, course, target, str(step)], check=False)
        assert (target / LESSON).read_bytes() in {old[LESSON], new}
        assert (target / "00-start-here.ipynb").read_bytes() == mine
        folder.lay_out(target)
        assert (target / LESSON).read_bytes() == new
        assert sorted(path.name for path in target.glob("00-*")) == ["00-start-here (new).ipynb", "00-start-here.ipynb"]
        assert not list(target.rglob("*half-written"))
        if ended.returncode == 0:
            break
        assert ended.returncode == -signal.SIGKILL
        killed += 1
    assert killed > 10, killed


def test_published_lessons_are_found_from_a_checkout_and_from_a_wheel(tmp_path, monkeypatch):
    assert folder.notebooks() == Path(folder.__file__).parents[1] / "notebooks"
    assert folder.default().name == "my-lessons"
    monkeypatch.setattr(folder, "checkout", lambda: None)
    monkeypatch.chdir(tmp_path)
    assert folder.notebooks() == Path(folder.__file__).parent / "notebooks"
    assert folder.seeds() == Path(folder.__file__).parent / "seeds"
    assert folder.default() == tmp_path / "cadres-lessons"


def test_the_manifest_says_which_version_laid_out(laid):
    manifest = json.loads((laid / folder.MANIFEST).read_text())
    assert manifest["version"]
    assert set(manifest["files"][LESSON]) == {"bytes", "sources"}
    assert set(manifest["files"]["seeds/events.csv"]) == {"bytes"}
