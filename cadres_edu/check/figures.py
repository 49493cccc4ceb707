"""Figures in running English: "25.4 per thousand", "over seven thousand", "one in four", "15 to 16 million"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cadres_edu.check.passages import blank

_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS = {word: value for value, word in enumerate(_SMALL)} | _TENS
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth"),
    *("twenty-seventh", "twenty-eighth"),
)
PROSE_UP_TO = 20  # number words up to here are prose outside a link: "two days of rest"
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}

_WORD = "(?:" + "|".join(sorted((*_WORDS, *SCALES), key=len, reverse=True)) + ")"
_SCALE = "(?:" + "|".join(SCALES) + ")"
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_COUNT = rf"(?:{_DIGITS}|{'|'.join(_WORDS)})"
_FRACTION = re.compile(
    rf"\b(?P<top>{_COUNT}|a)\s+(?:\w+\s+)?(?:in|out\s+of)\s+(?:every\s+)?(?P<bottom>{_COUNT}|an?\s+{_SCALE})\b(?!\s+{_SCALE}|[.,]\d)"
    rf"|\b(?P<many>two|three|four|five|six|seven|eight|nine|\d)[\s-]+(?P<parts>half|third|quarter|fifth|sixth|seventh|eighth|tenth)s\b"
    rf"|\b(?:an?|one)[\s-]+(?P<part>third|quarter|fifth|sixth|seventh|eighth|tenth)\b(?=\s*(?:$|[^\w\s]|of\b|more\b|less\b|fewer\b))"
    rf"|(?<!first\s)(?<!second\s)(?<!other\s)(?<!latter\s)\b(?P<half>half)\b(?!\s+(?:an?|of\s+19)\b|-)",
    re.IGNORECASE,
)
_HALVES = re.compile(rf"\b(?:(?P<whole>{_COUNT})\s+and\s+a\s+half|half\s+an?)\s+(?P<scale>{_SCALE})\b", re.IGNORECASE)
_DIGIT_FORM = re.compile(
    rf"(?<![\w.])(?P<sign>[-−](?=\d))?(?P<digits>{_DIGITS})(?P<ordinal>st|nd|rd|th)?(?![A-Za-z]\d)"
    rf"(?:[\s-]*(?P<scale>{_SCALE}|wan|万|亿)\b)?",
    re.IGNORECASE,
)
_WORD_FORM = re.compile(
    rf"\b(?:an?\s+(?={_SCALE}\b))?{_WORD}(?:[\s-]+(?:and\s+(?={_WORD}\b))?{_WORD})*\b", re.IGNORECASE
)
_PLURAL_FORM = re.compile(
    r"\b(?:(?P<times>tens|hundreds)\s+of\s+)?(?P<scale>thousand|million|billion)s\b", re.IGNORECASE
)
_ORDINAL_DAY = re.compile(rf"\b({'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\s+day\b", re.IGNORECASE)
_CARRY = re.compile(r"\s*(?:–|—|-|to|or|and)\s*", re.IGNORECASE)

_UNITS = {
    "percent": "percent",
    "days": "day days",
    "weeks": "week weeks",
    "months": "month months",
    "years": "year years",
    "hours": "hour hours",
    "times": "times",
    "tonnes": "tonne tonnes ton tons",
    "kg": "kg kilogram kilograms kilogramme kilogrammes kilo kilos",
    "jin": "jin",
    "yuan": "yuan",
    "hectares": "hectare hectares",
    "dollars": "dollar dollars",
    "kilometres": "kilometre kilometres km mile miles metre metres",
    "levels": "level levels",
    "sessions": "session sessions",
    "persons": "person persons people deaths dead lives cadres delegates officials members participants peasants"
    " villagers farmers births babies speakers leaders secretaries men women workers victims inhabitants",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_THOUSANDTHS = r"(?:per|(?:in|of|for)\s+every)\s+(?:thousand|1,?000)\b"
_PER_THOUSAND = re.compile(_THOUSANDTHS, re.IGNORECASE)
_RATE = re.compile(rf"\s*(?:%|per\s?cent\b)|\s*(?:\w+\s+){{0,2}}?{_THOUSANDTHS}|\s*‰", re.IGNORECASE)
_STOP = frozenset(
    (
        *("of", "in", "from", "to", "by", "for", "on", "at", "with", "and", "or", "per", "than"),
        *("a", "an", "the", "that", "who", "which", "were", "was", "is", "are", "had", "have"),
    )
)

_BEFORE = {
    "just over": r"(?:just|a\s+little|slightly|a\s+bit)\s+(?:over|more\s+than|above)",
    "over": r"over|more\s+than|above|upwards\s+of|beyond",
    "at least": r"at\s+least|no\s+(?:fewer|less)\s+than|a\s+minimum\s+of",
    "nearly": r"nearly|almost|not\s+quite|(?:just|a\s+little|slightly)\s+(?:under|below|less\s+than|fewer\s+than)",
    "under": r"under|below|less\s+than|fewer\s+than",
    "at most": r"at\s+most|(?<!owned\s)(?<!add\s)(?<!adds\s)(?<!added\s)up\s+to|no\s+more\s+than",
    "about": r"about|around|roughly|some|approximately|close\s+to|perhaps|c\.",
}
_AFTER = {"at least": r"or\s+more|and\s+more", "at most": r"or\s+(?:less|fewer)", "about": r"or\s+so", "over": r"-?odd"}
_BOUND_BEFORE = [
    (name, re.compile(rf"\b(?:{words})\s+(?:the\s+|an?\s+)?$", re.IGNORECASE)) for name, words in _BEFORE.items()
]
_BOUND_AFTER = [(name, re.compile(rf"\s*(?:{words})\b", re.IGNORECASE)) for name, words in _AFTER.items()]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as said: its `value`, the `step` it is rounded to, its `unit` ("" where none is said), the `bound`
    (over, about, …), and its place in the text. A share ("one in four") is a number between 0 and 1."""

    value: float
    step: float
    unit: str = ""
    bound: str = ""
    begin: int = 0
    finish: int = 0
    scaled: bool = False
    prose: bool = False
    most: float = 0.0

    @property
    def is_prose(self) -> bool:
        """Whether the figure may stand without a link: a small number word that is neither a rate nor a share."""
        return self.prose and self.unit not in ("percent", "per thousand")


