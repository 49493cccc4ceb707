"""Questions to write out and read back: the course's own, and hostile ones of every kind; and what texts they hold."""

from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import strategies as st

from cadres_edu import archive, export
from cadres_edu.markup import Blank, Chinese, Em, Text, plain
from cadres_edu.question_kinds import (
    Choice,
    Gap,
    GapAnswer,
    GapPlace,
    Left,
    Match,
    Number,
    Open,
    Option,
    Order,
    RightSide,
    Rubric,
    Several,
    WrongNumber,
)

ROOT = Path(__file__).parents[1]
# Whatever some form reads as its own: each must come back as the words of a teacher.
PIECES = [
    *(
        "{",
        "}",
        "{1:SHORTANSWER:=x#y}",
        "{#1}",
        "=",
        "~",
        "#",
        "####",
        ":",
        "::",
        "\\",
        "\\n",
        "\\\\",
        "%",
        "%50%",
        "->",
    ),
    *(
        "[html]",
        "[plain]",
        "[",
        "]]>",
        "<b>",
        "</p>",
        "&",
        "&amp;",
        "&#35;",
        "$CATEGORY: x",
        "//",
        "*",
        "'",
        '"',
        ",",
        ";",
    ),
    *("word", "Mao", "1962", "_____", "#separator:Tab", "#html:false", " ", "…", "\U0001f4dc", "|", "T", "TRUE"),
]


def course():
    """The lessons of the course."""
    archive.use(ROOT / "seeds")
    return export.lessons((), ROOT / "notebooks")


def marked(lessons):
    """The questions that forms hold: all but the survey."""
    return [question for lesson in lessons for question in lesson.questions if not question.survey]


def lesson(*questions):
    """A lesson of these questions."""
    return export.Lesson("03-calling", tuple(questions))


def written(form, *lessons):
    """The bytes of a form, and what it left out."""
    left_out = export.LeftOut()
    return export.FORMS[form].bytes_of(lessons, left_out), left_out.found


def lost(left_out):
    """The ids of the questions that were left out whole."""
    return {one for what, ids in left_out.items() if what.startswith("Left out whole") for one in ids}


def read(html):
    """The words of HTML that is well-formed, as ours is."""
    return "".join(ET.fromstring(f"<div>{html}</div>").itertext())


def words(runs):
    """The words of runs."""
    return plain(runs)


def prompt(question, blank="____"):
    """The words of a prompt, paragraph after paragraph."""
    return "".join(
        "".join(blank if isinstance(run, Blank) else run.text for run in paragraph) for paragraph in question.prompt
    )


def chinese(html, name="lang"):
    """The texts that are marked as Chinese."""
    return [one.text for one in ET.fromstring(f"<div>{html}</div>").iter("span") if one.get(name) == "zh-Hans"]


# --- hostile questions ----------------------------------------------------------------------------------------------

_texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(" ".join).map(str.strip).filter(bool)
_runs = st.one_of(
    _texts.map(lambda text: (Text(text),)),
    _texts.map(lambda text: (Text(text), Chinese("县"), Em((Text(text),)))),
)
_answers = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("".join).map(str.strip).filter(bool)
_names = ("one", "2", "three-3")


def _options(draw, kind=Option, rights=(False, True, False)):
    return tuple(
        kind(id=name, text=draw(_runs), right=right, feedback=draw(_runs))
        for name, right in zip(_names, rights, strict=True)
    )


@st.composite
def hostile(draw, *kinds):
    """A question of one of `kinds` in whose words everything stands that some form gives a meaning to."""
    kind = draw(st.sampled_from(kinds))
    common = {"id": f"03/{kind}", "prompt": (draw(_runs), draw(_runs)), "hint": draw(st.one_of(st.just(()), _runs))}
    return _MADE[kind](draw, common)


def _several(draw, common):
    rights = draw(st.sampled_from([(True, False, True), (False, True, False), (True, True, False)]))
    return Several(**common, options=_options(draw, rights=rights), shuffle=draw(st.booleans()))


def _number(draw, common):
    figures = st.floats(-1e6, 1e6).map(lambda value: round(value, 3) + 0.0)
    wrong = tuple(
        WrongNumber(id=name, text=(), right=False, feedback=draw(_runs), value=draw(figures)) for name in _names
    )
    said = {"feedback": draw(_runs), "otherwise": draw(st.one_of(st.just(()), _runs))}
    unit = draw(st.sampled_from(["", "days", "per cent {of} #1 = <x>"]))
    value, tolerance = draw(figures), draw(st.sampled_from([0.0, 0.5, 1.0]))
    return Number(**common, options=wrong, answer=value, tolerance=tolerance, unit=unit, written=(), **said)


def _match(draw, common):
    sides = tuple(RightSide(name, draw(_runs), 1) for name in ("x", "7", "spare"))
    fits = draw(st.sampled_from([("x", "7", "x"), ("x", "7", "7")]))
    lefts = tuple(
        Left(id=name, text=draw(_runs), right=True, feedback=draw(_runs), match=fit)
        for name, fit in zip(_names, fits, strict=True)
    )
    return Match(**common, options=lefts, right=sides)


def _gap(draw, common):
    places = []
    for name in draw(st.sampled_from([("day",), ("day", "year-2")])):
        texts = draw(st.lists(_answers, min_size=3, max_size=3, unique=True))
        right = GapAnswer(texts=tuple(texts[:2]), written=(), right=True, feedback=draw(_runs))
        wrong = GapAnswer(texts=(texts[2],), written=(), right=False, feedback=draw(_runs))
        places.append(GapPlace(name, right, (wrong,)))
    text = tuple(run for place in places for run in (*draw(_runs), Blank(place.id)))
    otherwise = draw(st.one_of(st.just(()), _runs))
    return Gap(**common | {"prompt": (*common["prompt"], text)}, gaps=tuple(places), otherwise=otherwise)


def _open(draw, common):
    rubric = Rubric((draw(_runs), draw(_runs)), ((draw(_runs), draw(_runs)),))
    return Open(**common, words=(60, 150), rubric=rubric, model=(draw(_runs), draw(_runs)))


_MADE = {
    "choice": lambda draw, common: Choice(**common, options=_options(draw), shuffle=draw(st.booleans())),
    "several": _several,
    "number": _number,
    "order": lambda draw, common: Order(**common, options=_options(draw, rights=(True, True, True))),
    "match": _match,
    "gap": _gap,
    "open": _open,
}
KINDS = tuple(_MADE)
