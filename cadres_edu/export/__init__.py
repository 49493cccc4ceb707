"""One bank of questions, many forms: what `seeds/questions/` holds, written as other systems read it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cadres_edu.atomic import replace
from cadres_edu.export import flashcards, gift, moodle, qti_package
from cadres_edu.export.bank import ExportError, LeftOut, Lesson, lessons

__all__ = ["FORMS", "ExportError", "Form", "LeftOut", "Lesson", "lessons", "write"]


@dataclass(frozen=True, slots=True)
class Form:
    """One form: what it is called, the name of its file, and what makes its bytes."""

    name: str
    file: str
    bytes_of: Callable[[Sequence[Lesson], LeftOut], bytes]


FORMS = {
    "gift": Form("GIFT", "questions.gift.txt", gift.write),
    "moodle": Form("Moodle XML", "questions.moodle.xml", moodle.write),
    "qti": Form("QTI 2.1", "questions.qti21.zip", qti_package.write),
    "cards": Form("flash cards for Anki", "cards.anki.csv", flashcards.write),
}


def write(form: str, chosen: Sequence[Lesson], out: Path) -> tuple[list[Path], LeftOut]:
    """Write the lessons' questions into the folder `out` as `form`, and beside them what the form can't hold.

    The files written, and what was left out. The bytes depend on questions and evidence alone. ExportError where the
    folder can't be written to.
    """
    left_out, made = LeftOut(), FORMS[form]
    files = {made.file: made.bytes_of(chosen, left_out)}
    head = (
        f"What {made.name} can't hold, or holds in another way, with the questions that it concerns. A prompt that "
        "speaks of a chart, a calendar or a reader means the one in its lesson: keep the lesson at hand."
    )
    files[f"{made.file}.left-out.txt"] = f"{head}\n\n{left_out}\n".encode()
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            replace(out / name, content)
    except OSError as error:
        raise ExportError(
            f"{out} can't be written to ({error.strerror or error}). Name another folder: --out DIR"
        ) from error
    return [out / name for name in files], left_out
