"""JupyterLab on a learner's folder: lessons brought up to date as they are opened, and ports."""

import asyncio
import copy
import socket

import nbformat
import pytest
from nbformat.sign import NotebookNotary
from traitlets.config import Config

from cadres_edu import execute, folder, progress, server
from cadres_edu.widgets.base import THING

LESSON = "03-calling.ipynb"


def state(asks, **more):
    """A Thing, as the output of a cell holds it."""
    return {"kind": "quiz", "asks": asks, "saved": {}, "who": "", "since": "", **more}


_stored = {}


@pytest.fixture
def published(course):
    """The course with stored outputs, as `make lessons` leaves it; it is the same each time, so it is run once."""
    lessons = course / "notebooks"
    if not _stored:
        dict(execute.store(lessons, course / "seeds", lessons))
        _stored.update({path.name: path.read_bytes() for path in lessons.iterdir()})
    for name, content in _stored.items():
        (lessons / name).write_bytes(content)
    lesson = execute.read(lessons / LESSON)
    shown = nbformat.v4.new_output("display_data", {THING: state(["03/attendance"])})
    lesson.cells[1].outputs.append(shown)
    (lessons / LESSON).write_text(execute.text(lesson), encoding="utf-8")
    return course


@pytest.fixture
def mine(published, tmp_path):
    folder.lay_out(tmp_path / "mine")
    return tmp_path / "mine"


@pytest.fixture
def opening(mine):
    """Opens a notebook of the folder as JupyterLab does; one server's worth of memory."""
    contents = server.LessonContents(root_dir=str(mine), config=Config())
    loop = asyncio.new_event_loop()
    yield lambda name=LESSON, **options: loop.run_until_complete(contents.get(name, **options))["content"]
    loop.close()
    contents.notary.close()


def output(lesson):
    return lesson.cells[1].outputs[0].text


def thing(lesson):
    return lesson.cells[1].outputs[1].data[THING]


def is_trusted(lesson):
    return lesson.cells[1].metadata.get("trusted", False)


def resave(path, change):
    """Change a notebook on disk, as an editor that knows nothing of signatures does."""
    lesson = nbformat.read(path, as_version=4)
    change(lesson)
    nbformat.write(lesson, path)


@pytest.mark.kernel
def test_as_laid_out_a_lesson_is_served_as_it_is_and_nothing_runs(mine, opening, monkeypatch):
    monkeypatch.setattr(execute, "run", None)
    lesson = opening()
    assert (output(lesson), is_trusted(lesson)) == ("conference-opens\n", True)


@pytest.mark.kernel
def test_a_changed_seed_shows_before_anything_is_run_and_the_file_stays(mine, opening, monkeypatch):
    (mine / "seeds/events.csv").write_text("id\nliu-speech\n")
    before = (mine / LESSON).read_bytes()
    lesson = opening()
    assert (output(lesson), is_trusted(lesson)) == ("liu-speech\n", True)
    assert lesson.metadata.cadres.seeds == execute.seeds_hash(mine / "seeds")
    assert (mine / LESSON).read_bytes() == before
    monkeypatch.setattr(execute, "run", None)
    assert output(opening()) == "liu-speech\n", "the second opening must come from memory"


@pytest.mark.kernel
def test_saved_after_a_change_it_needs_no_more_runs(mine, opening, monkeypatch):
    (mine / "seeds/events.csv").write_text("id\nliu-speech\n")
    lesson = opening()
    (mine / LESSON).write_text(execute.text(copy.deepcopy(lesson)))
    with NotebookNotary() as notary:
        notary.sign(nbformat.read(mine / LESSON, 4))
    monkeypatch.setattr(server, "lay_over", None)
    assert output(opening()) == "liu-speech\n"


@pytest.mark.kernel
def test_two_openings_at_once_run_the_lesson_once(mine, opening, monkeypatch):
    runs = []
    run = execute.run
    monkeypatch.setattr(execute, "run", lambda *given: runs.append(1) or run(*given))
    (mine / "seeds/events.csv").write_text("id\nliu-speech\n")
    contents = server.LessonContents(root_dir=str(mine))

    async def both():
        return await asyncio.gather(contents.get(LESSON), contents.get(LESSON))

    assert [output(one["content"]) for one in asyncio.run(both())] == ["liu-speech\n"] * 2
    assert len(runs) == 1
    contents.notary.close()


