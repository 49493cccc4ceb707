"""What a lesson calls, with no page: the readings, the data for the page, and what the course map does to the log."""

import json
import shutil
from pathlib import Path

import pytest

from cadres_edu import archive, lesson, progress
from cadres_edu.cards import Cards
from cadres_edu.widgets import base, coursemap, keeper

COURSE = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A learner's folder with the real lessons and seeds."""
    shutil.copytree(COURSE / "seeds", tmp_path / "seeds")
    for notebook in (COURSE / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(base, "_things", {})
    archive.use(tmp_path / "seeds")
    yield tmp_path
    archive.use(None)


THINGS = {
    "start": lambda: lesson.start("03"),
    "ask": lambda: lesson.ask("03/attendance"),
    "survey": lambda: lesson.survey("start"),
    "reader": lesson.reader,
    "course_map": lesson.course_map,
    "days": lesson.days,
    "hall": lesson.hall,
}


@pytest.mark.parametrize("name", THINGS)
def test_a_thing_tells_in_words_what_it_shows_and_is_the_same_each_time(name):
    first = THINGS[name]()
    identity = first.model_id  # a closed widget has none
    again = THINGS[name]()
    assert json.dumps(first.data) == json.dumps(again.data)
    forms, _ = again._repr_mimebundle_()
    told = forms.get("text/html", "") + forms["text/plain"]
    assert repr(again) == first.reading
    assert first.reading.startswith(forms["text/plain"])
    assert len(told.split()) > 5
    assert "<script" not in told
    assert forms["application/vnd.jupyter.widget-view+json"]["model_id"] == identity


def test_the_calendar_has_every_day_and_every_record_of_it():
    data = lesson.days().data
    assert (len(data["days"]), data["weekday"]) == (28, 3)
    by_date = {day["date"]: day for day in data["days"]}
    assert by_date["Saturday 27 January"]["own"] == ["liu-speech"]
    assert {"planned-end", "mao-speech"} <= set(by_date["Tuesday 30 January"]["own"])
    assert by_date["Monday 15 January"] | {"number": 0} == {
        "number": 0,
        "date": "Monday 15 January",
        "own": [],
        "spans": ["first-phase"],
    }
    assert "no record of this day alone" in lesson.days().reading
    assert {ref for day in data["days"] for ref in day["own"] + day["spans"]} <= set(data["records"])


def test_the_hall_takes_its_figures_from_the_tables(folder):
    table = folder / "seeds/statistics.csv"
    table.write_text(table.read_text().replace("county-units,china,1971,2134", "county-units,china,1971,2000"))
    archive.use(folder / "seeds")
    hall = lesson.hall()
    assert hall.data["levels"][0]["count"] == 2000
    assert "Invited by level: 4,771" in hall.reading
    assert [total["value"] for total in hall.data["totals"]] == sorted(
        (total["value"] for total in hall.data["totals"]), reverse=True
    )


def test_the_reader_shows_every_sentence_its_standing_and_its_prompts():
    data = lesson.reader().data
    assert [one["number"] for one in data["sentences"]] == list(range(1, 29))
    sixth = data["sentences"][5]
    assert sixth["standing"] == "contested" or any("saying" in str(record["said"]) for record in sixth["records"])
    assert len(sixth["asks"]) == 2
    assert all(one["records"] for one in data["sentences"])


def test_the_course_map_reads_the_lessons_in_the_folder(folder):
    assert [one["number"] for one in coursemap.lessons()] == sorted(path.name[:2] for path in folder.glob("*.ipynb"))
    (folder / "03-calling-seven-thousand.ipynb").unlink()
    assert "03" not in [one["number"] for one in coursemap.lessons()]
    assert "](" not in lesson.course_map().reading


def test_the_course_map_names_begins_again_and_hands_in(folder):
    course_map = lesson.course_map()
    question = lesson.ask("03/attendance")
    answer = {"do": "record", "key": "k1", "question": "03/attendance", "answer": "over"}
    assert question.receive(answer)["saved"] == "k1"
    assert course_map.receive({"do": "rename", "key": "k2", "name": "Mei"})["name"] == "Mei"
    first = question.who
    assert question.saved["03/attendance"]["result"] == "right"
    handed = course_map.receive({"do": "hand-in", "key": "k3"})
    assert handed["file"] == "progress-Mei.jsonl"
    assert [json.loads(line)["question"] for line in handed["text"].splitlines()] == ["03/attendance", "00/learner"]
    assert course_map.receive({"do": "start-over", "key": "k4"})["since"]
    assert question.saved == {}
    assert course_map.receive({"do": "another", "key": "k5", "name": ""})["who"] != first
    assert len((folder / "progress.jsonl").read_text().splitlines()) == 4


def test_the_mark_in_the_file_is_by_our_rule_not_the_pages():
    question = lesson.ask("03/attendance")
    message = {"do": "record", "key": "k", "question": "03/attendance", "answer": "exact", "result": "right"}
    assert question.receive(message)["saved"] == "k"
    assert question.saved["03/attendance"]["result"] == "wrong"


def test_a_log_that_cannot_be_written_is_said_and_not_acknowledged(folder):
    (folder / "progress.jsonl").mkdir()
    keeper._logs.clear()
    reply = lesson.ask("03/attendance").receive(
        {"do": "record", "key": "k", "question": "03/attendance", "answer": "over"}
    )
    assert reply["failed"] == "k"
    assert "folder" in reply["why"]


def test_the_sources_of_a_lesson_are_the_records_it_links_to():
    cards = lesson.sources("03")
    assert isinstance(cards, Cards)
    refs = [one.ref for one in cards.records]
    assert len(refs) == len(set(refs)) > 30
    assert {"event:grain-transfers-stall", "person:tao-zhu", "term:cadre", "derived:invited-core"} <= set(refs)
    assert "Dillon" in cards._repr_html_()


def test_a_name_that_is_not_there_suggests_the_nearest():
    for call, nearest in (
        (lambda: lesson.ask("03/atendance"), "03/attendance"),
        (lambda: lesson.chart("atendance"), "attendance"),
        (lambda: lesson.survey("begin"), "There is no 'begin'"),
        (lambda: lesson.start("11"), "no lesson '11'"),
    ):
        with pytest.raises(LookupError, match=nearest):
            call()


def test_the_log_stands_beside_the_lesson(folder):
    assert keeper.log_here().path.resolve() == (folder / "progress.jsonl").resolve()
    assert isinstance(keeper.log_here(), progress.Log)


def test_a_newer_version_beside_a_lesson_is_not_the_lesson(folder):
    (folder / "03-calling-seven-thousand (new).ipynb").write_text("{}")
    assert coursemap.file("03").name == "03-calling-seven-thousand.ipynb"
    assert [one["number"] for one in coursemap.lessons()].count("03") == 1
