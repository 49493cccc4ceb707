"""The papers of a lesson: what the sheet asks, what the teacher's copy answers, and what stands on its first page."""

import functools
import itertools
import json
import re
import shutil
from pathlib import Path

import pytest
from test_publish import Seen
from typer.testing import CliRunner

from cadres_edu import archive, cli, execute, folder, questions, standards, teaching
from cadres_edu.cards import refs
from cadres_edu.markup import plain
from cadres_edu.publish import HandoutError, handout

ROOT = Path(__file__).parents[1]
LESSONS = sorted(ROOT.glob("notebooks/*.ipynb"))
SAID = ("feedback", "hint", "model")
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


@functools.cache
def papers(path):
    return handout(execute.read(path), path.stem)


@functools.cache
def seen(path):
    """Sheet and copy as they read."""
    both = papers(path)
    return Seen(both.student), Seen(both.teacher)


def asked(path):
    return [questions.find(one) for one in re.findall(r'data-question="([^"]+)"', papers(path).student)]


def words(runs):
    return " ".join(plain(runs).split())


def front(path):
    """The rows of the first page's table, and all that stands on the page."""
    page = re.search('<section class="front">(.*?)</section>', papers(path).teacher, re.DOTALL)[1]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>', page)
    return rows, Seen(page).text


@each_lesson
def test_each_question_is_in_both_papers_under_one_number(path):
    sheet, copy = seen(path)
    found = asked(path)
    code = "\n".join(cell.source for cell in execute.read(path).cells if cell.cell_type == "code")
    assert {one.id for one in found if not one.survey} == set(re.findall(r'lesson\.ask\("([^"]+)"\)', code))
    numbers = [f"Question {number}" for number in range(1, len(found) + 1)]
    assert [head for _, head in sheet.headings if head.startswith("Question ")] == numbers
    named = [(number, one.id) for number, one in zip(numbers, found, strict=True)]
    assert re.findall("<h3>(.*?) <small>(.*?)</small></h3>", papers(path).teacher) == named
    for one in found:
        assert words(one.prompt[0]).split("____")[0] in sheet.text
        assert words(one.prompt[0]).split("____")[0] in copy.text


@each_lesson
def test_answers_are_in_the_copy_alone(path):
    sheet, copy = seen(path)
    for one in asked(path):
        for passage in one.passages():
            text = words(passage.runs)
            if passage.role in (*SAID, "right", "wrong", "rubric") and one.kind != "number":
                assert text in copy.text, one.id
            if passage.role in SAID and len(text) > 20:
                assert text not in sheet.text, one.id
        for option in one.options:
            assert option.misconception in copy.text
            assert not option.misconception or option.misconception not in sheet.text
    surveyed = [words(option.text) for one in asked(path) if one.survey for option in one.options if option.right]
    best = re.findall(r'<li><b class="mark">best borne out</b> (.*?)</li>', papers(path).teacher)
    assert [Seen(text).text for text in best] == surveyed
    right = re.findall(r'<li><b class="mark">right</b> (.*?)(?:<br>|</li>)', papers(path).teacher)
    expected = [
        words(option.text)
        for one in asked(path)
        if one.kind in ("choice", "several") and not one.survey
        for option in one.options
        if option.right
    ]
    assert set(expected) <= {Seen(text).text for text in right}
    assert 'class="mark"' not in papers(path).student


@each_lesson
def test_the_first_page_has_all_that_it_takes_to_teach_the_lesson(path):
    rows, text = front(path)
    lesson = execute.read(path)
    card = teaching.fields(lesson.cells[1].source)["Minutes"]
    assert ", ".join(f"{name} {minutes}" for name, minutes, *_ in rows) == card.partition(": ")[2]
    assert [int(until) for _, _, until, _ in rows] == [*itertools.accumulate(int(minutes) for _, minutes, *_ in rows)]
    assert rows[-1][2] == card.partition(":")[0]
    assert all(re.search(r"\w+ \w+", says) for *_, says in rows)
    assert words(questions.find("03/exit").prompt[0]) in front(LESSONS[3])[1]
    assert re.search(r"\*\*(.+)\?\*\*", lesson.cells[0].source) and "?" in text
    notes = teaching.load(ROOT / f"seeds/teaching/{path.name.replace('.ipynb', '.md')}")
    assert 3 <= len(notes.wrong) <= 4
    for one in notes.wrong:
        question = next(found for found in asked(path) if found.id.endswith(f"/{one.question}"))
        wrong = teaching.wrong_answers(question)[one.option]
        assert wrong.misconception in text and words(wrong.feedback) in text
    assert notes.care and all(words(paragraph) in text for paragraph in notes.care)


