"""Whole lessons: a sound one has no findings, and each rule that is broken is one."""

import json
import re
import shutil
from pathlib import Path

import pytest

from cadres_edu import archive
from cadres_edu.check import check
from cadres_edu.check.findings import Finding

SEEDS = Path(__file__).parent.parent / "seeds"

FILLER = "Read the passage once more, slowly, and say aloud what it leaves out and who could have known it. "
FOOT = (
    "[Back to the map](00-start-here.ipynb#How-to-use-a-lesson) · "
    "[Practise the key terms](00-start-here.ipynb#Words-to-practise)"
)
LOOK = "**What to look for.** Find the longest bar.\n\n**How far can we trust this?** Somebody counted; we know who."


def _markdown(name, part, text):
    return {"cell_type": "markdown", "id": name, "metadata": {"cadres": {"part": part}}, "source": text}


def _code(name, part, source, reading="A reading in words."):
    output = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": reading}}
    cell = {"cell_type": "code", "id": name, "metadata": {"cadres": {"part": part}}, "source": source}
    return cell | {"outputs": [output], "execution_count": 1}


CARD = """## Lesson card

| | |
|---|---|
| **Minutes** | 45: scene 5, rounds 30, exit 10 |
| **You will be able to** | read a source; compare two |
| **Skill** | sourcing |
| **Before this** | [Start here](00-start-here.ipynb) |
| **Key terms** | [cadre](#term:cadre) 干部 *gànbù* |
"""


def _lesson():
    """The cells of a small lesson with nothing to find."""
    cells = [
        _markdown("title", "title", "# Calling seven thousand\n\n**Why so many?**"),
        _markdown("card", "card", CARD),
        _code("start", "start", 'from cadres_edu import lesson\n\nlesson.start("03")'),
        _markdown("hook", "hook", "## The call\n\nOn [11 January 1962](#event:conference-opens) it began."),
    ]
    for number, ids in ((1, ("when", "who", "why")), (2, ("where", "which", "length", "order"))):
        part = f"round-{number}"
        cells += [_markdown(f"text-{number}-{i}", part, FILLER * 7) for i in range(6)]
        cells += [_code(f"thing-{number}", part, 'lesson.chart("attendance")'), _markdown(f"look-{number}", part, LOOK)]
        cells += [_code(one, part, f'lesson.ask("03/{one}")') for one in ids]
    return [
        *cells,
        _markdown(
            "disagree",
            "disagree",
            "One counts [7,118](#statistic:attendance-zhang-suhua:china:1962), "
            "one [7,018](#statistic:attendance-dillon:china:1962).",
        ),
        _markdown("know", "know", "The seed says [over 7,000](#seed:3)."),
        _markdown("exit-text", "exit", "## Exit task\n\nWrite 60 to 150 words."),
        _code("exit", "exit", 'lesson.ask("03/exit")'),
        _code("cards", "sources", 'lesson.sources("03")'),
        _markdown("foot", "foot", FOOT),
    ]


def _choice(name, right):
    texts = ["One thing only here", "Another thing it is", "Something else again", "Nothing to speak of"]
    lines = []
    for place, text in enumerate(texts):
        lines += [f"- [{'x' if place == right else ' '}] o{place}: {text}", "  > Look at the source again."]
        lines += [] if place == right else ["  > misconception: a guess"]
    return f"## {name}\nWhat does the source show?\n\n" + "\n".join(lines) + "\n"


CLOSED = """
## length
How many days?

Kind: number
Answer: [28](#derived:conference-days) ± 0 days
Feedback: Both ends count.

- [ ] less: 27
  > One short.
  > misconception: ends don't count

## order
Put these in order.

Kind: order

1. opens: It opens.
   > First.
2. speech: Somebody speaks.
   > Second.
3. closes: It closes.
   > Last.
"""
OPEN = """
## exit
Write the minute.

Kind: open
Words: 60-150

| | 0 | 1 | 2 |
|---|---|---|---|
| figures | none | one | two |

Model:
> They were [over 7,000](#seed:3).
"""
CHOICES = [("when", 2), ("who", 1), ("why", 3), ("where", 1), ("which", 0)]
QUESTIONS = "# Questions\n\n" + "\n".join(_choice(*one) for one in CHOICES) + CLOSED + OPEN
QUESTIONS = QUESTIONS.replace(
    "What does the source show?", "It opened on [11 January 1962](#event:conference-opens).", 1
)


