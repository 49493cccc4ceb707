"""What one record bears out: figures, dates and words, and the rules by which a sentence agrees with them."""

import re
from dataclasses import dataclass

from cadres_edu.check.dates import Date, same_day_or_coarser
from cadres_edu.check.figures import Figure

_SHARES = {"percent": 100, "per thousand": 1000, "share": 1}
_ABOUT, _ABOUT_SHARE = 0.05, 0.10  # how far "about" reaches; a bare fraction reaches half as far
_REACH = {  # comparison -> the least and the most that the record may hold, as multiples of what is said
    "over": (1, 1.25),
    "just over": (1, 1.1),
    "at least": (1, 1.25),
    "nearly": (0.9, 1),
    "under": (0.8, 1),
    "at most": (0.8, 1),
}
_OPEN = ("over", "just over", "nearly", "under")


@dataclass(frozen=True, slots=True)
class Facts:
    """What one record says: `label`, `text` (every word of it), `figures`, `dates`, and the `refs` of the people and
    places it is about."""

    ref: str
    label: str
    text: str
    figures: tuple[Figure, ...]
    dates: tuple[Date, ...]
    refs: frozenset[str]

    def bears_figure(self, said: Figure) -> bool:
        """Whether one of the record's figures is what is said, rounded as it is said, in a unit that the record has."""
        if said.unit == "ordinal":
            days = [known for known in self.figures if known.unit in ("ordinal", "days", "")]
            return any(known.value == said.value for known in days) or f"{said.value:.0f}th" in self.text
        return any(_holds(said, known) for known in self.figures)

    def bears_date(self, said: Date) -> bool:
        """Whether one of the record's dates is what is said, and at least as exact."""
        years = frozenset(date.year for date in self.dates if date.year)
        return any(same_day_or_coarser(said, known, years) for known in self.dates)

    def bears_words(self, words: str) -> bool:
        """Whether the record has these words (case, quotation marks and end stops aside; … stands for a gap)."""
        parts = [letters(part) for part in re.split(r"…|\.\.\.", words)]
        own = letters(self.text)
        return all(part in own for part in parts)

    @property
    def summary(self) -> str:
        """What the record has to say, for a finding."""
        figures = [_in_words(figure) for figure in self.figures]
        said = list(dict.fromkeys([*(str(date) for date in self.dates), *figures]))
        return ", ".join(said[:6]) + (", …" if len(said) > 6 else "") if said else "no figure and no date"


def letters(words: str) -> str:
    """`words` without case, quotation marks, and marks at the ends of words, for comparison."""
    return " ".join(re.sub(r"[\"“”‘’'「」.,;:!?，。；：！？]", " ", words.casefold().replace("–", "-")).split())


def _holds(said: Figure, known: Figure) -> bool:
    value = _in_unit(known, said.unit)
    if value is None:
        return False
    if known.bound in _REACH and (said.bound == known.bound or {said.bound, known.bound} == {"over", "at least"}):
        return abs(value - said.value) <= said.step / 2
    if known.bound in _OPEN and not said.bound and not said.scaled and said.unit != "share":
        return False
    if said.bound == "plural":
        return said.value <= value <= said.most
    if said.bound in _REACH:
        least, most = (edge * said.value for edge in _REACH[said.bound])
        within = least - 1e-9 <= value <= most + 1e-9
        return within and not (said.bound in _OPEN and value == said.value)
    slack = said.step / 2
    if said.bound == "about":
        slack = max(slack, (_ABOUT_SHARE if said.unit == "share" else _ABOUT) * abs(said.value))
    nearest = min(abs(value - said.value), abs(-value - said.value) if value < 0 else float("inf"))
    return nearest <= slack * (1 + 1e-9) + 1e-12


def _in_unit(known: Figure, unit: str) -> float | None:
    """The known value in the unit that is said; None where the record has no such unit."""
    if unit in ("", known.unit) or not known.unit:
        return known.value
    if "share" in (unit, known.unit) and unit in _SHARES and known.unit in _SHARES:
        return known.value / _SHARES[known.unit] * _SHARES[unit]
    if (unit, known.unit) == ("weeks", "days"):
        return known.value / 7
    return None


def _in_words(figure: Figure) -> str:
    number = f"{figure.value:,.4f}".rstrip("0").rstrip(".")
    return " ".join(word for word in (figure.bound, number, figure.unit) if word)
