"""The portfolio: what stands in the log, whole, escaped, and in the place of an older one."""

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from test_argument import WHOLE

from cadres_edu import archive, lesson, portfolio, questions
from cadres_edu.portfolio import document
from cadres_edu.progress import Log
from cadres_edu.reasoning import Corroboration
from cadres_edu.widgets import gain

EVIL = "<script>alert(1)</script> & *stars* [a](b) `c` 七千人大会"


@pytest.fixture
def log(tmp_path, monkeypatch):
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    yield Log(tmp_path / "progress.jsonl")
    archive.use(None)


def made(log):
    said = portfolio.portfolio(log)
    folder = log.path.parent
    return said, *((folder / name).read_text(encoding="utf-8") for name in portfolio.FILES)


def first(kind):
    files = sorted((archive.seeds_folder() / "questions").glob("*.md"))
    return next(one for file in files for one in questions.load_file(file) if one.kind == kind and not one.survey)


def test_without_answers_nothing_is_written(log, tmp_path):
    assert portfolio.portfolio(log).files == () and repr(portfolio.portfolio(log)) == portfolio.NOTHING
    assert not (tmp_path / "portfolio.html").exists()
    assert repr(lesson.portfolio()) == portfolio.NOTHING


def test_answers_stand_with_their_outcome_first_and_last(log):
    one = first("choice")
    wrong, right = (next(option for option in one.options if option.right is is_right) for is_right in (False, True))
    log.rename("Mei")
    log.record(one.id, wrong.id, "wrong")
    log.record(one.id, right.id, "right")
    said, page, text = made(log)
    assert said.files == ("portfolio.html", "portfolio.md") and 'href="portfolio.html"' in said._repr_html_()
    assert portfolio.REPLACED in repr(said)
    for shown in (page, text):
        assert "Portfolio of Mei" in shown and "First answer:" in shown and "Last answer, of 2:" in shown
        assert "(not right)" in shown and "(right)" in shown
    assert "Works behind the records used" in page


def test_open_answers_are_whole_with_the_ticks_of_the_rubric_and_escaped(log):
    one = first("open")
    row = document_words(one.rubric.rows[0])
    log.record(one.id, EVIL + "\n\nSecond paragraph.", "open")
    log.record(f"{one.id}-self", {"v": 1, "levels": {row[0]: 1}}, "open")
    log.rename("<b>Mei</b>")
    _, page, text = made(log)
    assert "<script" not in page and "<b>Mei" not in page and "&lt;script&gt;" in page
    assert "Second paragraph." in page and "How I judge it:" in page
    assert re.sub(r"\s+", " ", row[2]) in re.sub(r"<[^>]+>", "", page)
    shown = MarkdownIt("commonmark").render(text)
    assert "<script" not in shown and "&lt;script&gt;alert(1)&lt;/script&gt; &amp; *stars* [a](b) `c`" in shown


def document_words(cells):
    return ["".join(run.text for run in cell) for cell in cells]


def test_the_page_needs_nothing_else_and_prints(log):
    log.record(first("open").id, "Words.", "open")
    _, page, _ = made(log)
    assert "@media print" in page and "break-before: page" in page
    assert not re.search(r"<(script|link|img|iframe)|src=|url\(|@import", page)


def test_the_argument_stands_as_a_plan_and_says_what_it_lacks(log):
    log.record("10/argument", WHOLE, "open")
    _, page, text = made(log)
    assert WHOLE["own"] in text
    assert WHOLE["own"] in page and "Why it bears on the claim: He says it aloud." in page
    assert "Still missing" not in page
    log.record("10/argument", WHOLE | {"reply": ""}, "open")
    assert "<strong>Still missing:</strong> reply." in made(log)[1]


