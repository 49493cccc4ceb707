"""1962 month by month on a plain page: ordered and stepped by keyboard, its sentences those of the records, kept."""

import itertools
import json

import pytest

from cadres_edu import archive, lesson
from cadres_edu.dates import MONTHS, bounds
from cadres_edu.widgets import months

NAMES = [f"{name} 1962" for name in MONTHS[:9]]
SIDES = ("supports", "opposes", "mixed", "silent")


@pytest.fixture
def data(tmp_path, monkeypatch):
    """What the notebook's own call gives the page."""
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    yield json.loads(json.dumps(lesson.months().data, sort_keys=True))  # as a stored notebook has it
    archive.use(None)


def right():
    """What is to be put in order, by the days of the records."""
    return sorted(months.ORDER, key=lambda name: archive.record(f"event:{name}").first)


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('months', data, state)", [data, state or {}])
    return page.locator(".cadres-months").last


def answered(**answer):
    saved = {"answer": {"v": 1, **answer}, "at": "2026-01-01", "attempts": 1}
    return {"who": "mei", "saved": {"07/months": saved}}


@pytest.fixture
def thing(plain_page, data):
    """The thing with its months open."""
    return hold(show(plain_page(), data))


def hold(thing):
    thing.get_by_role("button", name="Hold it against the records").click()
    return thing


def press(thing, name, times=1):
    for _ in range(times):
        thing.get_by_role("button", name=name).click()


def slide(thing, month):
    thing.get_by_role("slider", name="Month").fill(str(month))


def choose(thing, issue):
    thing.get_by_role("radio", name=issue).check()


def verdict(thing):
    return thing.get_by_role("status").first.inner_text()


def said(thing):
    return thing.locator("p[role=status]").inner_text()


def part(thing, heading):
    """A column's part under a heading, in words."""
    return thing.locator("div", has=thing.page.get_by_role("heading", name=heading)).last.inner_text()


def row(thing, name):
    """What the board has on a person, under `last on record`."""
    rows = thing.locator(".cadres-sides > div:last-child ul").first.get_by_role("listitem")
    return rows.filter(has=thing.page.get_by_role("link", name=name, exact=True))


def kept(page):
    return page.evaluate("() => JSON.parse(localStorage.getItem('cadres-edu:answers::07/months'))?.answer")


def labels(thing):
    return thing.locator(".cadres-order li > span").all_inner_texts()


def by_month(issue, month):
    """The records on an issue that have a month and fall by the end of it."""
    end = bounds(f"1962-{month + 1:02}")[1]
    found = [one for one in archive.positions(issue=issue) if one.date != "1962" and bounds(one.date)[1] <= end]
    return sorted(found, key=lambda one: bounds(one.date))


