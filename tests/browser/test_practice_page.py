"""The flash cards on a plain page: by keyboard alone, with boxes that move by the rule as Python states it."""

import json
import random
import shutil
from pathlib import Path

import pytest

from cadres_edu import archive, lesson

COURSE = Path(__file__).parents[2]
KEPT = "JSON.parse(localStorage.getItem('cadres-edu:answers::00/practice'))?.answer"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """What the notebook's own call gives the page."""
    for book in (COURSE / "notebooks").glob("*.ipynb"):
        shutil.copy(book, tmp_path)
    archive.use(COURSE / "seeds")
    monkeypatch.chdir(tmp_path)
    yield json.loads(json.dumps(lesson.practice().data))
    archive.use(None)


class Rule:
    """The rule stated once more: boxes 1 to 5, a card in box b due 2 ** (b - 1) rounds after it was judged."""

    def __init__(self, terms, size=10):
        self.round, self.size, self.boxes = 1, size, {}
        places = sorted({term[1] for term in terms})
        own = {place: [term[0] for term in terms if term[1] == place] for place in places}
        self.new = [f"{name}/{way}" for place in places for way in ("zh", "en") for name in own[place]]

    def due(self, card):
        box, judged = self.boxes[card]
        return judged + 2 ** (box - 1)

    def cards(self):
        """The cards of the round that begins."""
        old = [card for card in self.new if card in self.boxes and self.due(card) <= self.round]
        old.sort(key=lambda card: (self.due(card), self.boxes[card][0]))
        once = {}
        for card in [*old, *(card for card in self.new if card not in self.boxes)]:
            once.setdefault(card.partition("/")[0], card)
        return list(once.values())[: self.size]

    def judge(self, card, knew):
        box = self.boxes.get(card, (1, 0))[0]
        self.boxes[card] = [min(5, box + 1) if knew else 1, self.round]

    def on(self):
        """To the next round that has a card."""
        unseen = len(self.boxes) < len(self.new)
        self.round = max(self.round + 1, 0 if unseen else min(map(self.due, self.boxes)))


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('practice', data, state)", [data, state or {}])
    return page.locator(".cadres-practice").last


def button(thing):
    return thing.locator(".cadres-row button").first


def kept(page):
    return page.evaluate(f"() => {KEPT}")


def shown(thing):
    return thing.get_by_role("status").inner_text()


@pytest.mark.parametrize("seed", [1, 2])
def test_boxes_go_up_and_down_by_the_rule_with_the_keyboard_alone(plain_page, data, seed):
    """Nine terms, 24 rounds: long enough for every box, and for rounds in which nothing is due."""
    data["terms"] = data["terms"][:9]
    page, rule, luck = plain_page(), Rule(data["terms"]), random.Random(seed)
    thing = show(page, data)
    names = {term[0]: term for term in data["terms"]}
    button(thing).focus()
    reached, skipped = set(), 0
    for _ in range(24):
        cards = rule.cards()
        assert cards
        for place, card in enumerate(cards):
            name, _, way = card.partition("/")
            zh, english = names[name][2], names[name][4]
            head = f"Round {rule.round}, card {place + 1} of {len(cards)}."
            front = thing.locator(".cadres-card").inner_text()
            assert head in shown(thing)
            assert (zh in front, zh in shown(thing)) == ((True, True) if way == "zh" else (False, False))
            page.keyboard.press("Enter")
            turned = thing.locator(".cadres-card").inner_text()
            assert zh in turned and english in turned
            knew = luck.random() < 0.85
            if not knew:
                page.keyboard.press("Tab")
            page.keyboard.press("Space")
            rule.judge(card, knew)
            reached.add(rule.boxes[card][0])
        assert f"Round {rule.round} is done." in shown(thing)
        assert kept(page) == {"v": 1, "round": rule.round, "boxes": rule.boxes}
        before = rule.round
        rule.on()
        skipped += rule.round - before - 1
        assert button(thing).inner_text() == f"Begin round {rule.round}"
        page.keyboard.press("Enter")
    assert reached == {1, 2, 3, 4, 5} and skipped
    assert page.errors == []


def test_all_the_terms_come_in_the_order_of_the_course(plain_page, data):
    page, rule = plain_page(), Rule(data["terms"])
    thing = show(page, data)
    for _ in range(3):
        for card in rule.cards():
            assert (card.endswith("/zh")) == ("What does it mean?" in shown(thing))
            thing.get_by_role("button", name="Turn the card").click()
            thing.get_by_role("button", name="I knew it").click()
            rule.judge(card, True)
        rule.on()
        button(thing).click()
    assert kept(page)["boxes"] == rule.boxes
    row = [int(cell) for cell in thing.locator("td").all_inner_texts()]
    boxes = [box for box, _ in rule.boxes.values()]
    assert row == [len(rule.new) - len(boxes), *(boxes.count(box) for box in range(1, 6))]


