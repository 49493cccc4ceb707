"""Beginning a lesson: two files in the right shape, never over another's, and only words are left to write."""

import shutil
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from cadres_edu import archive, cli, new, questions
from cadres_edu.check import check
from cadres_edu.check.unwritten import PENCIL
from cadres_edu.widgets import coursemap

ROOT = Path(__file__).parents[1]
LAST = "10-make-your-case.ipynb"
# What the check may say of a lesson that has only just been begun.
TO_COME = (
    "still to be written",
    "texts are still to be written",
    "links to 0 records",
    "words of prose",
    "no output is stored",
    "the foot doesn't lead on and back as it should",
)


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A teacher's folder: the first lesson, the last one, and the evidence."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for name in ("00-start-here.ipynb", LAST):
        shutil.copy(ROOT / "notebooks" / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    archive.use(None)


def begin(mine, name="11-local-study", title="A county in the archive"):
    return new.begin(name, title, mine, mine / "seeds")


def test_only_what_a_human_can_write_is_left(mine):
    files = begin(mine)
    assert [path.name for path in files] == ["11-local-study.ipynb", "11-local-study.md"]
    everything = check(mine, mine / "seeds")
    found = [one for one in everything if "11-local-study" in one.file or (one.file, one.place) == (LAST, "cell foot")]
    assert [str(one) for one in found if not any(words in one.problem for words in TO_COME)] == []
    pencils = [one for one in found if "still to be written" in one.problem]
    assert len(pencils) == files[0].read_text(encoding="utf-8").count(PENCIL) + len(questions.load_file(files[1]))


def test_every_question_is_asked_and_every_kind_of_part_is_there(mine):
    path, asked = begin(mine)
    lesson = nbformat.read(path, as_version=4)
    code = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "code")
    found = questions.load_file(asked)
    assert all(f'lesson.ask("{one.id}")' in code for one in found)
    assert len({one.kind for one in found}) >= 3
    assert lesson.cells[0].source.startswith("# A county in the archive\n")
    assert "| **Before this** | [10 Make your case](10-make-your-case.ipynb) |" in lesson.cells[1].source
    nbformat.validate(lesson)


def test_the_title_may_be_left_to_the_name(mine):
    path, _ = begin(mine, title="")
    assert nbformat.read(path, as_version=4).cells[0].source.startswith("# Local study\n")


@pytest.mark.parametrize("name", ["11 local", "local-study", "1-local", "11-Local", "../11-local", "11-"])
def test_what_is_no_lessons_name_is_refused(mine, name):
    with pytest.raises(new.NewLessonError, match=r"is no lesson's name\. Write two digits"):
        begin(mine, name)


@pytest.mark.parametrize("taken", ["11-mine.ipynb", "seeds/questions/11-mine.md", "11-local-study.ipynb"])
def test_nothing_is_written_over(mine, taken):
    (mine / taken).write_text("mine", encoding="utf-8")
    before = {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()}
    with pytest.raises(new.NewLessonError, match=r"has the number 11 already, and stays as it is\."):
        begin(mine)
    assert {path: path.read_bytes() for path in mine.rglob("*") if path.is_file()} == before


def test_the_map_and_the_strip_count_it(mine):
    begin(mine)
    archive.use(mine / "seeds")
    assert [one["number"] for one in coursemap.lessons()] == ["00", "10", "11"]
    place = coursemap.strip("11")  # noqa: B005 - the strip of a lesson, not of a text
    assert place.data["place"] == "Lesson 11 of 00 to 11"


def test_a_lesson_that_asks_nothing_has_its_place_on_the_map(mine):
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Bare")]), mine / "12-bare.ipynb")
    archive.use(mine / "seeds")
    bare = coursemap.lessons()[-1]
    assert (bare["title"], bare["minutes"], bare["questions"]) == ("Bare", 0, [])


def test_the_command_tells_what_it_made_and_refuses_in_one_line(mine):
    run = CliRunner().invoke
    said = run(cli.app, ["new", "11-local-study", "--folder", str(mine)])
    assert said.exit_code == 0
    assert "11-local-study.ipynb" in said.output
    assert "cadres-edu check" in said.output
    again = run(cli.app, ["new", "11-other", "--folder", str(mine)])
    assert again.exit_code == 1
    assert "has the number 11 already" in again.stderr.replace("\n", " ")
    bare = mine / "bare"
    bare.mkdir()
    assert "there are no lessons in" in run(cli.app, ["new", "11-x", "--folder", str(bare)]).stderr.replace("\n", " ")


@pytest.mark.kernel
def test_a_new_lesson_runs_as_it_is_and_alone(mine):
    begin(mine)
    before = {path.name: path.read_bytes() for path in mine.glob("*.ipynb")}
    said = CliRunner().invoke(cli.app, ["lessons", "11", "--folder", str(mine)])
    assert said.output == "11-local-study.ipynb: stored anew\n"
    assert {path.name for path in mine.glob("*.ipynb") if path.read_bytes() != before[path.name]} == {
        "11-local-study.ipynb"
    }
    left = [one for one in check(mine, mine / "seeds") if one.file.startswith("11-") and "output" in one.problem]
    assert left == []


def test_a_lesson_to_run_that_is_not_there_is_named(mine):
    said = CliRunner().invoke(cli.app, ["lessons", "12", "--folder", str(mine)])
    assert said.exit_code == 1
    assert "There is no lesson '12' in" in said.stderr.replace("\n", " ")