class Course:
    """A folder of lessons and seeds that a test can damage."""

    def __init__(self, folder):
        self.notebooks, self.seeds = folder / "notebooks", folder / "seeds"
        self.notebooks.mkdir()
        shutil.copytree(SEEDS, self.seeds, ignore=shutil.ignore_patterns("questions", "teaching"))
        (self.seeds / "questions").mkdir()
        standards = self.seeds / "standards.csv"  # of other lessons, which this course doesn't have
        standards.write_text(standards.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8")
        self.stem, self.cells, self.questions = "03-calling-seven-thousand", _lesson(), QUESTIONS
        self.neighbour = True

    def cell(self, name):
        return next(cell for cell in self.cells if cell["id"] == name)

    def edit(self, name, old, new):
        cell = self.cell(name)
        assert old in cell["source"]
        cell["source"] = cell["source"].replace(old, new)

    def ask(self, old, new):
        assert old in self.questions
        self.questions = self.questions.replace(old, new)

    def seed(self, file, old, new):
        path = self.seeds / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def findings(self) -> list[Finding]:
        book = {"cells": self.cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (self.notebooks / f"{self.stem}.ipynb").write_text(json.dumps(book), encoding="utf-8")
        (self.seeds / "questions" / f"{self.stem}.md").write_text(self.questions, encoding="utf-8")
        if self.neighbour and self.stem != "00-start-here":
            (self.notebooks / "00-start-here.ipynb").write_text('{"cells": []}', encoding="utf-8")
        return [one for one in check(self.notebooks, self.seeds) if self.stem in one.file or one.file.endswith(".csv")]

    def finding(self, problem) -> Finding:
        """The one finding there is, which must speak of `problem`."""
        found = self.findings()
        assert len(found) == 1, [str(one) for one in found]
        assert re.search(problem, found[0].problem), found[0]
        assert found[0].mend
        return found[0]


@pytest.fixture
def course(tmp_path):
    yield Course(tmp_path)
    archive.use(None)


def test_a_sound_lesson_has_no_findings(course):
    assert [str(one) for one in course.findings()] == []


def test_a_changed_number_in_a_links_words_is_named(course):
    course.edit("disagree", "[7,118]", "[7,119]")
    found = course.finding("'7,119' is not a figure")
    assert (found.file, found.place) == ("03-calling-seven-thousand.ipynb", "cell disagree")
    assert found.sentence == "One counts 7,119, one 7,018."
    assert "7,118" in found.mend
    assert str(found).splitlines()[1] == "  “One counts 7,119, one 7,018.”"


def test_an_added_number_is_named(course):
    course.edit("know", "The seed", "Of 30 people the seed")
    assert course.finding("a figure without a link: '30'").place == "cell know"


def test_a_changed_date_in_the_seeds_breaks_what_states_the_old_one(course):
    course.seed("events.csv", "conference-opens,1962-01-11", "conference-opens,1962-01-12")
    places = {(one.file, one.place.split(" (")[-1].rstrip(")")) for one in course.findings()}
    assert ("03-calling-seven-thousand.ipynb", "cell hook") in places
    assert ("questions/03-calling-seven-thousand.md", "when") in places
    assert ("questions/03-calling-seven-thousand.md", "length") in places
    assert ("derived.csv", "conference-days") in places


def test_damaged_seeds_are_a_finding(course):
    course.seed("events.csv", "conference-opens,1962-01-11", "conference-opens,in January")
    found = course.finding("is not a date")
    assert found.file == "events.csv"
    assert found.place.startswith("row ")


def test_a_question_file_that_cannot_be_read_is_a_finding(course):
    course.ask("- [x] o2: Something", "- [ ] o2: Something")
    found = course.findings()
    assert {one.file for one in found} == {"questions/03-calling-seven-thousand.md"}
    assert all(one.place.startswith("line ") and one.mend for one in found)


def test_a_notebook_that_is_not_json_is_a_finding(course):
    (course.notebooks / "04-three-parts.ipynb").write_text("{", encoding="utf-8")
    (course.notebooks / "05-voices.ipynb").write_text('{"cells": 3}', encoding="utf-8")
    course.findings()
    found = {one.file: one.problem for one in check(course.notebooks, course.seeds)}
    assert "can't be read" in found["04-three-parts.ipynb"]
    assert "not a notebook" in found["05-voices.ipynb"]


def drop(name):
    return lambda course: course.cells.remove(course.cell(name))


def edit(name, old, new):
    return lambda course: course.edit(name, old, new)


def ask(old, new):
    return lambda course: course.ask(old, new)


def become(name, part):
    return lambda course: course.cell(name)["metadata"]["cadres"].update(part=part)


def output(kind="display_data", **more):
    def change(course):
        course.cell("when")["outputs"] = [{"output_type": kind, "metadata": {}, **more}]

    return change


def bare(course):
    course.cell("when")["outputs"] = []


def uncounted(course):
    course.cell("when")["execution_count"] = None


def swapped(course):
    course.cells.insert(3, course.cells.pop(1))


def short(course):
    for cell in course.cells:
        if cell["id"].startswith("text-"):
            cell["source"] = "Short."


def one_round(course):
    for cell in course.cells:
        if cell["metadata"]["cadres"]["part"] == "round-2":
            cell["metadata"]["cadres"]["part"] = "round-1"


def uncheck(course):
    for name in ("where", "which", "length", "order"):
        course.cells.remove(course.cell(name))


def many(cell, times):
    return lambda course: course.cells.extend(cell | {"id": f"more-{i}"} for i in range(times))


SHAPE = [
    (swapped, "parts out of order"),
    (become("disagree", "round-2"), "there is no part 'disagree'"),
    (become("know", "aside"), "the part 'aside' has no place here"),
    (one_round, "1 evidence rounds"),
    (uncheck, "round-2 has no check"),
    (uncheck, "4 checks"),
    (drop("order"), "7 checks"),
    (lambda course: (drop("order")(course), drop("length")(course)), "checks of 2 kinds"),
    (edit("title", "**Why so many?**", "Why so many"), "not a title with a driving question"),
    (edit("foot", "[Back to the map](00-start-here.ipynb#How-to-use-a-lesson)", "The end"), "the foot doesn't lead on"),
    (become("foot", "sources"), "doesn't end with its foot"),
    (drop("foot"), "doesn't end with its foot"),
    (edit("know", "The seed", "[Next](04-next.ipynb): the seed"), "there is no lesson 04-next.ipynb"),
    (edit("card", "rounds 30", "rounds 31"), "the minutes add up to 46, not 45"),
    (edit("card", "45: scene 5", "60: scene 20"), "the lesson takes 60 minutes"),
    (edit("card", "45: scene", "scene"), "minutes don't begin with their sum"),
    (edit("card", "; compare two", ""), "1 objectives on the card"),
    (edit("card", "sourcing", "juggling"), "the card names no skill"),
    (edit("card", "**Before this**", "**Earlier**"), "the card has no row 'Before this'"),
    (edit("card", "[cadre](#term:cadre)", "cadre"), "no key term is a link"),
    (short, "words of prose"),
    (edit("text-1-0", "Read", "Read " * 151), "words in a cell"),
    (edit("hook", "it began.", "it began. " + "word " * 119), "words in the hook"),
    (many({"cell_type": "markdown", "metadata": {}, "source": "Look."}, 30), "cells$"),
    (many({"cell_type": "code", "metadata": {}, "source": "", "outputs": []}, 20), "code cells and [0-9]+ of prose"),
    (
        edit("disagree", "one [7,018](#statistic:attendance-dillon:china:1962)", "one not"),
        "'disagree' links to 1 records",
    ),
    (edit("know", "[over 7,000](#seed:3)", "much"), "'know' links to 0 records"),
    (edit("exit", "03/exit", "03/exit-task"), "the exit task asks no open question"),
    (ask("Words: 60-150", "Words: 10-150"), "03/exit asks for 10 to 150 words"),
    (edit("when", "03/when", "03/whence"), "there is no question '03/whence'"),
    (edit("when", "03/when", "03/who"), "'03/when' is never asked"),
    (edit("who", "03/who", "03/when"), "'03/when' is asked twice"),
]
CELLS = [
    (edit("thing-1", "lesson.chart", "x = 1\n" * 8 + "lesson.chart"), "9 lines of code"),
    (edit("thing-1", "lesson.chart", "def f():\n    pass\nlesson.chart"), "a function in a learner's cell"),
    (edit("thing-1", "lesson.chart", "f = lambda: 1\nlesson.chart"), "a function in a learner's cell"),
    (edit("thing-1", "lesson.chart", "class A:\n    pass\nlesson.chart"), "a class in a learner's cell"),
    (edit("thing-1", "lesson.chart", "for x in 'ab':\n    x\nlesson.chart"), "a loop in a learner's cell"),
    (edit("thing-1", "lesson.chart", "[x for x in 'ab']\nlesson.chart"), "a loop in a learner's cell"),
    (edit("thing-1", "lesson.chart", "import os\nlesson.chart"), "an import in a learner's cell"),
    (edit("start", "import lesson", "import lesson\nfrom os import *"), "an import of everything"),
    (edit("start", "from cadres", "%time\nfrom cadres"), "a magic"),
    (edit("start", 'lesson.start("03")', "lesson.start("), "the code is not Python"),
    (bare, "no output is stored"),
    (uncounted, "an output without its count"),
    (output("error", ename="E", evalue="bad", traceback=[]), "an error is stored: E: bad"),
    (output("stream", name="stderr", text="oh"), "a warning is stored"),
    (output("stream", name="stdout", text=["\n"]), "an empty output"),
    (output(data={"text/html": "<b>"}), "no reading in words"),
    (output(data={"text/plain": "<Thing at 0x7f00aa>"}), "says nothing to a reader"),
    (edit("look-1", "**What to look for.**", "Look."), r"no paragraph that begins \*\*What to look for"),
    (edit("look-2", "**How far can we trust this?**", "Trust."), r"no paragraph that begins \*\*How far"),
]
RUBRIC = "| | 0 | 1 | 2 |\n|---|---|---|---|\n| figures | none | one | two |\n\n"
QUESTION_RULES = [
    (lambda course: ask("Words:", "Survey: yes\nWords:")(course) or ask(RUBRIC, "")(course), "03/exit has no rubric"),
    (edit("hook", "it began", "Liu Shaoqi began"), "Liu Shaoqi has no link at first mention"),
    (ask("What does the source show?", "What does Liu Shaoqi show?"), "Liu Shaoqi has no link at first mention"),
    (ask("What does the source show?", "What does 1962 show?"), "a year without a link: '1962'"),
    (ask("Both ends count.", "Both of 28 count."), "a figure without a link: '28'"),
    (ask("[over 7,000](#seed:3)", "[over 8,000](#seed:3)"), "'over 8,000.*' is not a figure of seed:3"),
    (ask("| figures | none", "| figures | 3 of them"), "a figure without a link: '3'"),
    (ask("[28](#derived", "[29](#derived"), "'29 days' is not a figure of derived:conference-days"),
    (ask("[28](#derived:conference-days)", "28"), "a figure without a link: '28'"),
    (ask("[x] o1: Another thing it is", "[x] o1: Another of 27 is"), "a figure without a link: '27'"),
    (ask("[ ] o1: Another thing it is", "[ ] o1: [Another 27](#seed:3)"), "'27' is not a figure of seed:3"),
    (ask("Feedback: Both", "Cites: event:nowhere\n\nFeedback: Both"), "the question cites event:nowhere"),
    (ask("[ ] o3: Nothing to speak of", "[ ] o3: All of the above."), "an option that points at the others"),
    (ask("[ ] o3: Nothing to speak of", "[ ] o3: " + "Nothing at all " * 5), "the options differ wildly in length"),
    (
        ask("[x] o2: Something else again", "[x] o2: Something else again that is quite the right thing"),
        "the right option stands out by its length",
    ),
    (ask("[x] o0: One thing", "[x] o0: [One](#seed:3) thing"), "only the right option holds a link"),
]


@pytest.mark.parametrize(("change", "problem"), [*SHAPE, *CELLS, *QUESTION_RULES])
def test_a_rule_broken_is_a_finding(change, problem, course):
    change(course)
    found = course.findings()
    assert any(re.search(problem, one.problem) for one in found), [str(one) for one in found]


def test_a_wrong_option_may_state_what_is_not_so(course):
    course.ask("[ ] o1: Another thing it is", "[ ] o1: Another of 27")
    assert course.findings() == []


def test_the_right_option_in_one_place_is_a_finding(course):
    course.questions = "\n".join(_choice(name, 1) for name, _ in CHOICES) + CLOSED + OPEN
    course.finding("the right option is number 2 in 5 of 5 questions")


@pytest.mark.parametrize(("name", "text"), [("longest", "Another thing it is, for once"), ("shortest", "Another")])
def test_the_right_option_told_by_its_length_is_a_finding(name, text, course):
    course.ask("[x] o1: Another thing it is", f"[x] o1: {text}")
    course.ask("[x] o2: Something else again", f"[x] o2: {text}")
    course.finding(f"the right option is the {name} in 3 of 5 questions")


def _first_lesson(course):
    """Lesson 00 has a shape of its own: reader, survey, course map, three checks; no rounds and no exit task needed."""
    course.stem = "00-start-here"
    course.cells = [
        _markdown("title", "title", "# Start here\n\n**Can you trust an encyclopedia?**"),
        _markdown("card", "card", CARD.replace("45: scene 5, rounds 30", "20: scene 5, rounds 5")),
        _code("start", "start", 'from cadres_edu import lesson\n\nlesson.start("00")'),
        _markdown("hook", "hook", "It began."),
        *(_markdown(f"text-{i}", "round-1", FILLER * 7) for i in range(6)),
        _code("reader", "round-1", "lesson.reader()"),
        _markdown("look", "round-1", LOOK),
        _code("survey", "survey", 'lesson.survey("start")'),
        *(_code(name, "round-1", f'lesson.ask("00/{name}")') for name in ("who", "why", "where")),
        _markdown("how", "map", "## How to use a lesson"),
        _code("map", "map", "lesson.course_map()"),
        _markdown("words", "practice", "## Words to practise"),
        _code("cards", "practice", "lesson.practice()"),
        _markdown("foot", "foot", FOOT),
    ]
    course.cells.sort(key=lambda cell: cell["metadata"]["cadres"]["part"] in ("survey", "map", "practice", "foot"))
    survey = "## belief\nWhat do you think?\n\nSurvey: yes\n\n- [x] o0: One thing\n- [ ] o1: Another\n"
    course.questions = "\n".join(_choice(*one) for one in CHOICES[1:4]) + survey


def test_the_first_lesson_has_a_shape_of_its_own(course):
    _first_lesson(course)
    assert [str(one) for one in course.findings()] == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (drop("reader"), r"lesson.reader\(\) is missing"),
        (drop("survey"), r'lesson.survey\("start"\) is missing'),
        (drop("survey"), "'00/belief' is never asked"),
        (drop("map"), r"lesson.course_map\(\) is missing"),
        (drop("how"), "the heading 'How to use a lesson' is missing"),
        (edit("words", "Words", "Terms"), "the heading 'Words to practise' is missing"),
        (drop("who"), "2 checks"),
        (ask("Survey: yes", "Survey: yes\nOccasion: end"), "no survey question is asked at the start"),
        (edit("card", "20: scene 5", "25: scene 10"), "the lesson takes 25 minutes"),
        (become("map", "exit"), "the part 'exit' has no place here"),
    ],
)
def test_the_first_lessons_shape_is_held(change, problem, course):
    _first_lesson(course)
    change(course)
    found = course.findings()
    assert any(re.search(problem, one.problem) for one in found), [str(one) for one in found]