@each_lesson
def test_the_copy_says_what_the_lesson_does_for_each_code_and_how_sure_the_code_is(path):
    sheet, copy = seen(path)
    for one in standards.standards_for(path.name[:2]):
        assert f"{one.code}: {one.does.rstrip('.')}" in copy.text
        assert one.does not in sheet.text.partition("Works cited")[0]
    assert "How sure the codes are: worked out from what a work says." in copy.text


@each_lesson
def test_nothing_comes_from_another_lesson(path):
    copy = seen(path)[1]
    lesson = execute.read(path)
    prose = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    notes = (ROOT / f"seeds/teaching/{path.stem}.md").read_text(encoding="utf-8")
    cards = {one for one in copy.values("id") if ":" in one and not one.startswith("source:")}
    assert cards == {one for one in refs(prose + notes, asked(path)) if not one.startswith("source:")}
    met = {one.id for one in asked(path)}
    for file in sorted(ROOT.glob("seeds/questions/*.md")):
        for one in questions.load(file.stem):
            for passage in one.passages() if one.id not in met else ():
                if passage.role in SAID and len(words(passage.runs)) > 60:
                    assert words(passage.runs) not in copy.text, one.id


@each_lesson
def test_the_papers_stand_alone(path):
    for paper, page in zip(seen(path), (papers(path).student, papers(path).teacher), strict=True):
        ids = paper.values("id")
        assert len(ids) == len(set(ids))
        assert {link[1:] for link in paper.values("href") if link.startswith("#")} <= set(ids)
        assert {tag for tag, _ in paper.tags}.isdisjoint({"script", "link", "iframe", "details"})
        assert [level for level, _ in paper.headings].count(1) == 1
        assert "default-src 'none'" in page
    sheet, copy = seen(path)
    assert "Name blank" not in copy.text and "Teacher’s copy" in copy.text and 'class="name"' in papers(path).student
    assert (
        sheet.headings[-1][1] == "Works cited"
        and len(re.findall("<li>", papers(path).student.split("Works cited")[1])) > 3
    )
    assert "Your portfolio" not in sheet.text and "Course map" not in sheet.text


def changed(path, **cells):
    """The lesson with words of some cells changed: id of the cell, then what stood there and what shall."""
    lesson = execute.read(path)
    for name, (old, new) in cells.items():
        cell = next(one for one in lesson.cells if one.id == name)
        assert old in cell.source
        cell.source = cell.source.replace(old, new)
    return lesson


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("49: scene 1", "49: scene 2", r"the minutes add up to 50, not 49. Mend the sum or the parts\."),
        ("49: scene 1", "scene 1", "don't begin with their sum"),
        ("the call 8", "the call", "'the call' on the card is no step with its minutes"),
        ("**Minutes**", "**Time**", r"has no lesson card with its minutes. Write '\| \*\*Minutes\*\*"),
        (
            "the call 8, the hall 12",
            "the call 12, the hall 8",
            "'the call 8' stands where the lesson's card has 'the call 12'",
        ),
        ("the call 8, the hall 12", "the call and the hall 20", r"There are 7 steps, and 6 on the lesson's card"),
    ],
)
def test_a_card_that_cannot_be_taught_from_is_refused(old, new, problem):
    with pytest.raises(HandoutError, match=problem):
        handout(changed(LESSONS[3], card=(old, new)), LESSONS[3].stem)


def test_changed_questions_and_notes_are_those_of_the_papers(seeds):
    file = seeds / "questions" / "03-calling-seven-thousand.md"
    file.write_text(file.read_text(encoding="utf-8").replace("A natural guess, after a famine.", "Many guess that."))
    notes = seeds / "teaching" / "03-calling-seven-thousand.md"
    notes.write_text(notes.read_text(encoding="utf-8").replace("Read the scene aloud.", "Have the scene read aloud."))
    copy = handout(execute.read(LESSONS[3]), LESSONS[3].stem).teacher
    assert copy.count("Many guess that.") == 2 and "Have the scene read aloud." in copy
    notes.unlink()
    bare = handout(execute.read(LESSONS[3]), LESSONS[3].stem).teacher
    assert "Nobody has written notes" in bare and '<th scope="row">the hall</th><td>12</td><td>21</td><td></td>' in bare