def test_only_the_order_is_there_at_first_and_it_has_no_dates(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    assert labels(thing) == list(months.ORDER.values())
    assert not any(name in thing.inner_text() for name in MONTHS)
    assert thing.get_by_role("slider").count() == 0 == thing.get_by_role("radio").count()
    assert thing.get_by_role("button", name="Next month").count() == 0
    assert months.LEAVES_OUT not in thing.inner_text()  # it speaks of stances, which nobody has met yet
    assert page.errors == []


def test_the_order_is_changed_by_keyboard_with_the_focus_kept_and_the_ends_said(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    last = list(months.ORDER.values())[-1]
    up = thing.get_by_role("button", name=f"Up: {last}")
    up.focus()
    for place in range(8, 0, -1):
        page.keyboard.press("Enter")
        assert thing.locator("[aria-live]").inner_text() == f"{last}: now {place} of 9."
        assert labels(thing)[place - 1] == last
        assert page.evaluate("() => document.activeElement.getAttribute('aria-label')") == f"Up: {last}"
    assert up.get_attribute("aria-disabled") == "true"
    page.keyboard.press("Enter")
    assert labels(thing)[0] == last
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert labels(thing)[1] == last and up.get_attribute("aria-disabled") == "false"
    assert page.errors == []


def test_each_pair_of_neighbours_the_wrong_way_round_is_named_with_its_dates(thing):
    shown = list(months.ORDER)
    wrong = [(a, b) for a, b in itertools.pairwise(shown) if right().index(a) > right().index(b)]
    assert f"the wrong way round: {len(wrong)} of 8." in verdict(thing)
    told = thing.get_by_role("status").first.get_by_role("listitem").all_inner_texts()
    assert len(told) == len(wrong)
    for line, pair in zip(told, wrong, strict=True):
        first, then = (f"“{months.ORDER[one]}” ({when(one)})" for one in pair)
        assert line == f"{first} stands before {then}."
        assert thing.locator(f"a[href='#event:{pair[0]}']").count()


def when(name):
    start, _, end = archive.record(f"event:{name}").when.replace(" 1962", "").partition(" to ")
    return f"{start.split()[0]}–{end}" if end else start


def test_the_right_order_is_said_to_be_the_one_of_the_records(plain_page, data):
    thing = hold(show(plain_page(), data, answered(order=right())))
    assert verdict(thing) == "Every event stands where the records have it."
    press(thing, f"Down: {months.ORDER[right()[3]]}")
    assert verdict(thing) == "The order has changed since it was held against the records."
    hold(thing)
    second, first = (f"“{months.ORDER[right()[at]]}”" for at in (3, 4))
    assert "the wrong way round: 1 of 8." in verdict(thing)
    assert f"{first} ({when(right()[4])}) stands before {second} ({when(right()[3])})." in verdict(thing)


def test_the_months_are_stepped_by_button_and_slider_and_end_at_both_ends(thing):
    page = thing.page
    slider = thing.get_by_role("slider", name="Month")
    back, on = (thing.get_by_role("button", name=f"{name} month") for name in ("Previous", "Next"))
    assert slider.get_attribute("aria-valuetext") == "January 1962"
    assert back.get_attribute("aria-disabled") == "true"
    on.focus()
    for name in NAMES[1:]:
        page.keyboard.press("Enter")
        assert slider.get_attribute("aria-valuetext") == name and said(thing).startswith(f"{name}, ")
        assert thing.get_by_role("heading", name=f"What happened in {name}").count() == 1
    assert on.get_attribute("aria-disabled") == "true"
    page.keyboard.press("Enter")
    assert said(thing).startswith("September 1962, ")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert said(thing).startswith("August 1962, ") and on.get_attribute("aria-disabled") == "false"
    page.keyboard.press("Home")
    assert said(thing).startswith("January 1962, ")


@pytest.mark.parametrize("issue", months.BOARD)
def test_the_sentence_of_each_month_is_the_one_that_the_records_give(thing, issue):
    choose(thing, issue)
    for month, name in enumerate(NAMES):
        slide(thing, month)
        found = by_month(issue, month)
        latest = {one.person: one.stance for one in found}
        new = [one for one in found if bounds(one.date)[0] >= bounds(f"1962-{month + 1:02}")[0]]
        since = f"since {MONTHS[month - 1]}" if month else "in January"
        expected = [f"{name}, {issue}. Positions on record by now: {len(found)}, people: {len(latest)}."]
        if latest:
            count = [(side, list(latest.values()).count(side)) for side in SIDES]
            expected.append(f"Last on record: {', '.join(f'{side} {number}' for side, number in count if number)}.")
        moved = "; ".join(f"{who}, from {old} to {stance}" for who, old, stance in moves(found, new))
        expected.append(f"New {since}: {len(new)}. Moved {since}: {moved or 'nobody'}.")
        assert said(thing) == " ".join(expected)


def moves(found, new):
    for one in new:
        before = [o for o in found[: found.index(one)] if o.person == one.person and o.stance != "silent"]
        if before and one.stance not in ("silent", before[-1].stance):
            yield archive.record(f"person:{one.person}").label, before[-1].stance, one.stance


def test_a_month_has_its_events_those_that_go_on_and_those_of_no_month(thing):
    press(thing, "Next month", 7)
    told = part(thing, "What happened in August 1962")
    begun, _, rest = told.partition("Goes on from before:")
    on, _, loose = rest.partition("Some time in 1962, month not on record:")
    assert "Mao writes against Deng Zihui\n12 August one work or one witness" in begun
    assert "Beidaihe work conference of 1962\nJuly to August" in on and "Beidaihe work conference" not in begun + loose
    assert "Mao writes against Deng Zihui" not in on
    assert "Household contracting spreads\n1962" in loose
    assert "cats" not in told
    press(thing, "Previous month")
    begun = part(thing, "What happened in July 1962")
    assert "Deng Zihui argues for responsibility fields before Mao\n17 July one work or one witness Weak:" in begun
    assert thing.locator("a[href='#event:cats-remark']").count() >= 1


def test_the_board_has_who_stood_where_and_says_what_moved(thing):
    press(thing, "Next month", 6)
    july = row(thing, "Deng Zihui").inner_text()
    assert "+ supports" in july and "new this month" in july
    assert "Moved from mixed (24 May) to supports (11 July)." in july
    assert "Before: supports (11 July), mixed (24 May)" in july
    press(thing, "Next month")
    august = row(thing, "Deng Zihui")
    record = archive.record("position:deng-zihui-contracting-august")
    assert "− opposes" in august.inner_text()
    assert "Moved from supports (17 July) to opposes (11 August)." in august.inner_text()
    assert record.position in august.inner_text() and record.note in august.inner_text()
    assert august.locator("a[href='#position:deng-zihui-contracting-august']").first.inner_text() == "11 August"
    earlier = archive.record("position:deng-zihui-contracting-may").position
    assert earlier not in august.inner_text()
    august.locator("summary").click()
    assert earlier in august.inner_text()
    press(thing, "Next month")
    september = row(thing, "Deng Zihui").inner_text()
    assert "Moved from supports (17 July) to opposes (11 August)." in september and "new this month" not in september


def test_who_has_no_record_by_the_month_is_named_and_a_silence_is_no_stance(thing):
    _, _, none = part(thing, "Last on record by January 1962").partition("No record by this month: ")
    assert "Zhou Enlai" in none and "Mao Zedong" in none and "Zeng Xisheng" not in none
    assert row(thing, "Mao Zedong").count() == 0
    press(thing, "Next month")
    assert "○ silent" in row(thing, "Zhou Enlai").inner_text()
    press(thing, "Next month", 5)
    zhou = row(thing, "Zhou Enlai").inner_text()
    assert "− opposes" in zhou and "Before: silent (7 February)" in zhou and "Moved" not in zhou


def test_on_class_struggle_one_man_has_a_month_and_everybody_else_is_named(thing, data):
    choose(thing, "class struggle")
    press(thing, "Next month", 6)
    everybody = ", ".join(name for _, name in data["people"])
    assert f"No record by this month: {everybody}." in part(thing, "Last on record by July 1962")
    press(thing, "Next month")
    assert row(thing, "Mao Zedong").count() == 1
    others = ", ".join(name for _, name in data["people"] if name != "Mao Zedong")
    assert f"No record by this month: {others}." in part(thing, "Last on record by August 1962")
    assert "Class struggle goes on under socialism" in thing.inner_text()


def test_records_of_the_year_alone_stand_apart_in_every_month(thing):
    loose = [one for one in archive.positions(issue="household contracting") if one.date == "1962"]
    assert len(loose) >= 3
    for month in range(len(NAMES)):
        slide(thing, month)
        apart = part(thing, "Some time in 1962")
        assert apart.count("one work or one witness") + apart.count("two or more works") >= len(loose)
        tail = thing.locator(".cadres-sides > div:last-child").inner_text().partition("Some time in 1962")
        for one in loose:
            assert one.position in tail[2] and one.position not in tail[0]
    choose(thing, "class struggle")
    assert archive.record("position:liu-class-1962").position in part(thing, "Some time in 1962")
    choose(thing, "rehabilitation")
    assert thing.get_by_role("heading", name="Some time in 1962").count() == 0


def test_the_other_clock_is_switched_on_and_has_the_month_among_its_events(thing):
    press(thing, "Next month", 7)
    assert "other clock this month" not in said(thing)
    assert thing.get_by_role("heading", name="Moscow and Beijing").count() == 0
    thing.get_by_role("checkbox", name="The other clock: Moscow and Beijing").check()
    assert said(thing).endswith("Events on the other clock this month: 1.")
    lines = thing.locator(".cadres-sides ol li").all_inner_texts()
    here = lines.index("August 1962: you are here")
    assert "9 August 1962, this month" in lines[here - 1] and "14 September 1962" in lines[here + 1]
    dated = [one for one in archive.events(theme="Sino-Soviet relations") if 1960 <= one.first.year <= 1963]
    assert len(lines) == len([one for one in dated if "-" in one.start]) + 1
    assert "Wang Jiaxiang writes for a calmer foreign policy" not in "".join(lines)
    assert "Wang Jiaxiang writes for a calmer foreign policy\n1962" in part(thing, "Moscow and Beijing")
    press(thing, "Previous month", 3)
    assert said(thing).endswith("Events on the other clock this month: 1.")  # the exodus of April and May
    press(thing, "Next month")
    assert said(thing).endswith("Events on the other clock this month: 0.")
    thing.get_by_role("checkbox", name="The other clock").uncheck()
    assert thing.locator(".cadres-sides ol").count() == 0


def test_what_was_done_is_kept_and_there_again(plain_page, data):
    page = plain_page()
    thing = hold(show(page, data))
    order = list(months.ORDER)
    press(thing, "Next month", 4)
    choose(thing, "rehabilitation")
    thing.get_by_role("checkbox", name="The other clock").check()
    page.wait_for_timeout(1500)
    expected = {"v": 1, "order": order, "held": order, "month": 4, "issue": "rehabilitation", "other": True}
    assert kept(page) == expected
    told = verdict(thing), said(thing)
    page.evaluate("() => localStorage.clear()")
    again = show(page, data, answered(**expected))
    assert page.locator(".cadres-months").count() == 2
    assert (verdict(again), said(again)) == told and said(again).startswith("May 1962, rehabilitation.")
    assert again.get_by_role("radio", name="rehabilitation").is_checked()
    assert again.get_by_role("checkbox", name="The other clock").is_checked()
    assert page.errors == []


def test_an_order_kept_of_another_list_is_completed(plain_page, data):
    page = plain_page()
    old = [right()[4], "gone", *right()[5:]]
    thing = show(page, data, answered(order=old, held=old, month=99, issue="gone"))
    assert labels(thing)[:5] == [months.ORDER[one] for one in right()[4:]] and len(labels(thing)) == 9
    assert "the wrong way round" in verdict(thing) and "undefined" not in thing.inner_text()
    assert said(thing).startswith("September 1962, household contracting.")
    assert page.errors == []


def test_it_fits_a_narrow_window_and_what_it_leaves_out_is_on_its_face(plain_page, data):
    page = plain_page(360)
    thing = hold(show(page, data))
    press(thing, "Next month", 7)
    thing.get_by_role("checkbox", name="The other clock").check()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert months.LEAVES_OUT in thing.inner_text() and months.ABOUT in thing.inner_text()
    boxes = [
        thing.get_by_role("heading", name=name).bounding_box() for name in ("What happened in", "Last on record by")
    ]
    assert boxes[0]["x"] == boxes[1]["x"] and boxes[0]["y"] < boxes[1]["y"]
    page.set_viewport_size({"width": 760, "height": 900})
    boxes = [
        thing.get_by_role("heading", name=name).bounding_box() for name in ("What happened in", "Last on record by")
    ]
    assert boxes[0]["x"] < boxes[1]["x"] and boxes[0]["y"] == boxes[1]["y"]
