"""One line of the learner's log, as it is written and read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

VERSION = 1
LEARNER, START_OVER = "00/learner", "00/start-over"
RESULTS = ("right", "part", "wrong", "open")


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
        try:
            return (json.dumps(parts, ensure_ascii=False, allow_nan=False) + "\n").encode()
        except UnicodeEncodeError:  # half a surrogate pair, as a page can send it, has no bytes of its own
            return (json.dumps(parts, allow_nan=False) + "\n").encode()


def read_entry(parts: Any) -> Entry:
    """The entry that a line of this version states; ValueError, TypeError or KeyError if it states none."""
    texts = [parts[name] for name in ("at", "who", "question", "result")]
    if parts["v"] != VERSION or not all(isinstance(text, str) for text in texts) or parts["result"] not in RESULTS:
        raise ValueError(parts)
    more = {name: str(parts[name]) for name in ("key", "occasion") if parts.get(name)}
    return Entry(parts["at"], parts["who"], parts["question"], parts.get("answer"), parts["result"], **more)


def is_record(line: bytes) -> bool:
    """Whether the line is whole: no beginning of a JSON object is an object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def who_of(line: bytes) -> object:
    """Whose line it is, whatever its version; None if it doesn't say."""
    try:
        parts = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return parts.get("who") if isinstance(parts, dict) else None
