"""The command line as a learner, a teacher and CI meet it, from a checkout and from a wheel."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cadres_edu import archive, cli, folder, progress

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "cadres_edu"]


def run(*arguments, **options):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments], **options)


def words(text):
    return " ".join(text.split())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def lab(command, target, log, **environment):
    """`cadres-edu lab` running on `target`: gives the address that it prints, and what was printed before that."""
    with log.open("w") as problems:
        server = subprocess.Popen(
            [*command, "lab", str(target), "--no-browser", "--port", str(free_port())],
            stdout=subprocess.PIPE,
            stderr=problems,
            text=True,
            env={**os.environ, **environment},
        )
    try:
        said = []
        for line in server.stdout:
            said.append(line)
            if found := re.search(r"http://\S+", line):
                yield found[0], "".join(said)
                break
        else:
            pytest.fail(log.read_text())
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):  # seen: the server now and then outlives SIGTERM
            server.wait(10)
        server.kill()
        server.stdout.close()
        server.wait()


def ask(address, path):
    """The answer of the server at `address` to a request for `path`, with the address's token."""
    base, token = re.match(r"(http://[^/]+).*(token=.*)", address).groups()
    with urllib.request.urlopen(f"{base}/{path}?{token}", timeout=30) as answer:
        return json.loads(answer.read())


def test_help_tells_what_there_is():
    said = run("--help").output
    for command in ("lab", "portfolio", "check", "report", "export", "new", "lessons"):
        assert re.search(rf"^ +{command} +[A-Z].*\.$", said, re.MULTILINE), said
        assert "--help" in run(command, "--help").output
    assert "progress.jsonl" in run("lab", "--help").output


def test_version():
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*\n", run("--version").output)


def test_an_unknown_command_is_an_error():
    assert run("labb").exit_code == 2


def test_a_folder_that_is_a_file_is_said_in_one_line(course, tmp_path):
    (tmp_path / "mine").touch()
    said = run("lab", tmp_path / "mine", "--no-browser")
    assert said.exit_code == 1
    assert words(said.stderr) == f"cadres-edu: {tmp_path}/mine is a file, not a folder. Name another folder."