@pytest.mark.kernel
def test_a_cell_that_the_learner_changed_keeps_its_outputs(mine, opening):
    def change(lesson):
        lesson.cells[0].source = "# My notes"
        lesson.cells.append(nbformat.v4.new_code_cell("1 + 1", outputs=[nbformat.v4.new_output("stream", text="2\n")]))

    resave(mine / LESSON, change)
    (mine / "seeds/events.csv").write_text("id\nliu-speech\n")
    lesson = opening()
    assert lesson.cells[0].source == "# My notes"
    assert output(lesson) == "liu-speech\n"
    assert lesson.cells[2].outputs[0].text == "2\n"
    assert not lesson.cells[2].metadata.get("trusted"), "only what the course made is vouched for"

    resave(mine / LESSON, lambda lesson: lesson.cells[1].update(source="print('mine')"))
    assert output(opening()) == "conference-opens\n"


@pytest.mark.kernel
def test_code_of_a_learner_or_a_stranger_is_never_run(mine, opening, tmp_path):
    def change(lesson):
        lesson.cells[1].source = f"open({str(tmp_path / 'harm')!r}, 'w')"

    resave(mine / LESSON, change)
    (mine / "seeds/events.csv").write_text("id\nliu-speech\n")
    opening()
    assert not (tmp_path / "harm").exists()


@pytest.mark.kernel
def test_an_unsigned_lesson_gets_the_published_outputs(mine, opening):
    def forge(lesson):
        lesson.cells[1].outputs = [nbformat.v4.new_output("display_data", {"text/html": "<script>"})]

    resave(mine / LESSON, forge)
    lesson = opening()
    assert (output(lesson), is_trusted(lesson)) == ("conference-opens\n", True)
    assert thing(lesson)["kind"] == "quiz"


@pytest.mark.kernel
def test_a_lesson_that_cannot_be_run_is_served_as_stored_and_the_reason_logged(mine, opening, caplog):
    (mine / "seeds/events.csv").write_text("")
    assert output(opening()) == "conference-opens\n"
    assert "03-calling.ipynb is shown as it was stored" in caplog.text
    assert "cell cell-1: IndexError" in caplog.text


@pytest.mark.kernel
def test_answers_are_laid_into_the_lesson(mine, opening):
    assert (thing(opening())["who"], thing(opening())["saved"]) == ("-", {})
    log = progress.Log(mine / folder.LOG)
    log.record("03/attendance", "all", "wrong")
    log.record("03/attendance", "most", "right")
    log.record("03/other", "x", "wrong")
    shown = thing(opening())
    assert shown["who"] == log.who
    assert list(shown["saved"]) == ["03/attendance"]
    assert (shown["saved"]["03/attendance"]["answer"], shown["saved"]["03/attendance"]["attempts"]) == ("most", 2)
    log.another("Mei")
    assert thing(opening())["saved"] == {}


@pytest.mark.kernel
def test_answers_saved_with_a_lesson_are_forgotten_with_the_log(mine, opening):
    resave(mine / LESSON, lambda lesson: thing(lesson).update(who="abc", saved={"03/attendance": {"answer": "most"}}))
    assert (thing(opening())["who"], thing(opening())["saved"]) == ("-", {})


@pytest.mark.kernel
def test_a_log_that_cannot_be_read_hides_no_lesson(mine, opening):
    (mine / folder.LOG).unlink()
    (mine / folder.LOG).mkdir()
    assert output(opening()) == "conference-opens\n"


@pytest.mark.kernel
def test_a_teachers_own_lesson_shows_answers_and_is_not_run(mine, opening, monkeypatch):
    shown = nbformat.v4.new_output("display_data", {THING: state(["03/attendance"])})
    outputs = [nbformat.v4.new_output("stream", text="mine\n"), shown]
    own = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("# My own"), nbformat.v4.new_code_cell("1 / 0", outputs=outputs)]
    )
    nbformat.write(own, mine / "11-own.ipynb")
    (mine / "seeds/events.csv").write_text("id\nother\n")
    progress.Log(mine / folder.LOG).record("03/attendance", "most", "right")
    monkeypatch.setattr(execute, "run", lambda *given: pytest.fail("it was run"))
    assert list(thing(opening("11-own.ipynb"))["saved"]) == ["03/attendance"]


@pytest.mark.kernel
def test_other_files_and_notebooks_are_left_alone(mine, opening):
    own = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 + 1")])
    nbformat.write(own, mine / "own.ipynb")
    (mine / "deep").mkdir()
    nbformat.write(own, mine / "deep" / LESSON)
    assert "widgets" not in opening("own.ipynb").metadata
    assert "widgets" not in opening(f"deep/{LESSON}").metadata
    assert opening("seeds/events.csv").startswith("id")
    assert opening(LESSON, content=False) is None


def test_a_taken_port_is_said_with_a_free_one(tmp_path):
    with socket.socket() as taken:
        taken.bind((server.HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(server.PortError, match=rf"Port {port} is taken. Use another, such as: --port \d+") as said:
            server.require_free(port, tmp_path)
        free = int(str(said.value).split()[-1])
    assert free != port
    server.require_free(free, tmp_path)
    server.require_free(port, tmp_path)
