"""One invented list of forty deaths, counted by the rules that five counties of Gansu used in 1962."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from cadres_edu import archive, markup
from cadres_edu.cards import marked
from cadres_edu.records import Estimate
from cadres_edu.widgets import paper
from cadres_edu.widgets.base import Thing

TITLE = "Forty deaths, three rules"
ABOUT = (
    "The forty deaths are invented; the rules are short forms of what five counties wrote. Imagine a village of 1,000 "
    "people in one year of the famine. You are its clerk, and the county wants one number. Choose a rule, tick the "
    "deaths that it makes you count, then hold your number against what the rule allows."
)
LEAVES_OUT = (
    "Invented: the village, its people, the causes, and our reading of which deaths a rule leaves open. Left out: "
    "deaths that nobody wrote down, people who died on the road, and whatever the counties' reports say beyond these "
    "rules. The counties also counted different years, so their totals can't be compared even where the rule is one."
)
POPULATION, NORMAL = 1000, 2  # people in the village; deaths a year for each 1,000 that one county took as normal


@dataclass(frozen=True, slots=True)
class Group:
    """Deaths of one cause in the invented list. `food` is how surely want of food is to blame: yes, no, or open."""

    id: str
    cause: str
    deaths: int
    food: str
    violent: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of counting: the counties' records that it comes from, and which groups it takes in."""

    id: str
    words: str
    counties: tuple[str, ...]


GROUPS = (
    Group("starved", "nothing left to eat", 7, "yes"),
    Group("swelling", "swollen limbs, then death", 6, "yes"),
    Group("weeds", "ate weeds and bark, and sickened", 3, "yes"),
    Group("dysentery", "dysentery, already weak", 6, "open"),
    Group("infants", "newborns whose mothers had no milk", 4, "open"),
    Group("old", "over seventy, “old age”", 5, "open"),
    Group("blank", "cause left blank by the clerk", 3, "open"),
    Group("accident", "fell at the reservoir works", 2, "no", True),
    Group("suicide", "took their own life", 2, "no", True),
    Group("illness", "an illness known for years", 2, "no"),
)
RULES = (
    Rule(
        "food", "Count deaths for lack of food, and no others.", ("tongwei-county", "yuzhong-county", "huining-county")
    ),
    Rule("abnormal", "Count every abnormal death, suicides and accidents included.", ("dingxi-county",)),
    Rule(
        "above",
        "Count all deaths, less two for every thousand people as normal, less suicides, killings and the like.",
        ("longxi-county",),
    ),
)


def bounds(rule: str) -> tuple[int, int]:
    """The fewest and the most deaths of the invented list that a clerk can count by a rule and still obey it."""
    if rule == "above":
        most = sum(one.deaths for one in GROUPS if one.id != "suicide") - NORMAL * POPULATION // 1000
        return most - sum(one.deaths for one in GROUPS if one.id == "accident"), most
    must = sum(one.deaths for one in GROUPS if one.food == "yes" or (one.violent and rule == "abnormal"))
    return must, must + sum(one.deaths for one in GROUPS if one.food == "open")


def rules() -> Thing:
    """The invented list, the three rules, and the counties that used each, with what they reported."""
    found = [asdict(one) | {"counties": _counties(one), "bounds": list(bounds(one.id))} for one in RULES]
    data = {
        "title": TITLE,
        "about": ABOUT,
        "leaves_out": LEAVES_OUT,
        "groups": [asdict(one) for one in GROUPS],
        "rules": found,
    }
    return Thing("rules", "02/rules", data, _reading(), _static(), asks=["02/rules"])


def _counties(rule: Rule) -> list[Any]:
    told = [one for one in archive.everything(Estimate) if one.id in rule.counties]
    words = "; ".join(f"{_name(one)} reported [{one.central:,}](#{one.ref}) ({one.period})" for one in told)
    return markup.as_json(markup.runs(f"{words}."))


def _name(one: Estimate) -> str:
    return archive.record(f"place:{one.place}").label


def _reading() -> str:
    groups = [f"{one.deaths} deaths: {one.cause}" for one in GROUPS]
    rows = [f"{rule.words} {markup.plain(markup.runs(_told(rule)))}" for rule in RULES]
    return "\n".join([TITLE, ABOUT, *groups, *rows, LEAVES_OUT])


def _static() -> str:
    """The list with a column for each rule, to tick and to add up."""
    names = [f"Rule {number}" for number, _ in enumerate(RULES, start=1)]
    told = [f"<b>{name}</b> {_words(rule)}" for name, rule in zip(names, RULES, strict=True)]
    rows = [(marked(one.cause), str(one.deaths), *[paper.BOX] * len(RULES)) for one in GROUPS]
    total = ("My number", "", *[paper.LETTER] * len(RULES))
    return paper.sheet(
        TITLE,
        paper.paragraphs(ABOUT),
        paper.listed(told, "open"),
        paper.table(("Cause", "Deaths", *names), [*rows, total]),
        paper.paragraphs(LEAVES_OUT),
    )


def _words(rule: Rule) -> str:
    return marked(f"{rule.words} {markup.plain(markup.runs(_told(rule)))}")


def _told(rule: Rule) -> str:
    return "Used by " + ", ".join(_name(one) for one in archive.everything(Estimate) if one.id in rule.counties) + "."
