"""Dates in running English: "11 January 1962", "from 11 to 26 January", "late July", "on the 30th", "1958–61"."""

import re
from dataclasses import dataclass, replace

from cadres_edu.check.passages import blank
from cadres_edu.dates import MONTHS

_MONTH = f"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Apr|Aug|Sept|Sep|Oct|Nov|Dec)\\b\\.?)"
_PLAIN_MONTH = f"(?:{'|'.join(name for name in MONTHS if name not in ('March', 'May'))})"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_JOIN = r"\s*(?:–|—|-|/|to|and|until|till|through|or)\s*(?:the\s+)?"
_SPAN_JOIN = re.compile(r"\s*(?:–|—|-|to|until|till|through)\s*(?:the\s+)?", re.IGNORECASE)
_BEFORE_MONTH = r"(?:in|of|by|from|to|until|till|since|during|before|after|and|that|through)\s+"
_BEFORE_DAY = r"(?:on|by|until|till|from|to|since|before|after|and|between|of)\s+the\s+"
_NOT_A_DAY = r"(?!\s+(?i:century|plenum|plenary|congress|session|anniversary|national|party|politburo)\b)"
_COUNTED = r"(?!,\d|\.\d|\s*%|\s+(?:people|persons|deaths|dead|delegates|cadres|officials|members|tonnes|yuan|days)\b)"
SEASONS = {"spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11), "winter": (11, 12, 1, 2)}
_PARTS = {"early": range(1, 11), "mid": range(11, 21), "late": range(21, 32)}


@dataclass(frozen=True, slots=True)
class Date:
    """A date as exact as it is said. `part` is early, mid, late, a season, or `decade`; `edge` is `start` or `end`
    where it opens or closes a span of time; `begin` and `finish` are its place in the text."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    edge: str = ""
    begin: int = 0
    finish: int = 0

    def __str__(self) -> str:
        if self.part == "decade":
            return f"the {self.year}s"
        month = MONTHS[self.month - 1] if self.month else ""
        return " ".join(str(word) for word in (self.part, self.day, month, self.year) if word)


# From the most exact form to the barest. What one form has read is blanked before the next one reads.
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\b(?P<year>{_YEAR})-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>{_DAY}))?\b(?!\d)",
        rf"\b(?P<day>{_DAY})(?={_JOIN}{_DAY}\s+(?:of\s+)?{_MONTH})",
        rf"\b(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?",
        rf"\b(?P<month>{_MONTH})\s+(?P<day>{_DAY})\b(?:,?\s+(?P<year>{_YEAR})\b)?",
        rf"\b(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s]+)?(?P<month>{_MONTH}),?\s+(?:of\s+)?(?P<year>{_YEAR})\b",
        rf"\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[-\s]+(?P<month>{_MONTH})\b",
        rf"\b(?P<part>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ww]inter)\s+(?:of\s+)?(?P<year>{_YEAR})\b",
        r"(?<=[12]\d\d\d[–—/-])(?P<short>\d\d)\b",
        rf"\b(?P<year>{_YEAR})(?=[–—/-]\d\d\b(?!\d))",
        rf"\b(?P<month>{_PLAIN_MONTH})\b",
        rf"(?i:\b{_BEFORE_MONTH})(?P<month>March|May)\b",
        rf"\b(?P<month>March|May)\b(?={_JOIN}{_MONTH}\b)",
        r"\b(?P<decade>(?:19|20)\d0)s\b",
        rf"\b(?P<year>{_YEAR})\b{_COUNTED}",
        rf"(?i:\b{_BEFORE_DAY})(?P<day>\d\d?(?:st|nd|rd|th))\b{_NOT_A_DAY}",
        r"^\W*(?:[Tt]he\s+)?(?P<day>\d\d?(?:st|nd|rd|th))\W*$",
    )
)

_ANY = re.compile(rf"\d|\b(?:{'|'.join(MONTHS)})\b")  # most sentences have none, and are passed over fast


def read_dates(text: str) -> list[Date]:
    """The dates in `text` with their places, in order. A day or a month that is joined to a later date ("from 11 to
    26 January 1962") takes month and year from it."""
    found: list[Date] = []
    rest = text
    for form in _FORMS if _ANY.search(text) else ():
        found.extend(_date(match) for match in form.finditer(rest))
        for date in found:
            rest = blank(rest, date.begin, date.finish)
    return _joined(text, sorted(found, key=lambda date: date.begin))


def _date(match: re.Match[str]) -> Date:
    said = match.groupdict()
    first = min(match.start(name) for name, words in said.items() if words)
    month = said.get("month")
    day = re.match(r"\d+", said.get("day") or "")
    year = said.get("year") or said.get("decade")
    if said.get("short"):
        year = match.string[match.start() - 5 : match.start() - 3] + said["short"]  # the century of 1958 in 1958–61
    return Date(
        year=int(year) if year else None,
        month=(int(month) if month.isdigit() else month_number(month)) if month else None,
        day=int(day[0]) if day else None,
        part="decade" if said.get("decade") else (said.get("part") or "").lower(),
        begin=first,
        finish=match.end(),
    )


def _joined(text: str, dates: list[Date]) -> list[Date]:
    for i in range(len(dates) - 2, -1, -1):
        left, right = dates[i], dates[i + 1]
        between = text[left.finish : right.begin]
        if not re.fullmatch(_JOIN, between, re.IGNORECASE):
            continue
        if left.year is None and (left.month or right.month or 0) <= (right.month or 12):
            month = left.month or (right.month if left.day else None)
            left = replace(left, year=right.year, month=month)
        if _SPAN_JOIN.fullmatch(between):
            left, right = replace(left, edge="start"), replace(right, edge=right.edge or "end")
        dates[i], dates[i + 1] = left, right
    return dates


def season_of(month: int) -> str:
    """The season that a month stands for in a date known to the season."""
    return next(season for season in ("winter", "spring", "summer", "autumn") if month in SEASONS[season])


def month_number(name: str) -> int:
    """The number of a month given in full or shortened."""
    short = name.lower().rstrip(".")[:3]
    return next(number for number, full in enumerate(MONTHS, start=1) if full.lower().startswith(short))


def same_day_or_coarser(said: Date, known: Date, years: frozenset[int]) -> bool:
    """Whether `known` bears out what is said and is at least as exact; `years` are the record's own, for a known
    date that gives none."""
    if said.edge and known.edge and said.edge != known.edge:
        return False
    if said.part == "decade":
        return known.year is not None and said.year is not None and known.year // 10 == said.year // 10
    year = said.year is None or said.year == known.year or (known.year is None and said.year in years)
    month = said.month is None or said.month == known.month
    day = said.day is None or said.day == known.day
    return year and month and day and _part_fits(said, known)


def _part_fits(said: Date, known: Date) -> bool:
    if not said.part or said.part == known.part:
        return True
    if said.part in SEASONS:
        return known.month in SEASONS[said.part]
    return known.day is not None and known.day in _PARTS[said.part]
