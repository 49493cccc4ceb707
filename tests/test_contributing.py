"""The worked example of CONTRIBUTING.md, run line by line in a scratch folder: what it tells to do can be done."""

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cadres_edu import archive, cli, folder

PAPER = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")


def blocks():
    """The fenced blocks of the example, in order: language and text."""
    section = re.search(r"^## Add a lesson of your own\n(.*?)^## What reviewers", PAPER, re.MULTILINE | re.DOTALL)[1]
    return re.findall(r"^```(\w*)\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)


def ask(text, mine):
    """A question in the place of the section with its name."""
    file = mine / "seeds/questions/11-local-study.md"
    name = text.partition("\n")[0]
    section = re.compile(rf"^{re.escape(name)}\n.*?(?=^## )", re.MULTILINE | re.DOTALL)
    found, times = section.subn(lambda _: text + "\n", file.read_text(encoding="utf-8"))
    assert times == 1, name
    file.write_text(found, encoding="utf-8")


def cite(text, mine):
    path = mine / "seeds/sources.json"
    works = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([*works, json.loads(text)], ensure_ascii=False), encoding="utf-8")


def add(text, mine):
    with (mine / "seeds/standards.csv").open("a", encoding="utf-8") as table:
        table.write(text)


@pytest.fixture
def scratch(tmp_path, monkeypatch):
    folder.lay_out(tmp_path / "my-lessons")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    archive.use(None)


@pytest.mark.kernel
def test_the_worked_example_works(scratch):
    mine, said = scratch / "my-lessons", {}
    for language, text in blocks():
        if language:
            {"markdown": ask, "json": cite, "csv": add}[language](text, mine)
            continue
        for line in text.splitlines():
            command, *arguments = shlex.split(line)
            assert command == "cadres-edu"
            said[arguments[0]] = CliRunner().invoke(cli.app, arguments)
    assert {name: one.exit_code for name, one in said.items()} == {"new": 0, "check": 1, "lessons": 0, "export": 0}
    checked = said["check"].output
    assert "10-make-your-case.ipynb, cell foot: the foot doesn't lead on" in checked
    assert "(several): 12 texts are still to be written" in checked
    assert "(first)" not in checked
    assert "\nstandards.csv" not in checked
    assert "11-local-study.ipynb, cell card: the card's standards" in checked
    assert "own-plan-2026" not in checked
    assert said["lessons"].output == "11-local-study.ipynb: stored anew\n"
    written = (scratch / "for-moodle/questions.moodle.xml").read_text(encoding="utf-8")
    assert "Two, by a scale for all counties" in written
    assert written.count("<idnumber>11/") == 8


def test_each_kind_of_step_is_in_the_example():
    assert [language for language, _ in blocks()] == ["", "markdown", "json", "csv", ""]


def test_own_lessons_outlive_a_later_version(scratch):
    mine = scratch / "my-lessons"
    CliRunner().invoke(cli.app, ["new", "11-local-study", "--folder", "my-lessons"])
    before = (mine / "11-local-study.ipynb").read_bytes()
    assert folder.lay_out(mine) == []
    assert (mine / "11-local-study.ipynb").read_bytes() == before
