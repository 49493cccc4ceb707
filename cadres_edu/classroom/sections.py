"""The sections of the page, in the order in which a teacher needs them on a Monday morning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cadres_edu.classroom import learners, measures, overview, written
from cadres_edu.classroom.cells import asked, discrimination, drew, names, number, others, share, signed
from cadres_edu.classroom.course import Course, Slot
from cadres_edu.classroom.findings import counted
from cadres_edu.classroom.items import Item
from cadres_edu.classroom.learners import Learner
from cadres_edu.classroom.overview import Overview, Progress
from cadres_edu.classroom.page import (
    Column,
    Html,
    Section,
    heading,
    name,
    para,
    quote,
    table,
    text,
)
from cadres_edu.classroom.survey import Survey
from cadres_edu.markup import plain
from cadres_edu.portfolio import answers
from cadres_edu.question_kinds import Open

MISSED = 10  # questions listed as missed
FEWEST = 5  # first answers, below which a question isn't listed as missed


def missed(found: list[Item]) -> Section:
    """What the class missed: the questions that fewer than half had right at first, the lowest first."""
    low = sorted((one for one in found if one.answered >= FEWEST and one.share < 0.5), key=lambda one: one.share)
    title = "What the class missed"
    if not low:
        return Section(
            "missed", title, (para(text("No question was missed by more than half of those who answered.")),)
        )
    about = (
        f"Questions that fewer than half had right at the first attempt, the lowest first"
        f"{f': {MISSED} of {len(low)}' if len(low) > MISSED else ''}. The wrong answer that drew most stands "
        "beside each, with the misconception it stands for and the feedback that the course gives to it. Under each "
        "count is the range in which the share right would lie for others like them."
    )
    columns = (
        Column("Question"),
        Column("Right at first", number=True),
        Column("What drew most, and what to say", wide=True),
    )
    rows = ((asked(one.question), share(one), drew(one)) for one in low[:MISSED])
    return Section("missed", title, (para(text(about)), table("Questions missed by more than half", columns, rows)))


def standing(seen: Overview, course: Course) -> Section:
    """Who has not begun, who has not finished, who began late, who may have guessed."""
    parts: list[Html] = []
    if seen.idle.total:
        parts.append(para(names(seen.idle), label="No answer yet:"))
    columns = (
        Column("Lesson"),
        Column("Finished", number=True),
        Column("Begun, not finished (questions answered)"),
        Column("Not begun, though at work elsewhere"),
    )
    rows = [
        (_title(one, course), text(f"{one.finished} of {seen.learners}"), *_lacking(one)) for one in seen.under_way()
    ]
    if rows:
        caption = "Lessons that at least half of those at work have begun"
        parts.append(table(caption, columns, rows))
    if seen.late.total:
        words = f"Began more than {learners.LATE} days after half the class had:"
        parts.append(para(names(seen.late), label=words))
    if seen.guessing.total:
        words = (
            f" By blind guessing, at least as many choice questions would come out right in more than "
            f"{100 * overview.GUESSING:.0f} of 100 cases. It may be guessing, or the course may be too hard: ask."
        )
        parts.append(para(names(seen.guessing), ".", text(words), label="Right no more often than by guessing:"))
    if not parts:
        parts.append(para(text("Nobody has answered anything yet.")))
    return Section("standing", "Who has not started or finished", tuple(parts))


def repair(found: list[Item]) -> Section:
    """The items whose discrimination is below zero beyond chance."""
    title = "Questions to look at again"
    judged = [one for one in found if one.discrimination is not None]
    broken = [one for one in judged if one.broken]
    if not judged:
        words = (
            f"No question has {measures.FEWEST_FOR_DISCRIMINATION} learners yet who answered enough others, so it "
            "can't be said which sets those who know more apart from those who know less."
        )
        return Section("repair", title, (para(text(words)),))
    about = (
        f"Judged: {counted(len(judged), 'question')} with at least {measures.FEWEST_FOR_DISCRIMINATION} learners. "
        "Listed are those that learners who do well elsewhere have wrong more often than the others, beyond what "
        "chance explains. Such a question may have a wrong key, two right answers, or words that mislead. If no "
        "question set anybody apart, two or three of 100 would be listed by chance."
    )
    if not broken:
        return Section("repair", title, (para(text(about)), para(text("There is none."))))
    columns = (
        Column("Question"),
        Column("Discrimination", number=True),
        Column("Right at first", number=True),
        Column("What drew most", wide=True),
    )
    rows = ((asked(one.question), discrimination(one), share(one), drew(one)) for one in broken)
    return Section("repair", title, (para(text(about)), table("Questions with negative discrimination", columns, rows)))


def survey(found: Survey) -> Section:
    """The survey at the start against the end, question by question, and the class's gain."""
    title = "Survey: start against end"
    taken = f"Taken at the start by {counted(found.started, 'learner')}, at the end by {found.ended}"
    if not found.learners:
        return Section(
            "survey", title, (para(text(f"{taken}; by nobody both times yet, so there is no gain to tell.")),)
        )
    said = (
        f"{taken}, both times by {found.learners}. Of {counted(found.answers, 'answer')} given both times, "
        f"{found.before} were best supported at the start, {found.after} at the end."
    )
    columns = (
        Column("Question"),
        Column("Answered both times", number=True),
        Column("Best supported at the start", number=True),
        Column("Best supported at the end", number=True),
    )
    rows = ((asked(one.question), *map(number, (one.both, one.before, one.after))) for one in found.asked)
    cannot = (
        "What it can't tell: whether the course did it. There is no other class to compare with, and the questions "
        "were the same both times. Learners who took it only once are left out, and may differ."
    )
    parts = (para(text(said)), para(text(_gain(found))), para(text(cannot)))
    return Section("survey", title, (*parts, table("The survey's questions", columns, rows)))


