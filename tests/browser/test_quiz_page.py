"""Questions on a plain page: each kind by its controls, what is said of answers, and where answers wait."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

TABLE = json.loads((Path(__file__).parents[1] / "marking_cases.json").read_text(encoding="utf-8"))
PAGES = {kind: one["page"] for kind, one in TABLE["questions"].items()}
KINDS = ["choice", "several", "number", "order", "match", "gap", "open", "survey"]
SAVED = "Saved in your file."
WAITING = "Kept in this browser; it goes into your file when the lesson runs again."
# A kernel that keeps what it is given, as the real one does: each key once.
KERNEL = """(message) => {
  window.file ??= [];
  if (message.do === "hello") return { hello: true, who: window.file.length ? "k7f3q2" : "", since: "" };
  if (!window.file.some((one) => one.key === message.key)) window.file.push(message);
  return { saved: message.key, who: "k7f3q2" };
}"""


def show(page, *kinds, state=None, kernel="null", **data):
    """Draw one Thing that asks the questions of these kinds; the first question's root comes back."""
    data["questions"] = [PAGES[kind] for kind in kinds]
    page.evaluate(f"([data, state]) => show('quiz', data, state, {kernel})", [data, state or {}])
    return page.locator(f'[data-question="{PAGES[kinds[0]]["id"]}"]').last


def give(root, kind, answer):
    """Put an answer into the controls, as a person would."""
    if kind in ("choice", "several", "survey"):
        for text in [answer] if isinstance(answer, str) else answer:
            root.get_by_label(text).check()
    elif kind in ("number", "open"):
        root.get_by_label("Your answer").fill(str(answer))
    elif kind == "order":
        for name, way in answer:
            root.get_by_role("button", name=f"{way}: {name}").click()
    elif kind == "match":
        for label, option in answer.items():
            root.get_by_label(label, exact=True).select_option(label=option)
    elif kind == "gap":
        for label, text in answer.items():
            root.get_by_label(label).fill(text)


def check(root):
    root.locator("[type=submit]").click()
    return root.get_by_role("status").inner_text()


def sort(root, names):
    """Bring the rows into this order with the buttons alone."""
    rows = root.locator("li[data-id]")
    for place, name in enumerate(names):
        while not rows.nth(place).inner_text().startswith(name):
            root.get_by_role("button", name=f"Up: {name}").click()


ANSWERS = [
    ("choice", "The centre did.", "Not yet. Count the levels again."),
    ("choice", "Its first secretary did.", "Right. Yes."),
    ("several", ["The county", "The village"], "Not yet."),
    ("several", ["The county"], "Partly right. What you chose fits, and something is still missing."),
    ("several", ["The county", "The province", "The regional bureau"], "Right."),
    ("number", "7", "Not yet. That is one week."),
    ("number", "31", "Not yet. Count January first, then February."),
    ("number", "28 days", "Right. Both ends count."),
    ("exact-number", "7 118", "Right. So one account has it."),
    ("match", {"A county": "two people", "A province": "five people"}, "Not yet."),
    ("match", {"A county": "two people"}, "Partly right."),
    (
        "match",
        dict(zip(["A county", "A province", "A regional bureau"], ["two people", *["four people"] * 2], strict=True)),
        "Right.",
    ),
    ("gap", {"Gap 1": "twelve"}, "Not yet."),
    ("gap", {"Gap 1": " Eleven ", "Gap 2": "Běijīng", "Gap 3": "七千人大会"}, "Right."),
]


@pytest.mark.parametrize(("kind", "answer", "said"), ANSWERS)
def test_an_answer_is_marked_and_explained_at_once(plain_page, kind, answer, said):
    page = plain_page()
    root = show(page, kind)
    expect(root.get_by_role("status")).to_be_empty()
    give(root, "number" if kind == "exact-number" else kind, answer)
    assert check(root).startswith(said)
    expect(root.locator(".cadres-where")).to_have_text(WAITING)
    assert page.errors == []


def test_rows_are_put_in_order_by_keyboard(plain_page):
    page = plain_page()
    root = show(page, "order")
    sort(root, ["The conference opens.", "Liu speaks.", "The conference closes."])
    assert check(root).startswith("Partly right. Two neighbours have changed places.")
    up = root.get_by_role("button", name="Up: The venting begins.")
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(root.locator("[aria-live]").first).to_have_text("The venting begins. Now 3 of 4.")
    said = check(root)
    assert said.startswith("Right.")
    assert "The venting begins. 29 January." in said


