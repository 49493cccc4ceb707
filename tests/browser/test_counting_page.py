"""The province tiles and the rules of counting on a plain page, with no kernel."""

from pathlib import Path

import pytest

from cadres_edu import archive, lesson
from cadres_edu.widgets import rules

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def thing(tmp_path, monkeypatch, plain_page):
    """Shows a thing with its real data on a plain page of some width."""
    monkeypatch.chdir(tmp_path)
    archive.use(SEEDS)

    def show(kind, width=760):
        page = plain_page(width)
        page.evaluate("([kind, data]) => show(kind, data)", [kind, getattr(lesson, kind)().data])
        return page, page.locator(f".cadres-{kind}")

    yield show
    archive.use(None)


def kept(page, question):
    return page.evaluate("q => JSON.parse(localStorage.getItem('cadres-edu:answers::' + q))?.answer", question)


def test_the_tiles_are_walked_by_arrow_keys_and_told_in_words(thing):
    page, found = thing("tiles")
    found.get_by_label("Year").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    anhui = found.get_by_role("button", name="Anhui")
    assert anhui.get_attribute("aria-label") == "Anhui: 68.6 per 1,000"
    anhui.click()
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert focused == "Zhejiang: 11.9 per 1,000"
    assert "In 1960: 11.9 per 1,000." in found.get_by_role("status").inner_text()
    found.get_by_label("times the province").check()
    assert anhui.get_attribute("aria-label") == "Anhui: 7.5 times its rate of 1957"
    page.wait_for_function("() => localStorage.getItem('cadres-edu:answers::02/tiles')")
    assert kept(page, "02/tiles") == {"v": 1, "year": 1960, "mode": "times", "seen": ["anhui", "zhejiang"]}
    assert page.errors == []


def test_a_missing_province_says_so_and_one_year_missing_too(thing):
    _, found = thing("tiles")
    found.get_by_role("button", name="Tibet: no series found").click()
    assert "A blank isn't a nought." in found.get_by_role("status").inner_text()
    found.get_by_label("Year").fill("1965")
    found.get_by_role("button", name="Sichuan").click()
    assert "No figure for 1965." in found.get_by_role("status").inner_text()


def test_the_page_counts_by_the_rules_as_python_does(thing):
    page, found = thing("rules")
    said = found.get_by_role("status")
    assert "Choose a rule first" in said.inner_text()
    for rule in rules.RULES:
        found.get_by_label(rule.words).check()
        low, high = rules.bounds(rule.id)
        if rule.id == "above":
            assert found.get_by_role("checkbox").first.is_disabled()
            found.get_by_role("button", name="Hold it").click()
            assert f"less 2 as normal for this village and less 2 suicides, make {high}." in said.inner_text()
            assert f"Without them it is {low}." in said.inner_text()
            continue
        for group in rules.GROUPS:
            box = found.get_by_label(group.cause)
            box.set_checked(group.food == "yes" or (group.violent and rule.id == "abnormal"))
        found.get_by_role("button", name="Hold it").click()
        assert (
            f"You counted {low}. Obeying this rule, a clerk could report any number from {low} to {high}."
            in said.inner_text()
        )
        assert "what you left out" not in said.inner_text()
        assert "doesn't take in" not in said.inner_text()
    assert "Forty deaths, three honest rules: 16 to 34, 20 to 38, 34 to 36." in said.inner_text()
    assert kept(page, "02/rules")["held"] == ["abnormal", "above", "food"]


def test_what_breaks_a_rule_is_named(thing):
    _, found = thing("rules")
    found.get_by_label("Count deaths for lack of food").check()
    found.get_by_label("fell at the reservoir works").check()
    found.get_by_role("button", name="Hold it").click()
    said = found.get_by_role("status").inner_text()
    assert "The rule takes in what you left out: nothing left to eat; swollen limbs" in said
    assert "The rule doesn't take in: fell at the reservoir works." in said


@pytest.mark.parametrize("kind", ["tiles", "rules"])
def test_nothing_runs_out_of_a_narrow_window(thing, kind):
    page, _ = thing(kind, 360)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
