"""Running lessons and storing them: nothing but the course shows in the bytes, and a failure says where."""

import json

import nbformat
import pytest

from cadres_edu import execute

WIDGET = """>>> import ipywidgets, os, sys
print("out"); print("err", file=sys.stderr); print("more")
print(sorted(os.listdir(".")), os.path.getsize("progress.jsonl"))
view = {"model_id": ipywidgets.Layout().model_id, "version_major": 2, "version_minor": 0}
view = {"application/vnd.jupyter.widget-view+json": view}
display(view | {"application/x+json": {"b": [1, "ü"], "a": {}}, "text/plain": "shown"}, raw=True)"""


def stored(course, out, name):
    return nbformat.read(out / name, as_version=4)


@pytest.mark.kernel
def test_outputs_are_stored_and_twice_gives_the_same_bytes(course, publish, tmp_path, monkeypatch):
    publish("05-widget.ipynb", "# Widgets", WIDGET)
    places = tmp_path / "one", tmp_path / "two"
    for place in places:
        changed = dict(execute.store(course / "notebooks", course / "seeds", place))
        assert changed == {"00-start-here.ipynb": True, "03-calling.ipynb": True, "05-widget.ipynb": True}
        monkeypatch.setenv("CADRES_SEEDS", "nowhere")
    for name in changed:
        assert (places[0] / name).read_bytes() == (places[1] / name).read_bytes()
    lesson = stored(course, places[0], "05-widget.ipynb")
    names = "['00-start-here.ipynb', '03-calling.ipynb', '05-widget.ipynb', 'progress.jsonl', 'seeds']"
    assert [output.get("text") for output in lesson.cells[1].outputs[:2]] == [f"out\nmore\n{names} 0\n", "err\n"]
    assert "widgets" not in lesson.metadata
    assert dict(lesson.cells[1].outputs[-1].data) == {
        "application/x+json": {"b": [1, "ü"], "a": {}},
        "text/plain": "shown",
    }
    assert "version" not in lesson.metadata.language_info
    assert lesson.metadata.kernelspec.name == "python3"
    assert lesson.metadata.cadres.seeds == execute.seeds_hash(course / "seeds")
    text = (places[0] / "05-widget.ipynb").read_text(encoding="utf-8")
    assert text.endswith("}\n")
    line = '{"a":{},"b":[1,"ü"]}'
    assert f'"application/x+json": {line},\n' in text
    written = json.loads(text)
    written["cells"][1]["outputs"][-1]["data"]["application/x+json"] = 0
    indented = json.dumps(written, sort_keys=True, indent=1, ensure_ascii=False) + "\n"
    assert text.replace(line, "0") == indented


@pytest.mark.kernel
def test_stored_in_place_only_what_differs_is_written(course):
    lessons = course / "notebooks"
    assert dict(execute.store(lessons, course / "seeds", lessons)) == dict.fromkeys(
        ["00-start-here.ipynb", "03-calling.ipynb"], True
    )
    times = {path: path.stat().st_mtime_ns for path in lessons.iterdir()}
    assert set(dict(execute.store(lessons, course / "seeds", lessons)).values()) == {False}
    assert {path: path.stat().st_mtime_ns for path in lessons.iterdir()} == times
    assert stored(course, lessons, "03-calling.ipynb").cells[1].outputs[0].text == "conference-opens\n"


@pytest.mark.kernel
@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1 / 0", "05-bad.ipynb, cell cell-1: ZeroDivisionError: division by zero"),
        ("import os; os._exit(1)", "05-bad.ipynb, cell cell-1: Kernel died"),
        ("import time; time.sleep(9)", "05-bad.ipynb, cell cell-1: A cell timed out"),
    ],
)
def test_a_lesson_that_fails_is_named_and_not_stored(course, publish, tmp_path, monkeypatch, cell, words):
    monkeypatch.setattr(execute, "SECONDS_A_CELL", 2)
    publish("05-bad.ipynb", "# Bad", f">>> {cell}")
    with pytest.raises(execute.LessonError, match=words):
        list(execute.store(course / "notebooks", course / "seeds", tmp_path / "out"))
    assert not (tmp_path / "out/05-bad.ipynb").exists()


@pytest.mark.parametrize("content", ["", "{}", "[]", "plain"])
def test_a_file_that_is_no_notebook(tmp_path, content):
    path = tmp_path / "05-bad.ipynb"
    path.write_text(content)
    with pytest.raises(execute.LessonError, match=r"05-bad.ipynb is not a notebook"):
        execute.read(path)


def test_no_lessons(tmp_path):
    with pytest.raises(execute.LessonError, match="no notebooks in"):
        list(execute.store(tmp_path, tmp_path, tmp_path))


def test_the_seeds_hash_tells_what_lessons_read_and_nothing_else(course):
    seeds = course / "seeds"
    first = execute.seeds_hash(seeds)
    (seeds / "README.md").write_text("How to change a fact")
    (seeds / ".DS_Store").write_text("")
    assert execute.seeds_hash(seeds) == first
    (seeds / "questions/03-calling.md").write_text("# Other questions\n")
    changed = execute.seeds_hash(seeds)
    assert changed != first
    (seeds / "questions/03-calling.md").rename(seeds / "questions/04-calling.md")
    assert execute.seeds_hash(seeds) not in {first, changed}
