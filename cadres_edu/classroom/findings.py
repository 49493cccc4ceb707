"""What was found amiss in the learners' files: which file, what, and what became of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_LONGEST = 120
# Marks that turn the direction of what follows, and would show a name or a file as something else.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


class ClassroomError(Exception):
    """A report can't be made; the text says why and what to do, in words for a teacher."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing amiss in one file; `other` names a second file, `quoted` is what stands in the file itself."""

    file: str
    what: str
    other: str = ""
    quoted: str = ""


def label(text: str, longest: int = _LONGEST) -> str:
    """`text` in one line that can be shown: no control or turning characters, and no longer than `longest`."""
    line = " ".join(clean(text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def clean(text: str) -> str:
    """`text` without control characters (line ends stay), turning marks and halves of surrogate pairs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").translate(_TURNING)
    if lines.isprintable():
        return lines
    kept = [one for one in lines if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")]
    return "".join(kept)


def counted(number: int, one: str, many: str = "") -> str:
    """`1 line`, `1,234 lines`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