def test_a_taken_port_is_said_in_one_line(course, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = run("lab", tmp_path / "mine", "--no-browser", "--port", port)
    assert said.exit_code == 1
    assert re.fullmatch(rf"cadres-edu: Port {port} is taken. Use another, such as: --port \d+", words(said.stderr))


def test_what_laying_out_did_is_told(course, tmp_path, monkeypatch):
    from cadres_edu import server

    monkeypatch.setattr(server, "launch", lambda *given: None)
    target = tmp_path / "mine"
    assert f"Lessons are in {target} (4 files new)" in run("lab", target).output
    (target / "seeds/events.csv").write_text("id\nmine\n")
    (course / "seeds/events.csv").write_text("id\nnew\n")
    (target / "03-calling.ipynb").unlink()
    said = run("lab", target).output
    assert "seeds/events.csv is yours and stays; its new version is beside it: events (new).csv" in said
    assert "03-calling.ipynb was put back" in said


def test_check_needs_lessons(tmp_path):
    said = run("check", tmp_path)
    assert said.exit_code == 1
    assert "there are no lessons in" in said.stderr


@pytest.mark.kernel
def test_check_finds_a_changed_number_and_names_it(tmp_path):
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    lesson = tmp_path / "notebooks/03-calling-seven-thousand.ipynb"
    text = lesson.read_text(encoding="utf-8")
    link = re.search(r"\[11 January 1962\]\(#event:", text)[0]
    assert run("check", tmp_path / "notebooks").exit_code == 0
    lesson.write_text(text.replace(link, link.replace("11", "12")), encoding="utf-8")
    said = run("check", tmp_path / "notebooks")
    assert said.exit_code == 1
    assert "03-calling-seven-thousand.ipynb" in said.output
    assert "12 January 1962" in said.output


def test_lessons_from_a_wheel_are_not_stored_in_place(monkeypatch):
    monkeypatch.setattr(folder, "checkout", lambda: None)
    said = run("lessons")
    assert said.exit_code == 1
    assert "--out DIR" in said.stderr


@pytest.mark.kernel
def test_lessons_are_stored_and_a_failure_is_named(course, publish, tmp_path):
    said = run("lessons", "--out", tmp_path / "out")
    assert said.output == "00-start-here.ipynb: stored anew\n03-calling.ipynb: stored anew\n"
    publish("05-bad.ipynb", ">>> 1 / 0")
    said = run("lessons")
    assert said.exit_code == 1
    assert "cadres-edu: 05-bad.ipynb, cell cell-0: ZeroDivisionError" in said.stderr


@pytest.mark.kernel
def test_lab_serves_the_folder_on_loopback_with_a_token_and_quiet_defaults(tmp_path):
    target = tmp_path / "my lessons"
    with lab(COMMAND, target, tmp_path / "log") as (address, said):
        assert f"Lessons are in {target}" in said
        assert re.fullmatch(
            r"http://127\.0\.0\.1:\d+/lab/workspaces/\S+/tree/00-start-here\.ipynb\?token=\S{20,}", address
        )
        names = {one["name"] for one in ask(address, "api/contents")["content"]}
        assert {"00-start-here.ipynb", "progress.jsonl", "seeds"} <= names
        first = ask(address, "api/contents/00-start-here.ipynb")["content"]
        assert all(cell["metadata"].get("trusted") for cell in first["cells"] if cell["cell_type"] == "code")
        for plugin, setting, value in (
            ("@jupyterlab/apputils-extension:notification", "fetchNews", "false"),
            ("@jupyterlab/notebook-extension:tracker", "windowingMode", "none"),
        ):
            schema = ask(address, f"lab/api/settings/{plugin}")["schema"]
            assert schema["properties"][setting]["default"] == value
        bare = address.partition("?")[0].replace("/lab/", "/api/contents/", 1)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(bare, timeout=30)
        assert refused.value.code == 403
        refused.value.close()
        port = address.split(":")[2].split("/")[0]
        again = run("lab", target, "--no-browser", "--port", port)
        assert again.exit_code == 1
        assert words(again.stderr) == f"cadres-edu: These lessons are open already: {address}"
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.kernel
def test_the_wheel_carries_lessons_and_evidence_and_opens_them(tmp_path):
    building = "import sys, hatchling.build as b; print(b.build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", building, tmp_path], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    for published in (*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("seeds/**/*.*")):
        if not published.name.startswith("."):
            assert f"cadres_edu/{published.relative_to(ROOT).as_posix()}" in inside
    assert "cadres_edu/jupyter/labconfig/default_setting_overrides.json" in inside
    python = _environment_of(wheel, tmp_path / "env")
    with lab([python, "-m", "cadres_edu"], tmp_path / "mine", tmp_path / "log") as (address, _said):
        assert ask(address, "api/contents/00-start-here.ipynb")["content"]["cells"]
    where = "from cadres_edu import archive, folder; print(folder.checkout(), archive.seeds_folder())"
    found = subprocess.run(
        [python, "-c", where], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout.split()
    assert found[0] == "None"
    assert Path(found[1]).is_relative_to(tmp_path / "env")


def _environment_of(wheel, place):
    """The Python of a new environment with the wheel unpacked in it, and all else borrowed from this one."""
    venv.create(place, with_pip=False)
    (packages,) = place.glob("lib/python*/site-packages")
    zipfile.ZipFile(wheel).extractall(packages)
    ours = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    # Only a path: the .pth of an editable install there is not followed, so the wheel's own files are what is found.
    (packages / "borrowed.pth").write_text(f"{ours}\n")
    return str(place / "bin" / "python")


def test_the_portfolio_stands_beside_the_answers_of_the_folder_that_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = run("portfolio", tmp_path / "mine")
    assert (said.exit_code, "there are no answers in" in said.output) == (1, True)
    folder.lay_out(tmp_path / "mine")
    said = run("portfolio", tmp_path / "mine")
    assert (said.exit_code, "Nothing is answered yet" in said.output) == (1, True)
    log = progress.Log(tmp_path / "mine" / folder.LOG)
    log.record("03/attendance", "most", "right")
    for place in (tmp_path, tmp_path / "mine"):
        monkeypatch.chdir(place)
        said = run("portfolio", *([tmp_path / "mine"] if place == tmp_path else []))
        names = [tmp_path / "mine" / name for name in ("portfolio.html", "portfolio.md")]
        assert (said.exit_code, said.output.splitlines()) == (0, list(map(str, names)))
        assert "Lesson 03" in names[0].read_text(encoding="utf-8")
        names[0].unlink()
    archive.use(None)