def test_radio_buttons_are_worked_by_keyboard_alone(plain_page):
    page = plain_page()
    root = show(page, "choice")
    page.keyboard.press("Tab")
    for key in ("Space", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(root.get_by_role("status")).to_have_text("Right. Yes.")
    expect(root.get_by_role("radio").nth(1)).to_be_focused()


def test_keys_stay_inside_but_for_escape(plain_page):
    page = plain_page()
    page.evaluate("window.keys = []; document.addEventListener('keydown', (event) => window.keys.push(event.key))")
    show(page, "choice").get_by_role("radio").first.focus()
    for key in ("a", "ArrowDown", "Escape"):
        page.keyboard.press(key)
    assert page.evaluate("window.keys") == ["Escape"]


def test_no_answer_is_no_attempt(plain_page):
    page = plain_page()
    for kind in KINDS:
        if kind != "order":
            assert check(show(page, kind)) == "Give an answer first."
    root = show(page, "number")
    give(root, "number", "many")
    assert check(root) == "Write one number in figures, such as 28 or 2.5."
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('waiting'))") == []


def test_the_hint_opens_and_says_so(plain_page):
    root = show(plain_page(), "choice")
    hint = root.get_by_role("button", name="Hint")
    expect(root.get_by_text("Who signed the reports?")).to_be_hidden()
    hint.click()
    expect(root.get_by_text("Who signed the reports?")).to_be_visible()
    expect(hint).to_have_attribute("aria-expanded", "true")


def test_the_answer_is_shown_only_after_two_attempts(plain_page):
    root = show(plain_page(), "choice")
    give(root, "choice", "The centre did.")
    check(root)
    check(root)  # the same answer again is not another attempt
    show_answer = root.get_by_role("button", name="Show the answer")
    expect(show_answer).to_be_hidden()
    give(root, "choice", "Nobody did.")
    assert check(root).endswith("Attempt 2.")
    show_answer.click()
    expect(root.get_by_role("status")).to_contain_text("Its first secretary did. Yes.")


def test_a_survey_shows_no_mark_and_keeps_start_and_end_apart(plain_page):
    page = plain_page()
    start = show(page, "survey", occasion="start")
    give(start, "survey", "Floods")
    assert check(start) == "Thank you. Your answer is kept."
    assert start.get_attribute("data-result") == "kept"
    end = show(page, "survey", occasion="end")
    expect(end.get_by_label("Floods")).not_to_be_checked()
    give(end, "survey", "Policy above all")
    check(end)
    items = page.evaluate("Object.entries(localStorage)")
    waiting = [json.loads(text) for name, text in items if name.startswith("cadres-edu:waiting:")]
    assert {(one["occasion"], one["answer"]) for one in waiting} == {("start", "weather"), ("end", "policy")}


def test_the_model_answer_comes_after_enough_words(plain_page):
    page = plain_page()
    root = show(page, "open")
    model = root.get_by_role("button", name="Show a model answer")
    expect(model).to_be_disabled()
    give(root, "open", "word " * 59)
    expect(root.get_by_text("So far: 59.")).to_be_visible()
    expect(model).to_be_disabled()
    assert "There is room for more" in check(root)
    give(root, "open", "word " * 60)
    expect(root.get_by_text("First paragraph.")).to_be_hidden()
    model.click()
    expect(root.get_by_text("First paragraph.")).to_be_visible()
    root.get_by_role("radio", name="one with its source").check()
    assert check(root) == "Your answer is kept."
    page.reload()
    page.wait_for_function("window.ready")
    again = show(page, "open")
    expect(again.get_by_label("Your answer")).to_have_value(("word " * 60).strip())
    expect(again.get_by_role("radio", name="one with its source")).to_be_checked()


def test_half_written_words_outlive_the_page(plain_page):
    page = plain_page()
    give(show(page, "open"), "open", "Half a sent")
    page.reload()
    page.wait_for_function("window.ready")
    expect(show(page, "open").get_by_label("Your answer")).to_have_value("Half a sent")


def test_answers_stand_after_a_reload_and_in_a_second_tab(plain_page):
    page = plain_page()
    root = show(page, "choice")
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_function("window.ready")
    there = show(other, "choice")
    give(root, "choice", "Nobody did.")
    check(root)
    expect(there.get_by_label("Nobody did.")).to_be_checked()
    expect(there.get_by_role("status")).to_have_text("Not yet. Somebody signed.")
    page.reload()
    page.wait_for_function("window.ready")
    expect(show(page, "choice").get_by_label("Nobody did.")).to_be_checked()


