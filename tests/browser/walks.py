"""A walk for each thing by keyboard alone, from what it shows first to its result, which it returns in words."""

import itertools

from cadres_edu import archive, essay, questions
from cadres_edu.widgets import causes

LESSON = "03-calling-seven-thousand"
WORDS = "It shows what changed in the hall, and for whom."


def argument(hands):
    refs = {"liu-speech": "For", "zeng-removed": "For", "hu-objects": "For", "mao-speech": "Against"}
    hands.pick("Something else")
    hands.fill("My claim", WORDS)
    for name, side in refs.items():
        label = essay.label(archive.record(f"event:{name}"))
        hands.fill("Find a card", label[:20])
        hands.push(label, f"[data-side={side.lower()}]")
        assert hands.on("[aria-pressed=true]")
    hands.push("Take it out")
    assert hands.on("h4", "Your evidence")
    for _ in range(3):
        hands.to(".cadres-side textarea").write(WORDS)
    hands.fill("How do you answer", WORDS)
    hands.push("Write my plan")
    assert hands.on("h4", "Your plan")
    hands.push("Save the plan")
    return "Nothing is missing."


def causes_(hands):
    events = "tenth-plenum first-ten-points mao-liu-clash twenty-three-articles hai-rui-critique may-notification"
    chain = [causes.CARDS[name] for name in events.split()]
    for label in chain:
        hands.push(label, "[type=checkbox]", "Space")
    for first, then in itertools.pairwise(chain):
        hands.choose("From", first)
        hands.choose("To", then)
        hands.pick("condition")
        hands.fill("Reason", WORDS)
        hands.press("Enter")
        assert hands.on("select", "From")
    hands.push("Take back link 5")
    assert hands.on("select", "From")
    hands.push("Add this link")
    hands.push("Compare with three authors")
    assert hands.on("[type=radio]:checked")
    hands.press("ArrowDown")
    return "You share"


def chain(hands):
    hands.fill("Your guess", "30")
    hands.press("Enter")
    assert hands.on("p", "You guessed 30%")
    hands.push("Nobody adds")
    hands.slide("All five")
    hands.choose("Year", "1959")
    hands.fill("Rate, %", "40")
    return "The quota is"


def coursemap(hands):
    hands.fill("Your name", "Mei")
    hands.press("Enter")
    for answer in ("No", "Yes"):
        hands.push("Start over")
        hands.push(answer)
        assert hands.on("button", "Start over")
    hands.push("Another learner")
    hands.push("Save my work")
    return "Saved as work.jsonl"


def days(hands):
    hands.to("button", "11 January")
    hands.press("ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight")
    return "Liu Shaoqi's speech"


def estimates(hands):
    hands.slide()
    return "Dated up to"


def excess(hands):
    hands.fill("My guess", "20")
    hands.press("Enter")
    assert hands.on("[type=radio]", "Official")
    hands.slide("Deaths not registered")
    hands.choose("Last year", "1962")
    hands.push("Keep this result")
    hands.push("Empty the list")
    assert hands.on("button", "Keep this result")
    hands.press("Enter")
    return "deaths than normal"


def gain(hands):
    for when in range(20):
        hands.to("[type=radio]")
        hands.press("Space", *["ArrowDown"] * (when % 2))
        hands.push("Keep my answer")
    return "Answered both times: 10."


def grid(hands):
    for _ in range(6):
        hands.to("[type=radio]")
        hands.press("ArrowDown")
    hands.push("Compare with our reading")
    assert hands.on("[role=status]")
    hands.push("Next claim")
    assert hands.on("h4", "Claim 2")
    hands.push("", "table button:not([aria-pressed=true])")
    assert hands.on("[aria-pressed=true]")
    return "You have compared 1 of"


def hall(hands):
    for _ in range(4):
        hands.push("", "[type=checkbox]:not(:checked)", "Space")
    hands.fill("County", "3,174")
    hands.choose("Hold it", "7,018")
    hands.push("Back to the counts")
    return "Not explained: 1,979."


def indexed(hands):
    hands.pick("Plots back")
    hands.push("Go on")
    assert hands.on("[type=checkbox]")
    hands.push("Switch on the next change")
    hands.press(*["Enter"] * 9)
    hands.pick("It can’t be said")
    hands.push("Keep this")
    return "Now you say: It can’t be said."


def lives(hands):
    for _ in range(11):
        hands.to("select")
        hands.press("ArrowDown")
    hands.push("Compare, and open")
    assert hands.on("[role=status]")
    hands.push("Next year")
    hands.slide("Year")
    return "Your guess and the records agree"


def months(hands):
    hands.push("Down")
    hands.press("Enter")
    hands.push("Hold it against")
    hands.push("Next month")
    hands.press(*["Enter"] * 9)
    hands.slide("Month")
    hands.pick("rehabilitation")
    hands.push("The other clock", "[type=checkbox]", "Space")
    return "Events on the other clock this month"


