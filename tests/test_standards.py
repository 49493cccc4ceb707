"""What lessons do for curricula: every lesson has its rows, a damaged one is named, and a card can say them."""

import re
from pathlib import Path

import pytest
from seed_tables import alter, damage

from cadres_edu import archive, standards
from cadres_edu.check import check
from cadres_edu.check.seeds import check_seeds
from cadres_edu.check.standards import check_standards

ROOT = Path(__file__).parents[1]
OURS = ("C3 Framework, grades 9-12", "AP World History: Modern", "IB Diploma History")


def findings():
    return [str(one) for one in (*check_seeds(), *check_standards()) if one.file == "standards.csv"]


def test_every_lesson_serves_each_of_the_three_curricula(seeds):
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        served = standards.standards_for(path.name[:2])
        assert {one.framework for one in served} == set(OURS), path.name
        assert all(one.does.endswith(".") and len(one.does) < 120 for one in served)


def test_every_code_has_the_form_that_its_publisher_gives_it(seeds):
    forms = {
        OURS[0]: r"D2\.His\.(1|2|3|4|5|6|11|14|16)\.9-12",
        OURS[1]: r"Topic 8\.4|KC-6\.3\.I\.A\.ii|Skill [2-6]\.[A-D]",
        OURS[2]: r"Paper 1, question [2-4]|Paper 3, HL option 3, section 14",
    }
    for one in archive.standards():
        assert re.fullmatch(forms[one.framework], one.code), one.id
        assert one.standing == "inferred"


def test_a_card_can_say_them_curriculum_by_curriculum(seeds):
    said = standards.lines("08")
    assert [line.partition("** ")[0].strip("*") for line in said] == list(OURS)
    assert said[2].startswith("**IB Diploma History** Paper 1, question 4: Judges, with sources and knowledge,")
    assert said[2].endswith("section 14: Examines the causes of the Cultural Revolution.")
    assert standards.lines("99") == []


def test_a_curriculum_of_ones_own_is_a_row_more(seeds):
    own = {"id": "own-03-x", "lesson": "03", "framework": "Our school", "code": "9.4", "does": "Counts the hall."}
    own |= {"source": "ncss-c3-2013", "standing": "inferred"}
    alter(seeds, "standards", lambda rows: [own, *rows])
    assert standards.lines("03")[0] == "**Our school** 9.4: Counts the hall."
    assert findings() == []


def test_the_published_rows_hold(seeds):
    assert findings() == []


def test_the_check_of_a_course_looks_at_them(seeds):
    damage(seeds, "standards", "c3-03-his-11", lesson="42")
    assert [one.place for one in check(seeds / "no-lessons", seeds) if one.file == "standards.csv"] == ["c3-03-his-11"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"lesson": "11"}, "there is no lesson '11'. Name one that has a questions file: 00, 01,"),
        ({"lesson": ""}, "the cell 'lesson' is empty. Fill it, or delete the row."),
        ({"does": ""}, "the cell 'does' is empty. Fill it, or delete the row."),
        ({"code": "D2.His.16.9-12"}, "the row 'c3-03-his-16' has this lesson and code already. Keep one of them."),
        ({"source": "ncss-c3"}, "there is no work 'ncss-c3'"),
    ],
)
def test_a_row_that_cannot_stand_is_named(seeds, cells, said):
    rows = {"c3-03-his-11": 1, "c3-03-his-16": 0}
    alter(seeds, "standards", lambda all_: sorted(all_, key=lambda row: rows.get(row["id"], 2)))
    damage(seeds, "standards", "c3-03-his-11", **cells)
    (found,) = findings()
    assert found.startswith(f"standards.csv, c3-03-his-11: {said}")


def test_a_card_whose_codes_are_others_is_named(seeds):
    wanted = standards.row("03")
    assert wanted.startswith("C3 Framework, grades 9-12: D2.His.11.9-12, D2.His.16.9-12; AP World History: Modern: ")
    damage(seeds, "standards", "c3-03-his-11", code="D2.His.1.9-12")
    (found,) = [one for one in check(ROOT / "notebooks", seeds) if "standards" in one.problem]
    assert (found.file, found.place) == ("03-calling-seven-thousand.ipynb", "cell card")
    assert found.mend == f"Write '| **Standards** | {standards.row('03')} |'."
    assert standards.row("03") != wanted
