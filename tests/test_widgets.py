"""Things in words, in bytes, and in what they say to the page; the page's own side is tested in Chromium."""

import json
import re

import ipywidgets
import pytest

from cadres_edu import archive, progress, questions
from cadres_edu.widgets import base, keeper, paper, quiz

FILE = """# Questions for a lesson about the hall

## hall
Where did *most* of the people in the [hall](#event:conference-opens) come from, the counties 县?

- [ ] all: From the centre.
  > Secret feedback.
  > misconception: secret misconception
- [x] most: From the <counties>.
  > Secret feedback.

Hint: Secret hint.

## levels
Which?

Kind: several

- [x] county: The county
  > Secret feedback.
- [ ] village: The village
  > Secret feedback.
  > misconception: secret

## days
How many days?

Kind: number
Answer: 28 days
Feedback: Secret feedback.

## sequence
In which order?

Kind: order

1. opens: It opens.
   > Secret feedback.
2. speech: Liu speaks.
   > Secret feedback.
3. closes: It closes.
   > Secret feedback.

## invited
How many?

Kind: match

- county: A county → two: two people
  > Secret feedback.
- province: A province → four: four people
  > Secret feedback.

## opening
It opened on {{day}} January.

Kind: gap

- [x] day: secret
  > Secret feedback.

## exit
Write the minute.

Kind: open
Words: 60-150

| | 0 | 1 |
|---|---|---|
| figures | none | one |

Model:
> Secret model.

## cause
What caused it?

Survey: yes

- [ ] weather: Floods
- [x] policy: Policy
"""
NAMES = re.findall(r"^## (.+)$", FILE, re.MULTILINE)


