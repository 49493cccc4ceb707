"""The case to make on a plain page: picked and written by keyboard, refused with words, kept, the plan as Python's."""

import json

import pytest

from cadres_edu import archive, essay, lesson
from cadres_edu.widgets import argument, gain

REASON = "It shows what changed."


@pytest.fixture
def data(tmp_path, monkeypatch):
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    yield json.loads(json.dumps(lesson.argument().data, sort_keys=True))
    archive.use(None)


def show(page, data, state=None, kind="argument"):
    page.evaluate("([kind, data, state]) => show(kind, data, state)", [kind, data, state or {}])
    return page.locator(f".cadres-{kind}").last


def refs(data):
    return [row[0] for _, rows in data["lessons"] for row in rows]


def press(page, locator):
    locator.focus()
    page.keyboard.press("Enter")


def pick(page, thing, ref, side):
    name = f"{side}: {essay.label(archive.record(ref))}"
    item = thing.get_by_role("button", name=name, exact=True)
    thing.get_by_label("Find a card").fill(essay.label(archive.record(ref)).split("“")[0][:20])
    press(page, item.first)


def kept(page):
    return page.evaluate("() => JSON.parse(localStorage.getItem('cadres-edu:answers::10/argument'))?.answer")


def plan(thing):
    thing.get_by_role("button", name="Write my plan").click()
    return thing.locator(".cadres-plan p").all_text_contents()


def missing(thing):
    thing.get_by_role("button", name="Write my plan").click()
    return thing.locator("div[role=status] li strong").all_inner_texts()


WANTED = {name: f"{head}." for name, (head, _) in argument.WANTED.items()}
THREE = ("event:liu-speech", "event:zeng-removed", "event:mao-speech")


def answered(pieces, **more):
    answer = {"v": 1, "thesis": "own", "own": "The hall changed who could speak.", "pieces": pieces, "reply": ""} | more
    return {"who": "mei", "saved": {"10/argument": {"answer": answer, "at": "2026-01-01", "attempts": 1}}}


def whole():
    return [
        {"ref": ref, "side": side, "why": REASON} for ref, side in zip(THREE, ("for", "for", "against"), strict=True)
    ]


