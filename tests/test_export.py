"""Writing questions for other systems: the command, what is left out, and the same bytes for the same questions."""

import shutil

import pytest
from export_bank import course, lesson, marked, read, written
from test_export_cards import cards_in
from test_export_gift import questions_in as gift_in
from test_export_moodle import questions_in as moodle_in
from test_export_moodle import rows
from test_export_moodle import said as words_at
from test_export_qti import items_in
from typer.testing import CliRunner

from cadres_edu import archive, cli, export
from cadres_edu.export.bank import figure, shares
from cadres_edu.export.hypertext import Hypertext
from cadres_edu.markup import Text, runs
from cadres_edu.question_kinds import Choice, Option


def moodle_words(data):
    one = moodle_in(data)["03/call"]
    return read(words_at(one, "questiontext")) + "".join(read(text) for _, text, _ in rows(one))


def gift_words(data):
    one = gift_in(data)["03/call"]
    return read(one["prompt"]) + "".join(read(text) for _, text, _ in one["answers"])


READERS = {
    "gift": gift_words,
    "moodle": moodle_words,
    "qti": lambda data: "".join(items_in(data)["03/call"].itertext()),
    "cards": lambda data: read(cards_in(data)[1]["cadres-edu:03/call"][1]),
}


def run(*arguments):
    return CliRunner().invoke(cli.app, [str(argument) for argument in arguments])


def option(name, text, right=False, feedback="Because."):
    return Option(id=name, text=(Text(text),), right=right, feedback=(Text(feedback),), misconception="a mix-up")


def choice(**more):
    return Choice(
        id="03/pick", prompt=(tuple(runs("Which?")),), options=(option("a", "A", True), option("b", "B")), **more
    )


@pytest.fixture
def folder(tmp_path):
    """A teacher's folder with the evidence, and one lesson."""
    shutil.copytree(archive.tables.find_seeds(), tmp_path / "seeds")
    (tmp_path / "03-calling-seven-thousand.ipynb").write_text('{"cells": []}', encoding="utf-8")
    yield tmp_path
    archive.use(None)


@pytest.mark.parametrize("form", export.FORMS)
def test_the_same_questions_give_the_same_bytes(form):
    first = written(form, *course())
    assert first == written(form, *course())
    assert len(first[0]) > 100_000


@pytest.mark.parametrize("form", export.FORMS)
def test_every_question_is_there_or_left_out_by_name(form):
    lessons = course()
    data, left_out = written(form, *lessons)
    whole = {one for what, ids in left_out.items() if what.startswith("Left out whole") for one in ids}
    survey = {one.id for part in lessons for one in part.questions if one.survey}
    assert survey <= whole
    for question in marked(lessons):
        told = question.id.replace("/", "-") if form == "qti" else question.id
        assert (told.encode() in data) != (question.id in whole), question.id


@pytest.mark.parametrize("form", export.FORMS)
def test_a_misconception_a_hint_and_a_link_are_missed_by_name(form):
    archive.use(None)
    asked = choice(hint=(Text("Look."),), cites=("event:conference-opens",))
    linked = Choice(id="03/link", prompt=(tuple(runs("See [it](#event:conference-opens).")),), options=asked.options)
    _, left_out = written(form, lesson(asked, linked))
    losses = {what.partition(":")[0]: ids for what, ids in left_out.items()}
    assert losses["The misconception that each wrong answer stands for"] == ["03/pick", "03/link"]
    assert losses["Where links lead"] == ["03/link"]
    assert losses.get("Hints") == (None if form == "moodle" else ["03/pick"])


def test_html_is_well_formed_and_marks_chinese():
    html = Hypertext().words(runs("**A** *b* [县 <x>](#term:county) & 人民公社"))
    marked = '<span lang="zh-Hans">县</span>'
    assert html == f'<strong>A</strong> <em>b</em> {marked} &lt;x&gt; &amp; <span lang="zh-Hans">人民公社</span>'


@pytest.mark.parametrize(("value", "text"), [(28, "28"), (-0.3, "-0.3"), (1e6, "1000000"), (-0.0, "0"), (33.3, "33.3")])
def test_figures_are_digits(value, text):
    assert figure(value) == text


@pytest.mark.parametrize(("count", "share"), [(1, "100"), (2, "50"), (3, "33.33333"), (7, "14.28571"), (8, "12.5")])
def test_shares_are_those_that_moodle_knows(count, share):
    assert shares(count) == share


def test_works_are_named_but_not_for_who_is_only_named():
    archive.use(None)
    html = Hypertext().rests_on(choice(cites=("event:conference-opens", "person:lin-biao")))
    assert html == Hypertext().rests_on(choice(cites=("event:conference-opens",)))
    assert html.startswith("<p><small>Rests on: ")


