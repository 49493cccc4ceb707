"""What a screen reader is told of each kind of thing, from the browser's own accessibility tree."""

import os
import re
import shutil
import time
from pathlib import Path

import pytest
from heard import LOOKS, defects, live, news, record, tree
from uses import ASKED, CHECK, SAID, button, check, fill, slide

from cadres_edu import archive, charts, lesson, portfolio, questions
from cadres_edu.progress import Log
from cadres_edu.widgets import quiz

COURSE = Path(__file__).parents[2]
SPOKEN = Path(__file__).with_name("spoken")
BOOKS = sorted(book.stem for book in (COURSE / "notebooks").glob("*.ipynb"))
KINDS = {
    name: getattr(lesson, name)
    for name in (
        *("argument", "causes", "chain", "days", "estimates", "excess", "gain", "grid", "hall", "indexed", "lives"),
        *("months", "practice", "reader", "rules", "stances", "tiles", "verdicts", "weigh"),
    )
} | {"coursemap": lesson.course_map, "strip": lambda: lesson.start("03")}
# A question of each kind.
SEVEN = ("03/attendance", "00/repeat", "03/length", "03/sequence", "00/standing", "03/timeline", "01/exit")


@pytest.fixture(scope="module", autouse=True)
def folder(tmp_path_factory):
    """A learner's folder with the real lessons."""
    home = tmp_path_factory.mktemp("lessons")
    for book in (COURSE / "notebooks").glob("*.ipynb"):
        shutil.copy(book, home)
    patch = pytest.MonkeyPatch()
    patch.chdir(home)
    archive.use(COURSE / "seeds")
    yield
    archive.use(None)
    patch.undo()


@pytest.fixture
def shown(plain_page):
    """Shows things on a plain page, and a session that asks the browser what it tells of them."""

    def show(*things):
        page = plain_page()
        for thing in things:
            page.evaluate("([kind, data]) => show(kind, data)", [thing.kind, thing.data])
        return page, page.context.new_cdp_session(page)

    return show


# News from the kernel that change nothing must not be read out: whatever is put into a live region anew would be.
NEWS = """() => {
  const watch = new MutationObserver(() => {});
  for (const one of document.querySelectorAll("[role=status], [aria-live]"))
    watch.observe(one, { childList: true, subtree: true, characterData: true });
  for (const { model } of window.things) model.tell("msg:custom", { who: "", since: "", hello: true });
  return watch.takeRecords().map(({ target }) => `said again: ${target.textContent}`);
}"""


def sound(page, cdp, when):
    found = defects(page, cdp) + page.evaluate(NEWS)
    assert not found, f"{when}:\n" + "\n".join(found)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_thing_tells_what_it_shows(shown, kind):
    page, cdp = shown(KINDS[kind]())
    sound(page, cdp, "in its first state")
    as_recorded(kind, cdp)
    page.add_script_tag(path=Path(__file__).with_name("sight.js"))
    page.evaluate("sight.work()")
    sound(page, cdp, "once worked")


@pytest.mark.parametrize("book", BOOKS)
def test_each_question_tells_what_it_shows(shown, book):
    page, cdp = shown(*(quiz.ask([one]) for one in questions.load(book) if not one.survey))
    sound(page, cdp, "in its first state")
    page.add_script_tag(path=Path(__file__).with_name("sight.js"))
    page.evaluate("sight.work()")
    sound(page, cdp, "once worked")


def as_recorded(kind, cdp):
    """Compares what is read out with the record of it, which reviewers read; CADRES_SPOKEN=write writes it anew."""
    told = "\n".join(line for region in tree(cdp).all("main")[0].children for line in record(region)) + "\n"
    file = SPOKEN / f"{kind}.txt"
    if os.environ.get("CADRES_SPOKEN") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(told, encoding="utf-8")
    assert told == file.read_text(encoding="utf-8"), f"{file.name}: if it is meant, run with CADRES_SPOKEN=write"


def test_each_kind_of_question_is_read_out_as_recorded(shown):
    _, cdp = shown(*(lesson.ask(one) for one in SEVEN))
    as_recorded("quiz", cdp)


def test_the_records_are_those_of_the_kinds():
    assert {file.stem for file in SPOKEN.glob("*.txt")} == {*KINDS, "quiz"}


# ---- What is said of itself while a thing is worked. ----


@pytest.mark.parametrize("kind", sorted(SAID))
def test_what_changes_is_said(shown, kind):
    page, cdp = shown(KINDS[kind]())
    for act, wanted in SAID[kind]:
        before = live(cdp)
        act(page)
        if wanted:
            assert len(waited(cdp, before, wanted)) <= 2
    assert page.errors == []


