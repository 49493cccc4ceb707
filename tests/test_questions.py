"""Question files: what is read, what is refused and with which words, how answers are marked, what the page gets."""

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadres_edu import archive, questions
from cadres_edu.marking import read_number
from cadres_edu.markup import Chinese, Link, Text, plain
from cadres_edu.questions import QuestionError

TABLE = json.loads((Path(__file__).parent / "marking_cases.json").read_text(encoding="utf-8"))
GOOD = {name: question["markdown"] for name, question in TABLE["questions"].items()}


@pytest.fixture
def read(tmp_path):
    """Reads questions from text, as from the file of lesson 03."""

    def read_text(text):
        path = tmp_path / "03-calling.md"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        questions._read.cache_clear()
        return questions.load_file(path)

    return read_text


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: f"{case['question']}: {case['why']}")
def test_marking(read, case):
    (question,) = read(GOOD[case["question"]])
    assert questions.mark(question, case["answer"]) == case["result"]


@pytest.mark.parametrize("name", GOOD)
def test_what_the_page_gets_is_what_its_own_test_of_marking_reads(read, name):
    (question,) = read(GOOD[name])
    assert questions.to_json(question) == TABLE["questions"][name]["page"]


def test_the_cases_are_many_and_of_all_kinds(read):
    kinds = {name: read(text)[0].kind for name, text in GOOD.items()}
    met = {(kinds[case["question"]], case["result"]) for case in TABLE["cases"]}
    assert len(TABLE["cases"]) >= 60
    closed = {(kind, result) for kind in ("several", "order", "match", "gap") for result in ("right", "part", "wrong")}
    assert met == closed | {
        ("choice", "right"),
        ("choice", "wrong"),
        ("number", "right"),
        ("number", "wrong"),
        ("open", "open"),
    }


def test_a_choice_is_read_with_all_its_parts(read):
    (question,) = read("\ufeff# Notes for the teacher\n\n" + GOOD["choice"].replace("\n", "\r\n"))
    assert (question.id, question.kind, question.line) == ("03/called", "choice", 3)
    assert question.prompt[0][-2:] == (Chinese("县"), Text("?"))
    assert plain(question.hint) == "Who signed the reports?"
    first, right, last = question.options
    assert (first.id, first.right, right.right, last.line) == ("all", False, True, 11)
    assert plain(first.feedback) == "Count the levels again."
    assert first.misconception == "a national meeting is a meeting of the centre"
    assert (right.misconception, question.survey, question.occasion) == ("", False, ())
    with pytest.raises(dataclasses.FrozenInstanceError):
        question.id = "other"
    assert not hasattr(question, "__dict__")


def test_other_kinds_are_read_with_their_own_parts(read):
    (number,) = read(GOOD["share"])
    assert (number.answer, number.tolerance, number.unit) == (-0.3, 0.1, "per thousand")
    (match,) = read(GOOD["match"])
    assert [(left.id, left.match) for left in match.options] == [
        ("county", "two"),
        ("province", "four"),
        ("bureau", "four"),
    ]
    assert [side.id for side in match.right] == ["two", "four", "five"]
    (gap,) = read(GOOD["gap"])
    assert gap.gaps[0].accepted.texts == ("11", "eleven", "the eleventh")
    assert gap.gaps[0].accepted.written[0] == (Link((Text("11"),), "event:conference-opens"),)
    assert gap.gaps[0].wrong[0].texts == ("12", "twelve")
    (opened,) = read(GOOD["open"])
    assert (opened.words, len(opened.model), len(opened.rubric.rows)) == ((60, 150), 2, 2)
    (survey,) = read(GOOD["survey"])
    assert (survey.survey, survey.occasion) == (True, ("start", "end"))


def test_cites_are_links_and_named_records_each_once(read):
    cited = "\nCites: seed:3, event:liu-speech\n"
    assert read(GOOD["open"] + cited)[0].cites == ("event:liu-speech", "seed:3")
    assert read(GOOD["number"])[0].cites == ("derived:conference-days",)


def test_prose_may_look_like_a_key_a_list_or_a_comment(read):
    text = GOOD["choice"].replace(
        "Who ran", "Mao: a voice.\nIt was\n1962. A year <!-- a note\nover lines --> on.\n\nWho ran"
    )
    (question,) = read(text)
    assert [plain(paragraph)[:20] for paragraph in question.prompt] == ["Mao: a voice. It was", "Who ran a county 县?"]
    assert question.options[0].line == 9


def test_a_byte_order_mark_hides_no_question(read):
    assert [question.id for question in read("\ufeff" + GOOD["choice"])] == ["03/called"]


