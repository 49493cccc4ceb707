"""The page's rule of marking is the authority's rule: the same cases, in Chromium."""

import json
from pathlib import Path

CASES = Path(__file__).parents[1] / "marking_cases.json"
MARK = """async (text) => {
  const { mark } = await import("/quiz.js");
  const { questions, cases } = JSON.parse(text);
  return cases.map(({ question, answer }) => mark(questions[question].page, answer));
}"""


def test_the_page_marks_every_case_as_the_table_says(plain_page):
    text = CASES.read_text(encoding="utf-8")
    cases = json.loads(text)["cases"]
    marks = plain_page().evaluate(MARK, text)
    assert [case | {"result": mark} for case, mark in zip(cases, marks, strict=True)] == cases