def _last_lesson(course):
    """Lesson 10 has a shape of its own: rounds, disagreement, the survey again, a longer exit task, the portfolio."""
    course.stem = "10-make-your-case"
    course.cells = [
        _markdown("title", "title", "# Make your case\n\n**What did it change?**"),
        _markdown("card", "card", CARD),
        _code("start", "start", 'from cadres_edu import lesson\n\nlesson.start("10")'),
        _markdown("hook", "hook", "It ended."),
        *(_markdown(f"text-{i}", "round-1", FILLER * 7) for i in range(12)),
        _code("argument", "round-1", "lesson.argument()"),
        _markdown("look", "round-1", LOOK),
        *(_code(name, "round-1", f'lesson.ask("10/{name}")') for name in ("who", "why", "where", "length", "order")),
        _markdown("views", "disagree", "[One](#seed:3) and [another](#claim:attendance-totals)."),
        _code("survey", "survey", 'lesson.survey("end")'),
        _code("gain", "survey", "lesson.gain()"),
        _markdown("look-again", "survey", LOOK),
        _code("exit", "exit", 'lesson.ask("10/exit")'),
        _code("portfolio", "portfolio", "lesson.portfolio()"),
        _code("cards", "sources", 'lesson.sources("10")'),
        _markdown("foot", "foot", FOOT),
    ]
    survey = "## belief\nWhat do you think?\n\nSurvey: yes\n\n- [x] o0: One thing\n- [ ] o1: Another\n"
    essay = OPEN.replace("60-150", "120-220")
    course.questions = "\n".join(_choice(*one) for one in CHOICES[1:4]) + survey + CLOSED + essay


