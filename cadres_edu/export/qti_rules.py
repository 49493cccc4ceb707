"""How an item of QTI 2.1 is marked and answered: declarations, response processing, and feedback shown after it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree as ET

from cadres_edu.export.bank import figure

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PART = "0.5"  # what an order with one neighbouring pair exchanged is worth


def element(name: str, text: str = "", /, *children: ET.Element, **attributes: str) -> ET.Element:
    """An element with its text or children; the namespace is declared once, at the root."""
    made = ET.Element(name, attributes)
    made.text = text or None
    made.extend(children)
    return made


def _value(kind: str, text: str) -> ET.Element:
    return element("baseValue", text, baseType=kind)


def _variable(name: str) -> ET.Element:
    return element("variable", identifier=name)


def _branching(branches: Iterable[tuple[ET.Element, list[ET.Element]]]) -> ET.Element:
    """What is done where the first of several conditions is met."""
    names = itertools.chain(["responseIf"], itertools.repeat("responseElseIf"))
    made = (element(name, "", met, *then) for name, (met, then) in zip(names, branches, strict=False))
    return element("responseCondition", "", *made)


class Rules:
    """The declarations and rules of one item, gathered answer by answer; SCORE runs from 0 to 1."""

    def __init__(self) -> None:
        self.responses: list[ET.Element] = []
        self.kinds: dict[str, str] = {}
        self.rules: list[ET.Element] = []
        self.said: list[ET.Element] = []
        self.counts: list[str] = []

    def declare(
        self, name: str, cardinality: str, kind: str, right: Sequence[str], worth: Mapping[str, float] | None = None
    ) -> None:
        """Declare a response, its right values, and what each value is worth where a sum is marked."""
        made = element("responseDeclaration", identifier=name, cardinality=cardinality, baseType=kind)
        if right:
            made.append(element("correctResponse", "", *(element("value", value) for value in right)))
        if worth:
            mapping = element("mapping", lowerBound="0", upperBound="1", defaultValue="0")
            mapping.extend(element("mapEntry", mapKey=key, mappedValue=figure(value)) for key, value in worth.items())
            made.append(mapping)
        self.responses.append(made)
        self.kinds[name] = kind

    def score_if_right(self, name: str) -> None:
        """One mark for the right value, none for another."""
        right = element("match", "", _variable(name), element("correct", identifier=name))
        self.rules.append(_branching([(right, [self._score("1")])]))

    def score_by_map(self, name: str) -> None:
        """The sum of what the chosen values are worth, no less than nothing; no answer at all is worth nothing."""
        mapped = element("setOutcomeValue", "", element("mapResponse", identifier=name), identifier="SCORE")
        self.rules.append(_branching([(self._given(name), [mapped])]))

    def score_by_order(self, name: str, right: list[str]) -> None:
        """One mark for the right order, half a mark for one neighbouring pair exchanged."""
        branches = [(self._in_order(name, right), [self._score("1")])]
        for first in range(len(right) - 1):
            swapped = [*right[:first], right[first + 1], right[first], *right[first + 2 :]]
            branches.append((self._in_order(name, swapped), [self._score(_PART)]))
        self.rules.append(_branching(branches))

    def score_by_number(
        self, name: str, cases: Sequence[tuple[str, str, float, list[ET.Element]]], otherwise: list[ET.Element]
    ) -> None:
        """The first value met within its tolerance, with its marks and what is said of it."""
        branches: list[tuple[ET.Element, list[ET.Element]]] = []
        for place, (value, tolerance, marks, said) in enumerate(cases):
            equal = element("equal", "", _variable(name), _value("float", value))
            equal.attrib |= {"toleranceMode": "absolute", "tolerance": f"{tolerance} {tolerance}"}
            branches.append((equal, [self._score(figure(marks)), *self._say(f"f-{name}-{place}", said)]))
        if otherwise:
            branches.append((self._given(name), self._say(f"f-{name}-otherwise", otherwise)))
        self.rules.append(_branching(branches))

    def count_words(
        self, name: str, cases: Sequence[tuple[tuple[str, ...], bool, list[ET.Element]]], otherwise: list[ET.Element]
    ) -> None:
        """Whether a gap is filled rightly, wrongly or not, whatever its capitals, and what is said of its words."""
        branches: list[tuple[ET.Element, list[ET.Element]]] = []
        for place, (texts, right, said) in enumerate(cases):
            same = [self._same(name, text) for text in texts]
            met = same[0] if len(same) == 1 else element("or", "", *same)
            branches.append((met, [self._count(right), *self._say(f"f-{name}-{place}", said)]))
        branches.append((self._given(name), [self._count(False), *self._say(f"f-{name}-otherwise", otherwise)]))
        self.rules.append(_branching(branches))

    def score_by_count(self, all_of_them: int) -> None:
        """The share of gaps filled rightly, nothing where one is filled wrongly."""
        share = element("divide", "", _variable("RIGHT"), _value("integer", str(all_of_them)))
        none_wrong = element("match", "", _variable("WRONG"), _value("integer", "0"))
        self.rules.append(_branching([(none_wrong, [element("setOutcomeValue", "", share, identifier="SCORE")])]))
        self.counts = ["RIGHT", "WRONG"]

    def say_if_chosen(self, name: str, value: str, said: list[ET.Element]) -> None:
        """Show `said` when the response is `value`."""
        chosen = element("match", "", _variable(name), _value(self.kinds[name], value))
        self._say_if(chosen, f"f-{value}", said)

    def say_if_among(self, name: str, value: str, said: list[ET.Element]) -> None:
        """Show `said` when `value` is among those chosen."""
        self._say_if(element("member", "", _value(self.kinds[name], value), _variable(name)), f"f-{value}", said)

    def always(self, said: list[ET.Element]) -> None:
        """Show `said` after any answer."""
        self.rules += self._say("f-after", said)

    def declarations(self) -> list[ET.Element]:
        """What stands before the body."""
        score = element("outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
        score.append(element("defaultValue", "", element("value", "0")))
        score.attrib |= {"normalMaximum": "1", "normalMinimum": "0"}
        feedback = element("outcomeDeclaration", identifier="FEEDBACK", cardinality="multiple", baseType="identifier")
        return [*self.responses, score, feedback, *map(self._counted, self.counts)]

    def processing(self) -> Iterable[ET.Element]:
        """What stands after the body: the rules, then what they show."""
        return [element("responseProcessing", "", *self.rules), *self.said]

    def _say_if(self, met: ET.Element, name: str, said: list[ET.Element]) -> None:
        if said:
            self.rules.append(_branching([(met, self._say(name, said))]))

    def _say(self, name: str, said: list[ET.Element]) -> list[ET.Element]:
        """The rule that shows `said`, which is kept for later; nothing where there is nothing to say."""
        if not said:
            return []
        shown = element("modalFeedback", "", *said, outcomeIdentifier="FEEDBACK", identifier=name, showHide="show")
        self.said.append(shown)
        grown = element("multiple", "", _variable("FEEDBACK"), _value("identifier", name))
        return [element("setOutcomeValue", "", grown, identifier="FEEDBACK")]

    def _score(self, marks: str) -> ET.Element:
        return element("setOutcomeValue", "", _value("float", marks), identifier="SCORE")

    def _counted(self, name: str) -> ET.Element:
        start = element("defaultValue", "", element("value", "0"))
        return element("outcomeDeclaration", "", start, identifier=name, cardinality="single", baseType="integer")

    def _count(self, right: bool) -> ET.Element:
        name = "RIGHT" if right else "WRONG"
        total = element("sum", "", _variable(name), _value("integer", "1"))
        return element("setOutcomeValue", "", total, identifier=name)

    def _given(self, name: str) -> ET.Element:
        return element("not", "", element("isNull", "", _variable(name)))

    def _same(self, name: str, text: str) -> ET.Element:
        return element("stringMatch", "", _variable(name), _value("string", text), caseSensitive="false")

    def _in_order(self, name: str, values: Iterable[str]) -> ET.Element:
        ordered = element("ordered", "", *(_value(self.kinds[name], value) for value in values))
        return element("match", "", _variable(name), ordered)
