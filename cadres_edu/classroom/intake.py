"""The files that learners handed in: found in a folder or zip, told from other files, and laid into one spool.

They are data from strangers. A file costs itself at most, a line itself; each is said with its file and the reason. In
the spool a line is the number of its file, a separator, and the line as it stood, so that DuckDB can read all at once.
"""

from __future__ import annotations

import codecs
import hashlib
import json
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

from cadres_edu.classroom import archives
from cadres_edu.classroom.findings import ClassroomError, Finding, label

Tell: TypeAlias = Callable[[str, int, int], None]

MOST_BYTES = 64 << 20  # of a file
MOST_LINES = 500_000  # of a file
LONGEST_LINE = 256 << 10  # bytes
SEPARATOR = b"\x1f"  # no JSON has it, save as an escape
_UNREADABLE = (
    b"\x01"  # what stands for a line that can't be one of a log, so that the lines after it keep their numbers
)
_FORBIDDEN = bytes.maketrans(b"\x00\x1f\r", b"\x01\x01 ")
_LOG = re.compile(rb'^[ \t]*\{(?=[^\n]*"v"\s*:)(?=[^\n]*"who"\s*:)(?=[^\n]*"question"\s*:)', re.MULTILINE)
_HEAD = 64 << 10
_BOMS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_OURS = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True)
class Taken:
    """A file of the spool: its name in the report, and the place of its first line, counted from 0."""

    name: str
    first: int


@dataclass(slots=True)
class Intake:
    """What was handed in: the files of the spool in order, what is amiss, how many other files there were."""

    files: list[Taken] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    ignored: int = 0
    lines: int = 0
    _seen: dict[bytes, str] = field(default_factory=dict)

    def take(self, name: str, data: bytes, spool: BinaryIO) -> None:
        """Lay a file into the spool if it is a log that wasn't met before."""
        text = self._as_utf8(name, data)
        if not _is_log(name, text):
            self.ignored += 1
            return
        text = text.rstrip(b"\r\n")
        # The quickest hash there is; who makes two files of one print on purpose loses one of their own.
        print_ = hashlib.sha1(text, usedforsecurity=False).digest()
        if not text or text.isspace():
            self.findings.append(Finding(name, "is empty"))
        elif print_ in self._seen:
            self.findings.append(Finding(name, "is counted once, being the same as", self._seen[print_]))
        elif len(text) > MOST_LINES and text.count(b"\n") >= MOST_LINES:
            self.findings.append(Finding(name, f"has more than {MOST_LINES:,} lines: not read"))
        else:
            self._seen[print_] = name
            self._lay(name, _lines(text), spool)

    def _lay(self, name: str, lines: bytes, spool: BinaryIO) -> None:
        mark = b"%d%b" % (len(self.files), SEPARATOR)
        spool.writelines((mark, lines.replace(b"\n", b"\n" + mark), b"\n"))
        self.files.append(Taken(name, self.lines))
        self.lines += lines.count(b"\n") + 1

    def _as_utf8(self, name: str, data: bytes) -> bytes:
        coding = _BOMS.get(data[:2]) or _unmarked(data)
        if coding:
            self.findings.append(Finding(name, "is UTF-16, not UTF-8: read all the same"))
            return data.decode(coding, errors="replace").lstrip("\ufeff").encode("utf-8", errors="replace")
        return data.removeprefix(codecs.BOM_UTF8)


def gather(place: Path, spool: BinaryIO, tell: Tell) -> Intake:
    """Lay all logs of the folder or zip into `spool`; ClassroomError where there is nothing to read."""
    intake = Intake()
    if place.is_dir():
        top = str(place)
        found = sorted(_walk(top, intake))
        for number, path in enumerate(found):
            if number % 200 == 0:
                tell("Reading files", number, len(found))
            _take_file(path, _name(top, path), intake, spool)
    elif place.is_file():
        _take_file(str(place), label(place.name), intake, spool)
    else:
        raise ClassroomError(f"there is no folder or zip at {place}. Name the one that holds the learners' files.")
    return intake