@pytest.mark.parametrize("answer", [None, 7, "text", [], {"v": 1, "pieces": 3}, {"v": 1, "pieces": [None, {}]}])
def test_an_argument_of_another_form_is_shown_as_it_stands(log, answer):
    log.record("10/argument", answer, "open")
    _, page, _ = made(log)
    assert "My case" in page


def test_the_survey_stands_before_and_after(log):
    for one in gain.asked():
        log.record(one.id, one.options[0].id, "open", occasion="start")
        log.record(one.id, gain.best(one), "open", occasion="end")
    _, page, _ = made(log)
    assert "at the end: 10." in page
    assert page.count("At the start:") == 10 == page.count("At the end:")


def test_things_are_told_in_words_and_unknown_lines_as_they_stand(log):
    log.record("02/excess", {"v": 1, "guess": 12, "results": ["16.2 million. By a line."]}, "open")
    log.record("02/tiles", {"v": 1, "year": 1960}, "open")
    log.record("05/gone", {"v": 9, "odd": EVIL}, "open")
    log.record("04/weigh", {"v": 1, "cards": "broken"}, "open")
    _, page, _ = made(log)
    assert "Guess: 12 million." in page and "16.2 million. By a line." in page
    assert page.count("Worked with.") == 2 and "05/gone" in page and "&lt;script&gt;" in page


def test_links_cards_and_weights_are_told_by_their_names(log):
    link = {"from": "conference-opens", "to": "liu-speech", "label": "condition", "reason": "It gave him a hall."}
    log.record("08/causes", {"v": 1, "events": [], "links": [link]}, "open")
    log.record("00/practice", {"v": 1, "round": 2, "boxes": {"a": [1, 1], "b": [2, 1], "c": [2, 2]}}, "open")
    laid = {"place": "rather-policy", "first": "silent", "pick": "timing", "words": EVIL}
    share = {"low": 10, "best": 20, "high": 30}
    log.record("04/weigh", {"v": 1, "cards": {"rain-records": laid}, "shares": {"deaths": share}}, "open")
    _, page, _ = made(log)
    assert "condition (It gave him a hall.)" in page and "Cards in box 2: 2." in page
    assert "Rain and rivers: rather policy, first doesn" in page and "10 to 30 per cent, best guess 20" in page


def test_the_days_of_the_log_are_told_in_words(log):
    log.record(first("open").id, "Words.", "open")
    assert re.search(
        r"<p>\d+ \w+ \d{4}, by the clock of the computer\. Entries in the file of answers: 1", made(log)[1]
    )
    line = log.path.read_text(encoding="utf-8")
    at = re.search(r'"at": "([^"]+)"', line).group(1)
    early, odd = (line.replace(at, other) for other in ("2025-01-02T00:00:00Z", "yesterday"))
    log.path.write_text(early + odd, encoding="utf-8")
    assert "<p>2 January 2025 to yesterday, by the clock" in made(Log(log.path))[1]


def test_what_was_guessed_is_told_beside_what_was_then_found(log):
    log.record("06/indexed", {"v": 1, "first": "twelve-articles", "last": None, "series": [], "on": []}, "open")
    page = made(log)[1]
    assert "What mattered most, said first: Plots back." in page and "at the end" not in page
    assert "Worked with." not in page
    log.record("06/indexed", {"v": 1, "first": "twelve-articles", "last": "unsure", "on": ["fields-tried"]}, "open")
    log.record("09/lives", {"v": 1, "said": {"liu-shaoqi": "kept"}, "compared": True, "year": 1968}, "open")
    log.record("09/verdicts", {"v": 1, "said": {"liu-1980": "kept"}, "opened": ["liu-1980"], "point": ""}, "open")
    log.record("02/estimates", {"v": 1, "year": 1984, "opened": [archive.estimates()[0].ref, "estimate:gone"]}, "open")
    _, page, _ = made(log)
    assert "What mattered most, said first: Plots back." in page
    assert "said at the end: It can’t be said." in page and "switched on: Contracting, Anhui." in page
    assert (
        "Liu Shaoqi: guessed “held an office to the day of death”; by the records: died with no office on record"
        in page
    )
    assert "1980: said “it keeps it”, read: it takes it back" in page
    assert f"looked at up to 1984. Opened: {archive.estimates()[0].label}." in page
    assert "Worked with." not in page


