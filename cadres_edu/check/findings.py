"""What a check hands back: one finding for each thing to mend."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend: the `file`, the `place` in it (a cell's id, a line or a question), the `sentence` as it
    stands, what the `problem` is, and how to `mend` it."""

    file: str
    place: str
    sentence: str
    problem: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        said = f"\n  “{self.sentence}”" if self.sentence else ""
        return f"{where}: {self.problem}. {self.mend}{said}"


@dataclass(frozen=True, slots=True)
class Where:
    """Where a passage stands, so that every room words its findings alike."""

    file: str
    place: str

    def finding(self, problem: str, mend: str, sentence: str = "") -> Finding:
        """A finding at this place; long sentences are cut to what a terminal shows in a line or two."""
        short = sentence if len(sentence) <= 180 else sentence[:177].rstrip() + "…"
        return Finding(self.file, self.place, short, problem, mend)
