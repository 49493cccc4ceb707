"""Every thing in the lessons by keyboard alone: each control reached, seen and left, each thing taken to its result."""

import itertools

import pytest
from conftest import ADDRESS
from hands import Hands
from walks import WALKS, practice, put_in_order

# ---- What holds for every thing, whatever it shows. ----

NATIVE = {"A", "BUTTON", "INPUT", "SELECT", "SUMMARY", "TEXTAREA"}
HEARD = {"change", "click", "input", "keydown", "submit", "toggle"}


def listeners(page):
    """The kind of event and the element, of every listener in the page."""
    tools = page.context.new_cdp_session(page)
    root = tools.send("DOM.getDocument", {"depth": -1})["root"]
    names, heap = {}, [root]
    while heap:
        one = heap.pop()
        names[one["backendNodeId"]] = one["nodeName"]
        heap += one.get("children", [])
    whole = tools.send("Runtime.evaluate", {"expression": "document"})["result"]["objectId"]
    found = tools.send("DOMDebugger.getEventListeners", {"objectId": whole, "depth": -1})["listeners"]
    return {(one["type"], names[one["backendNodeId"]]) for one in found}


def faults_of(look):
    """What keeps somebody from seeing where the focus is."""
    thin, pale, same = look["wide"] < 2, look["contrast"] < 3, not look["changed"]
    faults = {"thin": thin, "pale": pale, "same as without": same, **look["hidden"]}
    return [name for name, found in faults.items() if found]


def is_sound(hands):
    """Whether all that can be worked on a page is reached, seen, left and worked by keys."""
    page = hands.page
    found = listeners(page)
    assert {name for event, name in found if event == "click"} <= NATIVE
    assert {event for event, _ in found} <= HEARD
    assert page.locator("main [draggable=true], main [tabindex]:not([tabindex='0'], [tabindex='-1'])").count() == 0
    named = page.evaluate("keys.number()")
    seen = []
    while len(seen) <= len(named):
        hands.keys.press("Tab")
        look = page.evaluate("keys.look()")
        if look["at"] == "after":
            break
        seen.append(look)
    assert [look["at"] for look in seen] == list(range(len(named))), [look["named"] for look in seen]
    assert [(look["named"], faults) for look in seen if (faults := faults_of(look))] == []
    for first, then in itertools.pairwise(seen):
        assert then["bottom"] > first["top"] or then["left"] >= first["right"], (first, then)
    page.evaluate("keys.trail.length = 0")
    for _ in [*named, "before"]:
        hands.keys.press("Shift+Tab")
    assert page.evaluate("keys.trail") == [*reversed(range(len(named))), "before"]
    assert page.evaluate("keys.lost()") == []
    assert page.evaluate("keys.leak()") == []
    assert page.errors == []


# ---- At first, on the walk, and at its end. ----


@pytest.mark.parametrize("kind", WALKS)
def test_every_control_at_first(work, kind):
    is_sound(work(kind, width=360))


@pytest.mark.parametrize("kind", WALKS)
def test_a_walk_by_keyboard_alone_ends_with_the_result(work, kind):
    hands = work(kind, color_scheme="dark")
    result = WALKS[kind](hands)
    assert hands.page.evaluate("keys.out") == []
    hands.press("Escape")
    assert hands.page.evaluate("keys.out") == ["Escape"]
    if hands.page.locator("main summary").count():
        hands.fold()
    assert result in hands.page.locator("main").inner_text()
    hands.page.evaluate("keys.unfold()")
    is_sound(hands)


@pytest.mark.parametrize("kind", ["days", "stances", "tiles"])
def test_arrows_lead_to_every_cell_and_home_and_end_to_the_first_and_the_last(work, kind):
    hands = work(kind)
    cells = hands.page.locator("main button:is([tabindex='0'], [tabindex='-1'])")
    first, last = cells.first.element_handle(), cells.last.element_handle()
    hands.to("button[tabindex='0']")
    for key, end in (("End", last), ("Home", first)):
        hands.press(key)
        assert hands.page.evaluate("one => one === document.activeElement && one.tabIndex === 0", end)
    assert hands.page.evaluate("keys.out_of_reach()") == []


@pytest.mark.parametrize(
    ("kind", "held", "walk", "then"),
    [
        ("practice", ".cadres-row button", practice, "text=Begin round 2"),
        ("quiz", "[data-kind=order] li:nth-child(3) button", put_in_order, "[data-kind=order][data-result=right]"),
    ],
)
def test_an_answer_given_in_another_tab_takes_no_focus_away(work, data, kind, held, walk, then):
    hands = work(kind)
    hands.to(held)
    other = hands.page.context.new_page()
    other.goto(ADDRESS)
    other.wait_for_function("window.ready")
    other.evaluate("([kind, data]) => show(kind, data)", [kind, data[kind]])
    walk(Hands(other))
    hands.page.wait_for_selector(then)
    assert hands.on(f".cadres-{kind} button")