def test_no_order_is_shown_as_its_own_solution(read):
    names = [f"sequence-{number}" for number in range(40)]
    text = "\n".join(GOOD["order"].replace("sequence", name).partition("4. closes")[0] for name in names)
    for question in read(text):
        page = questions.to_json(question)
        assert page["shown"] != [option["id"] for option in page["options"]]


def test_numbers_that_no_double_holds_are_none():
    assert [read_number(answer) for answer in ("9" * 400, 10**400, float("inf"), float("nan"))] == [None] * 4


def test_options_keep_their_ids_when_moved_and_are_shown_in_a_fixed_order(read):
    (question,) = read(GOOD["several"])
    lines = GOOD["several"].splitlines(keepends=True)
    (moved,) = read("".join([*lines[:6], *lines[8:10], *lines[6:8], *lines[10:]]))
    assert {option.id: option.text for option in question.options} == {
        option.id: option.text for option in moved.options
    }
    for name in ("several", "order", "match"):
        (question,) = read(GOOD[name])
        page = questions.to_json(question)
        written = [side["id"] for side in page.get("right") or page["options"]]
        assert sorted(page["shown"]) == sorted(written)
        assert page["shown"] != written


RUBRIC = "".join(line for line in GOOD["open"].splitlines(keepends=True) if line.startswith("|"))

# What is wrong, where, and a word of what is said; each is one change to a good question.
MISTAKES = [
    ("choice", "- [x] most:", "- [ ] most:", 1, "no right option"),
    ("choice", "- [ ] none:", "- [x] none:", 9, "second right option.*Kind: several"),
    ("choice", "- [ ] none:", "- [ ] all:", 9, "stands already in line 4"),
    ("choice", "- [ ] none: Nobody", "- [ ] Nobody", 9, "has no id"),
    ("choice", "- [ ] none: Nobody did.", "- [ ] none:", 9, "'none' has no words"),
    ("choice", "  > Somebody signed.\n", "", 9, "'none' has no feedback"),
    ("choice", "  > misconception: chaos explains everything\n", "", 9, "'none' names no misconception"),
    ("choice", "  > Yes.", "  > Yes.\n  > misconception: no", 7, "right and names a misconception"),
    ("choice", "Hint:", "Hnt:", 13, "no key 'Hnt:'.*'Hint:'"),
    ("choice", "Hint:", "hint:", 13, "no key 'hint:'"),
    ("choice", "Hint:", "Colour:", 13, "The keys are"),
    ("choice", "Hint:", "Hint: One.\nHint:", 14, "stands twice .first in line 13"),
    ("choice", "Hint: Who signed the reports?", "Hint:", 13, "Nothing stands after"),
    ("choice", "Hint:", "Answer: 3\nHint:", 7, "begins no line of a question of kind number"),
    ("choice", "Hint:", "Shuffle: perhaps\nHint:", 13, "neither yes nor no"),
    ("choice", "Hint:", "Occasion: start\nHint:", 13, "Only a survey"),
    ("choice", "Hint:", "Cites: liu-speech\nHint:", 13, "'liu-speech' is not a record"),
    ("choice", "Hint:", "Kind: choices\nHint:", 13, "no kind 'choices'.*'choice'"),
    ("choice", "Hint: ", "A stray line.\n\nHint: ", 13, "stands alone after the options"),
    ("choice", "## called", "## Called!", 1, "can't be a question's id"),
    ("choice", "## called", "## learner", 1, "can't be a question's id"),
    ("choice", "Who ran a *county* 县?", "", 1, "no prompt"),
    ("choice", "Who ran", "### Part\nWho ran", 2, "heading inside a question"),
    ("choice", "Who ran", "> A quotation.\n\nWho ran", 2, "belongs to nothing"),
    ("choice", "Who ran", "[Who](https://example.org) ran", 1, "is not a record"),
    ("choice", "Who ran", "Who {{x}} ran", 1, "where none can be filled"),
    ("choice", "The centre", "[The centre](#event)", 4, "'event' is not a record"),
    ("choice", "- [ ] all:", "1. all:", 4, "begins no line of a question of kind choice"),
    ("choice", "Hint:", "| a | b |\n\nHint:", 13, "has no table"),
    ("choice", "Hint:", "<!-- open\nHint:", 13, "never closed"),
    ("several", "- [ ] village", "- [x] village", 1, "right and wrong ones"),
    ("number", "[28](#derived:conference-days) ± 1 days", "many", 5, "not a number"),
    ("number", "28](#derived:conference-days) ± 1 days", "28](#derived:conference-days) ± one day", 5, "not a number"),
    ("number", "Feedback: Both ends count.\n", "", 1, "no feedback"),
    ("number", "week: 7", "week: seven", 9, "'seven' is not a number"),
    ("number", "week: 7", "week: 29", 9, "29 would be marked right"),
    ("number", "- [ ] week", "- [x] week", 9, "'.x.' begins no line"),
    ("number", "\n- [ ] week", "\n- [ ] also: 7.0\n  > No.\n  > misconception: m\n- [ ] week", 12, "7 stands twice"),
    ("order", "3. venting", "4. venting", 6, "don't count 1, 2, 3"),
    ("order", "2. speech", "2. opens", 8, "stands already"),
    ("order", "   > 7 February.\n", "", 12, "no feedback"),
    ("order", "Kind: order", "Kind: order\nShuffle: yes", 5, "'Shuffle:' means nothing"),
    (
        "order",
        "3. venting: The venting begins.\n   > 29 January.\n4. closes: The conference closes.\n   > 7 February.\n",
        "",
        1,
        "fewer than three",
    ),
    (
        "match",
        "- province: A province → four: four people\n  > Four.\n- bureau: A regional bureau → four\n",
        "",
        1,
        "too little to match",
    ),
    ("match", "A county → two: two people", "A county", 6, "is no pair"),
    ("match", "→ two: two people", "→ two people", 6, "'two people' has no id"),
    ("match", "bureau → four", "bureau → four: 4 people", 10, "other words in line 8"),
    ("match", "→ five: five people", "→ five: five people\n  > No.", 12, "no feedback"),
    ("match", "- province", "- county", 8, "stands already in line 6"),
    ("gap", "{{day}}", "one day", 7, "no gap 'day'"),
    ("gap", "{{city}}", "{{day}}", 1, "'day' stands already"),
    ("gap", "- [x] city", "- [ ] city", 1, "'city' has 0 lines of right answers"),
    ("gap", "11](#event:conference-opens) | eleven", "11](#event:conference-opens) |", 7, "is empty"),
    ("gap", "12 | twelve", "12 | ELEVEN", 9, "'eleven' stands twice"),
    ("gap", "on {{day}} January 1962 in {{city}}; its name is {{name}}", "then", 1, "The prompt has no gap"),
    ("open", "Words: 60-150", "Words: many", 5, "How many words"),
    ("open", "Words: 60-150", "Words: 150-60", 5, "How many words"),
    ("open", "Words: 60-150\n", "", 1, "How many words"),
    ("open", "| says which |", "|", 10, "3 cells under a head of 4"),
    ("open", "| all as fact |", "| |", 10, "cell of the rubric is empty"),
    ("open", "|---|---|---|---|\n", "", 7, "can't be read as a rubric"),
    (
        "open",
        "Model:\n> First paragraph.\n>\n> Second [paragraph](#event:liu-speech).\n",
        "",
        1,
        "needs a model answer",
    ),
    ("open", "Model:", "- [ ] a: b\n\nModel:", 12, "has no list"),
    ("survey", "- [ ] weather: Floods\n", "", 1, "offers no choice"),
    ("open", RUBRIC, "", 1, "needs a rubric"),
    ("survey", "Survey: yes", "Survey: yes\nOccasion: middle", 5, "no occasion 'middle'"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "words"), MISTAKES, ids=lambda value: str(value)[:40])
