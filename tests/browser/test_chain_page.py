"""The reporting chain on a plain page, with no kernel: guess, ladder and table, and the same sums as in Python."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from cadres_edu import lesson
from cadres_edu.models import reporting

LEVELS = ("Team", "Commune", "County", "Province", "Centre")
FIELDS = {
    "rate": "Rate, % of the figure at the top",
    "resold": "Sold back, million tonnes",
    "seed": "Seed and feed, % of the harvest",
    "people": "People in the countryside, million",
}
# Year, shares in per cent from the team up, rate, sold back, seed and feed, people.
CASES = [
    (1959, (0, 0, 0, 0, 0), 24.6, 20, 21, 547.04),
    (1959, (9, 9, 9, 9, 9), 24.6, 20, 15, 547.04),
    (1959, (-20, 10, 10, 10, 10), 24.6, 0, 12.5, 540),
    (1958, (13, 14, 13, 14, 13), 25.9, 25, 15, 547.04),
    (1957, (1, 2, 3, 5, 8), 37.7, 14.25, 10, 547.04),
    (1960, (50, 50, 50, 50, 50), 8.1, 20.9, 17.93, 532.07),
    (1961, (50, -20, 25, 0, 7), 29.1, 13.4, 0, 538.59),
    (1958, (25, 0, 0, 0, 0), 24.5, 0.5, 12.5, 500),
    (1958, (0, 0, 0, 0, 0), 0, 0, 0, 1234.5),
    (1957, (7, 7, 7, 7, 7), 33.3, 18.75, 11.1, 1.5),
]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """What the notebook's own call hands to the page."""
    monkeypatch.chdir(tmp_path)
    return lesson.chain().data


@pytest.fixture
def chain(plain_page, data):
    """The chain on a page, after a guess of 20 per cent."""
    page = plain_page()
    found = show(page, data)
    guess(page, found, "20")
    return found


def show(page, data, state=None):
    page.evaluate("([data, state]) => show('chain', data, state)", [data, state or {}])
    return page.locator(".cadres-chain").last


def guess(page, chain, number):
    chain.get_by_role("textbox", name="Your guess").fill(number)
    page.keyboard.press("Enter")


def said(chain):
    return chain.locator("[role=status]:visible").last.inner_text()


def rungs(chain):
    """The figure on each visible rung, by name."""
    read = "all => all.map((li) => ['.cadres-who', 'b'].map((part) => li.querySelector(part).textContent))"
    return dict(chain.locator("li:visible").evaluate_all(read))


def table(chain):
    """The table as the learner reads it: for each row its own figure and the record's."""
    rows = chain.locator("tbody tr").evaluate_all("all => all.map((tr) => [...tr.cells].map((cell) => cell.innerText))")
    return {name: (mine, record) for name, mine, record in rows}


def shown(number, digits):
    """`number` as the page shows it: rounded half up from the double itself."""
    return f"{Decimal(number).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP):,f}"


def put(chain, year, shares, **fields):
    chain.get_by_label("Year").select_option(str(year))
    for level, share in zip(LEVELS, shares, strict=True):
        chain.get_by_role("slider", name=f"{level} adds").fill(str(share))
    for name, value in fields.items():
        chain.get_by_role("textbox", name=FIELDS[name]).fill(str(value))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_page_and_python_agree_to_the_last_digit_shown(chain, data, case):
    year, per_cents, rate, resold, seed, people = case
    put(chain, year, per_cents, rate=rate, resold=resold, seed=seed, people=people)
    harvest = next(one["harvest"]["value"] for one in data["years"] if one["year"] == year)
    figures = reporting.climb(harvest, [share / 100 for share in per_cents])
    quota = reporting.procurement(rate / 100, figures[-1])
    sown = seed / 100 * harvest
    left = reporting.left_in_the_village(harvest, quota, resold, sown)
    head = reporting.left_per_head(harvest, quota, resold, sown, people)
    wanted = {
        "Harvest in the field": shown(harvest, 1),
        "Figure at the top": shown(figures[-1], 1),
        "Quota": shown(quota, 1),
        "Quota, per cent of the harvest": shown(quota / harvest * 100, 1),
        "Sold back to villages": shown(resold, 1),
        "Seed and feed": shown(sown, 1),
        "Left to eat": shown(left, 1),
        "People in the countryside, million": shown(people, 1),
        "Left for each, kg a year": shown(head, 0),
        "Left for each, grams a day": shown(reporting.grams_a_day(head), 0),
    }
    assert {name: mine for name, (mine, _record) in table(chain).items()} == wanted
    ladder = rungs(chain)
    assert [ladder[level] for level in LEVELS] == [shown(figure, 1) for figure in figures]
    assert ladder["Field"] == shown(harvest, 1)


