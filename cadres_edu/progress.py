"""The learner's log: one append-only file of JSON lines, beside the lessons.

A line is `{"v": 1, "at": "2026-09-01T09:00:00Z", "who": "k7f3q2", "question": "03/attendance", "answer": …,
"result": "right|part|wrong|open"}`; `key` (the page's name for the answer) and `occasion` may follow. `who` is a random
id. A name is the answer to `00/learner`; `00/start-over` ends what was answered before it. Nothing is ever deleted, and
the order of lines counts, not their times, so a clock that goes backwards does no harm.
"""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from filelock import FileLock, Timeout

from cadres_edu.log_entry import LEARNER, RESULTS, START_OVER, VERSION, Entry, is_record, read_entry, who_of

__all__ = ["LEARNER", "START_OVER", "VERSION", "Entry", "Log", "LogError"]

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without what is mistaken for another when read aloud
_SEEN = 64  # bytes of the end of what was read, by which the next reading knows that it goes on with the same file


class LogError(OSError):
    """An answer could not be put into the file; the text says why in words for a learner."""


class Log:
    """The log at `path`; it need not exist yet. Several processes may hold it at once."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._lock = FileLock(self.path.with_name(f".{self.path.stem}.lock"), timeout=10)
        self._forget()

    def _forget(self) -> None:
        self._read_to, self._lines, self._changed = 0, 0, 0
        self._seen, self._torn, self._unended = b"", False, False
        self._entries: list[Entry] = []
        self._keys: dict[str, Entry] = {}
        self._problems: list[str] = []
        self._newer = 0
        self._learner = ""
        self._names: dict[str, str] = {}
        self._answers: dict[str, dict[str, list[Entry]]] = {}

    @property
    def who(self) -> str:
        """The current learner's id: whoever gave a name last, else whoever answered first; empty in an empty log."""
        self._catch_up()
        return self._learner or (self._entries[0].who if self._entries else "")

    @property
    def name(self) -> str:
        """The current learner's name as last given; it may be empty."""
        who = self.who
        return self._names.get(who, "")

    def entries(self) -> list[Entry]:
        """Every line that can be read, in order."""
        self._catch_up()
        return list(self._entries)

    def latest(self) -> dict[str, Entry]:
        """The current learner's last answer to each question since they last started over."""
        who = self.who
        return {question: given[-1] for question, given in self._answers.get(who, {}).items()}

    def given(self) -> dict[str, list[Entry]]:
        """All answers of the current learner to each question since they last started over, in order."""
        who = self.who
        return {question: given.copy() for question, given in self._answers.get(who, {}).items()}

    def attempts(self, question: str) -> int:
        """How often the current learner has answered `question` since they last started over."""
        who = self.who
        return len(self._answers.get(who, {}).get(question, ()))

    def problems(self) -> list[str]:
        """What could not be read, in words: damaged lines, and lines of a newer version. All stay in the file."""
        self._catch_up()
        said = self._problems.copy()
        if self._newer:
            lines = "One line was" if self._newer == 1 else f"{self._newer} lines were"
            said.append(f"{lines} written by a newer version of the course: kept, and not shown here.")
        if self._torn:
            said.append(f"The last line of {self.path.name} breaks off; it is kept, and not counted.")
        return said

    def text(self, who: str | None = None) -> str:
        """The file's own lines, all or those of one learner, as they are handed in; empty if there is no file."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise LogError(_in_words(self.path, error)) from error
        if who is not None:
            data = b"".join(line + b"\n" for line in data.split(b"\n") if who_of(line) == who)
        return data.decode("utf-8", errors="replace")

    def record(
        self,
        question: str,
        answer: Any,
        result: str,
        *,
        key: str | None = None,
        at: str | None = None,
        occasion: str | None = None,
        who: str | None = None,
    ) -> Entry:
        """The entry, once its line is on disk; an answer with a known `key` is not written again.

        LogError says in words why it could not be written, and then nothing was; ValueError refuses what the file's
        form has no place for (another result, a number that is none).
        """
        if result not in RESULTS or not question:
            raise ValueError(f"'{question}: {result}' is no result of a question; results are {', '.join(RESULTS)}.")
        with self._holding():
            self._catch_up()
            if key and key in self._keys:
                return self._keys[key]
            learner = who or self.who or _fresh_id()
            entry = Entry(at or _now(), learner, question, answer, result, key or "", occasion or "")
            self._append(entry.line())
            self._catch_up()
        return entry

    def another(self, name: str = "") -> Entry:
        """Begin with another learner, under a new id."""
        return self.record(LEARNER, name, "open", who=_fresh_id())

    def rename(self, name: str) -> Entry:
        """Keep the current learner's work under `name`."""
        return self.record(LEARNER, name, "open")

    def start_over(self) -> Entry:
        """What the current learner has answered counts no longer; the lines stay."""
        return self.record(START_OVER, None, "open")

    @contextmanager
    def _holding(self) -> Iterator[None]:
        # An append alone would do on one kind of file system; the lock also lets a torn tail be closed and a short
        # write be undone while nobody else writes. It is a file of its own, so the log can be copied and moved freely.
        try:
            self.path.parent.stat()  # the lock would make a folder that is gone, where nobody looks
            with self._lock:
                yield
        except Timeout:
            raise LogError(f"Another lesson keeps {self.path.name} busy. Try again; if need be, restart it.") from None
        except LogError:  # said in words already
            raise
        except OSError as error:
            raise LogError(_in_words(self.path, error)) from error

    def _append(self, line: bytes) -> None:
        with self.path.open("ab", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            data = line if end == 0 or _last_byte(self.path) == b"\n" else b"\n" + line
            try:
                if file.write(data) != len(data):
                    raise LogError("The disk took only part of the answer; it is probably full.")
                os.fsync(file.fileno())
            except OSError:
                file.truncate(end)
                raise
        if end == 0:  # the file is new, and so is its name in the folder
            _sync_folder(self.path.parent)

    def _catch_up(self) -> None:
        """Read what was added since; a file that isn't what it was up to there is read afresh."""
        try:
            with self.path.open("rb") as file:
                state = os.fstat(file.fileno())
                if not self._goes_on(file, state):
                    self._forget()
                file.seek(self._read_to)
                self._take(file.read())
                self._changed = state.st_mtime_ns
        except FileNotFoundError:
            self._forget()
        except OSError as error:
            raise LogError(_in_words(self.path, error)) from error

    def _goes_on(self, file: BinaryIO, state: os.stat_result) -> bool:
        # Neither inode nor length would tell a file put in this one's place, or one edited by hand, from one grown.
        if state.st_size == self._read_to and state.st_mtime_ns != self._changed:
            return False
        file.seek(self._read_to - len(self._seen))
        return file.read(len(self._seen)) == self._seen

    def _take(self, data: bytes) -> None:
        if not data:
            return
        taken = b"\n" if self._unended and data.startswith(b"\n") else b""
        whole, newline, tail = data[len(taken) :].rpartition(b"\n")
        for line in whole.split(b"\n") if newline else ():
            self._lines += 1
            if line.strip():
                self._take_line(line)
        taken += whole + newline
        # A tail may be half written, and is left for the next time; one that is a whole record lacks only its newline.
        self._unended = is_record(tail)
        if self._unended:
            self._lines += 1
            self._take_line(tail)
            taken += tail
        self._torn = bool(tail.strip()) and not self._unended
        self._read_to += len(taken)
        self._seen = (self._seen + taken)[-_SEEN:]

    def _take_line(self, line: bytes) -> None:
        try:
            parts = json.loads(line)
            if isinstance(parts, dict) and isinstance(parts.get("v"), int) and parts["v"] > VERSION:
                self._newer += 1
                return
            entry = read_entry(parts)
        except (ValueError, TypeError, KeyError, RecursionError):
            self._problems.append(f"Line {self._lines} of {self.path.name} is damaged; it is kept, and not counted.")
            return
        if entry.key not in self._keys:
            self._count(entry)

    def _count(self, entry: Entry) -> None:
        self._entries.append(entry)
        if entry.key:
            self._keys[entry.key] = entry
        if entry.question == LEARNER:
            self._learner = entry.who
            self._names[entry.who] = entry.answer if isinstance(entry.answer, str) else ""
        elif entry.question == START_OVER:
            self._answers.pop(entry.who, None)
        else:
            self._answers.setdefault(entry.who, {}).setdefault(entry.question, []).append(entry)


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fresh_id() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows keeps names safe by itself, and can't open a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # network and browser file systems have nothing to do here
            raise
    finally:
        os.close(descriptor)


def _in_words(path: Path, error: OSError) -> str:
    words = {
        errno.ENOSPC: "The disk is full.",
        errno.EDQUOT: "Your share of the disk is full.",
        errno.EROFS: "The folder can't be written to.",
        errno.EACCES: "The folder or the file can't be written to.",
        errno.EPERM: "The folder or the file can't be written to.",
        errno.ENOENT: "The folder is gone.",
        errno.EISDIR: f"{path.name} is a folder, not a file.",
    }
    return words.get(error.errno or 0, f"{path.name} can't be written: {error.strerror or error}.")
