"""Inline Markdown as runs."""

import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres_edu.markup import Blank, Chinese, Em, Link, Strong, Text, as_json, blanks, links, plain, runs


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("", []),
        ("words alone", [Text("words alone")]),
        ("a *b* c", [Text("a "), Em((Text("b"),)), Text(" c")]),
        ("**b**", [Strong((Text("b"),))]),
        ("[11 January](#event:opens)", [Link((Text("11 January"),), "event:opens")]),
        ("[out](https://example.org/a)", [Link((Text("out"),), "https://example.org/a")]),
        ("*[a](#seed:1)*", [Em((Link((Text("a"),), "seed:1"),))]),
        ("[*a* 干部](#term:cadre)", [Link((Em((Text("a"),)), Text(" "), Chinese("干部")), "term:cadre")]),
        ("on {{day}} January", [Text("on "), Blank("day"), Text(" January")]),
        ("*{{day}}*", [Em((Blank("day"),))]),
        ("{{Not An Id}}", [Text("{{Not An Id}}")]),
        (r"\*not\* 2 * 3 snake_case_name", [Text("*not* 2 * 3 snake_case_name")]),
        ("one\ntwo  \nthree", [Text("one two three")]),
        ("<b>&amp;`x`", [Text("<b>&`x`")]),
        ("*a **b *c* d** e*", [Em((Text("a "), Strong((Text("b c d"),)), Text(" e")))]),
        ("[a](javascript:x)", [Text("[a](javascript:x)")]),
    ],
)
def test_runs(markdown, expected):
    assert runs(markdown) == expected


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("the 七千人大会, held", ["七千人大会"]),
        ("《实践论》 and 三自一包、四大自由。", ["《实践论》", "三自一包、四大自由。"]),
        ("he said “三分天灾，七分人祸”.", ["三分天灾，七分人祸"]),
        ("1962年1月", ["年1月"]),
        ("人民日报 (People’s Daily)", ["人民日报"]),
        ("𠀀 〇 々", ["𠀀", "〇", "々"]),
        ("no Chinese、here", []),
        ("かな ハングル", []),
    ],
)
def test_chinese_is_found_by_script(text, stretches):
    assert [run.text for run in runs(text) if isinstance(run, Chinese)] == stretches
    assert plain(runs(text)) == text


def test_links_and_blanks_are_found_inside_other_runs():
    found = runs("*[a](#seed:1)* **{{x}}** [{{y}} b](#seed:2)")
    assert [link.ref for link in links(found)] == ["seed:1", "seed:2"]
    assert [blank.id for blank in blanks(found)] == ["x", "y"]


def test_json_is_compact():
    found = runs("a *b* **c** [d](#seed:1) [*e*](#seed:2) 县 {{f}}")
    assert as_json(found) == [
        *("a ", {"em": "b"}, " ", {"strong": "c"}, " ", {"link": "seed:1", "text": "d"}, " "),
        *({"link": "seed:2", "text": [{"em": "e"}]}, " ", {"zh": "县"}, " ", {"gap": "f"}),
    ]


MARKDOWN = st.text(alphabet=st.sampled_from("ab *_[](){}#:\\\n<>&;`!七、“0|\0\ud800"), max_size=60)


@given(st.one_of(MARKDOWN, st.text()))
def test_any_string_becomes_runs_that_stand_joined(markdown):
    found = runs(markdown)
    json.dumps(as_json(found))
    assert not any(isinstance(a, Text) and isinstance(b, Text) for a, b in itertools.pairwise(found))
    assert all(not isinstance(run, Text) or run.text for run in found)


@given(st.text(alphabet=st.characters(categories=["L", "N"])))
def test_words_without_marks_come_through_unchanged(text):
    assert plain(runs(text)) == text


def test_deep_nesting_is_no_danger():
    assert "x" in plain(runs("*a **b " * 500 + "x" + "** c*" * 500))
    assert "x" in plain(runs("[" * 500 + "x" + "](#seed:1)" * 500))
