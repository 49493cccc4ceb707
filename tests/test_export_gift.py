"""GIFT is read back as Moodle reads it, and says what the questions say."""

import re

import pytest
from export_bank import KINDS, chinese, course, hostile, lesson, lost, marked, prompt, read, words, written
from hypothesis import HealthCheck, given, settings

from cadres_edu.question_kinds import Choice, Gap, Match, Number, Open, Order, Several

ESCAPED = {"\\:": "\ue001", "\\#": "\ue002", "\\=": "\ue003", "\\{": "\ue004", "\\}": "\ue005", "\\~": "\ue006"}
BACKSLASH = "\ue000"


def hide(text):
    """Escapes out of the way, a doubled backslash first."""
    text = text.replace("\\\\", BACKSLASH)
    for escape, stand_in in ESCAPED.items():
        text = text.replace(escape, stand_in)
    return text.replace(BACKSLASH, "\\")


def show(text, form="html"):
    """A part's format and its text, with what was escaped back in place."""
    if found := re.match(r"\[(html|plain|markdown|moodle)\]", text := text.strip()):
        form, text = found[1], text[found.end() :]
    return form, bare(text)


def bare(text):
    for escape, stand_in in ESCAPED.items():
        text = text.replace(stand_in, escape[1])
    return text.strip()


def questions_in(data):
    """The questions of a GIFT file by name: type, prompt, general feedback, answers as (weight, text, feedback)."""
    found, category = {}, ""
    for block in data.decode().strip().split("\n\n"):
        lines = block.split("\n")
        comments = [line for line in lines if line.startswith("//")]
        text = hide("\n".join(line for line in lines if not line.startswith("//")))
        if text.startswith("$CATEGORY:"):
            category = show(text.removeprefix("$CATEGORY:"))[1]
            continue
        name, _, text = text.removeprefix("::").partition("::")
        start, end = text.index("{"), text.index("}")
        inside = text[start + 1 : end].strip()
        inside, _, general = inside.rpartition("####") if "####" in inside else (inside, "", "")
        stem = text[:start] + ("" if text.endswith("}") else "_____") + text[end + 1 :]
        assert stem.startswith("[html]")
        name = show(name)[1]
        assert name not in found
        found[name] = {"category": category, "id": re.search(r"\[id:(.+?)\]", comments[0])[1]}
        found[name] |= {"prompt": show(stem)[1], "general": show(general)[1], **answers_in(inside.strip())}
    return found


def answers_in(text):
    if not text:
        return {"type": "essay", "answers": []}
    if text.startswith("#"):
        text, _, otherwise = text[1:].partition("~")
        rows = [weighed(part, 100) for part in text.split("=")[1:]]
        return {"type": "numerical", "answers": rows, "otherwise": show(otherwise.removeprefix("#"))[1]}
    if "~" in text:
        parts = text.replace("=", "~=").split("~")[1:]
        rows = [weighed(part.removeprefix("="), 100 if part.startswith("=") else 0) for part in parts]
        return {"type": "one" if "=" in text else "several", "answers": rows}
    if "=" in text and "->" in text:
        pairs = [part.split("->", 1) for part in text.split("=")[1:]]
        return {"type": "match", "answers": [(show(left)[1], bare(right)) for left, right in pairs]}
    return {"type": "short", "answers": [weighed(part, 100) for part in text.split("=")[1:]]}


def weighed(part, weight):
    part = part.strip()
    if found := re.match(r"%(-*\d{1,2}\.?\d*)%", part):
        weight, part = float(found[1]), part[found.end() :]
    text, _, feedback = part.partition("#")
    return weight, show(text)[1], show(feedback)[1]


def check(question, one):
    """Hold what was read to the question that was written."""
    said = [(words(option.text), words(option.feedback)) for option in question.options]
    got = (
        [(read(text), read(feedback)) for _, text, feedback in one["answers"]]
        if isinstance(question, Choice | Several)
        else []
    )
    assert one["id"] == question.id
    match question:
        case Choice():
            assert (one["type"], got) == ("one", said)
            assert [weight for weight, *_ in one["answers"]] == [
                100 if option.right else 0 for option in question.options
            ]
        case Several():
            right = sum(option.right for option in question.options)
            assert (one["type"], got) == ("several", said)
            for (weight, *_), option in zip(one["answers"], question.options, strict=True):
                assert weight == pytest.approx(100 / right if option.right else -100, abs=1e-5)
        case Number():
            expected = [(100, question.answer, question.tolerance, words(question.feedback))]
            expected += [(0, wrong.value, 0, words(wrong.feedback)) for wrong in question.options]
            figures = [(weight, *map(float, text.split(":")), read(said)) for weight, text, said in one["answers"]]
            assert (one["type"], figures) == ("numerical", expected)
            assert read(one["otherwise"]) == words(question.otherwise)
        case Match():
            sides = {side.id: words(side.text) for side in question.right}
            spare = [
                ("", text) for name, text in sides.items() if name not in {left.match for left in question.options}
            ]
            assert one["type"] == "match"
            pairs = [(words(left.text), sides[left.match]) for left in question.options]
            assert [(read(left), right) for left, right in one["answers"]] == pairs + spare
            assert all(words(left.feedback) in read(one["general"]) for left in question.options)
        case Gap():
            gap = question.gaps[0]
            expected = [
                (100 if a.right else 0, text, words(a.feedback)) for a in (gap.accepted, *gap.wrong) for text in a.texts
            ]
            if question.otherwise:
                expected.append((0, "any", words(question.otherwise)))
            got = [(w, "any" if t == "*" else t.replace("\\*", "*"), read(said)) for w, t, said in one["answers"]]
            assert (one["type"], got) == ("short", expected)
        case Open():
            assert one["type"] == "essay"
            cells = [cell for row in (question.rubric.head, *question.rubric.rows) for cell in row]
            assert all(words(text) in read(one["general"]) for text in (*cells, *question.model))
    asked = prompt(question, "_____")
    if isinstance(question, Number) and question.unit:
        asked += f"Give the number alone, in {question.unit}."
    assert read(one["prompt"]) == asked


def test_the_whole_bank_comes_back():
    lessons = course()
    data, left_out = written("gift", *lessons)
    found, whole = questions_in(data), lost(left_out)
    asked = marked(lessons)
    assert [one.id for one in asked if one.id not in whole] == list(found)
    for question in asked:
        if question.id in found:
            check(question, found[question.id])
    assert found["03/aims"]["category"] == "Seven Thousand Cadres Conference/03 Calling seven thousand"
    assert whole - {one.id for one in asked} == {one.id for one in lessons[0].questions if one.survey}
    assert all(isinstance(one, Order | Gap) for one in asked if one.id in whole)


def test_chinese_stays_marked():
    found = questions_in(written("gift", *course())[0])
    assert "中共中央文献研究室" in chinese(found["03/motive"]["general"])


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile(*KINDS))
def test_hostile_words_come_back(question):
    data, left_out = written("gift", lesson(question))
    found = questions_in(data)
    if isinstance(question, Order) or (isinstance(question, Gap) and (len(question.gaps) > 1 or arrows(question))):
        assert (found, lost(left_out)) == ({}, {question.id})
    else:
        check(question, found[question.id])


def arrows(question):
    return any("->" in text for one in (question.gaps[0].accepted, *question.gaps[0].wrong) for text in one.texts)
