"""Questions that give themselves away: by the length, the place or the look of the right option."""

import re
from collections.abc import Iterator, Sequence
from math import comb

from cadres_edu import markup
from cadres_edu.check.findings import Finding, Where
from cadres_edu.question_kinds import Choice, Option, Question, Several

# A pattern over a lesson is a finding when pure chance would bring it about less often than this.
CHANCE_LENGTH, CHANCE_PLACE = 0.15, 0.10
STANDS_OUT, WILD = (1.6, 25), (3.0, 40)  # times as long, and letters longer
_CATCH_ALL = re.compile(
    r"\b(?:all|none|both|neither|any) of (?:the|these) (?:above|below|answers|options)\b|\bboth [a-d] and [a-d]\b",
    re.IGNORECASE,
)


def check_items(file: str, questions: Sequence[Question]) -> Iterator[Finding]:
    """The give-aways of each question, and those that only a whole lesson's questions show."""
    marked = [question for question in questions if not question.survey]
    for question in marked:
        yield from _alone(file, question)
    offers = [question for question in marked if isinstance(question, Choice | Several)]
    yield from _lengths(file, offers)
    yield from _places(file, [question for question in offers if isinstance(question, Choice) and not question.shuffle])


def _where(file: str, question: Question, line: int) -> Where:
    return Where(f"questions/{file}", f"line {line} ({question.id.partition('/')[2]})")


def _alone(file: str, question: Question) -> Iterator[Finding]:
    for option in question.options:
        where = _where(file, question, option.line)
        if _CATCH_ALL.search(markup.plain(option.text)):
            mend = "Give each option its own content; for several right ones use Kind: several."
            yield where.finding("an option that points at the others", mend, markup.plain(option.text))
    if isinstance(question, Choice | Several):
        yield from _looks(_where(file, question, question.line), question)


def _looks(where: Where, question: Choice | Several) -> Iterator[Finding]:
    right, wrong = _sides(question)
    sizes = sorted(_length(option) for option in question.options)
    if _longer(sizes[-1], sizes[0], WILD):
        yield where.finding("the options differ wildly in length", "Bring them nearer to each other.")
    longest_wrong = max(map(_length, wrong))
    if _longer(min(map(_length, right)), longest_wrong, STANDS_OUT):
        yield where.finding("the right option stands out by its length", "Shorten it, or say more in a wrong one.")
    if any(_linked(option) for option in right) and not any(_linked(option) for option in wrong):
        mend = "Name the record under Cites: instead; the check compares the answer with it."
        yield where.finding("only the right option holds a link", mend)


def _longer(longer: int, shorter: int, bounds: tuple[float, int]) -> bool:
    return longer > bounds[0] * shorter and longer - shorter > bounds[1]


def _sides(question: Question) -> tuple[list[Option], list[Option]]:
    right = [option for option in question.options if option.right]
    return right, [option for option in question.options if not option.right]


def _length(option: Option) -> int:
    return len(markup.plain(option.text))


def _linked(option: Option) -> bool:
    return any(markup.links(option.text))


def _lengths(file: str, offers: Sequence[Question]) -> Iterator[Finding]:
    """Right options that are all longer (or all shorter) than every wrong one, more often than chance would have it."""
    chances = [1 / comb(len(question.options), len(_sides(question)[0])) for question in offers]
    for name, sign in (("longest", 1), ("shortest", -1)):
        given = []
        for question in offers:
            right, wrong = ([sign * _length(option) for option in side] for side in _sides(question))
            if min(right) > max(wrong):
                given.append(question.id.partition("/")[2])
        if given and tail(chances, len(given)) < CHANCE_LENGTH:
            problem = f"the right option is the {name} in {len(given)} of {len(offers)} questions ({', '.join(given)})"
            yield Where(f"questions/{file}", "").finding(problem, "Even out the lengths in some of them.")


def _places(file: str, offers: Sequence[Choice]) -> Iterator[Finding]:
    """A place among the options that holds the right one more often than chance would have it."""
    places = [next(i for i, option in enumerate(question.options) if option.right) for question in offers]
    for place in sorted(set(places)):
        chances = [1 / len(question.options) if place < len(question.options) else 0.0 for question in offers]
        times = places.count(place)
        if len(offers) > 2 and tail(chances, times) < CHANCE_PLACE:
            problem = f"the right option is number {place + 1} in {times} of {len(offers)} questions"
            yield Where(f"questions/{file}", "").finding(problem, "Move it in some of them, or write Shuffle: yes.")


def tail(chances: Sequence[float], least: int) -> float:
    """The chance that `least` or more of independent things with these chances come about (Poisson binomial)."""
    exactly = [1.0]
    for chance in chances:
        grown = [*exactly, 0.0]
        for count, share in enumerate(exactly):
            grown[count + 1] += share * chance
            grown[count] -= share * chance
        exactly = grown
    return sum(exactly[least:])