@pytest.fixture(autouse=True)
def log(tmp_path, monkeypatch):
    """A folder with the questions above, its empty log, and a kernel in which nothing has been shown."""
    folder = tmp_path / "seeds" / "questions"
    folder.mkdir(parents=True)
    (folder / "03-hall.md").write_text(FILE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    archive.use(tmp_path / "seeds")
    for shelf in ("_things", "_carriers"):
        monkeypatch.setattr(base, shelf, {})
    yield keeper.log_here()
    ipywidgets.Widget.close_all()
    archive.use(None)


def ask(*names, **options):
    return quiz.ask([questions.find(f"03/{name}") for name in names], **options)


def record(thing, name, answer, key="a-key", **more):
    return thing.receive({"do": "record", "key": key, "question": f"03/{name}", "answer": answer, **more})


def lines(log):
    return [(one.question, one.answer, one.result) for one in log.entries()]


@pytest.mark.parametrize("name", NAMES)
def test_a_reading_asks_and_does_not_answer(name):
    thing = ask(name)
    shown, _about = thing._repr_mimebundle_()
    assert shown["application/vnd.jupyter.widget-view+json"]["model_id"] == f"cadres-03-{name}"
    assert shown["text/plain"] == f"Question 03/{name}"
    for text in (repr(thing), shown["text/html"]):
        assert "secret" not in text.lower()
        assert "right" not in text.lower()


def test_a_reading_tells_the_question_and_its_options():
    assert repr(ask("hall")) == (
        "Question 03/hall\nWhere did most of the people in the hall come from, the counties 县?\n"
        "Choose one:\n[ ] From the centre.\n[ ] From the <counties>."
    )
    assert ask("hall").static_html == (
        '<div class="question" data-question="03/hall">'
        "<p><strong>Where did <em>most</em> of the people in the hall come from, the counties "
        '<span lang="zh-Hans">县</span>?</strong></p>'
        '<ul class="ticks"><li>From the centre.</li><li>From the &lt;counties&gt;.</li></ul></div>'
    )
    assert "Answer: ____ days" in repr(ask("days"))
    assert "It opened on ____ January." in repr(ask("opening"))
    assert "A county: ____" in repr(ask("invited"))
    assert "____ Liu speaks." in repr(ask("sequence"))
    assert "figures | none | one" in repr(ask("exit"))
    assert '<th scope="col">1</th>' in ask("exit").static_html


def test_a_sheet_has_room_for_each_kind_of_answer():
    assert f"Your answer: {paper.GAP} days" in ask("days").static_html
    assert f"It opened on {paper.GAP} January." in ask("opening").static_html
    assert f"<li>{paper.LETTER} Liu speaks.</li>" in ask("sequence").static_html
    assert f"<li>{paper.LETTER} A county</li>" in ask("invited").static_html
    assert "<li><b>A</b> " in ask("invited").static_html
    most = questions.find("03/exit").words[1]
    assert paper.lines(-(-most // 9)) in ask("exit").static_html


def test_the_saved_state_is_small_and_always_the_same():
    def state():
        for name in NAMES:
            ask(name)
        return ipywidgets.Widget.get_manager_state()["state"]

    first = json.dumps(state())
    ipywidgets.Widget.close_all()
    base._things.clear()
    assert json.dumps(state()) == first
    models = json.loads(first)
    assert set(models) == {"cadres-code-base", "cadres-code-quiz", *(f"cadres-03-{name}" for name in NAMES)}
    sizes = {name: len(json.dumps(model)) for name, model in models.items()}
    assert all(size < 5_000 for name, size in sizes.items() if "code" not in name), sizes
    assert sum(sizes.values()) < 70_000, sizes


def test_a_thing_shown_again_closes_the_older_one():
    first = ask("hall")
    second = ask("hall")
    assert first.comm is None
    assert second.comm is not None
    assert len(base._carriers) == 2


def test_a_carrier_that_was_closed_is_opened_again():
    ask("hall")
    ipywidgets.Widget.close_all()
    ask("hall")
    assert all(carrier.comm is not None for carrier in base._carriers.values())


def test_an_answer_is_marked_by_the_authority_and_logged_once(log):
    thing = ask("hall")
    assert thing.receive({"do": "hello"}) == {"hello": True, "who": "", "since": "", "saved": {}}
    reply = record(thing, "hall", "all", at="2026-09-01T09:00:00.123Z", result="right")
    assert reply == {"saved": "a-key", "who": log.who}
    assert record(thing, "hall", "all") == reply
    assert lines(log) == [("03/hall", "all", "wrong")]
    assert thing.saved["03/hall"] == {
        "answer": "all",
        "result": "wrong",
        "at": "2026-09-01T09:00:00.123Z",
        "attempts": 1,
    }
    record(thing, "hall", "most", "another-key")
    assert thing.saved["03/hall"]["attempts"] == 2


def test_a_thing_hands_over_the_answer_of_another(log):
    hall, days = ask("hall"), ask("days")
    record(days, "hall", "most")
    assert hall.saved["03/hall"]["result"] == "right"
    assert days.saved == {}
    assert days.who == hall.who == log.who


def test_what_is_no_question_is_logged_with_its_version_and_no_mark(log):
    record(ask("hall"), "days-opened", {"v": 1, "seen": [1]})
    assert lines(log) == [("03/days-opened", {"v": 1, "seen": [1]}, "open")]


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ({"do": "record", "question": "03/hal", "answer": "most"}, "Nearest: 03/hall"),
        ({"do": "dance"}, "does not know 'dance'"),
        ({"do": "record", "question": None, "answer": "most"}, "None"),
    ],
)
def test_what_can_not_be_taken_is_refused_in_words(log, message, why):
    reply = ask("hall").receive({"key": "a-key", **message})
    assert reply["failed"] == "a-key"
    assert why in reply["why"]
    assert lines(log) == []


def test_a_log_that_can_not_be_written_is_told_in_words(tmp_path):
    (tmp_path / "progress.jsonl").mkdir()
    thing = ask("hall")
    assert thing.who == ""
    reply = record(thing, "hall", "most")
    assert reply["failed"] == "a-key"
    assert reply["why"].endswith(".")


def test_a_broken_question_file_keeps_the_answer_waiting(log, tmp_path):
    thing = ask("hall")
    (tmp_path / "seeds" / "questions" / "03-hall.md").write_text("## hall\n", encoding="utf-8")
    reply = record(thing, "hall", "most")
    assert reply["failed"] == "a-key"
    assert "03-hall.md" in reply["why"]
    assert lines(log) == []


def test_history_counts_from_the_last_start_over(log):
    log.record("03/hall", "all", "wrong")
    log.start_over()
    assert keeper.history(log, ["03/hall"])["saved"] == {}
    assert keeper.history(log, ["03/hall"])["since"] == log.entries()[-1].at
    log.record("03/hall", "most", "right")
    assert keeper.history(log, ["03/hall"])["saved"]["03/hall"]["attempts"] == 1


def test_history_is_the_current_learners_alone(log):
    log.record("03/hall", "all", "wrong")
    log.another("Mei")
    known = keeper.history(log, ["03/"])
    assert known == {"who": log.who, "since": "", "saved": {}}


def test_a_notebook_opened_on_an_empty_log_says_that_nobody_is_in_it(log):
    assert keeper.overlay(log, ["03/hall"]) == {"who": "-", "since": "", "saved": {}}
    log.record("03/hall", "all", "wrong")
    assert keeper.overlay(log, ["03/hall"]) == keeper.history(log, ["03/hall"])


def test_history_knows_occasions_and_whole_lessons(log):
    log.record("03/cause", "weather", "wrong", occasion="start")
    log.record("03/cause", "policy", "right", occasion="end")
    log.record("04/cause", "policy", "right")
    assert keeper.history(log, ["03/cause@start"])["saved"]["03/cause@start"]["answer"] == "weather"
    assert set(keeper.history(log, ["03/"])["saved"]) == {"03/cause@start", "03/cause@end"}
    assert keeper.history(log, ["03/cause"])["saved"] == {}


def test_a_survey_has_a_model_for_each_occasion():
    start, end = ask("cause", occasion="start"), ask("cause", occasion="end")
    assert {start.model_id, end.model_id} == {"cadres-03-cause-start", "cadres-03-cause-end"}
    record(end, "cause", "policy", occasion="end")
    assert start.saved == {}
    assert end.saved["03/cause@end"]["answer"] == "policy"


def test_a_thing_can_have_a_log_of_its_own(tmp_path, log):
    other = progress.Log(tmp_path / "other.jsonl")
    record(ask("hall", log=other), "hall", "most")
    assert lines(log) == []
    assert lines(other) == [("03/hall", "most", "right")]
