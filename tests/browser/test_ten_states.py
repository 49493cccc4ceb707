"""Questions in the real JupyterLab through all the states that a lesson goes through in a learner's hands."""

import contextlib
import json

import nbclient
import nbformat
import pytest
from conftest import jupyter_lab
from nbformat.sign import NotebookNotary

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
NAMES = ("attendance", "days", "exit")
CALL = "from cadres_edu import questions\nfrom cadres_edu.widgets import quiz\nquiz.ask([questions.find('03/{}')])"
SAVED = "Saved in your file."
WAITING = "Kept in this browser; it goes into your file when the lesson is run."
TROUBLE = ("Error", "not found", "Loading widget", "Traceback", "cell is run")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab over a folder with a trusted lesson, executed, in two copies, and the question file beside it."""
    home = tmp_path_factory.mktemp("states")
    root, settings = home / "lessons", home / "settings"
    asked = root / "seeds" / "questions"
    asked.mkdir(parents=True)
    patch = pytest.MonkeyPatch()
    patch.setenv("CADRES_SEEDS", str(root / "seeds"))
    patch.setenv("JUPYTER_RUNTIME_DIR", str(home / "runtime"))
    (asked / "03-hall.md").write_text(QUESTIONS, encoding="utf-8")
    lesson = nbformat.v4.new_notebook()
    for name in NAMES:
        lesson.cells.append(nbformat.v4.new_code_cell(CALL.format(name), id=name))
    nbclient.NotebookClient(lesson, kernel_name="python3", resources={"metadata": {"path": str(root)}}).execute()
    for copy in ("lesson.ipynb", "keys.ipynb"):
        nbformat.write(lesson, root / copy)
    data = settings / "data"
    data.mkdir(parents=True)
    notary = NotebookNotary(db_file=str(data / "nbsignatures.db"), secret_file=str(data / "notebook_secret"))
    with contextlib.closing(notary.store):
        notary.sign(lesson)
    with jupyter_lab(root, settings) as running:
        yield running
    patch.undo()


class Learner:
    """Answers in the lesson, and looks after each step whether all that was answered is still there."""

    def __init__(self, notebook):
        self.notebook, self.page, self.answers = notebook, notebook.page, {}

    def question(self, name):
        return self.page.locator(f'.jp-NotebookPanel [data-question="03/{name}"]')

    def answer(self, name, answer):
        question = self.question(name)
        if name == "attendance":
            question.locator(f'input[value="{answer}"]').check()
        else:
            question.get_by_label("Your answer").fill(str(answer))
        question.locator("[type=submit]").click()
        self.answers[name] = answer

    def shows(self, name, answer):
        """Wait until the question shows this answer; "" for none."""
        from playwright.sync_api import expect

        question = self.question(name)
        if name != "attendance":
            expect(question.get_by_label("Your answer")).to_have_value(str(answer))
        elif answer:
            expect(question.locator(f'input[value="{answer}"]')).to_be_checked()
        else:
            expect(question.locator("input:not(:checked)")).to_have_count(2)

    def logged(self):
        file = self.notebook.lab.root / "progress.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [json.loads(line) for line in lines]

    def looks(self, places):
        """Nothing is broken, every answer stands where `places` has it; only what is in the file is said to be."""
        from playwright.sync_api import expect

        for name in NAMES:
            expect(self.question(name)).to_have_count(1)
            expect(self.question(name).locator(".cadres-where")).to_have_text(places.get(name, ""), timeout=15_000)
            self.shows(name, self.answers.get(name, ""))
            if name in self.answers:
                expect(self.question(name).get_by_role("status")).not_to_be_empty()
        shown = "\n".join(self.page.locator(".jp-NotebookPanel .jp-OutputArea-output").all_inner_texts())
        assert not [word for word in TROUBLE if word in shown], shown
        in_file = {line["question"]: line["answer"] for line in self.logged()}
        for name, place in places.items():
            if place == SAVED:
                assert str(in_file[f"03/{name}"]) == str(self.answers[name])
        assert self.page.errors == []


def test_answers_live_through_all_states(lab, notebook):
    lesson = notebook(lab, "lesson.ipynb")
    learner = Learner(lesson)
    learner.looks({})  # 1: fresh, nothing run

    learner.answer("attendance", "all")  # 2: answered before anything ran
    learner.looks({"attendance": WAITING})
    assert learner.logged() == []

    lesson.save()  # 3: saved and reopened
    lesson.open()
    learner.looks({"attendance": WAITING})

    lesson.run_all()  # 4: run
    learner.looks({"attendance": SAVED})
    assert [line["result"] for line in learner.logged()] == ["wrong"]

    lesson.run_all()  # 5: run again in the same kernel, and answered there
    learner.looks({"attendance": SAVED})
    learner.answer("attendance", "most")
    learner.looks({"attendance": SAVED})
    assert learner.question("attendance").get_by_role("status").inner_text().startswith("Right. Yes.")

    lesson.kernel("restart")  # 6: kernel restarted
    learner.looks({"attendance": SAVED})
    learner.answer("days", 27)
    learner.looks({"attendance": SAVED, "days": WAITING})

    lesson.run_all()  # 7: run again
    learner.looks({"attendance": SAVED, "days": SAVED})

    lesson.kernel("shutdown")  # 8: kernel gone, answered on
    learner.answer("exit", "Who said what, and how sure we are.")
    learner.looks({"attendance": SAVED, "days": SAVED, "exit": WAITING})

    lesson.open()  # 9: reopened
    learner.looks({"attendance": SAVED, "days": SAVED, "exit": WAITING})

    lesson.save()  # 10: saved again, reopened, and run at the end
    lesson.open()
    learner.looks({"attendance": SAVED, "days": SAVED, "exit": WAITING})
    lesson.run_all()
    learner.looks(dict.fromkeys(NAMES, SAVED))

    lines = learner.logged()
    assert [(line["question"], line["result"]) for line in lines] == [
        ("03/attendance", "wrong"),
        ("03/attendance", "right"),
        ("03/days", "wrong"),
        ("03/exit", "open"),
    ]
    assert len({line["who"] for line in lines}) == 1


def test_arrow_keys_and_letters_stay_in_the_question(lab, notebook):
    lesson = notebook(lab, "keys.ipynb")
    learner = Learner(lesson)
    cells = lesson.page.locator(".jp-NotebookPanel .jp-Cell").count()
    learner.question("attendance").locator("input").first.focus()
    for key in ("Space", "ArrowDown"):
        lesson.page.keyboard.press(key)
    learner.shows("attendance", "most")
    lesson.page.keyboard.press("Tab")
    lesson.page.keyboard.press("Enter")
    assert "Right." in learner.question("attendance").get_by_role("status").inner_text()
    learner.question("exit").get_by_label("Your answer").focus()
    lesson.page.keyboard.type("a b dd x")  # in command mode: insert above, below, delete, cut
    learner.shows("exit", "a b dd x")
    assert lesson.page.locator(".jp-NotebookPanel .jp-Cell").count() == cells


def test_an_untrusted_lesson_shows_the_reading(lab, notebook):
    lesson = nbformat.read(lab.root / "keys.ipynb", as_version=4)
    lesson.metadata["changed"] = True
    nbformat.write(lesson, lab.root / "other.ipynb")
    page = notebook(lab, "other.ipynb").page
    shown = page.locator(".jp-NotebookPanel .jp-OutputArea-output").first
    shown.get_by_text("Where did most of the people in the hall come from?").wait_for()
    assert "From the counties" in shown.inner_text()
    assert page.locator(".jp-NotebookPanel .cadres").count() == 0