@pytest.mark.parametrize(
    ("button", "year", "claim", "share"),
    [
        ("The claim of 1958", 1958, 375, "+13.4%"),
        ("Lushan’s figure for 1959", 1959, 250, "+8%"),
        ("The claim of 1959", 1959, 267, "+9.4%"),
    ],
)
def test_a_button_shares_its_figure_out_as_python_does(chain, data, button, year, claim, share):
    chain.get_by_role("button", name=button).click()
    harvest = next(one["harvest"]["value"] for one in data["years"] if one["year"] == year)
    even = reporting.even_share(claim / harvest)
    assert shown(100 * even, 1).removesuffix(".0") == share.strip("+%")
    assert chain.locator("output").all_inner_texts() == [share] * 6
    ladder = rungs(chain)
    assert ladder["Centre"] == shown(claim, 1)
    assert ladder["Claimed"] == shown({1958: 375, 1959: 267}[year], 1)
    assert [ladder[level] for level in LEVELS] == [shown(one, 1) for one in reporting.climb(harvest, [even] * 5)]
    assert chain.get_by_label("Year").input_value() == str(year)


def test_the_learner_guesses_first_by_keyboard_alone(plain_page, data):
    page = plain_page()
    chain = show(page, data)
    assert chain.get_by_role("slider").count() == 0
    assert chain.get_by_role("table").count() == 0
    page.keyboard.press("Tab")  # the two links of the prompt come first
    while page.evaluate("() => document.activeElement.tagName") == "A":
        page.keyboard.press("Tab")
    page.keyboard.type("many")
    page.keyboard.press("Enter")
    assert said(chain) == "Write a number of per cent, such as 30."
    for _ in "many":
        page.keyboard.press("Backspace")
    page.keyboard.type("17,5")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.textContent") == (
        "You guessed 17.5% a level. That turns 200.0 into 447.9; the claim for 1958 was 375.0. "
        "Move “All five” until the Centre comes as near to that as it can."
    )
    assert said(chain).startswith("In the field 200.0 million tonnes, at the top 447.9.")
    for _ in range(3):  # year, nobody adds, the claim of 1958
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert rungs(chain)["Centre"] == "375.0"
    for _ in range(3):  # Lushan's figure, the claim of 1959, all five
        page.keyboard.press("Tab")
    page.keyboard.press("Home")
    assert rungs(chain)["Centre"] == shown(reporting.reported(200, [-0.2] * 5), 1)
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    assert rungs(chain)["Centre"] == shown(reporting.reported(200, [0.1] * 5), 1) == "322.1"
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert chain.locator("output").all_inner_texts() == ["mixed", "+11%", "+10%", "+10%", "+10%", "+10%"]
    assert chain.get_by_role("slider", name="Centre").get_attribute("aria-valuetext") == "+11%, passes up 325.0"
    assert page.errors == []


def test_a_guess_past_the_sliders_says_where_they_end(plain_page, data):
    page = plain_page()
    chain = show(page, data)
    guess(page, chain, "87.5")
    assert page.evaluate("() => document.activeElement.textContent").endswith(" The sliders go to 50% only.")
    assert chain.locator("output").all_inner_texts() == ["+50%"] * 6


def test_it_starts_in_words_where_python_says(plain_page, data, tmp_path):
    page = plain_page()
    chain = show(page, data)
    guess(page, chain, "0")
    assert f"1958, nobody adds: {said(chain)}\n" in lesson.chain().reading
    chain.get_by_role("button", name="The claim of 1959").click()
    chain.get_by_role("button", name="Nobody adds").click()
    assert said(chain).startswith("In the field 170.0 million tonnes, at the top 170.0. The quota is 41.8: 24.6%")


def test_the_record_stands_beside_it_with_its_gaps(chain):
    chain.get_by_role("button", name="The claim of 1959").click()
    record = {name: found for name, (_mine, found) in table(chain).items()}
    assert record == {
        "Harvest in the field": "170",
        "Figure at the top": "267 claimed in February 1960",
        "Quota": "64.12 taken, gross; 64.6 had been fixed at Lushan",
        "Quota, per cent of the harvest": "37.7 (worked out)",
        "Sold back to villages": "not found",
        "Seed and feed": "not found",
        "Left to eat": "not found",
        "People in the countryside, million": "not found",
        "Left for each, kg a year": "not found",
        "Left for each, grams a day": "not found",
    }
    link = chain.get_by_role("link", name="64.12")
    assert link.get_attribute("href") == "#statistic:grain-procurement-lin-yang:china:1959"
    chain.get_by_label("Year").select_option("1961")
    found = table(chain)
    assert found["Quota"][1] == found["Quota, per cent of the harvest"][1] == "not found"
    assert found["Left for each, kg a year"][1] == "150 ration"
    assert found["Left for each, grams a day"][1] == "411 (worked out)"  # 150,000 g / 365
    assert "Claimed" not in rungs(chain)


