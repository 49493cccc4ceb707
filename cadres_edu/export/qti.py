"""QTI 2.1: one question as an assessment item, marked by the course's own rule, with feedback on each answer.

The elements and their order are those of the "Question & Test Interoperability Assessment Test, Section and Item
Information Model" of IMS Global, version 2.1 (2012).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any
from xml.etree import ElementTree as ET

from cadres_edu import markup
from cadres_edu.export.bank import figure
from cadres_edu.export.hypertext import Hypertext
from cadres_edu.export.qti_rules import NAMESPACE, Rules, element
from cadres_edu.question_kinds import Choice, Gap, GapPlace, Match, Number, Open, Option, Order, Question, Runs, Several

_ANNULS = -2.0  # what a wrong option or pair is worth, beside right ones that come to a hair over 1
_HTML = Hypertext(language="xml:lang")
_BLANK = Hypertext(
    language="xml:lang", blank=lambda name: f'<textEntryInteraction responseIdentifier="{response(name)}"/>'
)


def identifier(question: Question) -> str:
    """The item's name; QTI's may hold no slash and begin with no digit."""
    return f"q-{question.id.replace('/', '-')}"


def answer(name: str) -> str:
    """The identifier of an option or a side, which may begin with no digit."""
    return f"a-{name}"


def response(gap: str) -> str:
    """The identifier of what is written into a gap."""
    return f"RESPONSE-{gap}"


def item(question: Question) -> ET.Element:
    """The question as an assessmentItem."""
    made = element("assessmentItem", xmlns=NAMESPACE, identifier=identifier(question), title=question.id)
    made.attrib |= {"adaptive": "false", "timeDependent": "false", "xml:lang": "en"}
    rules = Rules()
    body = element("itemBody")
    html = _BLANK if isinstance(question, Gap) else _HTML
    body.extend(_blocks(html.paragraphs(question.prompt)))
    body.extend(_KINDS[question.kind](question, rules))
    if after := _HTML.afterwards(question):
        rules.always(_blocks(after))
    made.extend(rules.declarations())
    made.append(body)
    made.extend(rules.processing())
    return made


def _blocks(html: str) -> list[ET.Element]:
    return list(_holding("div", html))


def _holding(name: str, html: str) -> ET.Element:
    return ET.fromstring(f"<{name}>{html}</{name}>")  # noqa: S314 - our own, and escaped


def _feedback(runs: Runs) -> list[ET.Element]:
    return _blocks(f"<p>{_HTML.words(runs)}</p>") if runs else []


def _offer(kind: str, options: Iterable[Option], **attributes: str) -> ET.Element:
    made = element(kind, responseIdentifier="RESPONSE", **attributes)
    for option in options:
        choice = _holding("simpleChoice", _HTML.words(option.text))
        choice.set("identifier", answer(option.id))
        made.append(choice)
    return made


def _choice(question: Choice, rules: Rules) -> list[ET.Element]:
    right = next(option for option in question.options if option.right)
    rules.declare("RESPONSE", "single", "identifier", [answer(right.id)])
    rules.score_if_right("RESPONSE")
    for option in question.options:
        rules.say_if_chosen("RESPONSE", answer(option.id), _feedback(option.feedback))
    return [_offer("choiceInteraction", question.options, shuffle=_yes(question.shuffle), maxChoices="1")]


def _several(question: Several, rules: Rules) -> list[ET.Element]:
    right = [answer(option.id) for option in question.options if option.right]
    worth = {answer(option.id): _share(len(right)) if option.right else _ANNULS for option in question.options}
    rules.declare("RESPONSE", "multiple", "identifier", right, worth)
    rules.score_by_map("RESPONSE")
    for option in question.options:
        rules.say_if_among("RESPONSE", answer(option.id), _feedback(option.feedback))
    return [_offer("choiceInteraction", question.options, shuffle=_yes(question.shuffle), maxChoices="0")]


def _number(question: Number, rules: Rules) -> list[ET.Element]:
    rules.declare("RESPONSE", "single", "float", [figure(question.answer)])
    cases = [(figure(question.answer), figure(question.tolerance), 1.0, _feedback(question.feedback))]
    cases += [(figure(wrong.value), "0", 0.0, _feedback(wrong.feedback)) for wrong in question.options]
    rules.score_by_number("RESPONSE", cases, _feedback(question.otherwise))
    unit = _HTML.words(markup.literal(question.unit))
    return _blocks(f'<p><textEntryInteraction responseIdentifier="RESPONSE" expectedLength="12"/> {unit}</p>')


def _order(question: Order, rules: Rules) -> list[ET.Element]:
    right = [answer(option.id) for option in question.options]
    rules.declare("RESPONSE", "ordered", "identifier", right)
    rules.score_by_order("RESPONSE", right)
    # Shuffled by the system that shows it: a fixed order on offer would be the right one.
    return [_offer("orderInteraction", question.options, shuffle="true")]


def _match(question: Match, rules: Rules) -> list[ET.Element]:
    pairs = [f"{answer(left.id)} {_side(left.match)}" for left in question.options]
    worth = dict.fromkeys(pairs, _share(len(pairs)))
    wrong = (f"{answer(left.id)} {_side(side.id)}" for left in question.options for side in question.right)
    worth |= {pair: _ANNULS for pair in wrong if pair not in worth}
    rules.declare("RESPONSE", "multiple", "directedPair", pairs, worth)
    rules.score_by_map("RESPONSE")
    many = str(len(question.options))
    made = element("matchInteraction", responseIdentifier="RESPONSE", shuffle="true", maxAssociations=many)
    lefts = ((answer(left.id), left.text, "1") for left in question.options)
    made.append(_set(lefts))
    made.append(_set((_side(side.id), side.text, many) for side in question.right))
    return [made]


def _side(name: str) -> str:
    return f"s-{name}"


def _set(sides: Iterable[tuple[str, Runs, str]]) -> ET.Element:
    made = element("simpleMatchSet")
    for name, text, most in sides:
        side = _holding("simpleAssociableChoice", _HTML.words(text))
        side.attrib |= {"identifier": name, "matchMax": most}
        made.append(side)
    return made


def _gap(question: Gap, rules: Rules) -> list[ET.Element]:
    for gap in question.gaps:
        name = response(gap.id)
        rules.declare(name, "single", "string", [gap.accepted.texts[0]])
        rules.count_words(name, _words(gap), _feedback(question.otherwise))
    rules.score_by_count(len(question.gaps))
    return []


def _words(gap: GapPlace) -> list[tuple[tuple[str, ...], bool, list[ET.Element]]]:
    return [(one.texts, one.right, _feedback(one.feedback)) for one in (gap.accepted, *gap.wrong)]


def _open(question: Open, rules: Rules) -> list[ET.Element]:
    rules.declare("RESPONSE", "single", "string", [])
    judged = element("rubricBlock", view="scorer")
    judged.extend(_blocks(_HTML.judged(question)))
    least, most = question.words
    asked = f"<p>Write {least} to {most} words.</p>"
    made = element("extendedTextInteraction", responseIdentifier="RESPONSE", expectedLength=str(most * 7))
    return [*_blocks(asked), judged, made]


_KINDS: dict[str, Callable[[Any, Rules], list[ET.Element]]] = {
    "choice": _choice,
    "several": _several,
    "number": _number,
    "order": _order,
    "match": _match,
    "gap": _gap,
    "open": _open,
}


def _share(count: int) -> float:
    """What one of `count` is worth, rounded up: all together are cut at 1, and would fall short of it rounded down."""
    return math.ceil(1e6 / count) / 1e6


def _yes(value: bool) -> str:
    return str(value).lower()
