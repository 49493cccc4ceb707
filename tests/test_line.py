"""The line between the page and the kernel, with a comm that only remembers what is sent."""

import json
from types import SimpleNamespace

import pytest
from test_widgets import FILE

from cadres_edu import archive
from cadres_edu.widgets import base, keeper, line

PACKAGE = base.PAGE / "package.json"


class Comm:
    def __init__(self, target_name):
        self.target, self.sent, self.closed = target_name, [], False

    def on_msg(self, heard):
        self.heard = heard

    def send(self, message):
        self.sent.append(message)

    def close(self):
        self.closed = True

    def say(self, **message):
        """A message from the page; gives what is sent back."""
        before = len(self.sent)
        self.heard({"content": {"data": message}})
        return self.sent[before:]


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Opens the line as the page asks for it, beside a question file; gives the comm."""
    folder = tmp_path / "seeds" / "questions"
    folder.mkdir(parents=True)
    (folder / "03-hall.md").write_text(FILE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    archive.use(tmp_path / "seeds")
    comms = []
    monkeypatch.setattr(line, "create_comm", lambda **given: comms.append(Comm(**given)) or comms[-1])
    monkeypatch.setattr(line, "_open", [])
    yield lambda: line.open_line() or comms[-1]
    archive.use(None)


def test_an_answer_is_in_the_file_with_no_cell_run(opened):
    comm = opened()
    (said,) = comm.say(to="03/hall", asks=["03/hall"], do="record", key="k1", question="03/hall", answer="all")
    assert (said["to"], said["saved"]) == ("03/hall", "k1")
    (hello,) = comm.say(to="03/hall", asks=["03/hall"], do="hello")
    assert hello["saved"]["03/hall"]["result"] == "wrong"
    assert (hello["to"], hello["who"]) == ("03/hall", keeper.log_here().who)


def test_what_changes_every_thing_is_told_to_all(opened):
    comm = opened()
    said, told = comm.say(to="00/coursemap", asks=["00/"], do="rename", key="k", name="Mei")
    assert (said["reply"], said["name"], told) == ("k", "Mei", {"changed": True})
    (handed,) = comm.say(to="00/coursemap", asks=["00/"], do="hand-in", key="k")
    assert handed["file"] == "progress-Mei.jsonl"


def test_what_cannot_be_kept_is_said_and_nobody_is_told_of_a_change(opened, tmp_path):
    (tmp_path / keeper.LOG).mkdir()
    comm = opened()
    (said,) = comm.say(to="03/hall", asks=["03/hall"], do="record", key="k", question="03/hall", answer="all")
    assert said["failed"] == "k" and "folder" in said["why"]
    (said,) = comm.say(to="00/coursemap", asks=[], do="rename", key="k", name="Mei")
    assert said["reply"] == "k" and "folder" in said["why"]
    (said,) = comm.say(to="00/coursemap", asks=[], do="dance", key="k")
    assert "does not know 'dance'" in said["why"]


def test_opened_again_the_older_line_is_closed(opened):
    first, second = opened(), opened()
    assert (first.closed, second.closed, second.target) == (True, False, line.TARGET)


def test_page_and_kernel_know_the_line_and_the_forms_by_the_same_names():
    code = {path.name: path.read_text(encoding="utf-8") for path in base.PAGE.glob("*.js")}
    assert f'TARGET = "{line.TARGET}"' in code["line.js"]
    assert f'THING = "{base.THING}"' in code["lab.js"]
    namespace = SimpleNamespace(**json.loads(PACKAGE.read_text(encoding="utf-8")))
    assert (base.PAGE / namespace.jupyterlab["_build"]["load"]).is_file()
    from importlib.metadata import version

    from cadres_edu.charts.drawing import CHART

    assert f'CHART = "{CHART}"' in code["lab.js"]
    assert namespace.version == version("cadres-edu")