def test_a_record_that_is_not_there_is_named():
    archive.use(None)
    with pytest.raises(export.ExportError, match=r"03/pick: There is no 'event:conference-open' .*conference-opens"):
        Hypertext().rests_on(choice(cites=("event:conference-open",)))


def test_the_command_writes_a_form_and_says_what_it_left_out(folder, tmp_path):
    said = run("export", "gift", "03", "--folder", folder, "--out", tmp_path / "out")
    assert said.exit_code == 0, said.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "questions.gift.txt",
        "questions.gift.txt.left-out.txt",
    }
    left_out = (tmp_path / "out/questions.gift.txt.left-out.txt").read_text(encoding="utf-8")
    assert "GIFT has no putting in order\n  03/sequence\n" in left_out
    assert "Left out whole: GIFT has no putting in order: 1 question\n" in said.output
    assert "::03/call::" in (tmp_path / "out/questions.gift.txt").read_text(encoding="utf-8")
    assert "::04/" not in (tmp_path / "out/questions.gift.txt").read_text(encoding="utf-8")


def test_a_teachers_own_change_is_what_is_written(folder, tmp_path):
    file = folder / "seeds/questions/03-calling-seven-thousand.md"
    text = file.read_text(encoding="utf-8")
    assert "They talked in vain." not in text
    file.write_text(
        text.replace("couldn't agree on next year's grain transfers", "They talked in vain."), encoding="utf-8"
    )
    run("export", "moodle", "--folder", folder, "--out", tmp_path / "out")
    assert "They talked in vain." in (tmp_path / "out/questions.moodle.xml").read_text(encoding="utf-8")


def test_a_lesson_that_is_not_there_and_a_folder_without_lessons_are_said(folder, tmp_path):
    said = run("export", "qti", "3", "--folder", folder, "--out", tmp_path / "out")
    assert (said.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert "no lesson '3' has questions. Name it by number or file (nearest: 03" in said.stderr
    (tmp_path / "bare").mkdir()
    said = run("export", "qti", "--folder", tmp_path / "bare", "--out", tmp_path / "out")
    assert said.exit_code == 1
    assert f"there are no lessons in {tmp_path / 'bare'}" in said.stderr.replace("\n", " ")


def test_a_question_file_with_mistakes_is_named_and_nothing_is_written(folder, tmp_path):
    file = folder / "seeds/questions/03-calling-seven-thousand.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Kind: several", "Kind: sevral", 1), encoding="utf-8")
    said = run("export", "gift", "--folder", folder, "--out", tmp_path / "out")
    assert (said.exit_code, (tmp_path / "out").exists()) == (1, False)
    assert "03-calling-seven-thousand.md:" in said.stderr
    assert "Did you mean 'several'?" in said.stderr


def test_a_character_that_no_form_carries_is_named(folder, tmp_path):
    file = folder / "seeds/questions/03-calling-seven-thousand.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Look for words", "Look\x0b for words"), encoding="utf-8")
    said = run("export", "cards", "--folder", folder, "--out", tmp_path / "out")
    assert said.exit_code == 1
    assert "03/aims holds the character U+000B" in said.stderr.replace("\n", " ")


HOSTILE = r"""## call
Is {a} = b ~ c # d : e \\ <b>f</b> &amp; ]]> %50% -> ::g:: // 人民公社?

- [x] yes: {a} = b ~ c # d : e \\ <b>f</b> ]]> 县
  > Yes: #1 = {x} ~ y, <i>z</i> & "w", 'v'.
- [ ] no: %50% [html] $CATEGORY: x
  > No: } and { and ####.
  > misconception: a { is a }
"""
WRITTEN = ("Is {a} = b ~ c # d : e \\ <b>f</b> & ]]> %50% -> ::g:: // 人民公社?", "%50% [html] $CATEGORY: x")


@pytest.mark.parametrize(("form", "reader"), READERS.items())
def test_a_teachers_hostile_words_come_through_the_command(folder, tmp_path, form, reader):
    file = folder / "seeds/questions/03-calling-seven-thousand.md"
    file.write_text(HOSTILE, encoding="utf-8")
    told = run("export", form, "03", "--folder", folder, "--out", tmp_path / "out")
    assert told.exit_code == 0, told.output
    text = reader((tmp_path / "out" / export.FORMS[form].file).read_bytes())
    assert all(words in text for words in WRITTEN), text


def test_a_file_in_the_way_is_said(folder, tmp_path):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    said = run("export", "cards", "03", "--folder", folder, "--out", tmp_path / "out")
    assert said.exit_code == 1
    assert "can't be written to" in said.stderr
