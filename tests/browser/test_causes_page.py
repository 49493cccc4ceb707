"""Chains of causes on a plain page: linked by keyboard, refused, kept, and compared as set arithmetic has it."""

import json

import pytest

from cadres_edu import archive, lesson
from cadres_edu.reasoning import LABELS, Chain
from cadres_edu.widgets import causes

EVENTS = [
    "tenth-plenum",
    "first-ten-points",
    "khrushchev-falls",
    "mao-liu-clash",
    "twenty-three-articles",
    "hai-rui-critique",
    "may-notification",
]
MINE = [  # in the order in which the page lists them
    ("tenth-plenum", "first-ten-points", "condition"),
    ("first-ten-points", "mao-liu-clash", "condition"),
    ("mao-liu-clash", "twenty-three-articles", "cause"),
    ("twenty-three-articles", "hai-rui-critique", "coincidence"),  # joins no pieces
    ("hai-rui-critique", "may-notification", "trigger"),
]
WHY = "a reason of just five"
AUTHORS = list(dict.fromkeys(one.historian for one in archive.everything(Chain)))


@pytest.fixture
def data(tmp_path, monkeypatch):
    """What the notebook's own call gives the page."""
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    yield json.loads(json.dumps(lesson.causes().data, sort_keys=True))  # as a stored notebook has it
    archive.use(None)


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('causes', data, state)", [data, state or {}])
    return page.locator(".cadres-causes").last


def answer(events=EVENTS, links=MINE, **more):
    made = [{"from": one, "to": two, "label": label, "reason": WHY, "late": False} for one, two, label in links]
    return {"v": 1, "events": list(events), "links": made, "compared": False, "author": AUTHORS[0]} | more


def answered(**more):
    return {"who": "mei", "saved": {"08/causes": {"answer": answer(**more), "at": "2026-01-01", "attempts": 1}}}


def kept(page):
    found = page.evaluate("() => localStorage['cadres-edu:answers::08/causes']")
    return json.loads(found)["answer"]


def pick(thing, *events):
    for name in events:
        thing.get_by_role("checkbox", name=causes.CARDS[name]).check()


def link(thing, first, then, label, reason=WHY):
    for name, value in (("From", first), ("To", then)):
        thing.get_by_role("combobox", name=name, exact=True).select_option(value)
    if label:
        thing.get_by_role("radio", name=label).check()
    thing.get_by_role("textbox").fill(reason)
    thing.get_by_role("button", name="Add this link").click()


def chosen(thing):
    return thing.get_by_role("status").nth(0).inner_text()


def said(thing):
    return thing.get_by_role("status").nth(1).inner_text()


def shown(thing):
    return thing.get_by_role("status").nth(2).locator("p").all_inner_texts()


def sentences(thing):
    return (
        thing.get_by_role("listitem").filter(has=thing.page.get_by_role("button", name="Take back")).all_inner_texts()
    )


def compare(thing):
    thing.get_by_role("button", name="Compare with three authors").click()


def choose(thing, who):
    thing.get_by_role("radio", name=who).check()


def theirs(thing):
    return thing.locator("ol[type=a] > li")


def drawn(thing, side):
    """The curves on a side of the drawing: the class of each, which is its label, and its mark."""
    svg = thing.locator(".cadres-picture > svg").nth(side)
    lines = [one.get_attribute("class") for one in svg.locator("path:not(.cadres-head)").all()]
    marks = svg.locator("text").all_text_contents()
    return [(name.removeprefix("cadres-"), mark) for name, mark in zip(lines, marks, strict=True)]


def chains():
    return {who: [one for one in archive.everything(Chain) if one.historian == who] for who in AUTHORS}


def pieces(links):
    """How many pieces links make, by joining the first two that touch until none do."""
    groups = [{one, two} for one, two, label in links if label != "coincidence"]
    while joined := next(((a, b) for a in groups for b in groups if a is not b and a & b), None):
        groups = [one for one in groups if one not in joined] + [joined[0] | joined[1]]
    return len(groups)


