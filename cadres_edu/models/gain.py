"""How much was gained between two takings of the same questions, and how much of it guessing could bring."""

from __future__ import annotations

import math


def normalised(before: int, after: int, most: int) -> float | None:
    """The share gained of what was left to gain: (after − before) / (most − before), a number without a unit; None
    where nothing was left. Hake (1998), “Interactive-engagement versus traditional methods”, American Journal of
    Physics 66(1), 64–74, who uses it for the averages of whole classes."""
    return None if before >= most else (after - before) / (most - before)


def by_guessing(better: int, worse: int) -> float | None:
    """The chance, from 0 to 1, that at least `better` of the `better + worse` answers that changed between right and
    wrong changed for the better, if every one of them was a guess both times: then either way is as likely, so the
    number is binomial with one half. None where none changed. It is the exact one-sided form of McNemar's test."""
    changed = better + worse
    if not changed:
        return None
    ways: int = sum(math.comb(changed, number) for number in range(better, changed + 1))
    return ways / (1 << changed)
