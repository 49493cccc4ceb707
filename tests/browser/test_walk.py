"""The whole course in one walk, from an empty file of answers: lesson 00, link by link, to the portfolio."""

import json

import pytest
from conftest import FRONT, follow

from cadres_edu import archive, essay, questions

pytestmark = pytest.mark.kernel

SAVED = "Saved in your file."
CLAIM = "In 1962 the hall changed who could speak, and not what had been right."
REPLY = "One man fell, and many more had spoken."
PIECES = {
    "event:liu-speech": "For my claim",
    "event:zeng-removed": "For my claim",
    "event:mao-speech": "Against it",
}
WHY = "It shows what changed, and for whom."
ESSAY = "The conference changed who could speak of the dead, for a while, and it changed nobody's office but one. " * 8


def test_from_an_empty_file_to_the_portfolio(laid_out, notebook):
    names = [path.name for path in sorted(laid_out.root.glob("*.ipynb"))]
    assert (laid_out.root / "progress.jsonl").read_bytes() == b""
    walk = notebook(laid_out, names[0])
    asked = [questions.load(name.removesuffix(".ipynb")) for name in names]
    answered = []
    for lesson, following in zip(asked, [*names[1:], None], strict=True):
        run(walk)
        chosen = [one for one in lesson if one.survey and "start" in one.occasion] or [first_choice(lesson)]
        for question in chosen:
            choose(walk, question, question.options[-1])
        answered += chosen
        if following:
            follow(walk, following[:2], following)

    for question in (one for one in asked[0] if one.survey and "end" in one.occasion):
        choose(walk, question, question.options[0])
    argue(walk)
    write(walk, next(one for one in asked[-1] if one.kind == "open"))
    run(walk)  # the portfolio is made of what the file holds now

    page = (laid_out.root / "portfolio.html").read_text(encoding="utf-8")
    text = (laid_out.root / "portfolio.md").read_text(encoding="utf-8")
    for question in answered:
        assert question.options[-1].id in logged(laid_out.root, question.id)
    for words in (CLAIM, REPLY, ESSAY.strip()[:60]):
        assert words in page and words in text
    assert walk.page.errors == []
    assert "Answered both times: 10." in walk.page.locator(f"{FRONT} .cadres-gain").inner_text()


def first_choice(lesson):
    return next(one for one in lesson if one.kind == "choice" and not one.survey)


def logged(root, question):
    lines = map(json.loads, (root / "progress.jsonl").read_text(encoding="utf-8").splitlines())
    return [line["answer"] for line in lines if line["question"] == question]


def run(walk):
    """Run the lesson in front, and wait for its things."""
    walk.ready()
    walk.run_all()
    walk.page.locator(f"{FRONT} .cadres-strip").first.wait_for(timeout=60_000)


def question_in_front(walk, question):
    return walk.page.locator(f'{FRONT} [data-question="{question.id}"]')


def choose(walk, question, option):
    asked = question_in_front(walk, question)
    asked.locator(f'input[value="{option.id}"]').check(timeout=60_000)
    hand_in(walk, asked)


def write(walk, question):
    asked = question_in_front(walk, question)
    asked.locator("textarea").first.fill(ESSAY)
    hand_in(walk, asked)


def hand_in(walk, asked):
    asked.locator("[type=submit]").click()
    asked.locator(".cadres-where", has_text=SAVED).wait_for(timeout=60_000)


def argue(walk):
    """Make a whole case: a claim in own words, two pieces for it, one against it, a reply."""
    thing = walk.page.locator(f"{FRONT} .cadres-argument")
    thing.get_by_role("radio").last.check()
    thing.get_by_label("My claim", exact=True).fill(CLAIM)
    for ref, side in PIECES.items():
        label = essay.label(archive.record(ref))
        thing.get_by_label("Find a card").fill(label[:20])
        thing.get_by_role("button", name=f"{side}: {label}", exact=True).first.click()
    for field in thing.locator(".cadres-side textarea").all():
        field.fill(WHY)
    thing.get_by_label("How do you answer").fill(REPLY)
    thing.get_by_role("button", name="Write my plan").click()
    thing.get_by_role("heading", name="Your plan").wait_for()
