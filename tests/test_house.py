"""The house: what importing costs, what stands only once, what must not stand anywhere, what the papers promise."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
BINARY = {".png", ".jpg", ".gif", ".ico", ".woff2"}
# Put together here, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a path of some machine": r"(?<![\w.])/(?:wo{1}rk|ro{1}ot|ho{1}me/[a-z]|t{1}mp/|Us{1}ers/[a-z])",
    "a package registry's host": r"py{1}pi\.org|pytho{1}nhosted|npmj{1}s|regis{1}try\.|unp{1}kg|jsde{1}livr|cd{1}njs",
    "a promise instead of work": r"\b(?:TO{1}DO|FI{1}XME|XX{1}X|HA{1}CK|lo{1}rem ipsum)\b",
    "a word about how the course was made": r"\b(?:chat{1}bot|Cla{1}ude|Anthro{1}pic|Cop{1}ilot|lan{1}guage model)\b",
}


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def python(code):
    """What `code` prints in a fresh interpreter."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_importing_the_package_imports_no_other():
    code = (
        "import sys; before = set(sys.modules); import cadres_edu; dir(cadres_edu)\n"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    assert {name for name in python(code).split() if name not in sys.stdlib_module_names} == {"cadres_edu"}


def test_reading_the_evidence_imports_no_other():
    code = (
        "import sys; before = set(sys.modules); from cadres_edu import events, seed; events(); seed()\n"
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    assert {name for name in python(code).split() if name not in sys.stdlib_module_names} == {"cadres_edu"}


def test_help_does_not_wait_for_jupyterlab():
    heavy = {"jupyterlab", "jupyter_server", "nbformat", "nbclient", "plotly", "ipywidgets"}
    assert not heavy & set(python("import sys, cadres_edu.cli; print(*sys.modules)").split())


def test_the_version_stands_once():
    version = PROJECT["version"]
    stands = re.compile(rf"(?<![\d.]){re.escape(version)}(?![\d.])")
    code = (path for path in tracked() if path.suffix in {".py", ".toml", ".cff", ".js"})
    holders = {str(path.relative_to(ROOT)) for path in code if stands.search(read(path))}
    assert holders == {"pyproject.toml"}
    assert f"## [{version}]" in read(ROOT / "CHANGELOG.md")


def read(path):
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_nothing_of_this_kind_stands_anywhere(what):
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        if path.suffix not in BINARY
        for number, line in enumerate(read(path).splitlines(), 1)
        if re.search(FORBIDDEN[what], line, re.IGNORECASE)
    ]
    assert not found, "\n".join([what, *found])


def test_modules_are_rooms_not_halls():
    lengths = {path.relative_to(ROOT): len(read(path).splitlines()) for path in ROOT.glob("cadres_edu/**/*.py")}
    assert {str(path): length for path, length in lengths.items() if length > 300} == {}


def lock(name):
    """The pinned versions of a lock file, by normalised name; a package may have several, for different Pythons."""
    pins = re.findall(r"^([a-z0-9-]+)==(\S+)", read(ROOT / name), re.MULTILINE)
    return {package: {version for other, version in pins if other == package} for package, _ in pins}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_locks_hold_versions_and_hashes_and_no_addresses(name):
    text = read(ROOT / name)
    assert "://" not in text
    assert not re.search(r"^(?:-|#)", text, re.MULTILINE)
    for pin in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9-]+==\S+( ; [^\\]+)? \\\n", pin), pin[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", pin), pin[:80]


@pytest.mark.parametrize(
    ("name", "extras"), [("requirements.lock", ["build"]), ("requirements-test.lock", ["build", "test"])]
)
def test_locks_are_in_step_with_the_project(name, extras):
    pins = lock(name)
    wanted = [*PROJECT["dependencies"]]
    for extra in extras:
        wanted += PROJECT["optional-dependencies"][extra]
    for requirement in map(Requirement, wanted):
        versions = pins.get(requirement.name, set())
        assert versions, f"{requirement.name} is not in {name}: run make lock"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_the_test_lock_holds_the_lessons_lock():
    lessons, tests = lock("requirements.lock"), lock("requirements-test.lock")
    assert {name: versions for name, versions in lessons.items() if tests.get(name) != versions} == {}


def test_the_build_tool_is_the_locked_one():
    build = tomllib.loads(read(ROOT / "pyproject.toml"))["build-system"]["requires"]
    assert build == PROJECT["optional-dependencies"]["build"]


def commands(paper):
    """The commands that a paper tells a person to type."""
    blocks = re.findall(r"^```\n(.*?)^```", read(ROOT / paper), re.MULTILINE | re.DOTALL)
    inline = re.findall(r"`((?:make|cadres-edu)(?: [^`]+)?)`", read(ROOT / paper))
    return [line for block in blocks for line in block.splitlines() if line.strip()] + inline


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "seeds/README.md"])
def test_what_the_papers_tell_to_type_exists(paper):
    from typer.main import get_command

    from cadres_edu.cli import app

    targets = set(re.findall(r"^([a-z-]+):", read(ROOT / "Makefile"), re.MULTILINE))
    ours = get_command(app).commands
    for command in commands(paper):
        if made := re.match(r"make ([a-z-]+)", command):
            assert made[1] in targets, command
        elif called := re.search(r"cadres-edu(?:\.exe)? ([a-z]+)", command):
            assert called[1] in ours, command
            options = {option for parameter in ours[called[1]].params for option in parameter.opts}
            assert set(re.findall(r"--[a-z-]+", command)) - {"--help"} <= options, command
        for file in re.findall(r"[\w-]+\.(?:lock|py)\b", command):
            assert list(ROOT.rglob(file)), command


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "seeds/README.md"])
def test_what_the_papers_link_to_exists(paper):
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", read(ROOT / paper)):
        if "://" not in target:
            assert (ROOT / paper).parent.joinpath(target).exists(), target


def test_the_citation_has_what_its_format_asks_for():
    text = read(ROOT / "CITATION.cff")
    for key in ("cff-version: 1.2.0", "message:", "title:", "authors:", "type: software"):
        assert re.search(rf"^{re.escape(key)}", text, re.MULTILINE), key
    licences = re.search(r"^license:\n((?:  - .+\n)+)", text, re.MULTILINE)[1]
    assert licences.split()[1::2] == PROJECT["license"].split(" AND ")


def test_jupyter_defaults_are_settings_that_jupyterlab_has():
    overrides = json.loads(read(ROOT / "cadres_edu/jupyter/labconfig/default_setting_overrides.json"))
    schemas = Path(sys.prefix) / "share/jupyter/lab/schemas"
    for plugin, settings in overrides.items():
        package, _, name = plugin.partition(":")
        known = json.loads(read(schemas / package / f"{name}.json"))["properties"]
        assert settings.keys() <= known.keys()
