"""A lesson through all the states that a notebook goes through in a learner's hands: nothing lost, no error text, and
the learner can go on. Each test leaves the file of answers as it is; a question is answered anew by each."""

import contextlib
import json
import shutil

import nbformat
import pytest
from conftest import COURSE, Notebook, jupyter_lab, kill_kernel
from nbformat.sign import NotebookNotary

from cadres_edu import execute

pytestmark = pytest.mark.kernel

QUESTIONS = """# Questions for a lesson about the hall

## attendance
Where did most of the people in the hall come from?

- [ ] all: From the centre.
  > Count the levels again.
  > misconception: a national meeting is a meeting of the centre
- [x] most: From the counties 县.
  > Yes.

## days
How many days lie between the first and the last, both counted?

Kind: number
Answer: 28 days
Feedback: Both ends count.

- [ ] minus-one: 27
  > You took the first day off the last.
  > misconception: the difference of two dates counts both ends

## sequence
In which order?

Kind: order

1. opens: It opens.
   > First.
2. speech: Liu speaks.
   > Second.
3. closes: It closes.
   > Last.

## exit
Write the minute.

Kind: open
Words: 3-150

| | 0 | 1 |
|---|---|---|
| figures | none | one |

Model:
> A model answer.
"""
NAMES = ("attendance", "days", "sequence", "exit")
SAVED = "Saved in your file."
WAITING = "Kept in this browser; it goes into your file when the lesson runs again."
TROUBLE = ("Error", "not found", "Loading widget", "Traceback", "cell is run")
GONE = {"kernelspec": {"name": "gone", "display_name": "Gone", "language": "gone"}}
ESSAY = "Who said what, and how sure we are."


