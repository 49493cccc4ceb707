"""A learner's folder: lessons, evidence and log laid out, and brought up to date without losing anyone's work."""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from cadres_edu.atomic import HALF_WRITTEN, replace

MANIFEST = ".cadres-edu.json"
LOCK = ".cadres-edu.lock"
LOG = "progress.jsonl"
PATIENCE = 30  # seconds to wait for another start in the same folder
_PACKAGE = Path(__file__).resolve().parent


class FolderError(Exception):
    """The lessons can't be laid out in a folder; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Change:
    """What laying out did to one file, in a form to print: `new`, `updated`, `put back` or `kept` (`beside` names the
    new version that was put beside a file which the learner or teacher had changed)."""

    file: str
    what: str
    beside: str = ""


def checkout() -> Path | None:
    """The root of the source tree that this package runs from; None when it was installed from a wheel."""
    root = _PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() and (root / "notebooks").is_dir() else None


def notebooks() -> Path:
    """The folder of the lessons as they are published: never opened for learning, only copied from."""
    return (checkout() or _PACKAGE) / "notebooks"


def seeds() -> Path:
    """The folder of the evidence as it is published."""
    return (checkout() or _PACKAGE) / "seeds"


def default() -> Path:
    """Where lessons are laid out when no folder is named: `my-lessons` in a checkout, else `cadres-lessons` here."""
    root = checkout()
    return root / "my-lessons" if root else Path.cwd() / "cadres-lessons"


def sources(content: bytes) -> list[list[str]]:
    """Kind and source of each cell of a notebook: what makes it the same lesson, whatever was run or answered in it.
    ValueError when `content` is no notebook."""
    try:
        cells = json.loads(content)["cells"]
        return [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
    except (KeyError, TypeError) as error:
        raise ValueError("not a notebook") from error


def find(place: Path, wanted: str) -> Path:
    """The lesson in `place` that `wanted` names, by its number or its file; FolderError names those that exist."""
    files = sorted(place.glob("*.ipynb"))
    if re.fullmatch(r"\d{1,2}", wanted):
        # A new version that was put beside a changed lesson is not the lesson.
        found = [path for path in files if path.name.startswith(f"{wanted:0>2}-") and " (new" not in path.name]
    else:
        found = [path for path in files if Path(wanted).name in (path.name, path.stem)]
    if len(found) == 1:
        return found[0]
    if found:
        raise FolderError(f"several lessons begin with {wanted}: {', '.join(path.stem for path in found)}. Name one.")
    known = ", ".join(path.stem for path in files)
    raise FolderError(
        f"there is no lesson {wanted!r} in {place}. " + (f"There are {known}." if files else "No notebook is there.")
    )


def lay_out(target: Path) -> list[Change]:
    """Bring the published lessons and evidence to `target` and say what changed there.

    A file that nobody has changed is replaced by its new version. One that was changed is kept, and the new version is
    put beside it once. One that was removed is put back. Each file is replaced whole: after a kill at any moment it is
    the old one or the new one. FolderError when the folder can't be used.
    """
    target = target.expanduser().absolute()
    _refuse_source(target)
    try:
        target.mkdir(parents=True, exist_ok=True)
        with _alone(target):
            changes = _bring(target)
            (target / LOG).touch()
            _trust(target)
    except (FileExistsError, NotADirectoryError) as error:
        raise FolderError(f"{error.filename or target} is a file, not a folder. Name another folder.") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise FolderError(
            f"{target} can't be written to ({why}). Name a folder of your own: cadres-edu lab FOLDER"
        ) from error
    return changes


def _refuse_source(target: Path) -> None:
    root, real = checkout(), target.resolve()
    shipped = (notebooks().resolve(), seeds().resolve())
    if real == root or real in shipped or any(place in real.parents for place in shipped):
        raise FolderError(
            f"{target} is part of the course itself, which lessons are copied from. Name a folder such as my-lessons."
        )


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    try:
        with FileLock(target / LOCK, timeout=PATIENCE):
            yield
    except Timeout as error:
        raise FolderError(f"Another start is laying lessons out in {target}. Try again when it is done.") from error


def _published() -> dict[str, bytes]:
    """Every file of the course by its path in a learner's folder, lessons first."""
    files = {path.name: path for path in sorted(notebooks().glob("*.ipynb"))}
    for path in sorted(seeds().rglob("*")):
        if path.is_file() and not path.name.startswith("."):
            files[f"seeds/{path.relative_to(seeds()).as_posix()}"] = path
    return {name: path.read_bytes() for name, path in files.items()}