def test_the_last_lesson_has_a_shape_of_its_own(course):
    _last_lesson(course)
    assert [str(one) for one in course.findings()] == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (drop("argument"), r"lesson.argument\(\) is missing"),
        (drop("gain"), r"lesson.gain\(\) is missing"),
        (drop("portfolio"), r"lesson.portfolio\(\) is missing"),
        (drop("portfolio"), "there is no part 'portfolio'"),
        (drop("survey"), r'lesson.survey\("end"\) is missing'),
        (drop("views"), "there is no part 'disagree'"),
        (edit("views", " and [another](#claim:attendance-totals)", ""), "the part 'disagree' links to 1 records"),
        (drop("exit"), "there is no part 'exit'"),
        (drop("who"), "5 checks"),
        (ask("120-220", "60-150"), "10/exit asks for 60 to 150 words"),
        (ask("120-220", "120-300"), "10/exit asks for 120 to 300 words"),
        (become("exit", "hook"), "parts out of order"),
        (edit("card", "45: scene 5", "55: scene 15"), "the lesson takes 55 minutes"),
    ],
)
def test_the_last_lessons_shape_is_held(change, problem, course):
    _last_lesson(course)
    change(course)
    found = course.findings()
    assert any(re.search(problem, one.problem) for one in found), [str(one) for one in found]


