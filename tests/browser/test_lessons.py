"""The course's own lessons in the real JupyterLab: fresh, and lesson 03 taken by keyboard alone."""

import json

import pytest
from conftest import COURSE, OPENED, Notebook, follow, kill_kernel

from cadres_edu import questions

pytestmark = pytest.mark.kernel

LESSONS = sorted(path.name for path in (COURSE / "notebooks").glob("*.ipynb"))
LESSON = "03-calling-seven-thousand.ipynb"
TROUBLE = ("Error", "model not found", "Loading widget", "Traceback", "cell is run")
DRAWN = "least => document.querySelectorAll('.jp-NotebookPanel .jp-OutputArea-output:has(.cadres)').length >= least"
SAVED = "Saved in your file."
ESSAY = "Grain could not be ordered from Beijing alone. " * 10


@pytest.mark.parametrize("name", LESSONS)
def test_a_fresh_lesson_can_be_read_at_once_and_runs_from_top_to_bottom(laid_out, notebook, name):
    lesson = notebook(laid_out, name)
    cells = json.loads((laid_out.root / name).read_bytes())["cells"]
    shown = [cell for cell in cells if cell.get("outputs")]
    outputs = lesson.page.locator(".jp-NotebookPanel .jp-OutputArea-output")
    widgets = sum(
        "application/vnd.jupyter.widget-view+json" in out["data"] for cell in shown for out in cell["outputs"]
    )
    settle(lesson, widgets)
    assert_sound(outputs, len(shown))
    lesson.run_all()
    lesson.page.wait_for_function(DRAWN, arg=widgets, timeout=60_000)
    assert_sound(outputs, len(shown))
    assert complaints(lesson.page.errors + lesson.page.said) == []


def complaints(errors):
    """What is not anywidget's own two seconds for a model running out: they tell of a busy machine, and whether a thing
    was drawn after all is asserted by itself."""
    return [error for error in errors if "[anywidget] Failed to initialize model." not in error]


def assert_sound(outputs, least):
    """At least so many outputs, none empty, none that tells of trouble."""
    texts = outputs.all_text_contents()  # cells out of sight have no inner text
    assert len(texts) >= least
    assert not [word for word in TROUBLE for text in texts if word in text]
    assert all(text.strip() or outputs.nth(place).locator("svg").count() for place, text in enumerate(texts))


def test_a_link_leads_to_the_card_of_its_record(laid_out, notebook):
    lesson = notebook(laid_out, LESSON)
    settle(lesson)  # what is drawn after the click would push the card away again
    lesson.page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .main-svg').length >= 2")
    lesson.page.locator(".jp-MarkdownOutput a[href$='#event:grain-transfers-stall']").first.click()
    card = lesson.page.locator("[id='event:grain-transfers-stall']")
    lesson.page.wait_for_function("card => card.getBoundingClientRect().top < innerHeight", arg=card.element_handle())
    assert "Tao Zhu" in card.inner_text()


REOPEN = "name => void window.jupyterapp.commands.execute('docmanager:open', { path: name })"
IN_VIEW = """element => { const { top } = element.getBoundingClientRect(); return top >= 0 && top < innerHeight; }"""


def test_the_foot_leads_to_the_next_lesson_back_to_the_map_and_to_the_cards(laid_out, notebook):
    names = [path.name for path in sorted(laid_out.root.glob("*.ipynb"))]
    lesson = notebook(laid_out, names[-2])
    follow(lesson, names[-1][:2], names[-1])
    for words, thing in (("Back to the map", "coursemap"), ("Practise the key terms", "practice")):
        front = follow(lesson, words, names[0])
        shown = front.locator(f".cadres-{thing}")
        shown.wait_for(timeout=60_000)
        lesson.page.wait_for_function(IN_VIEW, arg=shown.element_handle())
        lesson.page.evaluate(REOPEN, names[-1])
        lesson.page.wait_for_function(OPENED, arg=names[-1])
    front = follow(lesson, "Back to the map", names[0])
    follow(lesson, names[1][:2], names[1])
    assert complaints(lesson.page.errors) == []


def settle(lesson, things=15):
    """Wait until so many of the lesson's things are drawn."""
    lesson.page.wait_for_function(DRAWN, arg=things, timeout=60_000)