def test_what_was_opened_or_counted_is_named(log):
    log.record("02/tiles", {"v": 1, "year": 1960, "mode": "rate", "seen": ["sichuan", "anhui"]}, "open")
    log.record("03/days", {"v": 1, "seen": [1, 20]}, "open")
    log.record("03/hall", {"v": 1, "counts": {"county": 2000, "bureau": 6}, "counted": ["county"], "total": 0}, "open")
    _, page, _ = made(log)
    assert "Provinces opened: Anhui; Sichuan." in page and "conference opened: 1, 20." in page
    assert "Levels counted: county (2,000 units)." in page and "Worked with." not in page


def test_what_is_not_yet_opened_in_a_thing_is_not_told_in_the_portfolio(log):
    log.record("09/lives", {"v": 1, "said": {"liu-shaoqi": "kept"}, "compared": False, "year": 1968}, "open")
    log.record("09/verdicts", {"v": 1, "said": {"liu-1980": "kept"}, "opened": [], "point": ""}, "open")
    one = archive.everything(Corroboration)[0]
    log.record("05/grid", {"v": 1, "marks": {one.claim: {one.account: "silent"}}, "compared": []}, "open")
    _, page, _ = made(log)
    assert "guessed “held" in page and "by the records" not in page and "said “it keeps it”" in page
    assert ", read:" not in page and "accounts judged: 1, not yet compared" in page


def test_the_grid_is_told_with_each_account_that_was_read_otherwise(log):
    rows = [one for one in archive.everything(Corroboration) if one.claim == archive.everything(Corroboration)[0].claim]
    marks = {one.account: one.verdict for one in rows}
    log.record("05/grid", {"v": 1, "marks": {rows[0].claim: marks}, "compared": [rows[0].claim]}, "open")
    assert f"{len(rows)} of {len(rows)} read as the course does" in made(log)[1]
    marks[rows[0].account] = "silent" if rows[0].verdict != "silent" else "agrees"
    log.record("05/grid", {"v": 1, "marks": {rows[0].claim: marks}, "compared": [rows[0].claim]}, "open")
    page = made(log)[1]
    assert f"{len(rows) - 1} of {len(rows)} read as the course does" in page
    assert f"I read “{marks[rows[0].account]}”, the course “{rows[0].verdict}”" in page


def test_a_damaged_line_is_named_and_costs_nothing_else(log):
    log.record(first("open").id, "Words that stay.", "open")
    with log.path.open("ab") as file:
        file.write(b"{broken\n")
    before = log.path.read_bytes()
    _, page, _ = made(Log(log.path))
    assert "Line 2 of progress.jsonl is damaged" in page and "Words that stay." in page
    assert log.path.read_bytes() == before


def test_an_older_portfolio_is_replaced_and_kept_whole_when_the_disk_is_full(log, tmp_path, monkeypatch):
    log.record(first("open").id, "Old words.", "open")
    made(log)
    log.record(first("open").id, "New words.", "open")
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", lambda _descriptor: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        said = portfolio.portfolio(log)
    assert said.files == () and "could not be written: No space left on device." in repr(said)
    assert "Old words." in (tmp_path / "portfolio.html").read_text(encoding="utf-8")
    _, page, _ = made(log)
    assert "New words." in page and "Old words." not in page
    assert not [name for name in os.listdir(tmp_path) if "half-written" in name]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_escaped_text_reads_as_it_was_written(text):
    shown = MarkdownIt("commonmark").parse(document.escape(text))
    words = "".join(part.content for token in shown if token.children for part in token.children)
    assert words == " ".join(text.split())