def test_questions_without_a_lesson_are_a_finding(course):
    (course.seeds / "questions" / "04-lost.md").write_text(_choice("who", 1), encoding="utf-8")
    course.findings()
    found = [one for one in check(course.notebooks, course.seeds) if "04-lost" in one.file]
    assert [one.problem for one in found] == ["no notebook has this name"]


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("derived.csv", "[event:conference-closes] - [event:conference-opens]", "[event:x] - 1", "can't be worked out"),
        ("derived.csv", "[event:conference-closes] - [event:conference-opens]", "7 *", "can't be worked out"),
        ("derived.csv", "[event:conference-opens] + 1,28", "[event:conference-opens] + 2,28", "comes to 29, not 28"),
        ("events.csv", "liu-shaoqi", "liu-shao", "there is no person 'liu-shao'"),
        ("positions.csv", "liu-cause,liu-shaoqi", "liu-cause,liu", "there is no person 'liu'"),
        ("statistics.csv", "attendance-zhang-suhua,china", "attendance-zhang-suhua,chine", "there is no place 'chine'"),
        ("sources.json", '"id": "li-yanchun-2006"', '"id": "li-yanchun"', "there is no work 'li-yanchun-2006'"),
    ],
)
def test_a_row_that_names_what_is_not_there_is_a_finding(file, old, new, problem, course):
    course.seed(file, old, new)
    found = course.findings()
    assert any(problem in one.problem and one.mend for one in found), [str(one) for one in found]


