"""Nothing that the course shows breaks a rule of the accessibility engine: each thing by itself, and whole lessons."""

import json

import made_up_class
import pytest
from axe import COLOURS, UPSTREAM, broken, violations
from conftest import COURSE
from heard import tree
from walks import WALKS

from cadres_edu import archive, classroom, execute, portfolio, progress, publish, questions

CHART = "application/vnd.cadres-edu.chart+json"
LESSONS = sorted(path.name for path in (COURSE / "notebooks").glob("*.ipynb"))
THEMES = ("JupyterLab Dark", "JupyterLab Light")
ESSAY = "Grain could not be ordered from Beijing alone. " * 10


def test_the_engine_sees_what_is_wrong(plain_page):
    page = plain_page()
    page.evaluate("() => document.querySelector('main').innerHTML = '<input><p style=\"color:#bbb\">Pale</p>'")
    assert {one.partition(":")[0] for one in violations(page)} == {"label", "color-contrast"}


@pytest.mark.parametrize("kind", WALKS)
def test_a_thing_is_sound_at_first_and_once_worked(work, kind):
    hands = work(kind)
    for walk in (None, WALKS[kind]):
        if walk:
            walk(hands)
            hands.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert violations(hands.page) == []
        hands.page.emulate_media(color_scheme="dark")
        assert violations(hands.page, *COLOURS) == []
        hands.page.emulate_media(color_scheme="light")


def answer(question, right):
    """An answer to a question, as the page sends it: the right one, or one that isn't."""
    page = questions.to_json(question)
    options = page["options"]
    match page["kind"]:
        case "choice":
            return next((one["id"] for one in options if one["right"] == right), options[0]["id"])
        case "several":
            return [one["id"] for one in options if one["right"] == right] or [options[0]["id"]]
        case "number":
            return page["answer"] + (0 if right else 1)
        case "order":
            return [one["id"] for one in options][:: 1 if right else -1]
        case "match":
            sides = [one["right"] for one in page["left"]]
            sides = sides if right else sides[1:] + sides[:1]
            return dict(zip((one["id"] for one in page["left"]), sides, strict=True))
        case "gap":
            return {one["id"]: one["accepted"][0] if right else "nothing of the kind" for one in page["gaps"]}
    return ESSAY


def fill(log, stem):
    """Answer every question of a lesson, every other one right."""
    for place, question in enumerate(questions.load(stem)):
        given = answer(question, place % 2 == 0)
        occasion = question.occasion[0] if question.survey else None
        log.record(question.id, given, questions.mark(question, given), occasion=occasion)


CHANGE = "theme => window.jupyterapp.commands.execute('apputils:change-theme', { theme }).then(() => null)"
DRESSED = "light => document.body.dataset.jpThemeLight === light"


def wear(page, theme):
    page.evaluate(CHANGE, theme)
    page.wait_for_function(DRESSED, arg="true" if theme.endswith("Light") else "false")


def drawn(lesson):
    """Wait until each thing and each chart is there, and open what is folded."""
    cells = json.loads((COURSE / "notebooks" / lesson.name).read_bytes())["cells"]
    forms = [form for cell in cells for output in cell.get("outputs", ()) for form in output.get("data", ())]
    for form, shown in (("thing", ".cadres"), ("chart", "[role=img] .main-svg")):
        least = forms.count(f"application/vnd.cadres-edu.{form}+json")
        has = "([one, least]) => document.querySelectorAll(`.jp-OutputArea-output ${one}`).length >= least"
        lesson.page.wait_for_function(has, arg=[shown, least], timeout=60_000)
    lesson.page.evaluate("document.querySelectorAll('.jp-Notebook details').forEach((one) => (one.open = true))")


def tells_its_charts(lesson):
    """In the browser's accessibility tree each chart is one picture by name, and its values follow as a table."""
    told = list(tree(lesson.page.context.new_cdp_session(lesson.page)).walk())
    cells = json.loads((COURSE / "notebooks" / lesson.name).read_bytes())["cells"]
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", ())]
    for title in (data[CHART]["title"] for data in outputs if CHART in data):
        (at,) = [place for place, one in enumerate(told) if one.role == "image" and one.name.startswith(f"{title}. ")]
        assert told[at].all("StaticText") == [], "the letters of the drawing would be read out in a jumble"
        table = next(one for one in told[at:] if one.role == "table")
        assert title in table.name
        assert len(table.all("columnheader")) > 1
        assert len(table.all("rowheader")) > 0


# Characters that a reader aloud would take for English; a chart is told by its name and its table.
UNMARKED = r"""() => [...document.querySelectorAll(".jp-MarkdownOutput, .jp-OutputArea-output")].flatMap((part) => {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (/\p{Script=Han}/u.test(data) && !parentElement.closest("[lang|=zh], [role=img], option")) found.push(data);
  }
  return found;
})"""


@pytest.mark.kernel
@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_sound_before_and_after_answering_in_both_themes(laid_out, notebook, name):
    lesson = notebook(laid_out, name)
    drawn(lesson)
    tells_its_charts(lesson)
    assert lesson.page.evaluate(UNMARKED) == []
    wear(lesson.page, "JupyterLab Light")
    found = broken(lesson.page)
    assert [one for one in found if not one["upstream"]] == []
    assert {(one["upstream"], one["id"]) for one in found} == {(one, id) for one, ids in UPSTREAM.items() for id in ids}
    wear(lesson.page, "JupyterLab Dark")
    assert violations(lesson.page, *COLOURS) == []

    fill(progress.Log(laid_out.root / "progress.jsonl"), name.removesuffix(".ipynb"))
    lesson.open()
    drawn(lesson)
    asked = len(questions.load(name.removesuffix(".ipynb")))
    told = "least => document.querySelectorAll('[data-question][data-result]').length >= least"
    lesson.page.wait_for_function(told, arg=asked, timeout=60_000)
    assert violations(lesson.page) == []
    wear(lesson.page, "JupyterLab Light")
    assert violations(lesson.page, *COLOURS) == []


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_for_print_is_sound(new_page, name):
    page = new_page()
    page.set_content(publish.page(execute.read(COURSE / "notebooks" / name), name))
    assert violations(page) == []


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """What is made of a class's answers, and of one learner's: the report and the portfolio."""
    home = tmp_path_factory.mktemp("papers")
    archive.use(archive.seeds_folder())
    made_up_class.write(home / "handed-in")
    classroom.report(home / "handed-in", home)
    log = progress.Log(home / "progress.jsonl")
    for name in LESSONS:
        fill(log, name.removesuffix(".ipynb"))
    portfolio.portfolio(log)
    yield home
    archive.use(None)


@pytest.mark.parametrize("name", ["report.html", "portfolio.html"])
@pytest.mark.parametrize("width", [1200, 400])
def test_a_page_of_answers_is_sound(new_page, papers, name, width):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto((papers / name).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert violations(page) == []