def test_a_year_brings_its_own_figures_and_keeps_the_learners_rate(chain):
    box = {name: chain.get_by_role("textbox", name=label) for name, label in FIELDS.items()}
    assert [one.input_value() for one in box.values()] == ["24.6", "25", "21", "547.04"]
    box["rate"].fill("30")
    box["resold"].fill("1")
    chain.get_by_label("Year").select_option("1960")
    assert [one.input_value() for one in box.values()] == ["30", "20", "21", "532.07"]


def test_what_is_missing_or_too_much_is_told_in_words(chain):
    put(chain, 1959, (0, 0, 0, 0, 0), rate="a quarter")
    assert said(chain).endswith("Write a rate from 0 to 100.")
    assert table(chain)["Quota"][0] == "–"
    put(chain, 1959, (0, 0, 0, 0, 0), rate=24.6, resold="")
    assert said(chain).endswith("What is left can't be worked out: a figure is missing.")
    put(chain, 1959, (50, 50, 50, 50, 50), rate=24.6, resold=20)
    assert said(chain).endswith("The village is 163.3 million tonnes short before anybody eats.")
    assert "Village" not in rungs(chain)
    put(chain, 1959, (0, 0, 0, 0, 0), rate=24.6, resold=20, people=0)
    assert said(chain).endswith("Left to eat: 112.5 million tonnes.")
    put(chain, 1959, (0, 0, 0, 0, 0), rate=101)
    assert said(chain).endswith("Write a rate from 0 to 100.")


def test_bars_show_grain_air_and_what_is_gone(chain):
    put(chain, 1958, (25, 0, 0, 0, -20))
    one = "(bar) => [bar.className, bar.style.width, bar.hidden]"
    widths = f"li => [...li.querySelectorAll('.cadres-track span')].map({one})"
    bar = {name: chain.locator("li", has_text=name).first.evaluate(widths) for name in (*LEVELS, "Field")}
    assert bar["Team"] == [
        ["cadres-grain", "40%", False],
        ["cadres-air", "10%", False],
    ]  # 250 of 500: 200 and 50 of air
    assert bar["Centre"][1][2] is True  # 250 less a fifth is 200 again
    assert bar["Field"] == [["cadres-grain", "40%", False], ["cadres-air", "0%", True]]
    put(chain, 1958, (-20, 0, 0, 0, 0))
    assert chain.locator("li", has_text="Team").evaluate(widths) == [
        ["cadres-grain", "32%", False],
        ["cadres-gone", "8%", False],
    ]


def test_what_was_done_is_kept_and_comes_back(chain, data):
    page = chain.page
    put(chain, 1960, (5, 6, 7, 8, 9), rate=30, people=530)
    page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::01/chain')?.includes('530')")
    answer = page.evaluate("() => JSON.parse(localStorage.getItem('cadres-edu:answers::01/chain')).answer")
    assert answer == {
        "v": 1,
        "guess": 20,
        "year": 1960,
        "shares": [0.05, 0.06, 0.07, 0.08, 0.09],
        "set": {"rate": 30, "people": 530},
    }
    before = said(chain)
    again = show(page, data)
    assert said(again) == before
    assert again.get_by_role("textbox", name="Your guess").count() == 0
    assert again.get_by_role("textbox", name=FIELDS["people"]).input_value() == "530"
    assert "You guessed 20% a level." in again.inner_text()


@pytest.mark.parametrize("width", [360, 760])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_runs_out_of_a_narrow_window(plain_page, data, width, scheme):
    page = plain_page(width, color_scheme=scheme)
    chain = show(page, data)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    guess(page, chain, "50")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    boxes = "[...document.querySelectorAll('.cadres-chain :is(li, .cadres-all, td, th)')]"
    spilt = f"() => {boxes}.filter((box) => box.scrollWidth > box.clientWidth + 1).length"
    assert page.evaluate(spilt) == 0
    lines = "(all) => all.map((one) => one.getClientRects().length ? one.offsetHeight : 0)"
    heights = chain.locator("li .cadres-who").evaluate_all(lines)
    assert 0 < max(heights) < 30  # a name broken in the middle takes two lines
