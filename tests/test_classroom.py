"""A class's report: what was planted in made-up files comes out of it, and nothing else."""

import csv
import json
import os
import re
import subprocess
import sys

import made_up_class as made
import pytest
from typer.testing import CliRunner

from cadres_edu import archive, classroom, cli, questions
from cadres_edu.classroom import database, measures, method, written
from cadres_edu.log_entry import Entry


@pytest.fixture(autouse=True)
def _evidence():
    archive.use(archive.seeds_folder())
    yield
    archive.use(None)


@pytest.fixture(scope="module")
def made_report(tmp_path_factory):
    """The report on the made-up class: its folder."""
    folder = tmp_path_factory.mktemp("class")
    out = folder / "out"
    classroom.report(made.write(folder / "files"), out)
    return out


def page(out):
    return (out / "report.html").read_text(encoding="utf-8")


def section(text, name):
    """The words of one section of the page, without mark-up."""
    found = re.search(rf'<section id="{name}".*?</section>', text, re.DOTALL)[0]
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def sheet(out, name):
    with (out / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def entry(question, answer, result, who="aaaa", at="2026-09-07T08:00:00Z", **more):
    return Entry(at, who, question, answer, result, **more).line()


def report(folder, **options):
    out = folder.parent / "out"
    return out, classroom.report(folder, out, **options)


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def test_the_planted_misconception_comes_first_with_what_to_say(made_report):
    told = section(page(made_report), "missed")
    first = told.index(made.TRAP)
    others = [one for one in re.findall(r"\d\d/[a-z-]+", told) if one not in (made.TRAP, made.BROKEN)]
    assert others == [] and first < told.index(made.BROKEN)
    assert "7 of 29" in told and "21 answered: More than 7,100 people attended" in told
    assert "the number printed most often is confirmed" in told and "Repeating isn" in told


def test_only_the_broken_item_is_to_repair(made_report):
    told = section(page(made_report), "repair")
    assert set(re.findall(r"\d\d/[a-z-]+", told)) == {made.BROKEN}
    assert [row["item"] for row in sheet(made_report, "items.csv") if row["to_repair"]] == [made.BROKEN]


def test_who_has_not_begun_or_finished_came_late_or_guessed(made_report):
    told = section(page(made_report), "standing")
    assert f"No answer yet: {made.name(made.IDLE)} Lessons" in told
    assert told.count(made.name(made.UNFINISHED)) == 1 and f"{made.name(made.UNFINISHED)} (9 of 13)" in told
    assert f"half the class had: {made.name(made.LATE)} (19 September 2026) Right" in told
    assert f"Right no more often than by guessing: {made.name(made.GUESSER)} . By" in told
    named = set(re.findall(r"Learner [A-Z]\d\d", told))
    assert named == {made.name(number) for number in (made.IDLE, made.UNFINISHED, made.LATE, made.GUESSER)}


def test_the_survey_is_compared_over_those_who_took_it_twice(made_report):
    told = section(page(made_report), "survey")
    assert "at the start by 29 learners, at the end by 24, both times by 24. Of 240 answers" in told
    before, after = (
        int(re.search(rf"(\d+) (?:were best supported )?at the {when}", told)[1]) for when in ("start,", "end")
    )
    logs = [[json.loads(line) for line in text.splitlines()] for text in made.logs().values()]
    twice = [lines for lines in logs if any(line.get("occasion") == "end" for line in lines)]
    for when, said in (("start", before), ("end", after)):
        assert said == sum(line.get("occasion") == when and line["result"] == "right" for log in twice for line in log)
    assert f"gain of the class: {(after - before) / (240 - before):.2f}." in told


def test_minutes_are_gaps_up_to_the_break(made_report):
    row = next(row for row in sheet(made_report, "learners.csv") if row["id"] == made.code(1))
    asked = sum(one.id.startswith("03/") for one in made.course())
    assert float(row["minutes 03"]) == pytest.approx(asked * made.GAP / 60)


def test_a_file_without_fault_has_nothing_said_of_it(made_report):
    assert sheet(made_report, "files.csv") == []
    assert "Nothing was amiss" in section(page(made_report), "files")


def test_the_item_table_agrees_with_a_count_by_hand(made_report):
    first = {}
    for text in made.logs().values():
        for line in map(json.loads, text.splitlines()):
            first.setdefault((line["who"], line["question"]), line["result"])
    for row in sheet(made_report, "items.csv"):
        marks = [result for (_, question), result in first.items() if question == row["item"]]
        assert [int(row[name]) for name in ("right", "part", "wrong")] == [
            marks.count(name) for name in ("right", "part", "wrong")
        ]
        assert int(row["answered"]) == len(marks)


def test_open_answers_stand_by_question_beside_the_rubric(made_report):
    told = section(page(made_report), "written")
    assert told.count("Rubric") == 5 and "grain was short" in told
    rows = sheet(made_report, "open-answers.csv")
    assert {row["item"] for row in rows} == {f"0{lesson}/exit" for lesson in range(1, 6)}
    assert len(rows) == 29 * 5 - 1


def test_canvas_finds_its_columns_and_moodle_its_own(made_report):
    lines = (made_report / "gradebook.csv").read_text(encoding="utf-8-sig").splitlines()
    head, points = next(csv.reader(lines[:1])), next(csv.reader(lines[1:2]))
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"] and len(head) == 5 + 11
    asked = [one for one in made.course() if one.id.startswith("03/") and one.kind != "open"]
    assert points[0] == "Points Possible" and points[5 + 3] == str(len(asked))
    row = next(csv.reader([line for line in lines if line.startswith(made.name(1))]))
    last = {line["question"]: line["result"] for line in map(json.loads, made.logs()[1].splitlines())}
    got = sum({"right": 1, "part": 0.5}.get(last[one.id], 0) for one in asked)
    assert row[0] == row[3] == made.name(1) and float(row[5 + 3]) == got and row[-1] == ""
    moodle = sheet(made_report, "gradebook-moodle.csv")
    one = next(row for row in moodle if row["Learner"] == made.name(1))
    assert float(one["03 Calling seven thousand"]) == pytest.approx(100 * got / len(asked), abs=0.01)
    assert one["10 Make your case"] == "-" and all(None not in row for row in moodle)


def test_the_page_stands_alone_and_can_be_read_by_all(made_report):
    text = page(made_report)
    assert not re.search(r"<(script|link|img|iframe)|src=|url\(|@import|https?://", text)
    assert text.count("<h1") == 1 and '<html lang="en">' in text and "<main>" in text and "<nav aria-label" in text
    assert text.count("<table>") == text.count("<caption>") > 8
    heads = re.findall(r"<th\b[^>]*>", text)
    assert heads and all('scope="' in head for head in heads)
    assert not re.search(r'<th scope="col"[^>]*></th>', text)


def test_the_same_files_make_the_same_report_in_another_process(made_report, tmp_path):
    command = [sys.executable, "-m", "cadres_edu", "report", str(made_report.parent / "files"), "--out", str(tmp_path)]
    ran = subprocess.run(
        command, env={**os.environ, "PYTHONHASHSEED": "1962"}, capture_output=True, text=True, check=True
    )
    assert "Learners: 30." in ran.stdout and "gradebook-moodle.csv" in ran.stdout
    for name in ("report.html", *method.FILES):
        assert (tmp_path / name).read_bytes() == (made_report / name).read_bytes(), name


def test_first_attempts_make_the_item_and_last_ones_the_grade(files):
    lines = [entry("03/attendance", answer, "wrong") for answer in ("exact", "over", "mean")]
    start_over = entry("00/start-over", None, "open")
    (files / "a.jsonl").write_bytes(b"".join([*lines, start_over, entry("03/attendance", "over", "right")]))
    (files / "b.jsonl").write_bytes(b"".join(line.replace(b"aaaa", b"bbbb") for line in [*lines, start_over]))
    out, _ = report(files)
    [item] = sheet(out, "items.csv")
    assert (item["answered"], item["right"], item["wrong"]) == ("2", "0", "2")
    assert {row["drawn_by"]: row["learners"] for row in sheet(out, "distractors.csv")} == {
        "More than 7,100 people attended": "2"
    }
    grades = {row["Id in the file"]: row["03 Calling seven thousand"] for row in sheet(out, "gradebook-moodle.csv")}
    assert float(grades["aaaa"]) == pytest.approx(100 / 11, abs=0.01) and grades["bbbb"] == "-"


def test_partly_right_is_half_a_point_and_not_right(files):
    right = [one for one in questions.find("03/aims").options if one.right]
    (files / "a.jsonl").write_bytes(entry("03/aims", [right[0].id], "part"))
    out, _ = report(files)
    [item] = sheet(out, "items.csv")
    assert (item["right"], item["part"], float(item["share_right"])) == ("0", "1", 0)
    row = sheet(out, "gradebook.csv")[1]
    assert row["03 Calling seven thousand"] == "0.5"
    assert any(row["drawn_by"].startswith("Left unticked: ") for row in sheet(out, "distractors.csv"))


def test_a_small_class_is_told_so_and_has_no_discrimination(files):
    for number, text in list(made.logs().items())[: measures.FEWEST_FOR_DISCRIMINATION - 1]:
        (files / f"{number}.jsonl").write_bytes(text)
    out, _ = report(files)
    assert "This is a small class." in page(out)
    assert all(row["discrimination"] == "" for row in sheet(out, "items.csv"))
    assert "can't be said" in section(page(out), "repair").replace("&#x27;", "'")
    for number, text in made.logs().items():
        (files / f"{number}.jsonl").write_bytes(text)
    out, _ = report(files)
    assert "This is a small class." not in page(out)
    assert all(row["discrimination"] for row in sheet(out, "items.csv"))


def test_past_two_hundred_the_page_samples_by_its_rule_and_the_sheets_have_all(files):
    lines = [
        entry("00/learner", f"Name {number:03}", "open", f"c{number:03}")
        + entry("03/exit", f"Answer of {number:03}.", "open", f"c{number:03}")
        for number in range(450)
    ]
    (files / "all.jsonl").write_bytes(b"".join(lines))
    out, made_of = report(files)
    assert made_of.learners == 450
    step = written.step(450)
    assert step == 3
    shown = [f"{number:03}" for number in range(0, 450, step)]
    text = page(out)
    assert re.findall(r"Answer of (\d+)", section(text, "written")) == shown
    assert re.findall(r"Name (\d+)", section(text, "learners")) == shown
    assert "150 of 450 learners; all are in learners.csv" in section(text, "learners")
    assert len(sheet(out, "open-answers.csv")) == len(sheet(out, "learners.csv")) == 450


def test_names_are_replaced_by_lot_and_differently_each_time(tmp_path):
    folder = made.write(tmp_path / "Class of Mrs Li")
    (folder / f"again-{made.name(3)}.jsonl").write_bytes(made.logs()[3])
    (folder / f"broken-{made.name(4)}.jsonl").write_bytes(entry(f"03/{made.name(4)}", 1, "open", made.code(4)) + b"{")
    outs = []
    for number in range(2):
        out = tmp_path / f"out{number}"
        classroom.report(folder, out, anonymous=True)
        outs.append(out)
        for file in sorted(out.iterdir()):
            text = file.read_text(encoding="utf-8-sig")
            text = re.sub(r"Learner [A-Z]\d\d writes", "", text)  # open answers stay as written
            assert not re.search(r"Learner [A-Z]\d\d|made00|Mrs Li|progress-|again-|broken-", text), file.name
        assert "Open answers stand as they were" in page(out) and "drawn by lot" in page(out)
    assert [row["what"] for row in sheet(outs[0], "files.csv")] != []
    books = [(out / "gradebook.csv").read_text(encoding="utf-8-sig") for out in outs]
    assert books[0] != books[1]
    points = [sorted(line.split(",", 5)[5] for line in book.splitlines()) for book in books]
    assert points[0] == points[1]


def test_two_of_one_name_are_told_apart(files):
    for who in ("aaaa", "bbbb"):
        (files / f"{who}.jsonl").write_bytes(entry("00/learner", "Mei", "open", who))
    out, _ = report(files)
    assert [row["learner"] for row in sheet(out, "learners.csv")] == ["Mei (aaaa)", "Mei (bbbb)"]


@pytest.mark.parametrize("name", ["gone", "empty"])
def test_nothing_to_read_is_said_in_words(tmp_path, name):
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "notes.txt").write_text("nothing")
    ran = CliRunner().invoke(cli.app, ["report", str(tmp_path / name), "--out", str(tmp_path / "out")])
    assert ran.exit_code == 1 and "there" in ran.output and "Traceback" not in ran.output
    assert not (tmp_path / "out" / "report.html").exists()


def test_without_duckdb_the_message_names_the_extra(files, monkeypatch):
    (files / "a.jsonl").write_bytes(entry("03/attendance", "over", "right"))
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(classroom.ClassroomError, match=r"cadres-edu\[classroom\]"):
        report(files)


def test_the_database_keeps_to_its_memory(tmp_path):
    db = database.connect(tmp_path)
    assert db.execute("SELECT current_setting('memory_limit')").fetchone() == ("2.0 GiB",)
    assert str(tmp_path) in db.execute("SELECT current_setting('temp_directory')").fetchone()[0]
    db.close()
