"""What a lesson does for the codes of curricula, as its card can say it: a line for each curriculum."""

from __future__ import annotations

from itertools import groupby

from cadres_edu import archive
from cadres_edu.records import Standard


def standards_for(number: str) -> list[Standard]:
    """The codes that lesson `number` (two digits) serves, curriculum by curriculum, in the order of `standards.csv`."""
    found = archive.standards(lesson=number)
    order = list(dict.fromkeys(one.framework for one in archive.standards()))
    return sorted(found, key=lambda one: order.index(one.framework))


def row(number: str) -> str:
    """The codes alone, as the row *Standards* of the lesson's card has them; empty where there are none."""
    heaps = groupby(standards_for(number), key=lambda one: one.framework)
    return "; ".join(f"{framework}: {', '.join(one.code for one in codes)}" for framework, codes in heaps)


def lines(number: str) -> list[str]:
    """One line of Markdown for each curriculum: its name, then each code with what the lesson does for it."""
    told = []
    for framework, codes in groupby(standards_for(number), key=lambda one: one.framework):
        said = "; ".join(f"{one.code}: {one.does.rstrip('.')}" for one in codes)
        told.append(f"**{framework}** {said}.")
    return told