def test_what_is_missing_is_refused_with_words_until_nothing_is(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    assert missing(thing) == [WANTED[name] for name in ("claim", "for", "against", "reply")]
    assert "has not been tested" in thing.inner_text() and thing.get_by_role("heading", name="Your plan").count() == 0
    thing.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    for ref, side in zip(THREE, ("For my claim", "For my claim", "Against it"), strict=True):
        pick(page, thing, ref, side)
    assert missing(thing) == [WANTED["why"], WANTED["reply"]]
    for field in thing.locator(".cadres-side textarea").all():
        field.focus()
        page.keyboard.type(REASON)
    assert missing(thing) == [WANTED["reply"]]
    thing.get_by_label("How do you answer").fill("One man fell, and many more had spoken.")
    found = plan(thing)
    assert page.evaluate("() => document.activeElement.textContent") == "Your plan"
    answer = kept(page)
    assert essay.missing(answer) == [] and found == [text for _, parts in essay.plan(answer) for text in parts]
    assert "Others who doubt it would also bring: " in thing.inner_text()
    assert page.errors == []


def test_the_page_and_python_find_the_same_missing(plain_page, data):
    page = plain_page()
    for pieces, more in (
        (whole(), {}),
        (whole(), {"own": "It changed.", "reply": "七千人大会后"}),
        (whole()[1:], {"own": ""}),
        ([one | {"why": "so"} for one in whole()[:2]], {"reply": "It fell far short of that."}),
    ):
        state = answered(pieces, **more)
        lacks = essay.missing(state["saved"]["10/argument"]["answer"])
        assert missing(show(page, data, state)) == [WANTED[name] for name in lacks]
        page.evaluate("() => localStorage.clear()")


def test_a_piece_changes_sides_and_is_taken_out(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    pick(page, thing, THREE[0], "For my claim")
    pick(page, thing, THREE[0], "Against it")
    assert [(one["ref"], one["side"]) for one in kept(page)["pieces"]] == [(THREE[0], "against")]
    press(page, thing.get_by_role("button", name="Take it out"))
    assert kept(page)["pieces"] == []
    assert page.evaluate("() => document.activeElement.textContent") == "3. Your evidence"
    assert page.errors == []


def test_cards_are_found_and_the_trail_is_what_was_met(plain_page, data):
    page = plain_page()
    rows = {row[0]: row for _, rows in data["lessons"] for row in rows}
    ref = next(ref for ref, row in rows.items() if row[6])
    question = rows[ref][6][0]
    saved = {question: {"answer": "x", "result": "right", "at": "2026-01-01", "attempts": 1}}
    thing = show(page, data, {"who": "mei", "saved": saved})
    thing.get_by_label("Only what I have met").check()
    met = [one for one, row in rows.items() if question in row[6]]
    status = thing.locator("p[role=status]").first
    assert status.inner_text() == f"{len(met)} of {len(rows)} cards."
    assert (
        f"You answered {question} (right)"
        in thing.locator("li", has=page.locator(".cadres-pick")).all_text_contents()[list(rows).index(ref)]
    )
    thing.get_by_label("Find a card").fill("zzz")
    assert status.inner_text().startswith("0 of")
    thing.get_by_label("Find a card").fill("")
    thing.get_by_label("Only what I have met").uncheck()
    by_hand = thing.locator("details").nth(1)
    by_hand.locator("summary").click()
    thing.get_by_label("Find a card").fill("Zeng Xisheng removed")
    assert thing.locator("details[open]:not([hidden])").count() == 1
    thing.get_by_label("Find a card").fill("")
    assert thing.locator("details[open]").count() == 1 and by_hand.get_attribute("open") is not None
    bare = show(page, data)
    assert not bare.get_by_label("Only what I have met").is_visible()


def test_what_is_kept_is_there_again_and_a_text_half_written_too(plain_page, data):
    page = plain_page()
    thing = show(page, data, answered([*whole(), {"ref": "event:gone", "side": "for", "why": "Was here."}]))
    assert thing.get_by_role("radio").last.is_checked()
    assert [field.input_value() for field in thing.locator(".cadres-side textarea").all()] == [REASON] * 3
    field = thing.get_by_label("How do you answer")
    field.focus()
    page.keyboard.type("Half a rep")
    again = show(page, data, answered(whole()))
    assert again.get_by_label("How do you answer").input_value() == "Half a rep"
    again.get_by_role("button", name="Write my plan").click()
    stored = page.evaluate("() => Object.entries(localStorage).find(([name]) => name.endsWith('mei:10/argument'))[1]")
    assert json.loads(stored)["answer"]["pieces"][-1]["ref"] == "event:gone"


def test_it_fits_a_narrow_window(plain_page, data):
    page = plain_page(360)
    thing = show(page, data, answered(whole(), reply="One man fell, and many had spoken."))
    for fold in thing.locator("summary").all():
        fold.click()
    assert thing.get_by_role("heading", name="Your plan").is_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert argument.LEAVES_OUT in thing.inner_text()


# What JupyterLab's own sheet does to every list of terms in an output.
JUPYTERLAB = ".jp-RenderedHTMLCommon dt { font-weight: bold; width: 4%; } .jp-RenderedHTMLCommon dd { width: 60%; }"


def test_the_gain_reads_in_jupyterlab_too(plain_page):
    page = plain_page()
    page.add_style_tag(content=JUPYTERLAB)
    page.evaluate("() => document.querySelector('main').classList.add('jp-RenderedHTMLCommon')")
    saved = {
        f"{one.id}@{when}": {"answer": gain.best(one), "result": "open", "at": "2026-01-01", "attempts": 1}
        for one in gain.asked()
        for when in ("start", "end")
    }
    stored = json.loads(json.dumps(lesson.gain().data, sort_keys=True))
    term = show(page, stored, {"who": "mei", "saved": saved}, "gain").locator("dt").first
    assert term.inner_text() == "Before"
    for one in (term, term.locator("+ dd")):
        assert one.evaluate("one => one.clientHeight < 2.2 * parseFloat(getComputedStyle(one).fontSize)")


def test_the_gain_says_what_python_says_and_follows_an_answer(plain_page, data):
    page = plain_page(360)
    found = gain.asked()
    start = {one.id: (gain.best(one) if at < 4 else "x") for at, one in enumerate(found)}
    end = {one.id: (gain.best(one) if at not in (0, 8) else "x") for at, one in enumerate(found)}
    stored = json.loads(json.dumps(lesson.gain().data, sort_keys=True))
    record = {"result": "open", "at": "2026-01-01", "attempts": 1}

    def said(*times):
        saved = {f"{name}@{when}": record | {"answer": a} for when, given in times for name, a in given.items()}
        return (
            show(page, stored, {"who": "mei", "saved": saved}, "gain")
            .get_by_role("status")
            .locator("p")
            .all_inner_texts()
        )

    assert said() == gain.in_words({}, {})
    assert said(("start", start)) == gain.in_words(start, {})
    assert said(("start", start), ("end", end)) == gain.in_words(start, end)
    assert said(("start", end), ("end", start)) == gain.in_words(end, start)
    for rights in ((2, 3), (2, 5), (4, 7), (0, 5), (10, 10), (9, 2)):
        first, then = (
            {one.id: gain.best(one) if at < right else "x" for at, one in enumerate(found)} for right in rights
        )
        assert said(("start", first), ("end", then)) == gain.in_words(first, then)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert page.errors == []
