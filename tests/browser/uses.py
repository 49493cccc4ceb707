"""Short uses of each kind of thing and of question: what is done, and the words that must then be said."""


def button(name):
    return lambda page: page.get_by_role("button", name=name).locator("visible=true").first.press("Enter")


def check(role, name):
    return lambda page: page.get_by_role(role, name=name).locator("visible=true").first.check()


def fill(label, text):
    return lambda page: page.get_by_label(label).locator("visible=true").first.fill(text)


def slide(name, *keys):
    def move(page):
        page.get_by_role("slider", name=name).focus()
        for key in keys:
            page.keyboard.press(key)

    return move


def guess_lives(page):
    for choice in page.get_by_role("combobox").all():
        choice.select_option(index=1)


SAID = {
    "argument": [
        (button("Write my plan"), "^Still missing: A claim"),
        (fill("Find a card", "Lin Biao"), r"^\d+ of \d+ cards"),
        (button("For my claim: "), r"^For my claim: .+ Picked for your claim: 1, against it: 0\."),
    ],
    "causes": [
        (check("checkbox", "Tenth Plenum"), "Chosen: 1"),
        (button("Add this link"), "Choose the two events first"),
        (button("Compare with three authors"), "To compare you need at least"),
    ],
    "chain": [
        (button("Guess"), "Write a number of per cent"),
        (fill("Your guess", "12"), None),
        (button("Guess"), None),
        (slide("All five", *["ArrowRight"] * 5), r"In the field 200.0 million tonnes, at the top .+ grams a day"),
    ],
    "coursemap": [(button("Save my work"), "Nobody answered")],
    "days": [(button("Saturday 27 January"), "Saturday 27 January 1962, day 17 Liu Shaoqi")],
    "estimates": [(slide("Estimates", *["ArrowRight"] * 6), r"Dated up to 1986: \d+ of \d+")],
    "excess": [
        (button("Go on"), "Write a number of million people"),
        (fill("My guess", "12"), None),
        (button("Go on"), "Your guess before you began: 12 million"),
        (slide("Deaths not registered", *["ArrowRight"] * 5), r"million .+ deaths than normal"),
    ],
    "gain": [],
    "grid": [(button("Compare with our reading"), r"Mark [A-I, ]+ first")],
    "hall": [(check("checkbox", "County"), "Invited by the levels counted: 4,268")],
    "indexed": [
        (check("radio", "Canteens close"), None),
        (button("Go on"), None),
        (button("Switch on the next change"), "Plots back, .+ From 1960 to 1961: harvest"),
    ],
    "lives": [
        (button("Compare"), "Guess first for: Mao Zedong"),
        (guess_lives, None),
        (button("Compare"), "Your guess and the records agree for"),
        (slide("Year", *["ArrowRight"] * 5), "^1967"),
    ],
    "months": [
        (button("Down: Peng"), "Peng Dehuai asks to be cleared: now 2 of 9"),
        (button("Hold it against"), "stand the wrong way round: "),
        (slide("Month", "End"), "September 1962, household contracting"),
    ],
    "practice": [(button("Turn the card"), "Seven"), (button("I knew it"), "is in box 2 now.+Round 1, card 2 of 10")],
    "reader": [(button("2 It took place"), None), (check("radio", "I doubt it"), "You have judged 1 of 28")],
    "rules": [
        (check("radio", "Count deaths for lack"), None),
        (check("checkbox", "nothing left to eat"), None),
        (button("Hold it against"), r"You counted 7\. Obeying this rule"),
    ],
    "stances": [
        (button("Liu Shaoqi, cause of famine"), None),
        (button("Open the record"), "Choose one of the four first"),
        (check("radio", "supports"), None),
        (button("Open the record"), r"You guessed supports; .+"),
    ],
    "strip": [],
    "tiles": [
        (button("Anhui"), "Anhui In 1957: 9.1 per 1,000"),
        (slide("Year", *["ArrowRight"] * 3), "Anhui In 1960: 68.6 per 1,000"),
    ],
    "verdicts": [(button("Read what 1980 says"), "Say first what it does")],
    "weigh": [
        (button("Lay it down"), "Choose which way the card weighs"),
        (button("Set my share"), "Say first what your share is of"),
        (check("radio", "rather nature"), None),
        (fill("or in your own words", "The land was hit."), None),
        (button("Lay it down"), "What this can't show"),
    ],
}


def choose(place):
    return lambda page: page.get_by_role("combobox").first.select_option(index=place)


CHECK = button("Check")
ASKED = {
    "03/attendance": [
        (CHECK, "Give an answer first"),
        (check("radio", "More than 7,100"), None),
        (CHECK, r"^Not yet\. \w+.+"),
        (check("radio", "More than 7,000"), None),
        (CHECK, r"^Right\. \w+.+Attempt 2"),
    ],
    "00/repeat": [(check("checkbox", ""), None), (CHECK, r"^(Right|Partly right|Not yet)\. \w+.+")],
    "03/length": [
        (fill("Your answer", "many"), None),
        (CHECK, "Write one number in figures"),
        (fill("Your answer", "99"), None),
        (CHECK, r"^Not yet\. \w+.+"),
        (fill("Your answer", "98"), None),
        (CHECK, r"^Not yet\. \w+.+Attempt 2"),
        (button("Show the answer"), "^The answer: 28"),
    ],
    "03/sequence": [(button("Down: "), r"Now 2 of \d\.$"), (CHECK, r"^(Right|Partly right|Not yet)\. \w+.+")],
    "00/standing": [(choose(1), None), (CHECK, "No choice yet")],
    "03/timeline": [(fill("Gap", "nonsense"), None), (CHECK, r"^Not yet\. Not yet: Gap")],
    "01/exit": [
        (fill("Your answer", "Quotas followed the figure."), None),
        (button("Keep my answer"), r"^Your answer is kept\. There is room for more"),
    ],
}