def write(path, lesson, notary=None):
    """Write a notebook, and sign it if its outputs are to be trusted."""
    path.write_text(execute.text(lesson), encoding="utf-8")
    if notary:
        notary.sign(nbformat.read(path, as_version=4))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A lesson as it is published, and the evidence that it was made from."""
    home = tmp_path_factory.mktemp("made")
    shutil.copytree(COURSE / "seeds", home / "seeds")
    for file in (home / "seeds" / "questions").glob("03-*.md"):
        file.write_text(QUESTIONS, encoding="utf-8")
    lesson = nbformat.v4.new_notebook()
    calls = [*(f"lesson.ask('03/{name}')" for name in NAMES), "lesson.tiles()"]
    lesson.cells = [nbformat.v4.new_code_cell(f"from cadres_edu import lesson\n{call}") for call in calls]
    for place, cell in enumerate(lesson.cells):
        cell.id = f"cell-{place}"
    return execute.run(lesson, "03-hall.ipynb", home, home / "seeds"), home / "seeds"


@contextlib.contextmanager
def serving(home, made, app="jupyterlab", **environment):
    """A server over a learner's folder with the lesson in it: signed, unsigned, and for a kernel that isn't there."""
    lesson, seeds = made
    root, settings = home / "lessons", home / "settings"
    (settings / "data").mkdir(parents=True, exist_ok=True)
    shutil.copytree(seeds, root / "seeds")
    data = settings / "data"
    notary = NotebookNotary(db_file=str(data / "nbsignatures.db"), secret_file=str(data / "notebook_secret"))
    with contextlib.closing(notary.store):
        write(root / "03-hall.ipynb", lesson, notary)
        write(root / "unsigned.ipynb", nbformat.from_dict(lesson | {"metadata": {**lesson.metadata, "mine": True}}))
        write(root / "elsewhere.ipynb", nbformat.from_dict(lesson | {"metadata": GONE}), notary)
    with jupyter_lab(root, settings, app, **environment) as running:
        running.fresh = (root / "03-hall.ipynb").read_bytes()
        yield running


@pytest.fixture(scope="module")
def lab(tmp_path_factory, made):
    with serving(tmp_path_factory.mktemp("states"), made) as running:
        yield running


class Learner:
    """Answers in the lesson, and looks after each step whether all that was answered is still there."""

    def __init__(self, notebook):
        self.notebook, self.page = notebook, notebook.page
        self.upstream = []
        self.answers = {line["question"][3:]: line["answer"] for line in self.logged()}

    def question(self, name):
        return self.page.locator(f'.jp-NotebookPanel [data-question="03/{name}"]')

    def set(self, name, answer):
        """Give an answer, and don't hand it in."""
        question = self.question(name)
        if name == "attendance":
            question.locator(f'input[value="{answer}"]').check()
        elif name == "sequence":
            for place, one in enumerate(answer):
                row = question.locator(f'li[data-id="{one}"]')
                for _ in range(row.evaluate("row => [...row.parentElement.children].indexOf(row)") - place):
                    row.locator("button").first.click()
        else:
            question.get_by_label("Your answer").fill(str(answer))

    def answer(self, name, answer):
        self.set(name, answer)
        self.question(name).locator("[type=submit]").click()
        self.answers[name] = answer

    def shows(self, name, answer):
        """Wait until the question shows this answer; "" for none."""
        from playwright.sync_api import expect

        question = self.question(name)
        if name == "sequence":
            rows = question.locator("li[data-id]")
            for place, one in enumerate(answer):
                expect(rows.nth(place)).to_have_attribute("data-id", one)
        elif name != "attendance":
            expect(question.get_by_label("Your answer")).to_have_value(str(answer))
        elif answer:
            expect(question.locator(f'input[value="{answer}"]')).to_be_checked()
        else:
            expect(question.locator("input:not(:checked)")).to_have_count(2)

    def logged(self):
        file = self.notebook.lab.root / "progress.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [json.loads(line) for line in lines]

    def looks(self, **waiting):
        """Nothing is broken and every answer stands; all but the ones `waiting` are in the file, and said to be."""
        from playwright.sync_api import expect

        for name in NAMES:
            expect(self.question(name)).to_have_count(1)
            place = WAITING if name in waiting else SAVED if name in self.answers else ""
            expect(self.question(name).locator(".cadres-where")).to_have_text(place, timeout=30_000)
            self.shows(name, self.answers.get(name, ""))
            if name in self.answers:
                expect(self.question(name).get_by_role("status").first).not_to_be_empty()
        self.is_sound()
        in_file = {line["question"][3:]: line["answer"] for line in self.logged()}
        assert in_file == {name: answer for name, answer in self.answers.items() if name not in waiting}

    def is_sound(self):
        shown = "\n".join(self.page.locator(".jp-NotebookPanel .jp-OutputArea-output").all_inner_texts())
        assert not [word for word in TROUBLE if word in shown], shown
        assert [error for error in self.page.errors if error not in self.upstream] == []


@pytest.fixture
def learner(lab, notebook):
    """A learner with the lesson open, fresh from the package: nothing is run, and nothing is in the file yet."""
    (lab.root / "progress.jsonl").unlink(missing_ok=True)
    (lab.root / "03-hall.ipynb").write_bytes(lab.fresh)
    opened = Learner(notebook(lab, "03-hall.ipynb"))
    yield opened
    opened.page.evaluate("async () => { await window.jupyterapp?.serviceManager.sessions.shutdownAll(); }")


@pytest.mark.parametrize("name", ["03-hall.ipynb", "unsigned.ipynb"])
def test_fresh_a_lesson_takes_answers_before_anything_is_run(lab, notebook, learner, name):
    learner = Learner(notebook(lab, name))
    learner.looks()
    learner.answer("attendance", "all")
    learner.looks()
    assert [line["result"] for line in learner.logged()] == ["wrong"]
    assert learner.question("attendance").get_by_role("status").first.inner_text().startswith("Not yet. Count")


def test_run_and_run_again_an_answer_stands_once(learner):
    learner.answer("attendance", "most")
    learner.looks()
    for _ in range(2):
        learner.notebook.run_all()
        learner.looks()
    learner.answer("days", 27)
    learner.looks()
    assert [line["result"] for line in learner.logged()] == ["right", "wrong"]