def test_saved_is_said_when_the_kernel_says_so_and_each_answer_goes_once(plain_page):
    page = plain_page()
    dead = show(page, "choice")
    give(dead, "choice", "Nobody did.")
    check(dead)
    expect(dead.locator(".cadres-where")).to_have_text(WAITING)
    show(page, "number", kernel=KERNEL)
    show(page, "several", kernel=KERNEL)
    expect(dead.locator(".cadres-where")).to_have_text(SAVED)
    file = page.evaluate("window.file")
    assert [(one["question"], one["answer"], one["who"]) for one in file] == [("03/called", "none", "")]
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.includes('waiting'))") == []
    give(dead, "choice", "The centre did.")
    check(dead)
    expect(dead.locator(".cadres-where")).to_have_text(SAVED)
    assert page.evaluate("window.file.at(-1).who") == "k7f3q2"


def test_a_failure_is_told_in_words_and_tried_again(plain_page):
    page = plain_page()
    kernel = f"""(message) => message.do === "record" && !window.room
      ? {{ failed: message.key, why: "The disk is full." }} : ({KERNEL})(message)"""
    root = show(page, "choice", kernel=kernel)
    give(root, "choice", "Nobody did.")
    check(root)
    where = root.locator(".cadres-where")
    expect(where).to_have_text("Not in your file yet: The disk is full. Your answer is kept in this browser.")
    page.evaluate("window.room = true")
    expect(where).to_have_text(SAVED, timeout=15_000)
    assert len(page.evaluate("window.file")) == 1


def test_an_answer_waits_for_another_kernel_when_its_own_is_gone(plain_page):
    page = plain_page()
    root = show(page, "choice", kernel=KERNEL)
    page.evaluate("things[0].model.kernel = null")
    give(root, "choice", "Nobody did.")
    check(root)
    expect(root.locator(".cadres-where")).to_have_text(WAITING)
    page.wait_for_timeout(600)
    show(page, "number", kernel=KERNEL)
    expect(root.locator(".cadres-where")).to_have_text(SAVED, timeout=2_000)  # at once, not at the next attempt


def test_the_later_of_file_and_browser_is_shown(plain_page):
    page = plain_page()
    root = show(page, "choice")
    give(root, "choice", "Nobody did.")
    check(root)
    old = {"03/called": {"answer": "all", "result": "wrong", "at": "2020-01-01T00:00:00Z", "attempts": 4}}
    new = {"03/called": {"answer": "most", "result": "right", "at": "2099-01-01T00:00:00Z", "attempts": 5}}
    expect(show(page, "choice", state={"saved": old}).get_by_label("Nobody did.")).to_be_checked()
    later = show(page, "choice", state={"saved": new})
    expect(later.get_by_label("Its first secretary did.")).to_be_checked()
    expect(later.locator(".cadres-where")).to_have_text(SAVED)


def test_starting_over_empties_the_question(plain_page):
    page = plain_page()
    root = show(page, "choice", kernel=KERNEL)
    give(root, "choice", "Nobody did.")
    check(root)
    expect(root.locator(".cadres-where")).to_have_text(SAVED)
    page.evaluate("things[0].model.tell('msg:custom', { who: 'k7f3q2', since: new Date().toISOString() })")
    expect(root.get_by_label("Nobody did.")).not_to_be_checked()
    expect(root.get_by_role("status")).to_be_empty()


def test_another_learner_begins_with_empty_questions(plain_page):
    page = plain_page()
    root = show(page, "choice", kernel=KERNEL)
    give(root, "choice", "Nobody did.")
    check(root)
    expect(root.locator(".cadres-where")).to_have_text(SAVED)
    page.evaluate("things[0].model.tell('msg:custom', { who: 'zzz999', since: '' })")
    expect(root.get_by_label("Nobody did.")).not_to_be_checked()
    page.evaluate("things[0].model.tell('msg:custom', { who: 'k7f3q2', since: '' })")
    expect(root.get_by_label("Nobody did.")).to_be_checked()


def test_the_last_learner_of_this_browser_is_remembered_but_not_in_anothers_folder(plain_page):
    page = plain_page()
    root = show(page, "choice", kernel=KERNEL)
    give(root, "choice", "Nobody did.")
    check(root)
    expect(root.locator(".cadres-where")).to_have_text(SAVED)
    page.reload()
    page.wait_for_function("window.ready")
    expect(show(page, "choice").get_by_label("Nobody did.")).to_be_checked()
    elsewhere = show(page, "choice", state={"who": "-"})
    expect(elsewhere.get_by_label("Nobody did.")).not_to_be_checked()
    give(elsewhere, "choice", "The centre did.")
    check(elsewhere)
    items = page.evaluate("Object.entries(localStorage)")
    assert [json.loads(text)["who"] for name, text in items if ":waiting:" in name] == [""]