def lessons(seen: Overview, found: list[Item], course: Course) -> Section:
    """Each lesson: how many began and finished it, their minutes, and its questions as items."""
    columns = (
        Column("Lesson"),
        *(Column(head, number=True) for head in ("Begun", "Finished", "Minutes, median", "Right at first")),
    )
    parts = [table("All lessons", columns, (_lesson(one, found, course) for one in seen.lessons))]
    heads = (
        Column("Question"),
        Column("Right at first", number=True),
        Column("Partly", number=True),
        Column("Discrimination", number=True),
        Column("What drew the others (learners)", wide=True),
    )
    for lesson, title in course.titles.items():
        own = [one for one in found if one.question.id.startswith(f"{lesson}/")]
        if own:
            rows = (
                (asked(one.question), share(one), number(one.marks["part"]), discrimination(one), others(one))
                for one in own
            )
            parts += [heading(f"{lesson} {title}"), table(f"Questions of lesson {lesson}", heads, rows)]
    return Section("lessons", "Each lesson", tuple(parts))


def each(seen: Overview) -> Section:
    """The learners, or some of them by the rule."""
    lessons = [Column(one.lesson, number=True) for one in seen.lessons]
    ends = [Column(head, number=True) for head in ("Right at first", "Minutes", "Last answer")]
    about = _sampled(len(seen.shown), seen.learners, "learner", "learners.csv")
    shown = table(
        "Learners, and what they did of each lesson",
        (Column("Learner"), Column("Id"), *lessons, *ends),
        (_learner(one, seen) for one in seen.shown),
    )
    words = (
        "By lesson: “all”, or how many of its questions are answered. Marks, by the last attempt, are in the "
        "gradebooks; minutes by lesson are in learners.csv."
    )
    return Section("learners", "Each learner", (*about, para(text(words)), shown))


def texts(totals: dict[int, int], found: Iterable[written.Answer], course: Course) -> Section:
    """Open answers by question, after its rubric; `totals` are how many answered each, by the number of its slot."""
    by_slot: dict[int, list[written.Answer]] = {}
    for one in found:
        by_slot.setdefault(one.slot.number, []).append(one)
    parts: list[Html] = []
    for slot, own in by_slot.items():
        parts += _written(course.slots[slot], own, totals[slot])
    return Section("written", "Open answers", tuple(parts) or (para(text("Nobody has written one yet.")),))


def _written(slot: Slot, own: list[written.Answer], total: int) -> Iterator[Html]:
    yield heading(f"{slot.name}: {answers.prompt(slot.question)}")
    yield from _sampled(len(own), total, "answer", "open-answers.csv")
    if isinstance(slot.question, Open) and slot.question.rubric:
        rubric = slot.question.rubric
        rows = ([text(plain(cell)) for cell in row] for row in rubric.rows)
        yield table("Rubric", [Column(plain(cell) or "Criterion") for cell in rubric.head], rows)
    yield from (quote(one.text, one.name) for one in own)


def _sampled(shown: int, total: int, one: str, file: str) -> list[Html]:
    if shown == total:
        return []
    return [para(text(f"{shown} of {counted(total, one)}; all are in {file}. {written.RULE}"))]


def _title(one: Progress, course: Course) -> Html:
    return text(f"{one.lesson} {course.titles[one.lesson]}")


def _lacking(one: Progress) -> tuple[Html, Html]:
    return names(one.unfinished), names(one.absent)


def _lesson(one: Progress, found: list[Item], course: Course) -> list[Html]:
    own = [item for item in found if item.question.id.startswith(f"{one.lesson}/")]
    right, given = sum(item.marks["right"] for item in own), sum(item.answered for item in own)
    minutes = "–" if one.minutes is None else f"{one.minutes:.0f}"
    portion = f"{100 * right / given:.0f} %" if given else "–"
    return [_title(one, course), number(one.begun), number(one.finished), text(minutes), text(portion)]


def _learner(one: Learner, seen: Overview) -> list[Html]:
    done = (_done(given, lesson.questions) for given, lesson in zip(one.done, seen.lessons, strict=True))
    minutes = sum(spent or 0 for spent in one.minutes)
    last = f"{one.ended:%Y-%m-%d}" if one.ended else "–"
    right = f"{one.first_right} of {one.first_given}" if one.first_given else "–"
    return [name(one.name), name(one.code), *map(text, (*done, right, f"{minutes:.0f}", last))]


def _done(given: int, asked: int) -> str:
    return "all" if given >= asked else f"{given}" if given else "–"


def _gain(found: Survey) -> str:
    if found.gain is None:
        return "The gain can't be reckoned: at the start nothing was left to gain."
    said = f"Normalised gain of the class: {signed(found.gain)}. It is the share gained of what was left to gain."
    if found.bounds is None:
        return f"{said} With fewer than {measures.FEWEST_FOR_GAIN} learners, how far chance moves it can't be said."
    low, high = found.bounds
    return f"{said} With 95 per cent confidence it lies between {signed(low)} and {signed(high)}."