NEXT = {"cells": [_markdown("title", "title", "# The [road](#seed:3) on\n\n**[Where](#seed:3) to?**")]}
ON = "Next lesson: [04 The road on](04-the-road-on.ipynb). [Where](#seed:3) to?\n\n"


def test_the_foot_leads_to_the_lesson_that_comes_next_by_its_title_and_question(course):
    (course.notebooks / "04-the-road-on.ipynb").write_text(json.dumps(NEXT), encoding="utf-8")
    (course.notebooks / "04-the-road-on (new).ipynb").write_text(json.dumps(NEXT), encoding="utf-8")
    found = course.finding("the foot doesn't lead on and back")
    assert (found.place, found.mend) == ("cell foot", f"Write: {ON}{FOOT}")
    course.edit("foot", FOOT, ON.replace("The road on", "The way on") + FOOT)
    course.finding("the foot doesn't lead on and back")
    course.edit("foot", "The way on", "The road on")
    course.edit("foot", " [Where](#seed:3) to?", "")
    course.finding("the foot doesn't lead on and back")
    course.edit("foot", "ipynb).\n", "ipynb). [Where](#seed:3) to?\n")
    assert course.findings() == []


def test_a_foot_that_leads_to_a_lesson_which_is_not_there_is_named(course):
    course.edit("foot", FOOT, ON + FOOT)
    problems = {one.problem for one in course.findings()}
    assert problems == {"there is no lesson 04-the-road-on.ipynb", "the foot doesn't lead on and back as it should"}
