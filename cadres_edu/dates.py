"""Dates as the tables write them (1962, 1962-01, 1962-01-11): their bounds, and in words."""

import datetime as dt
from calendar import monthrange

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def bounds(date: str) -> tuple[dt.date, dt.date]:
    """The first and last day that `date` (1962, 1962-01 or 1962-01-11) can mean; ValueError when it is no date."""
    parts = [int(part) for part in date.split("-")]
    match parts:
        case [year]:
            return dt.date(year, 1, 1), dt.date(year, 12, 31)
        case [year, month]:
            return dt.date(year, month, 1), dt.date(year, month, monthrange(year, month)[1])
        case [year, month, day]:
            return dt.date(year, month, day), dt.date(year, month, day)
    raise ValueError(f"{date!r} is not a date")


def date_in_words(date: str) -> str:
    """`date` as a reader says it: 11 January 1962, January 1962 or 1962."""
    first, _ = bounds(date)
    words = [str(first.day), MONTHS[first.month - 1], str(first.year)]
    return " ".join(words[2 - date.count("-") :])