def _walk(top: str, intake: Intake) -> Iterator[str]:
    """The path of every regular file in the folder, as text, for a hundred thousand Paths take their time; links are
    not followed."""
    waiting = [top]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as entries:
                found = list(entries)
        except OSError as error:
            intake.findings.append(Finding(_name(top, here), "can't be opened: not read", quoted=error.strerror or ""))
            continue
        for entry in found:
            if entry.is_symlink():
                intake.findings.append(Finding(_name(top, entry.path), "is a symbolic link: not followed"))
            elif entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif entry.is_file(follow_symlinks=False):
                yield entry.path
            else:
                intake.ignored += 1


def _name(top: str, path: str) -> str:
    return label(path.removeprefix(top).replace(os.sep, "/").lstrip("/"))


def _take_file(path: str, name: str, intake: Intake, spool: BinaryIO) -> None:
    try:
        if path.lower().endswith(".zip"):
            _take_zip(Path(path), name, intake, spool)
            return
        data = _read(path)
        if data is not None:
            intake.take(name, data, spool)
        elif _is_log(name, _read(path, _HEAD) or b""):
            intake.findings.append(Finding(name, f"is larger than {MOST_BYTES >> 20} MiB: not read"))
        else:
            intake.ignored += 1
    except OSError as error:
        intake.findings.append(Finding(name, "can't be opened: not read", quoted=error.strerror or ""))


def _take_zip(path: Path, name: str, intake: Intake, spool: BinaryIO) -> None:
    for found in archives.members(path, name, MOST_BYTES):
        if isinstance(found, Finding):
            intake.findings.append(found)
        elif found[0].lower().endswith(".zip"):
            intake.findings.append(Finding(found[0], "is a zip within a zip: not read. Unpack the outer one"))
        else:
            intake.take(*found, spool)


def _read(path: str, head: int = 0) -> bytes | None:
    """The file's bytes, or the first of them; None if there are too many. A link or a pipe that was put in its place
    meanwhile is not followed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb", buffering=0) as file:
        state = os.fstat(file.fileno())
        if head:
            return file.read(head)
        if state.st_size > MOST_BYTES or not stat.S_ISREG(state.st_mode):
            return None
        return file.read(MOST_BYTES)


def _unmarked(data: bytes) -> str:
    """The kind of UTF-16 that has no mark at its head; of a log, every other byte of the first words is nought."""
    head = data[:64]
    if len(head) < 16 or head.count(0) < len(head) // 3:
        return ""
    return "utf-16-le" if head[1] == 0 else "utf-16-be" if head[0] == 0 else ""


def _is_log(name: str, data: bytes) -> bool:
    if name.lower().endswith((".ipynb", ".html")):  # they can hold a log, but are none
        return False
    return name.lower().endswith(_OURS) or bool(_LOG.search(data[:_HEAD]))


def _lines(text: bytes) -> bytes:
    """The lines as DuckDB can take them: UTF-8, none too long, no character that it would take for an end."""
    if b"\r" in text or b"\x1f" in text or b"\x00" in text:
        text = text.replace(b"\r\n", b"\n").translate(_FORBIDDEN)
    if not _is_utf8(text):
        text = b"\n".join(line if _is_utf8(line) else _UNREADABLE for line in text.split(b"\n"))
    if len(text) > LONGEST_LINE:
        text = b"\n".join(line if len(line) <= LONGEST_LINE else _UNREADABLE for line in text.split(b"\n"))
    if b"\\" in text and (b"\\ud" in text or b"\\uD" in text):
        text = b"\n".join(map(_whole_pairs, text.split(b"\n")))
    return text


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _whole_pairs(line: bytes) -> bytes:
    """The line with a question mark for each half of a surrogate pair: a page can send one, and JSON can't say it."""
    if b"\\ud" not in line and b"\\uD" not in line:
        return line
    try:
        return json.dumps(json.loads(line), ensure_ascii=False).encode("utf-8", errors="replace")
    except (ValueError, RecursionError):
        return line