def read_figures(text: str) -> list[Figure]:
    """The figures in `text` in order; dates and names should have been blanked before.

    "15 to 16 million": a number that is joined to a later one takes its scale and unit. "one" alone is no figure.
    """
    found: list[Figure] = []
    rest = text
    for tail in _PER_THOUSAND.finditer(text):
        rest = blank(rest, *tail.span())
    for read in (_halves, _shares, _plurals, _ordinal_days, _digits, _words):
        for figure in read(rest):
            found.append(figure)
            rest = blank(rest, figure.begin, figure.finish)
    found.sort(key=lambda figure: figure.begin)
    return _carried(text, [_in_context(text, figure) for figure in found])


def _number(said: str) -> float:
    word = said.lower()
    return float(_WORDS[word]) if word in _WORDS else float(word.replace(",", ""))


def _shares(text: str) -> Iterator[Figure]:
    for match in _FRACTION.finditer(text):
        if match["top"]:
            top, bottom = match["top"].lower(), match["bottom"].lower().split()
            below = float(SCALES[bottom[-1]]) if bottom[-1] in SCALES else _number(bottom[-1])
            above = 1.0 if top == "a" else _number(top)
            if not 0 < above < below:
                continue
            value = above / below
        elif match["many"]:
            value = _number(match["many"]) / _PARTS[match["parts"].lower()]
        else:
            value = 1 / _PARTS[(match["part"] or match["half"]).lower()]
        yield Figure(value, 0.1 * value, "share", begin=match.start(), finish=match.end(), prose=bool(match["half"]))


def _halves(text: str) -> Iterator[Figure]:
    for match in _HALVES.finditer(text):
        scale = SCALES[match["scale"].lower()]
        value = (_number(match["whole"]) if match["whole"] else 0) + 0.5
        yield Figure(value * scale, 0.2 * scale, begin=match.start(), finish=match.end(), scaled=True)


def _plurals(text: str) -> Iterator[Figure]:
    for match in _PLURAL_FORM.finditer(text):
        least = SCALES[match["scale"].lower()] * {"tens": 10, "hundreds": 100}.get((match["times"] or "").lower(), 1)
        begin, finish = match.span()
        # "tens of millions" is said of twenty to a hundred million
        yield Figure(2 * least, 0, "", "plural", begin, finish, scaled=True, most=10 * least)