def _fingerprint(name: str, content: bytes) -> dict[str, str]:
    """`bytes`, and for a notebook `sources`: the hashes by which a later start tells an untouched file."""
    prints = {"bytes": hashlib.sha256(content).hexdigest()}
    if name.endswith(".ipynb"):
        try:
            prints["sources"] = hashlib.sha256(json.dumps(sources(content)).encode()).hexdigest()
        except ValueError:
            prints["sources"] = prints["bytes"]
    return prints


def _same(one: dict[str, str], other: dict[str, str] | None) -> bool:
    """Whether two fingerprints are of the same lesson or the same file; outputs and metadata don't count."""
    key = "sources" if "sources" in one else "bytes"
    return other is not None and one[key] == other.get(key)


def _bring(target: Path) -> list[Change]:
    laid = _read_manifest(target)
    changes = []
    for name, content in _published().items():
        (target / name).with_name(Path(name).name + HALF_WRITTEN).unlink(missing_ok=True)
        change = _bring_one(target, name, content, laid.get(name))
        if change:
            changes.append(change)
        laid[name] = _fingerprint(name, content)
    _write_manifest(target, laid)
    return changes


def _bring_one(target: Path, name: str, content: bytes, laid: dict[str, str] | None) -> Change | None:
    """Bring one file up to date. `laid` is the fingerprint of what was laid out last, None if nothing was."""
    path, fresh = target / name, _fingerprint(name, content)
    if not path.exists():
        replace(path, content)
        return Change(name, "put back" if laid else "new")
    present = _fingerprint(name, path.read_bytes())
    published_anew = laid is None or laid["bytes"] != fresh["bytes"]
    if present["bytes"] == fresh["bytes"] or not published_anew:
        return None
    if _same(present, laid) or (laid is None and _same(present, fresh)):
        replace(path, content)
        return Change(name, "updated")
    if _same(fresh, laid) or _same(present, fresh):
        return None
    return _put_beside(path, name, content)


def _put_beside(path: Path, name: str, content: bytes) -> Change:
    """Put the new version beside a changed file, once, and never over an earlier new version."""
    number, beside = 1, path.with_name(f"{path.stem} (new){path.suffix}")
    while beside.exists():
        if beside.read_bytes() == content:
            return Change(name, "kept", beside.name)
        number += 1
        beside = path.with_name(f"{path.stem} (new {number}){path.suffix}")
    replace(beside, content)
    return Change(name, "kept", beside.name)


def _read_manifest(target: Path) -> dict[str, dict[str, str]]:
    """What was laid out last; nothing when the manifest is missing or damaged, so that every file there is kept."""
    try:
        files: Any = json.loads((target / MANIFEST).read_bytes())["files"]
        return {name: {**prints} for name, prints in files.items() if "bytes" in prints}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _write_manifest(target: Path, laid: dict[str, dict[str, str]]) -> None:
    text = json.dumps({"version": version("cadres-edu"), "files": laid}, indent=1, sort_keys=True) + "\n"
    path = target / MANIFEST
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        replace(path, text.encode())


def _trust(target: Path) -> None:
    """Sign, in the learner's own signature store, each lesson that is byte for byte ours, so that its outputs show."""
    from jupyter_core.paths import jupyter_data_dir
    from nbformat import reads
    from nbformat.sign import NotebookNotary

    store = Path(jupyter_data_dir())
    try:
        store.mkdir(parents=True, exist_ok=True)
        with NotebookNotary(data_dir=str(store)) as notary:
            for path in _published_in(target):
                notary.sign(reads(path.read_text(encoding="utf-8"), as_version=4))
    except OSError:
        # `cadres-edu lab` vouches for our lessons itself; only an ordinary JupyterLab will ask whether to trust them.
        return


def _published_in(target: Path) -> Iterator[Path]:
    """The lessons in `target`, new versions put beside changed ones included, that are byte for byte as published."""
    for lesson in notebooks().glob("*.ipynb"):
        content = lesson.read_bytes()
        yield from (path for path in target.glob(f"{lesson.stem}*.ipynb") if path.read_bytes() == content)