class Hands:
    """Works a lesson with the keyboard alone."""

    def __init__(self, lesson: Notebook):
        self.lesson, self.keys = lesson, lesson.page.keyboard

    def reach(self, selector):
        """Press Tab until the element that has the focus fits."""
        for _ in range(120):
            if self.lesson.page.evaluate("s => !!document.activeElement?.matches(s)", selector):
                return
            self.keys.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector}")

    def answer(self, question):
        """Give the right answer to a question, and hand it in."""
        page, root = questions.to_json(question), f'[data-question="{question.id}"]'
        getattr(self, f"_{page['kind']}")(page, root)
        self.reach(f"{root} [type=submit]")
        self.keys.press("Enter")

    def _choice(self, page, root):
        right = next(option["id"] for option in page["options"] if option["right"])
        self.reach(f"{root} input")
        self.keys.press("Space")
        for _ in range(page["shown"].index(right)):
            self.keys.press("ArrowDown")

    def _several(self, page, root):
        for option in page["options"]:
            if option["right"]:
                self.reach(f'{root} input[value="{option["id"]}"]')
                self.keys.press("Space")

    def _number(self, page, root):
        self.reach(f"{root} input")
        self.keys.type(f"{page['answer']:g}")

    def _match(self, page, root):
        for place, left in enumerate(page["left"]):
            self.reach(f"{root} .cadres-pair:nth-of-type({place + 1}) select")
            for _ in range(page["shown"].index(left["right"]) + 1):
                self.keys.press("ArrowDown")

    def _gap(self, page, root):
        for place, gap in enumerate(page["gaps"]):
            self.reach(f'{root} input[aria-label^="Gap {place + 1}"]')
            self.keys.type(gap["accepted"][0])

    def _order(self, page, root):
        """Bring each thing up to its place, first things first."""
        for place, option in enumerate(page["options"]):
            row = self.lesson.page.locator(f'{root} li[data-id="{option["id"]}"]')
            for _ in range(row.evaluate("row => [...row.parentElement.children].indexOf(row)") - place):
                up = row.locator("button").first
                up.focus()
                self.keys.press("Enter")

    def _open(self, page, root):
        self.reach(f"{root} textarea")
        self.keys.type(ESSAY)


def test_keys_stay_inside_a_thing_until_escape_leads_out_to_its_cell(laid_out, notebook):
    lesson = notebook(laid_out, LESSON)
    settle(lesson)
    cells = "window.jupyterapp.shell.currentWidget.content"
    stands = f"() => [{cells}.activeCellIndex, {cells}.widgets.length]"
    hands = Hands(lesson)
    lesson.page.locator(".jp-NotebookPanel .jp-Cell").first.click()
    hands.reach(".cadres-quiz select")
    before, count = lesson.page.evaluate(stands)
    for key in ("ArrowDown", "d", "d", "b"):
        hands.keys.press(key)
    assert lesson.page.evaluate(stands) == [before, count]
    hands.keys.press("Escape")
    hands.keys.press("ArrowDown")
    lesson.page.wait_for_function(f"place => {cells}.activeCellIndex === place", arg=before + 1)


def test_lesson_03_by_keyboard_alone_with_the_kernel_killed_half_way(laid_out, notebook):
    from playwright.sync_api import expect

    asked = questions.load("03-calling-seven-thousand")
    lesson = notebook(laid_out, LESSON)
    lesson.run_all()
    hands, half = Hands(lesson), len(asked) // 2
    lesson.page.locator(".jp-NotebookPanel .jp-Cell").first.click()
    for question in asked[:half]:
        hands.answer(question)
        where = lesson.page.locator(f'[data-question="{question.id}"] .cadres-where')
        expect(where).to_have_text(SAVED, timeout=30_000)
    kill_kernel(laid_out.root)
    lesson.page.wait_for_selector(".jp-Dialog", timeout=60_000)  # "appears to have died"
    lesson.page.keyboard.press("Enter")
    lesson.page.wait_for_selector(".jp-Dialog", state="detached")
    for question in asked[half:]:
        hands.answer(question)
    lesson.save()
    lesson.open()
    settle(lesson)
    for question in asked:
        expect(lesson.page.locator(f'[data-question="{question.id}"]')).to_have_attribute(
            "data-result", "kept" if question.kind == "open" else "right", timeout=30_000
        )
    lesson.run_all()
    for question in asked:
        where = lesson.page.locator(f'[data-question="{question.id}"] .cadres-where')
        expect(where).to_have_text(SAVED, timeout=30_000)
    lines = [json.loads(line) for line in (laid_out.root / "progress.jsonl").read_text().splitlines()]
    results = {line["question"]: line["result"] for line in lines}
    assert results == {one.id: "open" if one.kind == "open" else "right" for one in asked}
    assert complaints(lesson.page.errors) == []

    course_map = notebook(laid_out, "00-start-here.ipynb")
    course_map.run_all()
    expect(course_map.page.locator(".cadres-coursemap")).to_contain_text("done", timeout=30_000)