def test_a_mistake_is_named_with_its_line_and_its_mend(read, name, old, new, line, words):
    assert GOOD[name].count(old) == 1
    with pytest.raises(QuestionError, match=words) as caught:
        read(GOOD[name].replace(old, new))
    assert line in [problem.line for problem in caught.value.problems]
    for problem in caught.value.problems:
        assert f"03-calling.md:{problem.line}: " in str(caught.value)
        assert problem.problem.endswith((".", "?"))
        assert problem.mend.endswith((".", "?", "…'."))


def test_every_mistake_of_a_file_is_said_at_once(read):
    text = GOOD["choice"].replace("- [x]", "- [ ]") + GOOD["open"].replace("60-150", "many") + GOOD["choice"]
    with pytest.raises(QuestionError) as caught:
        read(text)
    said = [(problem.line, problem.problem) for problem in caught.value.problems]
    assert [line for line, _ in said] == sorted(line for line, _ in said)
    assert {"no right option" in problem for _, problem in said} == {True, False}
    assert any("How many words" in problem for _, problem in said)
    assert any("'called' stands already in line 1" in problem for _, problem in said)


def test_a_file_that_is_no_text_or_has_no_lessons_name_is_refused(read, tmp_path):
    with pytest.raises(QuestionError, match=r":2: The file is not UTF-8"):
        read(b"## a\n\xff\xfe")
    (tmp_path / "calling.md").write_text(GOOD["choice"])
    with pytest.raises(QuestionError, match="doesn't say its lesson"):
        questions.load_file(tmp_path / "calling.md")
    with pytest.raises(archive.UnknownRecord, match="calling"):
        questions.load_file(tmp_path / "calliing.md")