def test_a_question_or_a_record_that_is_not_there_is_named(seeds):
    file = seeds / "questions" / "03-calling-seven-thousand.md"
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace("## aims", "## intentions"))
    with pytest.raises(HandoutError, match="03-calling-seven-thousand: There is no '03/aims'"):
        handout(execute.read(LESSONS[3]), LESSONS[3].stem)
    file.write_text(whole.replace("Kind: several", "Kind: many"))
    with pytest.raises(HandoutError, match=r"03-calling-seven-thousand.md:\d+: .*many"):
        handout(execute.read(LESSONS[3]), LESSONS[3].stem)
    file.write_text(whole)
    with (seeds / "claims.csv").open("a") as table:
        table.write("broken\n")
    archive.use(seeds)
    with pytest.raises(HandoutError, match=r"03-calling-seven-thousand: .*claims\.csv"):
        handout(execute.read(LESSONS[3]), LESSONS[3].stem)
    shutil.copy(ROOT / "seeds/claims.csv", seeds)
    archive.use(seeds)
    with pytest.raises(HandoutError, match="no 'event:no-such'"):
        handout(changed(LESSONS[3], scene=("#event:conference-opens", "#event:no-such")), LESSONS[3].stem)


# The command


@pytest.fixture
def no_browser(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "none"))


@pytest.fixture
def run(tmp_path, monkeypatch):
    """`cadres-edu handout` in an empty folder; the archive is left as it was."""
    monkeypatch.chdir(tmp_path)
    yield lambda *arguments: CliRunner().invoke(cli.app, ["handout", *map(str, arguments)])
    archive.use(None)


@pytest.mark.parametrize("name", ["03", "3", "03-calling-seven-thousand", "03-calling-seven-thousand.ipynb"])
def test_a_number_or_a_file_name_makes_two_papers(run, no_browser, tmp_path, name):
    done = run(name, "--out", tmp_path / "papers")
    assert done.exit_code == 0, done.output
    made = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "papers").iterdir()}
    assert made == {
        "03-calling-seven-thousand-student.html": papers(LESSONS[3]).student,
        "03-calling-seven-thousand-teacher.html": papers(LESSONS[3]).teacher,
    }
    assert done.output.count("no PDF: A PDF is printed by Chromium, Chrome or Edge") == 2
    assert all(name in done.output for name in made)


def test_a_lesson_that_does_not_exist_is_answered_with_those_that_do(run, tmp_path):
    done = run("12")
    assert done.exit_code == 1 and "there is no lesson '12'" in done.output
    assert all(path.stem in done.output for path in LESSONS)
    assert "No notebook is there" in run("03", "--folder", tmp_path).output
    for name in ("03-mine.ipynb", "03-yours.ipynb", "03-mine (new).ipynb"):
        (tmp_path / name).write_text("{}")
    assert "several lessons begin with 03: 03-mine, 03-yours. Name one." in run("03", "--folder", tmp_path).output
    assert "03-mine.ipynb is not a notebook" in run("03-mine", "--folder", tmp_path).output
    assert not list(tmp_path.glob("*.html"))


def test_a_place_that_cannot_be_written_to_is_named(run, tmp_path):
    (tmp_path / "file").write_text("")
    done = run("03", "--out", tmp_path / "file")
    assert done.exit_code == 1 and "can't be written to" in done.output and "--out DIR" in done.output


@pytest.mark.kernel
def test_a_teachers_own_lesson_shows_what_its_seeds_say_now_and_nobodys_answers(run, no_browser, tmp_path):
    mine = tmp_path / "mine"
    folder.lay_out(mine)
    file = mine / "seeds" / "questions" / "00-start-here.md"
    prompt = "Open sentence six in the reader"
    file.write_text(
        file.read_text(encoding="utf-8").replace(prompt, "Go to sentence six of the page"), encoding="utf-8"
    )
    stored = json.loads((mine / "00-start-here.ipynb").read_text(encoding="utf-8"))
    shown = next(cell for cell in stored["cells"] if cell["id"] == "ask-formally")["outputs"][0]["data"]
    shown["text/html"] = [*shown["text/html"], "<p>My own answer.</p>"]
    (mine / "00-start-here.ipynb").write_text(json.dumps(stored), encoding="utf-8")
    assert run("00", "--folder", mine, "--out", tmp_path).exit_code == 0
    for kind in ("student", "teacher"):
        text = (tmp_path / f"00-start-here-{kind}.html").read_text(encoding="utf-8")
        assert "Go to sentence six of the page" in text and prompt not in text and "My own answer" not in text
    assert json.loads((mine / "00-start-here.ipynb").read_text(encoding="utf-8")) == stored