def test_saved_closed_reopened_saved_closed_and_reopened_everything_stands(learner):
    learner.notebook.run_all()
    for name, answer in (("attendance", "most"), ("days", 28), ("exit", ESSAY)):
        learner.answer(name, answer)
        learner.looks()
        learner.notebook.save()
        learner.notebook.kernel("shutdown")
        learner.notebook.open()
        learner.looks()
    learner.notebook.save()
    learner.notebook.open()
    learner.looks()


def test_reopened_with_no_kernel_and_no_storage_the_answers_that_were_saved_stand(lab, learner):
    learner.notebook.run_all()
    learner.answer("attendance", "most")
    learner.looks()
    learner.notebook.run_all()  # what the file holds goes into the outputs
    learner.notebook.save()
    saved = nbformat.read(lab.root / "03-hall.ipynb", as_version=4)
    saved.metadata = nbformat.from_dict(GONE)
    write(lab.root / "later.ipynb", saved)
    page = learner.page.context.browser.new_context(locale="en-GB").new_page()
    page.errors = []
    later = Learner(Notebook(page, lab, "later.ipynb"))
    open_without_kernel(later)
    later.looks()
    later.answer("days", 28)
    later.looks(days=True)
    page.context.close()


def open_without_kernel(learner):
    """Open a notebook whose kernel isn't on this machine, and say that none is wanted."""
    lab, page = learner.notebook.lab, learner.page
    page.goto(f"{lab.address}/lab/tree/{learner.notebook.name}?token={lab.token}&reset")
    dialog = page.locator(".jp-Dialog")
    dialog.wait_for(timeout=60_000)
    dialog.locator("select").select_option(label="No Kernel")
    dialog.locator(".jp-mod-accept").click()
    dialog.wait_for(state="detached")


def test_without_a_kernel_answers_wait_in_the_browser_and_go_into_the_file_with_the_next(lab, notebook, learner):
    learner.notebook.name = "elsewhere.ipynb"
    open_without_kernel(learner)
    learner.looks()
    learner.answer("attendance", "most")
    learner.answer("exit", ESSAY)
    learner.looks(attendance=True, exit=True)
    learner.page.reload()
    learner.page.locator(".jp-Dialog .jp-mod-accept").wait_for(timeout=60_000)
    learner.notebook.name = "03-hall.ipynb"
    learner.notebook.open()
    learner.looks()


def test_the_kernel_is_restarted_killed_and_shut_down_and_the_learner_goes_on(lab, learner):
    learner.notebook.run_all()
    learner.answer("attendance", "all")
    learner.looks()
    learner.notebook.kernel("restart")
    learner.answer("attendance", "most")
    learner.looks()

    kill_kernel(lab.root)
    learner.answer("days", 27)
    dialog = learner.page.locator(".jp-Dialog")  # "appears to have died"
    dialog.wait_for(timeout=60_000)
    dialog.locator(".jp-mod-accept").click()
    learner.looks()  # the kernel has come back by itself

    learner.notebook.kernel("shutdown")
    learner.answer("exit", ESSAY)
    learner.looks(exit=True)
    learner.notebook.open()
    learner.looks()


def test_two_tabs_on_one_lesson_tell_each_other(lab, learner):
    page = learner.page.context.new_page()
    page.errors = []
    tab = Notebook(page, lab, "03-hall.ipynb")
    tab.open()
    other = Learner(tab)
    for one, two, name, answer in ((learner, other, "attendance", "most"), (other, learner, "days", 28)):
        one.answer(name, answer)
        two.answers[name] = answer
        one.looks()
        two.looks()
    learner.notebook.run_all()
    learner.answer("exit", ESSAY)
    other.answers["exit"] = ESSAY
    learner.looks()
    other.looks()
    assert len(learner.logged()) == 3


