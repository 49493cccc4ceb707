"""What stands in the cells of the page's tables: questions, shares, coefficients, names, what drew whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cadres_edu.classroom import measures
from cadres_edu.classroom.items import Drawn, Item
from cadres_edu.classroom.overview import Names
from cadres_edu.classroom.page import Html, name, para, soft, text
from cadres_edu.dates import date_in_words
from cadres_edu.portfolio import answers
from cadres_edu.question_kinds import Question


def asked(question: Question) -> Html:
    """A question as the head of a row: its words and its id."""
    return Html(f'<span class="asked">{text(answers.prompt(question))}</span> {soft(question.id)}')


def share(one: Item) -> Html:
    """How many had it right at first, with the interval of the share."""
    low, high = one.share_bounds
    right = one.marks["right"]
    return Html(f"{right} of {one.answered}<br>{soft(f'{100 * low:.0f} to {100 * high:.0f} %')}")


def discrimination(one: Item) -> Html:
    """The coefficient with its interval, or why there is none."""
    if one.bounds is None or one.discrimination is None:
        few = one.paired < measures.FEWEST_FOR_DISCRIMINATION
        return soft("too few" if few else "all alike")
    low, high = one.bounds
    return Html(f"{text(signed(one.discrimination))}<br>{soft(f'{signed(low)} to {signed(high)}')}")


def signed(value: float) -> str:
    """A number with two decimals and a true minus."""
    shown = f"{abs(value):.2f}"
    return f"−{shown}" if value < 0 and float(shown) else shown


def names(found: Names) -> Html:
    """A list of names; past thirty the rest are counted."""
    listed = ", ".join(map(name, found.first))
    rest = found.total - len(found.first)
    return Html(f"{listed} and {rest:,} more, in learners.csv" if rest else listed)


def day(moment: dt.datetime) -> str:
    """The day in words."""
    return date_in_words(f"{moment:%Y-%m-%d}")


def drew(one: Item) -> Html:
    """What drew most, the misconception it stands for, and what to say to it."""
    top = one.drawn.most_common(1)
    if not top:
        return text("Nobody had it wrong.")
    drawn, learners = top[0]
    return Html("".join(_told(drawn, learners)))


def _told(drawn: Drawn, learners: int) -> Iterator[Html]:
    yield para(text(drawn.words), label=f"{learners} answered:")
    if drawn.misconception:
        yield para(text(drawn.misconception), label="Misconception:")
    if drawn.feedback:
        yield para(text(drawn.feedback), label="What to say:")


def others(one: Item) -> Html:
    """The three that drew most, with their misconceptions."""
    shown = [
        para(text(f"{drawn.words} ({learners})"), *_stands_for(drawn)) for drawn, learners in one.drawn.most_common(3)
    ]
    return Html("".join(shown))


def _stands_for(drawn: Drawn) -> list[Html]:
    return [Html(f"<br>{soft(drawn.misconception)}")] if drawn.misconception else []


def number(value: int) -> Html:
    """A count."""
    return text(f"{value:,}")