def _ordinal_days(text: str) -> Iterator[Figure]:
    for match in _ORDINAL_DAY.finditer(text):
        value = _ORDINALS.index(match[1].lower()) + 1
        yield Figure(value, 1, "ordinal", begin=match.start(), finish=match.end(), prose=True)


def _digits(text: str) -> Iterator[Figure]:
    for match in _DIGIT_FORM.finditer(text):
        named = (match["scale"] or "").lower()
        scale = {"": 1, "wan": 10_000, "万": 10_000, "亿": 100_000_000}.get(named) or SCALES[named]
        decimals = len(match["digits"].partition(".")[2])
        value = _number(match["digits"]) * (-1 if match["sign"] else 1)
        unit = "ordinal" if match["ordinal"] else ""
        begin, finish = match.span()
        yield Figure(value * scale, scale / 10**decimals, unit, "", begin, finish, scaled=scale > 1)


def _words(text: str) -> Iterator[Figure]:
    for match in _WORD_FORM.finditer(text):
        words = [word for word in re.split(r"[\s-]+", match[0].lower()) if word not in ("and", "a", "an")]
        total, part, step = 0.0, 0.0, 1.0
        for word in words:
            if word in _WORDS:
                part, step = part + _WORDS[word], 1.0
            elif word == "hundred":
                part, step = (part or 1) * 100, 100.0
            else:
                total, part, step = total + (part or 1) * SCALES[word], 0.0, float(SCALES[word])
        value = total + part
        small = value <= PROSE_UP_TO
        yield Figure(value, step, begin=match.start(), finish=match.end(), scaled=step > 1, prose=small)


def _in_context(text: str, figure: Figure) -> Figure:
    """The figure with the unit that follows it and the comparison around it."""
    after, before = text[figure.finish :], text[: figure.begin]
    bound = next((name for name, form in _BOUND_BEFORE if form.search(before)), figure.bound)
    if not figure.bound:
        bound = next((name for name, form in _BOUND_AFTER if form.match(after)), bound)
    return replace(figure, unit=figure.unit or _unit_after(after), bound=figure.bound or bound)


def _unit_after(after: str) -> str:
    if rate := _RATE.match(after):
        return "percent" if "cent" in rate[0].lower() or "%" in rate[0] else "per thousand"
    for word in re.findall(r"[A-Za-z]+|[^\sA-Za-z-]", after)[:3]:
        if word.lower() in _UNIT_OF:
            return _UNIT_OF[word.lower()]
        if not word.isalpha() or word.lower() in _STOP:
            break
    return ""


def _carried(text: str, figures: list[Figure]) -> list[Figure]:
    for i in range(len(figures) - 2, -1, -1):
        left, right = figures[i], figures[i + 1]
        if left.unit or left.scaled or not _CARRY.fullmatch(text[left.finish : right.begin]):
            continue
        scale = _scale_of(right)
        if scale > 1 and left.value < 1000:
            left = replace(left, value=left.value * scale, step=left.step * scale, scaled=True, prose=False)
        figures[i] = replace(left, unit=right.unit if right.unit != "share" else "")
    return [figure for figure in figures if not _only_a_pronoun(text, figure)]


def _scale_of(figure: Figure) -> float:
    if not figure.scaled or figure.bound == "plural":
        return 1
    return max(scale for scale in SCALES.values() if scale <= abs(figure.value))


def _only_a_pronoun(text: str, figure: Figure) -> bool:
    return text[figure.begin : figure.finish].lower() == "one" and not figure.unit


def unit_of(words: str) -> tuple[str, float]:
    """A record's unit as the reader above names it, and its scale: ("tonnes", 1000000) for "million tonnes"."""
    scale = 1.0
    rest = words.strip()
    while match := re.match(rf"(?P<digits>{_DIGITS})\s+|(?P<scale>{_SCALE})s?(?:\s+|$)", rest, re.IGNORECASE):
        scale *= _number(match["digits"]) if match["digits"] else SCALES[match["scale"].lower()]
        rest = rest[match.end() :]
    return ("per thousand" if _PER_THOUSAND.search(rest) else _unit_after(" " + rest)), scale