def test_a_browser_that_stores_nothing_is_no_reason_to_fail(plain_page):
    page = plain_page()
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    root = show(page, "choice")
    give(root, "choice", "Nobody did.")
    assert check(root).startswith("Not yet.")
    expect(root.locator(".cadres-where")).to_contain_text("Kept on this page only")
    show(page, "number", kernel=KERNEL)
    expect(root.locator(".cadres-where")).to_have_text(SAVED)


def test_a_kept_answer_that_no_longer_fits_breaks_nothing(plain_page):
    page = plain_page()
    gone = {"answer": {"an": "old form"}, "result": "wrong", "at": "2026-01-01T00:00:00Z", "attempts": 1}
    for kind in KINDS:
        root = show(page, kind, state={"saved": {PAGES[kind]["id"]: gone}})
        expect(root.locator("[type=submit]")).to_be_visible()
    assert page.errors == []


def test_text_is_never_taken_for_html(plain_page):
    page = plain_page()
    bad = '<img src="x" onerror="window.hit = 1"><b>bold</b>'
    one = json.loads(json.dumps(PAGES["choice"]).replace("The centre did.", json.dumps(bad)[1:-1]))
    page.evaluate("(one) => show('quiz', { questions: [one] })", one)
    expect(page.get_by_label(bad)).to_be_visible()
    assert page.locator("img, b").count() == 0
    assert page.evaluate("window.hit") is None


def test_chinese_is_marked_as_such(plain_page):
    root = show(plain_page(), "choice")
    assert root.locator("[lang=zh-Hans]").first.inner_text() == "县"


def answered(page):
    """All kinds, with a wrong answer to each, the hint and the model answer open."""
    roots = {kind: show(page, kind) for kind in KINDS}
    wrong = {"choice": "Nobody did.", "several": ["The village"], "number": "7", "gap": {"Gap 1": "12"}}
    wrong |= {"match": {"A county": "five people"}, "open": "word " * 70, "survey": "Floods"}
    for kind, root in roots.items():
        give(root, kind, wrong.get(kind, []))
        check(root)
    roots["choice"].get_by_role("button", name="Hint").click()
    roots["open"].get_by_role("button", name="Show a model answer").click()


@pytest.mark.parametrize("width", [360, 320])  # 320: a window of 640 pixels at 200 %
def test_nothing_runs_out_of_a_narrow_window(plain_page, width):
    page = plain_page(width=width)
    answered(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert (
        page.evaluate(
            "[...document.querySelectorAll('.cadres *')].filter((one) => one.scrollWidth > one.clientWidth + 1"
            " && getComputedStyle(one).overflowX === 'auto').length"
        )
        == 0
    )


CONTRAST = """() => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [red, green, blue] = parts(colour).map((c) => linear(c / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (one) => {
    while (one && (parts(getComputedStyle(one).backgroundColor)[3] ?? 1) === 0) one = one.parentElement;
    return one ? getComputedStyle(one).backgroundColor : "rgb(255, 255, 255)";
  };
  const ratio = (one) => {
    const [a, b] = [getComputedStyle(one).color, ground(one)].map(light);
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const own = (one) => [...one.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  const shown = (one) => one.checkVisibility() && !one.disabled && (one.value || own(one));
  const weak = [...document.querySelectorAll("main *")].filter((one) => shown(one) && ratio(one) < 4.5);
  return weak.map((one) => one.outerHTML);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(plain_page, scheme):
    page = plain_page(color_scheme=scheme)
    answered(page)
    assert page.evaluate(CONTRAST) == []
    page.evaluate("document.querySelector('.cadres-where').style.color = 'rgb(128, 128, 128)'")
    assert len(page.evaluate(CONTRAST)) == 1  # the measure does measure


def test_controls_are_large_enough_to_hit(plain_page):
    page = plain_page(width=360)
    answered(page)
    hit = "button, select, input[type=text], textarea, .cadres-option, td label"
    boxes = [one.bounding_box() for one in page.locator(hit).all() if one.is_visible()]
    assert len(boxes) > 30
    assert min(min(box["width"], box["height"]) for box in boxes) >= 24


def test_on_paper_a_question_is_a_sheet_to_fill_in(plain_page):
    page = plain_page()
    answered(page)
    page.emulate_media(media="print")
    assert [one.inner_text() for one in page.locator("button").all() if one.is_visible()] == []
    assert not page.get_by_role("status").first.is_visible()
    assert page.get_by_label("The centre did.").is_visible()


def test_every_control_has_a_name(plain_page):
    page = plain_page()
    answered(page)
    tree = page.locator("main").aria_snapshot()
    assert re.findall(r"- (?:textbox|combobox|radio|checkbox|button)(?=$|[:\s]+\[|:)", tree, re.MULTILINE) == []
    assert "group" in tree