def many(number, thing):
    return f"{number} {thing}{'' if number == 1 else 's'}"


def summary(who, mine, events):
    """What the page must say beside an author's chain."""
    by_link = {who: {(one.from_event, one.to_event): one.label for one in rows} for who, rows in chains().items()}
    own = {(one, two): label for one, two, label in mine}
    author = by_link[who]
    shared = own.keys() & author.keys()
    alike = [one for one in shared if own[one] == author[one]]
    every = set().union(*by_link.values())
    alone = [str(list(own).index(one) + 1) for one in own if one not in every]
    none = set(events) - {end for one in every for end in one}
    number = pieces([(*one, label) for one, label in author.items()])
    shares = f"{len(shared)} of them, {len(alike)} with the same label. Not in yours: {len(author.keys() - own.keys())}"
    apart = [label for name, label in causes.CARDS.items() if name in none]
    return [
        f"{who}: {many(len(author), 'link')} in {many(number, 'piece')}. You share {shares}.",
        f"Links of yours that none of the three has: {', '.join(alone) or 'none'}.",
        f"Events of yours in none of the three: {', '.join(apart) or 'none'}.",
        f"Links of yours that rest on what was said afterwards: 0 of {len(mine)}.",
    ]


def test_at_the_start_all_cards_stand_in_order_of_time_and_nothing_of_the_authors(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    names = [one.strip() for one in thing.locator("details li label").all_inner_texts()]
    assert names == [causes.CARDS[row[0]] for row in data["cards"]]
    assert thing.locator("details li a").count() == len(names)
    text = thing.inner_text()
    assert causes.ABOUT in text and causes.LEAVES_OUT in text and f"{causes.LATE}." in text
    for name, means in LABELS.items():
        assert f"{name}: {means}" in text
    assert not any(who in text for who in AUTHORS) and not thing.locator(".cadres-picture").is_visible()
    assert chosen(thing) == "Chosen: 0. 6 to 10 are asked for."
    assert page.errors == []


def test_a_chain_is_made_by_keyboard_alone(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    keys = page.keyboard
    thing.locator("summary").focus()
    for row in data["cards"]:  # Tab goes to a box and then to the link of its date
        keys.press("Tab")
        if row[0] in EVENTS[:3]:
            keys.press("Space")
        keys.press("Tab")
    assert chosen(thing) == "Chosen: 3. 6 to 10 are asked for."
    keys.press("Tab")
    keys.type("Tenth")
    keys.press("Tab")
    keys.type("First")
    keys.press("Tab")
    keys.press("Space")  # the first label
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.type("it needed somebody to fight")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Tab")
    keys.press("Enter")
    expected = "“Tenth Plenum” made possible “First Ten Points” (condition): it needed somebody to fight"
    assert [one.split(" said afterwards")[0] for one in sentences(thing)] == [expected]
    assert "said afterwards" in sentences(thing)[0]
    assert said(thing) == "Link 1 of 1 is in your chain."
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "From"
    assert page.errors == []


def test_links_are_listed_as_sentences_and_drawn_in_order_of_time(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    pick(thing, *reversed(EVENTS))
    for one in reversed(MINE):
        link(thing, *one)
    verbs = {name: says for name, _, says in data["labels"]}
    expected = [
        f"“{causes.CARDS[one]}” {verbs[label]} “{causes.CARDS[two]}” ({label}): {WHY} Take back"
        for one, two, label in MINE
    ]
    assert sentences(thing) == expected
    cards = thing.locator(".cadres-picture li a").all_inner_texts()
    assert cards == [causes.CARDS[row[0]] for row in data["cards"] if row[0] in EVENTS]
    assert drawn(thing, 0) == [(label, str(at + 1)) for at, (_, _, label) in enumerate(MINE)]
    assert thing.locator(".cadres-picture .cadres-head:not([d=''])").count() == 4  # a coincidence has no direction
    assert "Your chain: 5 links in 2 pieces. Chosen and not linked: Khrushchev is removed." in thing.inner_text()
    assert page.errors == []


def test_a_curve_leads_from_the_one_card_to_the_other(plain_page, data):
    page = plain_page()
    thing = show(page, data, answered(links=[MINE[2], MINE[4]], compared=True, author=AUTHORS[2]))
    rows = thing.locator(".cadres-picture li")
    boxes = {one.locator("a").inner_text(): one.bounding_box() for one in rows.all()}
    ends = [("Mao and Liu clash", "Twenty-three Articles"), ("Article on the play", "May 16 Notification")]
    own = thing.locator(".cadres-picture > svg").first
    other = thing.locator(".cadres-picture > svg").last
    curves = [*own.locator("path:not(.cadres-head)").all(), other.locator("path:not(.cadres-head)").last]
    for curve, (first, then) in zip(curves, [*ends, ends[1]], strict=True):
        script = """one => [0, one.getTotalLength()].map(at => {
            const {x, y} = one.getPointAtLength(at), box = one.ownerSVGElement.getBoundingClientRect();
            return [box.x + x, box.y + y]; })"""
        for (x, y), name in zip(curve.evaluate(script), (first, then), strict=True):
            box = boxes[name]
            assert box["y"] < y < box["y"] + box["height"], name
            assert min(abs(x - box["x"]), abs(x - box["x"] - box["width"])) < 1.5, name


@pytest.mark.parametrize(
    ("first", "then", "label", "reason", "why"),
    [
        ("", "tenth-plenum", "cause", WHY, "Choose the two events first."),
        ("tenth-plenum", "tenth-plenum", "cause", WHY, "An event can’t lead to itself."),
        ("tenth-plenum", "first-ten-points", "", WHY, "Choose a label."),
        (
            "first-ten-points",
            "tenth-plenum",
            "condition",
            WHY,
            "“Tenth Plenum” was over (24–27 Sep 1962) before “First Ten Points” began (2–20 May 1963). Nothing works",
        ),
        ("tenth-plenum", "first-ten-points", "cause", " four words  are four ", "Give a reason in 5 words or more."),
        ("mao-liu-clash", "twenty-three-articles", "trigger", WHY, "You have a link from the one to the other."),
    ],
)
def test_what_can_not_be_a_link_is_refused_with_the_reason_and_stays_to_be_mended(
    plain_page, data, first, then, label, reason, why
):
    page = plain_page()
    thing = show(page, data, answered(links=[MINE[2]]))
    link(thing, first, then, label, reason)
    assert said(thing).startswith(why)
    assert len(sentences(thing)) == 1
    assert thing.get_by_role("textbox").input_value() == reason
    assert thing.get_by_role("combobox", name="To", exact=True).input_value() == then


def test_no_link_goes_back_in_time_and_every_other_is_taken(plain_page, data):
    """All pairs of three events that follow each other or overlap."""
    three = ["household-contracting-spreads", "tenth-plenum", "work-teams"]
    days = {name: archive.record(f"event:{name}") for name in three}
    thing = show(plain_page(), data, answered(events=three, links=[]))
    taken = 0
    for first in three:
        for then in three:
            link(thing, first, then, "cause")
            taken += first != then and days[first].first <= days[then].last
            assert len(sentences(thing)) == taken, (first, then)
    assert taken == 4


def test_a_coincidence_has_no_direction_and_is_written_in_order_of_time(plain_page, data):
    thing = show(plain_page(), data, answered(links=[]))
    link(thing, "mao-liu-clash", "khrushchev-falls", "coincidence")
    assert sentences(thing)[0].startswith(
        "“Khrushchev is removed” fell together with “Mao and Liu clash” (coincidence)"
    )
    link(thing, "khrushchev-falls", "mao-liu-clash", "coincidence")
    assert said(thing).startswith("You have a link") and len(sentences(thing)) == 1


def test_a_link_taken_back_is_in_the_form_again_and_a_half_written_one_is_not_lost(plain_page, data):
    page = plain_page()
    thing = show(page, data, answered())
    thing.get_by_role("textbox").fill("half a reason")
    thing.get_by_role("button", name="Take back link 1").click()
    assert said(thing).startswith("Add the link that you are writing first") and len(sentences(thing)) == 5
    thing.get_by_role("textbox").fill("")
    thing.get_by_role("button", name="Take back link 1").click()
    assert len(sentences(thing)) == 4 and thing.get_by_role("textbox").input_value() == WHY
    assert thing.get_by_role("radio", name="condition").is_checked()
    again = show(page, data, answered(links=MINE[1:]))  # before it is added again the page is opened anew
    assert again.get_by_role("textbox").input_value() == WHY
    again.get_by_role("radio", name="cause").check()
    again.get_by_role("button", name="Add this link").click()
    assert "“First Ten Points” (cause)" in sentences(again)[0] and len(sentences(again)) == 5
    assert again.get_by_role("textbox").input_value() == ""
    assert page.evaluate("() => Object.keys(localStorage).filter(name => name.includes('draft'))") == []


def test_ten_events_at_most_and_none_that_a_link_needs_is_given_up(plain_page, data):
    thing = show(plain_page(), data, answered(events=list(causes.CARDS)[:10], links=MINE[:2]))
    thing.locator("summary").click()
    box = thing.get_by_role("checkbox", name="Eleventh Plenum")
    box.click()
    assert not box.is_checked() and chosen(thing) == "10 events at most. Give up another one first."
    box = thing.get_by_role("checkbox", name="First Ten Points")
    box.click()
    assert box.is_checked()
    assert chosen(thing) == "“First Ten Points” stands in 2 links of yours. Take them back first."
    thing.get_by_role("checkbox", name="Later Ten Points").click()
    assert chosen(thing) == "Chosen: 9. 6 to 10 are asked for."


def test_chains_are_compared_only_once_there_is_enough(plain_page, data):
    page = plain_page()
    thing = show(page, data, answered(events=EVENTS[:5], links=MINE[:3]))
    button = thing.get_by_role("button", name="Compare with three authors")
    assert button.get_attribute("aria-disabled") == "true"
    button.click(force=True)
    words = thing.get_by_role("status").nth(2)
    assert words.inner_text() == "To compare you need at least 6 events (you have 5) and 5 links (you have 3)."
    assert not any(who in thing.inner_text() for who in AUTHORS)
    thing.locator("summary").click()
    pick(thing, "hai-rui-critique", "may-notification")
    button.click(force=True)
    assert words.inner_text() == "To compare you need at least 5 links (you have 3)."
    for one in MINE[3:]:
        link(thing, *one)
    assert button.get_attribute("aria-disabled") == "false"
    button.click(force=True)
    assert thing.get_by_role("radio", name=AUTHORS[0]).is_checked() and not button.is_visible()
    assert page.evaluate("document.activeElement.type") == "radio"


@pytest.mark.parametrize("who", AUTHORS)
def test_the_comparison_is_the_set_arithmetic_of_the_chains(plain_page, data, who):
    page = plain_page()
    thing = show(page, data, answered())
    compare(thing)
    choose(thing, who)
    assert shown(thing) == summary(who, MINE, EVENTS)
    own = {(one, two): label for one, two, label in MINE}
    for item, row in zip(theirs(thing).all(), chains()[who], strict=True):
        label = own.get((row.from_event, row.to_event))
        tag = "not in yours" if label is None else "you too" if label == row.label else f"you say {label}"
        text = item.inner_text()
        assert text.startswith(f"“{causes.CARDS[row.from_event]}” ") and f"“{causes.CARDS[row.to_event]}” " in text
        assert f"({row.label}): {row.reason}" in text and row.note in text and text.endswith(tag)
    assert drawn(thing, 0) == [(label, str(at + 1)) for at, (_, _, label) in enumerate(MINE)]
    assert drawn(thing, 1) == [(row.label, chr(97 + at)) for at, row in enumerate(chains()[who])]
    only = {end for row in chains()[who] for end in (row.from_event, row.to_event)} - set(EVENTS)
    dashed = thing.locator(".cadres-picture .cadres-other a").all_inner_texts()
    assert dashed == [causes.CARDS[row[0]] for row in data["cards"] if row[0] in only]
    assert causes.THEIRS in thing.inner_text()
    assert page.errors == []


@pytest.mark.parametrize("who", AUTHORS)
def test_a_chain_that_is_an_authors_own_is_shared_whole(plain_page, data, who):
    links = [(one.from_event, one.to_event, one.label) for one in chains()[who]]
    events = dict.fromkeys(end for one in links for end in one[:2])
    thing = show(plain_page(), data, answered(events=events, links=links, compared=True, author=who))
    assert shown(thing) == summary(who, links, events)
    assert f"You share {len(links)} of them, {len(links)} with the same label. Not in yours: 0." in shown(thing)[0]
    assert {one.inner_text().rpartition(" ")[2] for one in theirs(thing).all()} == {"too"}


def test_the_comparison_follows_the_chain(plain_page, data):
    thing = show(plain_page(), data, answered(compared=True, author="Wang Haiguang"))
    assert "You share 2 of them, 1 with the same label. Not in yours: 2." in shown(thing)[0]
    thing.get_by_role("button", name="Take back link 1").click()
    thing.get_by_role("radio", name="cause").check()
    thing.get_by_role("button", name="Add this link").click()
    assert "You share 2 of them, 2 with the same label. Not in yours: 2." in shown(thing)[0]


def test_what_was_done_is_kept_and_there_again(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    pick(thing, *EVENTS)
    for one in MINE[1:]:
        link(thing, *one)
    thing.get_by_role("checkbox", name=causes.LATE).check()
    link(thing, *MINE[0])
    compare(thing)
    choose(thing, "Wang Haiguang")
    page.wait_for_timeout(1500)
    expected = answer(compared=True, author="Wang Haiguang")
    expected["links"][0]["late"] = True
    assert kept(page) == expected
    told = shown(thing), sentences(thing), theirs(thing).all_inner_texts(), drawn(thing, 0)
    assert told[0][-1] == "Links of yours that rest on what was said afterwards: 1 of 5."
    page.evaluate("() => localStorage.clear()")
    state = {"who": "mei", "saved": {"08/causes": {"answer": expected, "at": "2026-01-01", "attempts": 1}}}
    again = show(page, data, state)
    assert (shown(again), sentences(again), theirs(again).all_inner_texts(), drawn(again, 0)) == told
    assert again.get_by_role("radio", name="Wang Haiguang").is_checked()
    assert page.errors == []


def test_what_was_kept_of_cards_that_are_gone_does_no_harm(plain_page, data):
    page = plain_page()
    old = [*MINE, ("gone", "mao-liu-clash", "cause"), ("tenth-plenum", "mao-liu-clash", "reason")]
    thing = show(page, data, answered(events=["gone", *EVENTS], links=old, compared=True, author="Gone"))
    assert len(sentences(thing)) == 5 and chosen(thing).startswith("Chosen: 7.")
    assert shown(thing) == summary(AUTHORS[0], MINE, EVENTS) and "undefined" not in thing.inner_text()
    assert page.errors == []


def test_it_fits_a_narrow_window_and_no_card_runs_over(plain_page, data):
    page = plain_page(360)
    every = list(causes.CARDS)
    for events in (every[:10], every[10:20], [*every[-1:], *every[:9]]):
        thing = show(page, data, answered(events=events, links=[], compared=True))
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        for card in thing.locator(".cadres-picture li").all():
            assert card.evaluate("one => one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth")
            height = card.evaluate(
                "one => [...one.children].reduce((all, part) => Math.max(all, part.offsetTop + part.offsetHeight), 0)"
            )
            assert height <= card.evaluate("one => one.offsetTop + one.offsetHeight")
