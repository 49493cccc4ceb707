"""A class of thirty made-up learners with known properties, the same at every run."""

import datetime as dt
import random

from cadres_edu import archive, questions
from cadres_edu.log_entry import Entry
from cadres_edu.question_kinds import Choice, Gap, Match, Number, Order, Several

LEARNERS, LAST_LESSON = 30, "05"
TRAP, TRAPPED = "03/attendance", "exact"  # the planted misconception
BROKEN = "02/compare"  # right for those who know little, wrong for those who know much
GUESSER, LATE, IDLE, UNFINISHED = 7, 12, 20, 25
BEGIN = dt.datetime(2026, 9, 7, 8, 0, tzinfo=dt.UTC)
GAP = 120  # seconds between two answers


def name(number):
    return f"Learner {chr(65 + number % 26)}{number:02}"


def code(number):
    return f"made{number:04}"


def course():
    files = sorted((archive.seeds_folder() / "questions").glob("*.md"))
    return [one for file in files for one in questions.load_file(file)]


def right_and_wrong(question):
    """The right answer to a closed question, then wrong ones."""
    names = [option.id for option in question.options]
    right = [option.id for option in question.options if option.right]
    match question:
        case Choice():
            return [*right, *(one for one in names if one not in right)]
        case Several():
            return [right, *([*right, one] for one in names if one not in right)]
        case Number():
            return [question.answer, *(option.value for option in question.options)]
        case Order():
            return [names, names[::-1]]
        case Match():
            fits = {left.id: left.match for left in question.options}
            turned = [*list(fits.values())[1:], next(iter(fits.values()))]
            return [fits, dict(zip(fits, turned, strict=True))]
        case Gap():
            fits = {gap.id: gap.accepted.texts[0] for gap in question.gaps}
            return [fits, *(fits | {gap.id: one.texts[0]} for gap in question.gaps for one in gap.wrong)]
    return []


def logs():
    """The text of each learner's file, by the learner's number."""
    return {number: b"".join(entry.line() for entry in entries(number)) for number in range(LEARNERS)}


def write(folder):
    """Lay the files into `folder`, named as learners would."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in logs().items():
        (folder / f"progress-{name(number).replace(' ', '-')}.jsonl").write_bytes(text)
    return folder


def entries(number):
    """The lines of one learner, in order."""
    asked = [one for one in course() if one.id[:2] <= LAST_LESSON]
    dice = random.Random(1962 + number)
    skill = 0.6 + 0.38 * number / LEARNERS
    at = BEGIN + dt.timedelta(days=12 if number == LATE else 0, minutes=number)
    given = [("00/learner", name(number), "open", "")]
    if number != IDLE:
        stop = -4 if number == UNFINISHED else len(asked)
        given += [_answer(one, number, skill, dice) for one in asked[:stop]]
        if number % 5:
            ends = [one for one in asked if one.survey]
            given += [_survey(one, min(1.0, skill + 0.1), "end", dice) for one in ends]
    for place, (question, answer, result, occasion) in enumerate(given):
        yield Entry(f"{at:%Y-%m-%dT%H:%M:%SZ}", code(number), question, answer, result, f"k{number}-{place}", occasion)
        at += dt.timedelta(seconds=GAP)


def _answer(question, number, skill, dice):
    if question.kind == "open":
        return (
            question.id,
            f"{name(number)} writes about {question.id}: grain was short, and few could say so.",
            "open",
            "",
        )
    if question.survey:
        return _survey(question, skill - 0.3, "start", dice)
    right, *wrong = right_and_wrong(question)
    if number == GUESSER:
        answer = dice.choice([right, *wrong])
    elif question.id == TRAP:
        answer = TRAPPED if number % 4 else right
    elif question.id == BROKEN:
        answer = right if number < LEARNERS // 2 else wrong[number % len(wrong)]
    else:
        answer = right if dice.random() < skill else dice.choice(wrong)
    return question.id, answer, questions.mark(question, answer), ""


def _survey(question, chance, occasion, dice):
    right, *wrong = right_and_wrong(question)
    answer = right if dice.random() < chance else dice.choice(wrong)
    return question.id, answer, questions.mark(question, answer), occasion