def test_a_round_left_half_way_is_kept_and_goes_on(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    for name in ("I knew it", "I didn’t"):
        thing.get_by_role("button", name="Turn the card").click()
        thing.get_by_role("button", name=name).click()
    assert kept(page) is None  # two judgements aren't yet a line of the file
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    first, second = [term[0] for term in data["terms"][:2]]
    assert kept(page) == {"v": 1, "round": 1, "boxes": {f"{first}/zh": [2, 1], f"{second}/zh": [1, 1]}}
    page.reload()
    page.wait_for_function("window.ready")
    again = show(page, data)
    assert "Round 1, card 3 of 10." in shown(again)
    assert page.errors == []


def test_a_rest_is_enough_to_keep_it(plain_page, data):
    page = plain_page()
    page.clock.install()
    thing = show(page, data)
    thing.get_by_role("button", name="Turn the card").click()
    thing.get_by_role("button", name="I knew it").click()
    page.clock.fast_forward(10_000)
    assert kept(page)["boxes"] == {f"{data['terms'][0][0]}/zh": [2, 1]}


def test_starting_over_on_the_map_begins_the_cards_again(plain_page, data):
    page = plain_page()
    page.clock.install()
    state = {"v": 1, "round": 7, "boxes": {f"{data['terms'][0][0]}/zh": [3, 7]}}
    saved = {"00/practice": {"answer": state, "result": "open", "at": "2026-01-01T10:00:00Z", "attempts": 1}}
    thing = show(page, data, {"who": "k7f3q2", "saved": saved})
    assert "Round 7, card 2 of 10." in shown(thing)
    thing.get_by_role("button", name="Turn the card").click()
    thing.get_by_role("button", name="I knew it").click()  # waits to be kept, and must not outlive the start
    page.evaluate(
        """() => { const { model } = window.things.at(-1);
        Object.assign(model.state, { saved: {}, since: "2026-01-02T10:00:00Z" }); model.tell("change:saved"); }"""
    )
    assert "Round 1, card 1 of 10." in shown(thing)
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    page.clock.fast_forward(10_000)
    assert page.evaluate("localStorage.getItem('cadres-edu:answers:k7f3q2:00/practice')") is None


def test_the_lesson_and_the_way_can_be_chosen(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    lessons, ways = thing.get_by_role("combobox").all()
    last = max(term[1] for term in data["terms"])
    own = [term for term in data["terms"] if term[1] == last]
    lessons.select_option(label=data["lessons"][last])
    ways.select_option(label="Meaning first")
    assert f"card 1 of {min(10, len(own))}. {data['lessons'][last]}. How is it said" in shown(thing)
    assert thing.locator("td").first.inner_text() == str(len(own))
    assert own[0][4] in thing.locator(".cadres-card").inner_text()
    assert own[0][2] not in thing.inner_text()
    ways.select_option(label="Characters first")
    assert own[0][2] in thing.locator(".cadres-card [lang=zh-Hans]").all_inner_texts()
    lessons.select_option(label="all lessons")
    ways.select_option(label="both ways")
    assert thing.locator("td").first.inner_text() == str(2 * len(data["terms"]))


def test_the_front_of_a_meaning_gives_no_character_away(plain_page, data):
    page = plain_page()
    for name in ("grain-procurement", "yi-jin"):
        term = next(term for term in data["terms"] if term[0] == name)
        thing = show(page, data | {"terms": [[name, 0, *term[2:]]]})
        thing.get_by_role("combobox").last.select_option(label="Meaning first")
        front = thing.locator(".cadres-card").inner_text()
        assert not set(term[2]) & set(front)
        assert (term[4] in front) == (name != "yi-jin")
        thing.get_by_role("button", name="Turn the card").click()
        assert [term[2]] == thing.locator(".cadres-back [lang=zh-Hans]").all_inner_texts()


def test_letters_are_not_taken_for_commands(plain_page, data):
    page = plain_page()
    thing = show(page, data)
    button(thing).focus()
    before = shown(thing)
    page.keyboard.type("123kjyn")
    page.keyboard.press("ArrowRight")
    assert shown(thing) == before


@pytest.mark.parametrize("width", [360, 760])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_card_runs_out_of_a_narrow_window(plain_page, data, width, scheme):
    page = plain_page(width, color_scheme=scheme)
    thing = show(page, data)
    for way in ("Characters first", "Meaning first"):
        thing.get_by_role("combobox").last.select_option(label=way)
        for _ in range(10):
            thing.get_by_role("button", name="Turn the card").click()
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
            thing.get_by_role("button", name="I knew it").click()
        button(thing).click()