def practice(hands):
    hands.to("button", "Turn the card")
    for _ in range(10):
        hands.press("Enter", "Enter")
    return "Round 1 is done. Known: 10"


def asked(kind):
    """The first question of a kind in the lesson, as the page has it."""
    return questions.to_json(next(one for one in questions.load(LESSON) if one.kind == kind))


def answer(hands, kind):
    """Answer a question right, by the keys of its kind."""
    page = asked(kind)
    root = f'[data-question="{page["id"]}"] '
    ANSWERS[kind](hands, page, root)
    hands.push("", f"{root}[type=submit]")
    result = hands.page.locator(root).get_attribute("data-result")
    assert result == ("kept" if kind == "open" else "right")


def choice(hands, page, root):
    right = next(option["id"] for option in page["options"] if option["right"])
    hands.to(f"{root}[type=radio]")
    while not hands.on(f'[value="{right}"]'):
        hands.press("ArrowDown")


def several(hands, page, root):
    for option in page["options"]:
        if option["right"]:
            hands.push("", f'{root}[value="{option["id"]}"]', "Space")


def number(hands, page, root):
    """Twice wrong first, so that the answer can be shown."""
    hands.to(f"{root}input")
    for wrong in ("1", "2"):
        hands.write(wrong)
        hands.press("Enter")
    hands.push("Show the answer", f"{root}button")
    hands.to(f"{root}input").write(str(page["answer"]))


def match(hands, page, root):
    for place, left in enumerate(page["left"]):
        hands.to(f"{root}.cadres-pair:nth-of-type({place + 1}) select")
        hands.press("Home", *["ArrowDown"] * (page["shown"].index(left["right"]) + 1))


def gap(hands, page, root):
    for place, blank in enumerate(page["gaps"]):
        hands.to(f'{root}[aria-label^="Gap {place + 1}"]').write(blank["accepted"][0])


def order(hands, page, root):
    for place, option in enumerate(page["options"]):
        row = f'{root}li[data-id="{option["id"]}"]'
        while not hands.page.locator(f"{row}:nth-child({place + 1})").count():
            hands.push("Up", f"{row} button")


def open_(hands, page, root):
    hands.to(f"{root}textarea").keys.insert_text("word " * page["words"][0])
    hands.push("Show a model answer", f"{root}button")
    assert hands.on(".cadres-model")
    hands.pick("", f"{root}[type=radio]")


ANSWERS = {walk.__name__.rstrip("_"): walk for walk in (choice, several, number, match, gap, order, open_)}


def quiz(hands):
    for kind in ANSWERS:
        answer(hands, kind)
    return "Your answer is kept."


def put_in_order(hands):
    answer(hands, "order")


def reader(hands):
    hands.push("formally attributed", "[aria-expanded]")
    hands.pick("I doubt it")
    hands.push("formally attributed", "[aria-expanded=true]", "Space")
    hands.press("Space")
    return "You have judged 1 of"


def rules(hands):
    hands.pick("lack of food")
    hands.push("nothing left to eat", "[type=checkbox]", "Space")
    hands.push("Hold it against")
    return "You counted"


def stances(hands):
    hands.to("[aria-expanded]")
    hands.press("ArrowRight", "ArrowDown", "Enter")
    hands.pick("opposes")
    hands.push("Open the record")
    assert hands.on("[aria-expanded=true]", "opposes")
    return "You have guessed 1 of"


def strip(hands):
    answer(hands, "choice")
    return "1 of 12 questions answered"


def tiles(hands):
    hands.slide("Year")
    hands.press(*["ArrowLeft"] * 6)
    hands.pick("own rate of 1957")
    hands.to("[aria-pressed]")
    hands.press("ArrowDown", "ArrowDown", "ArrowRight")
    return "In 1960:"


def verdicts(hands):
    hands.push("", "table button")
    hands.pick("takes it back")
    hands.push("Read what")
    assert hands.on("h5")
    hands.push("Next point")
    assert hands.on("h4", "Point 2")
    hands.push("", "table button:not([aria-pressed=true])")
    assert hands.on("[aria-pressed=true]")
    return "1 of"


def weigh(hands):
    for _ in range(8):
        hands.pick("rather policy")
        hands.choose("Because", "the timing fits")
        hands.push("Lay it down")
        hands.push("Next card")
        assert hands.on("h4", "Card")
    hands.push("", ".cadres-piles button")
    assert hands.on("h4", "Card")
    hands.pick("the deaths", ".cadres-share [type=radio]")
    for part in ("Lowest", "Best guess", "Highest"):
        hands.fill(part, "50")
        hands.press("ArrowUp")
    hands.push("Set my share")
    assert hands.on("h4", "What others made of it")
    return "51 to 51 per cent, best guess 51"


WALKS = {
    walk.__name__.rstrip("_"): walk
    for walk in (
        argument, causes_, chain, coursemap, days, estimates, excess, gain, grid, hall, indexed,
        lives, months, practice, quiz, reader, rules, stances, strip, tiles, verdicts, weigh,
    )
}  # fmt: skip