def waited(cdp, before, wanted):
    """What is said, once a live region that was there before says what is wanted."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        found = news(cdp, before)
        if any(re.search(wanted, said) for said in found):
            return found
        time.sleep(0.05)
    raise AssertionError(f"“{wanted}” is not said, but {found}")


def test_kinds_with_nothing_to_say_are_few():
    assert sorted(SAID) == sorted(KINDS)
    assert [kind for kind, steps in SAID.items() if not steps] == [
        "gain",
        "strip",
    ]  # they only show what is done elsewhere


@pytest.mark.parametrize("question", ASKED)
def test_the_verdict_on_an_answer_is_said(shown, question):
    assert tuple(ASKED) == SEVEN
    page, cdp = shown(lesson.ask(question))
    for act, wanted in ASKED[question]:
        before = live(cdp)
        act(page)
        if wanted:
            waited(cdp, before, wanted)
    assert page.errors == []


def states(cdp, role, name):
    [found] = [one for one in tree(cdp).all(role) if name in one.name]
    return found.states


def test_what_a_control_stands_at_is_told_and_changes_with_it(shown):
    page, cdp = shown(lesson.ask("03/length"), lesson.days(), lesson.rules(), lesson.months(), lesson.hall())
    hint, day, death = ("button", "Hint"), ("button", "Saturday 27 January"), ("checkbox", "nothing left to eat")
    assert states(cdp, *hint)["expanded"] == "false"
    assert states(cdp, *day)["pressed"] == "false"
    assert states(cdp, *death) == {"disabled": "true", "checked": "false"}
    assert states(cdp, "button", "Up: Peng Dehuai")["disabled"] == "true"
    assert "invalid" not in states(cdp, "textbox", "Number of units: County")
    for act in (
        *(button("Hint"), button("Saturday 27 January"), check("radio", "Count deaths for lack")),
        *(check("checkbox", "nothing left to eat"), button("Down: Peng"), fill("Number of units: County", "many")),
        *(fill("Your answer", "many"), CHECK),
    ):
        act(page)
    assert states(cdp, *hint)["expanded"] == "true"
    assert states(cdp, *day)["pressed"] == "true"
    assert states(cdp, *death) == {"checked": "true"}
    assert "disabled" not in states(cdp, "button", "Up: Peng Dehuai")
    assert states(cdp, "textbox", "Number of units: County")["invalid"] == "true"
    assert states(cdp, "textbox", "Your answer")["invalid"] == "true"


def test_a_slider_speaks_once_the_hand_has_rested(shown):
    page, cdp = shown(lesson.tiles())
    button("Anhui")(page)
    before = live(cdp)
    slide("Year", "ArrowRight", "ArrowRight")(page)
    assert states(cdp, "slider", "Year")["valuetext"] == "1959"
    assert news(cdp, before) == []
    assert any(one.states.get("busy") for one in tree(cdp).all("status"))
    assert waited(cdp, before, "In 1959") == ["Anhui In 1959: 16.7 per 1,000."]


def test_one_judges_an_essay_by_levels_that_say_what_they_are_levels_of(shown):
    page, cdp = shown(lesson.ask("01/exit"))
    page.get_by_label("Your answer").fill("word " * 60)
    button("Show a model answer")(page)
    assert page.evaluate("document.activeElement.textContent").startswith("A model answer")
    check("radio", "figures one with its source")(page)
    sound(page, cdp, "with the model answer open")


PAGE = '<!doctype html><html lang="en"><title>Page</title><main><section aria-label="Page">{}</section></main></html>'


def written():
    """Every page of HTML that Python makes, by name."""
    log = Log("progress.jsonl")
    for one in (question for book in BOOKS for question in questions.load(book) if question.kind == "choice"):
        log.record(one.id, one.options[0].id, "right", occasion=next(iter(one.occasion), ""))
    portfolio.portfolio(log)
    yield "portfolio", Path("portfolio.html").read_text(encoding="utf-8")
    yield from ((name, thing().static_html or "") for name, thing in KINDS.items())
    yield from ((book, "".join(quiz.ask([one]).static_html or "" for one in questions.load(book))) for book in BOOKS)
    yield from ((book, lesson.sources(book[:2])._repr_html_()) for book in BOOKS)
    yield from ((name, charts.chart(name).table()) for name in charts.CHARTS)


def test_chinese_is_marked_as_such_in_all_that_python_writes(new_page):
    page = new_page()
    found = {}
    for name, text in written():
        page.set_content(text if "<main" in text or "<body" in text else PAGE.format(text))
        wrong = page.evaluate(LOOKS.replace('querySelector("main")', "body"))["wrong"]
        found |= {name: wrong} if wrong else {}
    assert found == {}
