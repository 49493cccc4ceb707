"""The lessons as one course: every sentence of the seed is taught and asked about, every claim is there to find out."""

import json
import re
from pathlib import Path

import pytest

from cadres_edu import archive, examination, questions, tables

COURSE = Path(__file__).parent.parent
LINK = re.compile(r"\(#([a-z]+:[A-Za-z0-9:.-]+)\)")
SEE_ALSO = range(22, 29)  # the seed's last sentences: one topic each


@pytest.fixture(scope="module", autouse=True)
def evidence():
    archive.use(COURSE / "seeds")
    yield
    archive.use(None)


@pytest.fixture(scope="module")
def bank():
    """Every question, by its id."""
    files = sorted((COURSE / "seeds/questions").glob("*.md"))
    return {one.id: one for file in files for one in questions.load(file.stem)}


@pytest.fixture(scope="module")
def linked(bank):
    """The records that each lesson and its questions lead to, by the lesson's number."""
    found = {}
    for file in sorted((COURSE / "notebooks").glob("*.ipynb")):
        cells = json.loads(file.read_bytes())["cells"]
        text = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        asked = {ref for one in bank.values() if one.id.startswith(file.stem[:2]) for ref in one.cites}
        found[file.stem[:2]] = asked | set(LINK.findall(text))
    return found


@pytest.fixture(scope="module")
def covered():
    rows = tables.rows(COURSE / "seeds/seed-coverage.csv", ("sentence", "records", "lesson", "question"))
    return {int(row.text("sentence")): row for row in rows}


def test_every_sentence_is_taught_where_its_row_says(covered, linked):
    for number, row in covered.items():
        examined = {f"seed:{number}", *row.words("records")}
        assert row.words("lesson"), f"no lesson teaches sentence {number}"
        for lesson in row.words("lesson"):
            assert examined & linked[lesson], f"lesson {lesson} leads to nothing on sentence {number}"


def test_every_sentence_is_asked_about(covered, bank):
    for number, row in covered.items():
        assert row.words("question"), f"no question is about sentence {number}"
        for name in row.words("question"):
            assert name in bank, f"sentence {number}: no question {name}"
            assert name[:2] in row.words("lesson"), f"sentence {number}: {name} stands in no lesson of its row"


def test_every_further_topic_has_its_term_its_events_and_its_lesson(covered, linked):
    for number in SEE_ALSO:
        records, lessons = covered[number].words("records"), covered[number].words("lesson")
        terms = {ref for ref in records if ref.startswith("term:")}
        assert terms & set().union(*(linked[lesson] for lesson in lessons)), f"sentence {number}: no glossary card"
        if "term:cadre" not in terms:  # a system has no day; its figures stand for it
            assert any(ref.startswith("event:") for ref in records), f"sentence {number}: no event"
    assert set(examination.coverage()) >= set(SEE_ALSO)


def test_every_claim_is_a_thing_to_find_out(linked):
    met = set().union(*linked.values())
    assert [one.ref for one in archive.claims() if one.ref not in met] == []
