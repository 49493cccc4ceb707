"""The learner's log: one append-only file of JSON lines, beside the lessons.

A line is `{"v": 1, "at": "2026-09-01T09:00:00Z", "who": "k7f3q2", "question": "03/attendance", "answer": …,
"result": "right|part|wrong|open"}`; `key` (the page's name for the answer) and `occasion` may follow. `who` is a random
id. A name is the answer to `00/learner`; `00/start-over` ends what was answered before it. Nothing is ever deleted, and
the order of lines counts, not their times, so a clock that goes backwards does no harm.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

VERSION = 1
LEARNER, START_OVER = "00/learner", "00/start-over"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without what is mistaken for another when read aloud
_NEEDED = {"v": int, "at": str, "who": str, "question": str, "result": str}


class LogError(OSError):
    """An answer could not be put into the file; the text says why in words for a learner."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log."""

    at: str
    who: str
    question: str
    answer: Any
    result: str
    key: str = ""
    occasion: str = ""

    def line(self) -> bytes:
        """The entry as it stands in the file, newline included."""
        parts: dict[str, Any] = {"v": VERSION, "at": self.at, "who": self.who, "question": self.question}
        parts |= {"answer": self.answer, "result": self.result}
        parts |= {name: value for name in ("key", "occasion") if (value := getattr(self, name))}
        return (json.dumps(parts, ensure_ascii=False) + "\n").encode()


class Log:
    """The log at `path`; it need not exist yet. Several processes may hold it at once."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._lock = FileLock(self.path.with_name(f".{self.path.stem}.lock"), timeout=10)
        self._forget()

    def _forget(self) -> None:
        self._read_to, self._lines = 0, 0
        self._identity = (0, 0)
        self._entries: list[Entry] = []
        self._keys: dict[str, Entry] = {}
        self._problems: list[str] = []

    @property
    def who(self) -> str:
        """The current learner's id: whoever gave a name last, else whoever answered first; empty in an empty log."""
        self._catch_up()
        named = [one.who for one in self._entries if one.question == LEARNER]
        return named[-1] if named else self._entries[0].who if self._entries else ""

    @property
    def name(self) -> str:
        """The current learner's name as last given; it may be empty."""
        who = self.who
        names = [one.answer for one in self._entries if one.question == LEARNER and one.who == who]
        return str(names[-1]) if names else ""

    def entries(self) -> list[Entry]:
        """Every line that can be read, in order."""
        self._catch_up()
        return list(self._entries)

    def latest(self) -> dict[str, Entry]:
        """The current learner's last answer to each question since they last started over."""
        return {one.question: one for one in self._current()}

    def attempts(self, question: str) -> int:
        """How often the current learner has answered `question` since they last started over."""
        return sum(one.question == question for one in self._current())

    def problems(self) -> list[str]:
        """What could not be read, in words: damaged lines, and lines of a newer version. All stay in the file."""
        self._catch_up()
        return list(self._problems)

    def text(self, who: str | None = None) -> str:
        """The lines of one learner, or of all, as they would be handed in."""
        return b"".join(one.line() for one in self.entries() if who in (None, one.who)).decode()

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

        LogError says in words why it could not be written, and then nothing was.
        """
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

    def _current(self) -> Iterator[Entry]:
        who = self.who
        mine = [one for one in self._entries if one.who == who]
        begin = max((place for place, one in enumerate(mine, 1) if one.question == START_OVER), default=0)
        return (one for one in mine[begin:] if one.question not in (LEARNER, START_OVER))

    @contextmanager
    def _holding(self) -> Iterator[None]:
        # An append alone would do on one kind of file system; the lock also lets a torn tail be closed and a short
        # write be undone while nobody else writes. It is a file of its own, so the log can be copied and moved freely.
        if not self.path.parent.is_dir():  # the lock would make it again, and the answer would be where nobody looks
            raise LogError("The folder is gone.")
        try:
            with self._lock:
                yield
        except Timeout:
            raise LogError(f"Another program has kept {self.path.name} busy for ten seconds.") from None
        except LogError:
            raise
        except OSError as error:
            raise LogError(_in_words(self.path, error)) from error

    def _append(self, line: bytes) -> None:
        new = not self.path.exists()
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
        if new and os.name == "posix":
            _sync_folder(self.path.parent)

    def _catch_up(self) -> None:
        """Read what was added since; a file that is another one, or shorter, is read afresh."""
        try:
            state = self.path.stat()
        except FileNotFoundError:
            self._forget()
            return
        except OSError as error:
            raise LogError(_in_words(self.path, error)) from error
        if (state.st_dev, state.st_ino) != self._identity or state.st_size < self._read_to:
            self._forget()
            self._identity = (state.st_dev, state.st_ino)
        if state.st_size > self._read_to:
            with self.path.open("rb") as file:
                file.seek(self._read_to)
                self._take(file.read())

    def _take(self, data: bytes) -> None:
        # The tail after the last newline may still be being written: it is left for the next time.
        whole, newline, _tail = data.rpartition(b"\n")
        self._read_to += len(whole) + len(newline)
        for raw in whole.split(b"\n") if newline else ():
            self._lines += 1
            if raw.strip():
                self._take_line(raw)

    def _take_line(self, raw: bytes) -> None:
        try:
            parts = json.loads(raw)
            if isinstance(parts, dict) and isinstance(parts.get("v"), int) and parts["v"] > VERSION:
                self._problems.append(f"Line {self._lines} was written by a newer version of the course; it is kept.")
                return
            entry = _entry(parts)
        except (ValueError, TypeError, KeyError, RecursionError):
            self._problems.append(f"Line {self._lines} of {self.path.name} is damaged; it is kept, and not counted.")
            return
        self._entries.append(entry)
        if entry.key:
            self._keys[entry.key] = entry


def _entry(parts: Any) -> Entry:
    for name, kind in _NEEDED.items():
        if not isinstance(parts[name], kind):
            raise TypeError(name)
    more = {name: str(parts[name]) for name in ("key", "occasion") if parts.get(name)}
    return Entry(parts["at"], parts["who"], parts["question"], parts.get("answer"), parts["result"], **more)


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fresh_id() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _in_words(path: Path, error: OSError) -> str:
    import errno

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