def test_a_survey_needs_neither_feedback_nor_misconception_nor_rubric(read):
    opened = "## why\nWhy?\n\nKind: open\nWords: 0-50\nSurvey: yes\nOccasion: end\n"
    survey, essay = read(GOOD["survey"] + opened)
    assert [option.feedback for option in survey.options] == [(), ()]
    assert (essay.rubric, essay.model, essay.occasion) == (None, (), ("end",))
    assert questions.to_json(essay)["rubric"] is None


def test_passages_are_every_text_and_say_which_may_be_untrue(read):
    told = {(passage.role, plain(passage.runs)) for passage in read(GOOD["gap"])[0].passages()}
    assert {("right", "eleven"), ("wrong", "twelve"), ("feedback", "One late.")} <= told
    told = {(passage.role, plain(passage.runs)) for passage in read(GOOD["match"])[0].passages()}
    assert {("right", "two people"), ("wrong", "five people"), ("right", "A county")} <= told
    told = {(passage.role, plain(passage.runs)) for passage in read(GOOD["number"])[0].passages()}
    assert {("right", "28 ± 1 days"), ("wrong", "7"), ("feedback", "Both ends count.")} <= told
    told = {(passage.role, plain(passage.runs)) for passage in read(GOOD["open"])[0].passages()}
    assert {("model", "Second paragraph."), ("rubric", "says some are disputed")} <= told


def test_a_changed_file_is_read_again(tmp_path):
    path = tmp_path / "03-calling.md"
    path.write_text(GOOD["choice"], encoding="utf-8")
    questions.load_file(path)
    path.write_text(GOOD["choice"].replace("Nobody did", "Nobody at all did"), encoding="utf-8")
    assert plain(questions.load_file(path)[0].options[2].text) == "Nobody at all did."


def test_the_lessons_own_questions_are_found_by_lesson_and_by_id():
    folder = archive.seeds_folder() / "questions"
    for file in sorted(folder.glob("*.md")):
        for question in questions.load(file.stem):
            assert questions.find(question.id) == question
            assert questions.to_json(question)["id"] == question.id
            assert questions.mark(question, None) in ("wrong", "open")
    with pytest.raises(archive.UnknownRecord):
        questions.find("03/attendence")
    with pytest.raises(archive.UnknownRecord):
        questions.find("../03/called")


def right_answer(question):
    match question.kind:
        case "choice":
            return next(option.id for option in question.options if option.right)
        case "several":
            return [option.id for option in question.options if option.right]
        case "number":
            return question.answer
        case "order":
            return [option.id for option in question.options]
        case "match":
            return {left.id: left.match for left in question.options}
        case "gap":
            return {gap.id: gap.accepted.texts[-1] for gap in question.gaps}
    return "text"


@pytest.mark.parametrize("name", GOOD)
def test_the_right_answer_is_marked_right_after_a_round_through_json(read, name):
    (question,) = read(GOOD[name])
    answer = json.loads(json.dumps(right_answer(question)))
    assert questions.mark(question, answer) == ("open" if question.kind == "open" else "right")


JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["most", "11", "two"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["day", "city", "county", "x"]), inner, max_size=4)
    ),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(JSON_VALUES)
def test_no_answer_whatever_its_shape_makes_marking_fail(read, answer):
    for text in GOOD.values():
        (question,) = read_once(read, text)
        assert questions.mark(question, answer) in ("right", "part", "wrong", "open")


_read = {}


def read_once(read, text):
    if text not in _read:
        _read[text] = read(text)
    return _read[text]


LINES = [line for text in GOOD.values() for line in text.splitlines()]
NOISE = st.text(alphabet=st.sampled_from("-[]x*>|:#{}0123 \t=→±abcKind\u3000七\\"), max_size=25)


def read_or_refused(read, text):
    """The questions, or the mistakes; nothing else may come of reading."""
    try:
        return read(text), []
    except QuestionError as error:
        return [], error.problems


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(LINES) | NOISE | st.text(st.characters(codec="utf-8"), max_size=12), max_size=25))
def test_no_text_whatever_makes_reading_fail_but_with_words(read, lines):
    found, problems = read_or_refused(read, "\n".join(["## a", *lines]))
    assert bool(found) != bool(problems)
    assert all(problem.line > 0 and problem.problem and problem.mend for problem in problems)
    for question in found:
        json.dumps(questions.to_json(question))
        assert questions.mark(question, right_answer(question)) in ("right", "open")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_a_good_file_with_a_line_lost_or_doubled_is_read_or_refused_with_words(read, name, data):
    lines = GOOD[name].splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place : place + 1] = data.draw(st.sampled_from([[], [lines[place]] * 2, ["  " + lines[place]]]))
    _, problems = read_or_refused(read, "\n".join(lines))
    assert all(1 <= problem.line <= len(lines) for problem in problems)
