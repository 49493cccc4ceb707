"""The last sections of the page: what was amiss with files, and how everything was reckoned."""

from __future__ import annotations

from collections.abc import Iterable

from cadres_edu.classroom import intake, learners, measures, overview, written
from cadres_edu.classroom.findings import Finding, counted
from cadres_edu.classroom.intake import Intake
from cadres_edu.classroom.page import Column, Html, Section, name, para, table, terms, text

FILES = {
    "gradebook.csv": (
        "for Canvas: points by lesson, from last attempts (right 1, partly right ½). Canvas finds a learner by the "
        "name or login that was typed in lesson 00, and asks where it finds none."
    ),
    "gradebook-moodle.csv": (
        "for Moodle: the same in per cent. In the import, map Learner to the username, the email address or the ID "
        "number, whichever your learners typed. Moodle stops at a row that it can't find: mend or remove it first."
    ),
    "learners.csv": "every learner: what was answered, minutes by lesson, first and last answer.",
    "items.csv": "every question: marks at first, share right, discrimination, with intervals.",
    "distractors.csv": "what drew whom: each wrong answer of a known kind, its misconception, how many it drew.",
    "open-answers.csv": "every open answer.",
    "files.csv": "what was amiss with files.",
}
_HOW = {
    "Right at first": (
        "Learners with a right first answer, ever, of those who answered; a partly right one isn't counted as right. "
        "Marks are worked out again from the answers, never taken from the files. Below it the range in which the "
        "share lies with 95 per cent confidence (Wilson 1927)."
    ),
    "Discrimination": (
        "The correlation of right or not at first with the learner's share right among all other questions answered: "
        "the corrected point-biserial (Henrysson 1963), from −1 to 1, with its 95 per cent interval (Fisher 1921). "
        "Above 0: those who know more have it right more often. Learners with fewer than "
        f"{measures.FEWEST_OTHERS} other answers are left out. With fewer than "
        f"{measures.FEWEST_FOR_DISCRIMINATION} learners it isn't shown: chance alone then moves it by more than 0.40 "
        "(two standard errors of 1/√(n − 1); Crocker & Algina 1986), which is what a very good question has (Ebel & "
        "Frisbie 1991)."
    ),
    "Finished": (
        "Every question of the lesson answered at least once since the learner last started over, the exit task "
        "included."
    ),
    "Minutes": (
        "The sum of the gaps between a learner's entries, each counted for the lesson of the later one. A gap of more "
        f"than {learners.BREAK} minutes is taken for a break and counts as nothing, so it is a lower bound; another "
        "limit would give another sum (Kovanović et al. 2015). Times are those of the learner's computer."
    ),
    "Guessing": (
        f"From {measures.FEWEST_FOR_GUESSING} choice questions on: the chance of as many right first answers if each "
        "was drawn blindly from its options."
    ),
    "Survey": (
        "A learner's last answer at the start and at the end. The gain is (end − start) / (all − start), over the "
        "whole class (Hake 1998); its interval is that of a ratio of sums over learners (Cochran 1977), shown from "
        f"{measures.FEWEST_FOR_GAIN} learners on."
    ),
    "Several files of one learner": (
        "Lines are told apart by their keys, and each is counted once. Lines of several files are merged by time; "
        "within a file their order stays."
    ),
    "Samples": written.RULE,
}
_WORKS = (
    "Cochran, W. G. (1977). Sampling Techniques, 3rd ed. Wiley.",
    "Crocker, L., & Algina, J. (1986). Introduction to Classical and Modern Test Theory. Holt, Rinehart and Winston.",
    "Ebel, R. L., & Frisbie, D. A. (1991). Essentials of Educational Measurement, 5th ed. Prentice Hall.",
    "Fisher, R. A. (1921). On the “probable error” of a coefficient of correlation. Metron 1, 3–32.",
    "Hake, R. R. (1998). Interactive-engagement versus traditional methods. American Journal of Physics 66(1), 64–74.",
    "Henrysson, S. (1963). Correction of item-total correlations in item analysis. Psychometrika 28(2), 211–218.",
    "Kovanović, V., et al. (2015). Does time-on-task estimation matter? Proceedings of LAK ’15, 184–193.",
    "Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209–212.",
)


def said(one: Finding) -> str:
    """A finding in words."""
    return f"{one.what}{f' “{one.other}”' if one.other else ''}{f' (“{one.quoted}”)' if one.quoted else ''}"


def files(taken: Intake, found: list[Finding], seen: overview.Overview) -> Section:
    """Which files were read, and what was amiss."""
    words = f"Read: {counted(len(taken.files), 'file')} with {counted(taken.lines, 'line')}."
    if taken.ignored:
        words += f" Not answers of this course, and passed over: {counted(taken.ignored, 'file')}."
    if seen.scattered:
        words += f" {counted(seen.scattered, 'learner')} came in several files, whose lines were put together."
    parts = [para(text(words))]
    if not found:
        return Section("files", "Files", (*parts, para(text("Nothing was amiss with them."))))
    shown = found[: written.MOST]
    if len(found) > len(shown):
        parts.append(para(text(f"The first {len(shown)} of {len(found):,} matters; all are in files.csv.")))
    rows = ((name(one.file), text(said(one))) for one in shown)
    return Section("files", "Files", (*parts, table("What was amiss", (Column("File"), Column("What")), rows)))


def method() -> Section:
    """What the words on the page mean, with their sources, and what lies beside it."""
    bounds = (
        f"Bounds: a file of {intake.MOST_BYTES >> 20} MiB and {intake.MOST_LINES:,} lines, a line of "
        f"{intake.LONGEST_LINE >> 10} KiB."
    )
    listed: Iterable[Html] = (Html(f"<li>{text(work)}</li>") for work in _WORKS)
    works = Html(f"<ul>{''.join(listed)}</ul>")
    beside = (para(text("Beside this page:")), terms(FILES.items()))
    return Section("method", "How it was reckoned", (terms(_HOW.items()), para(text(bounds)), *beside, works))