def test_the_server_goes_and_comes_back(lab, learner):
    learner.notebook.run_all()
    learner.answer("attendance", "most")
    learner.looks()
    lab.stop()
    learner.answer("days", 28)
    learner.answer("exit", ESSAY)
    learner.looks(days=True, exit=True)
    lab.start()
    learner.page.context.clear_cookies()
    learner.notebook.open()
    learner.looks()


def test_an_answer_half_given_is_there_after_the_browser_was_reloaded(learner):
    half = {"attendance": "all", "days": "some 2", "sequence": ["closes", "opens", "speech"], "exit": "Who said"}
    for name, answer in half.items():
        learner.set(name, answer)
    for _ in range(2):
        learner.notebook.open()
        for name, answer in half.items():
            learner.shows(name, answer)
            assert learner.question(name).get_by_role("status").first.inner_text() == ""
    assert learner.logged() == []
    learner.question("days").locator("[type=submit]").click()
    assert "Write one number in figures" in learner.question("days").get_by_role("status").first.inner_text()
    for name, answer in (("attendance", "most"), ("days", 28), ("sequence", ["opens", "speech", "closes"])):
        learner.answer(name, answer)
    learner.question("exit").get_by_label("Your answer").fill(ESSAY)
    learner.question("exit").locator("[type=submit]").click()
    learner.answers["exit"] = ESSAY
    learner.looks()
    learner.notebook.open()
    learner.looks()


def test_what_was_set_last_is_kept_when_the_page_goes_at_once(learner):
    """A thing saves when the hand rests; here the page is left before it does."""
    slider = learner.page.locator(".cadres-tiles input[type=range]").first
    before = slider.input_value()
    slider.focus()
    learner.page.keyboard.press("ArrowRight")
    set_to = slider.input_value()
    learner.page.reload()
    slider.wait_for(timeout=60_000)
    assert before != set_to == slider.input_value()


def test_arrow_keys_and_letters_stay_in_the_question(learner):
    page = learner.page
    cells = page.locator(".jp-NotebookPanel .jp-Cell").count()
    learner.question("attendance").locator("input").first.focus()
    for key in ("Space", "ArrowDown"):
        page.keyboard.press(key)
    learner.shows("attendance", "most")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "Right." in learner.question("attendance").get_by_role("status").first.inner_text()
    learner.question("exit").get_by_label("Your answer").focus()
    page.keyboard.type("a b dd x")  # in command mode: insert above, below, delete, cut
    learner.shows("exit", "a b dd x")
    assert page.locator(".jp-NotebookPanel .jp-Cell").count() == cells


def test_in_notebook_7_a_lesson_is_alive_and_keeps_answers(tmp_path, made, notebook):
    with serving(tmp_path, made, "notebook") as server:
        learner = Learner(notebook(server, "03-hall.ipynb", "notebooks"))
        learner.upstream = ["Cannot read properties of undefined (reading 'schema')"]  # Notebook's, of its settings
        learner.looks()
        learner.answer("attendance", "most")
        learner.looks()
        learner.notebook.run_all()
        learner.answer("days", 28)
        learner.looks()
        learner.notebook.save()
        learner.notebook.open()
        learner.looks()


def test_where_things_are_not_known_the_reading_stands_and_once_run_they_are_widgets(tmp_path, made, notebook):
    """As in VS Code or Colab, whose pages know anywidget and nothing of the course."""
    page = tmp_path / "settings" / "labconfig" / "page_config.json"
    page.parent.mkdir(parents=True)
    page.write_text(json.dumps({"disabledExtensions": {"cadres-edu": True}}))
    with serving(tmp_path, made) as server:
        lesson = notebook(server, "03-hall.ipynb")
        shown = lesson.page.locator(".jp-NotebookPanel .jp-OutputArea-output")
        shown.first.get_by_text("Where did most of the people in the hall come from?").wait_for()
        assert "From the counties" in shown.first.inner_text()
        assert lesson.page.locator(".jp-NotebookPanel .cadres").count() == 0
        lesson.run_all()
        learner = Learner(lesson)
        learner.looks()
        learner.answer("attendance", "most")
        learner.looks()
