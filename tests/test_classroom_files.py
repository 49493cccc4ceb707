"""Files from strangers: each is survived and said, and changes nothing for the others."""

import csv
import io
import json
import os
import re
import stat
import zipfile

import pytest

from cadres_edu import archive, classroom
from cadres_edu.classroom import archives, findings, intake, method, sheets
from cadres_edu.log_entry import Entry

GOOD, EVIL = "03/attendance", "<script>alert(1)</script><img src=x onerror=alert(1)>"
TURNED = "abc\u202egnp.exe\u2066\x07\x9b"


@pytest.fixture(autouse=True)
def _evidence():
    archive.use(archive.seeds_folder())
    yield
    archive.use(None)


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    return folder


def entry(question, answer, result, who="good", at="2026-09-07T08:00:00Z", **more):
    return Entry(at, who, question, answer, result, **more).line()


def honest(who="good"):
    """A log without fault."""
    lines = [
        entry("00/learner", f"Name of {who}", "open", who),
        entry(GOOD, "mean", "wrong", who, "2026-09-07T08:01:00Z", key=f"{who}-1"),
        entry(GOOD, "over", "right", who, "2026-09-07T08:02:00Z", key=f"{who}-2"),
        entry("03/exit", "Because they were asked.", "open", who, "2026-09-07T08:05:00Z", key=f"{who}-3"),
    ]
    return b"".join(lines)


def report(folder, **options):
    out = folder.parent / "out"
    classroom.report(folder, out, **options)
    return out


def sheet(out, name):
    with (out / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def amiss(out):
    return {(row["file"], row["what"]) for row in sheet(out, "files.csv")}


def row_of(out, who="good"):
    [row] = [row for row in sheet(out, "learners.csv") if row["id"] == who]
    return row


def zipped(*members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive_:
        for name, content in members:
            archive_.writestr(name, content)
    return packed.getvalue()


def linked(name, target):
    member = zipfile.ZipInfo(name)
    member.create_system, member.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return member, target


def locked(content):
    """A zip whose only member says that it is locked."""
    data = bytearray(zipped(("a.jsonl", content)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


BAD = {
    "torn.jsonl": (honest("torn") + b'{"v": 1, "at": "2026', "1 line can't be read (line 5): left out"),
    "garbage.jsonl": (
        b"not json\n[1, 2]\nnull\n\xff\xfe\xff\n" + b"[" * 100_000 + b'\n{"v": 1}\n',
        "6 lines can't be read (the first is line 1): left out",
    ),
    "numbers.jsonl": (
        b'{"v": 1, "at": 5, "who": "x", "question": "03/a", "result": "open"}\n',
        "1 line can't be read (line 1): left out",
    ),
    "result.jsonl": (
        entry(GOOD, "over", "right", "result").replace(b'"right"', b'"great"'),
        "1 line can't be read (line 1): left out",
    ),
    "latin.jsonl": (
        honest("latin") + '{"v": 1, "who": "é"}\n'.encode("latin-1"),
        "1 line can't be read (line 5): left out",
    ),
    "newer.jsonl": (
        honest("newer") + b'{"v": 2, "something": "else"}\n',
        "1 line is of a newer version of the course (line 5): left out",
    ),
    "long.jsonl": (
        honest("long") + entry("03/exit", "x" * intake.LONGEST_LINE, "open", "long"),
        "1 line can't be read (line 5): left out",
    ),
    "id.jsonl": (entry(GOOD, "over", "right", "w" * 100), "1 line can't be read (line 1): left out"),
    "unknown.jsonl": (
        honest("unknown") + entry("03/nothing", 1, "right", "unknown") + entry("99/x", 1, "open", "unknown"),
        "2 answers are to no question of this course: not counted (“03/nothing”)",
    ),
    "claims.jsonl": (
        entry(GOOD, "mean", "right", "claims") + entry("03/exit", "Text", "right", "claims"),
        "2 answers claim another mark than the rule gives: the rule's mark counts",
    ),
    "utf16.jsonl": (honest("utf16").decode().encode("utf-16"), "is UTF-16, not UTF-8: read all the same"),
    "unmarked.jsonl": (honest("unmarked").decode().encode("utf-16-be"), "is UTF-16, not UTF-8: read all the same"),
    "empty.jsonl": (b"\n\n", "is empty"),
    "copy of good.jsonl": (b"\xef\xbb\xbf" + honest() + b"\n", "is counted once, being the same as “a good.jsonl”"),
    "key.jsonl": (
        entry(GOOD, "mean", "wrong", "key", key="k") + entry(GOOD, "over", "right", "key", key="k"),
        "1 line says something else than an earlier one with the same key: left out",
    ),
    "broken.zip": (b"PK\x03\x04 and no more", "can't be opened as a zip: not read (“File is not a zip file”)"),
    "locked.zip": (locked(honest("locked")), None),
}


def test_every_bad_file_is_said_with_its_reason_and_the_good_one_counts_as_if_alone(files):
    (files / "a good.jsonl").write_bytes(honest())
    alone = row_of(report(files))
    for name, (content, _) in BAD.items():
        (files / name).write_bytes(content)
    out = report(files)
    found = amiss(out)
    for name, (_, said) in BAD.items():
        assert said is None or (name, said) in found, (name, [what for file, what in found if file == name])
    assert ("locked.zip/a.jsonl", "is locked with a password: not read") in found
    assert len(found) == len(BAD)
    assert row_of(out) == alone
    for who in ("torn", "latin", "newer", "long", "unknown", "utf16", "unmarked"):
        expected = alone | {"learner": f"Name of {who}", "id": who}
        assert row_of(out, who) == expected
    assert row_of(out, "claims")["right_first"] == "0" and row_of(out, "key")["right_first"] == "0"
    grades = {row["Id in the file"]: row["03 Calling seven thousand"] for row in sheet(out, "gradebook-moodle.csv")}
    assert grades["claims"] == grades["key"] == "0.0" and float(grades["good"]) > 0


def test_other_files_are_passed_over_and_counted(files):
    (files / "good.jsonl").write_bytes(honest())
    (files / "plain name.txt").write_bytes(honest("text"))
    (files / "lesson.ipynb").write_text(json.dumps({"cells": [], "metadata": {"v": 1, "who": 1, "question": 2}}))
    (files / "picture.png").write_bytes(os.urandom(3000))
    (files / "sheet.csv").write_text("a,b\n1,2\n")
    os.mkfifo(files / "pipe.jsonl")
    out = report(files)
    assert {row["id"] for row in sheet(out, "learners.csv")} == {"good", "text"}
    assert "passed over: 4 files." in (out / "report.html").read_text(encoding="utf-8")
    assert amiss(out) == set()


def test_links_are_not_followed(files, tmp_path):
    (files / "good.jsonl").write_bytes(honest())
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.jsonl").write_bytes(honest("secret"))
    (files / "link.jsonl").symlink_to(outside / "secret.jsonl")
    (files / "folder").symlink_to(outside)
    (files / "round").symlink_to(files)
    out = report(files)
    assert {row["id"] for row in sheet(out, "learners.csv")} == {"good"}
    said = "is a symbolic link: not followed"
    assert amiss(out) == {("link.jsonl", said), ("folder", said), ("round", said)}


def test_a_zip_is_read_within_its_bounds(files, monkeypatch):
    monkeypatch.setattr(intake, "MOST_BYTES", 1 << 20)
    bomb = b" " * (3 << 19)
    members = [
        ("fine/progress.jsonl", honest("packed")),
        ("../outside.jsonl", honest("outside")),
        ("/etc/outside.jsonl", honest("outside")),
        ("C:\\outside.jsonl", honest("outside")),
        linked("link.jsonl", "/etc/passwd"),
        ("bomb.jsonl", bomb),
        ("inner.zip", zipped(("a.jsonl", honest("inner")))),
    ]
    (files / "class.zip").write_bytes(zipped(*members))
    out = report(files)
    assert {row["id"] for row in sheet(out, "learners.csv")} == {"packed"}
    outside = "names a place outside the archive: not read"
    assert amiss(out) == {
        ("class.zip/../outside.jsonl", outside),
        ("class.zip//etc/outside.jsonl", outside),
        ("class.zip/C:\\outside.jsonl", outside),
        ("class.zip/link.jsonl", "is a symbolic link: not followed"),
        ("class.zip/bomb.jsonl", "is larger than 1 MiB: not read"),
        ("class.zip/inner.zip", "is a zip within a zip: not read. Unpack the outer one"),
    }
    assert not (files.parent / "outside.jsonl").exists()
    monkeypatch.setattr(intake, "MOST_BYTES", 4 << 20)
    assert ("class.zip/bomb.jsonl", f"unpacks to more than {archives.MOST_RATIO} times its size: not read") in amiss(
        report(files)
    )
    monkeypatch.setattr(archives, "MOST_TOTAL", 100)
    assert any("unpacks to more than" in what and file == "class.zip" for file, what in amiss(report(files)))


def test_the_zip_itself_may_be_named_and_a_large_file_is_said(files, monkeypatch):
    (files / "class.zip").write_bytes(zipped(("fine.jsonl", honest("packed"))))
    assert row_of(report(files / "class.zip"), "packed")
    (files / "class.zip").unlink()
    (files / "good.jsonl").write_bytes(honest())
    (files / "large.jsonl").write_bytes(honest("large") * 20)
    (files / "many.jsonl").write_bytes(b"x\n" * 600)
    monkeypatch.setattr(intake, "MOST_BYTES", 4000)
    monkeypatch.setattr(intake, "MOST_LINES", 500)
    found = amiss(report(files))
    assert found == {
        ("large.jsonl", "is larger than 0 MiB: not read"),
        ("many.jsonl", "has more than 500 lines: not read"),
    }


def test_mark_up_in_names_answers_and_file_names_stays_text(files):
    lines = entry("00/learner", EVIL, "open", "evil") + entry("03/exit", EVIL + "\nline two", "open", "evil")
    lines += entry(EVIL, EVIL, "open", "evil") + entry("03/length", EVIL, "wrong", "evil")
    (files / f"{EVIL.replace('/', '')}.jsonl").write_bytes(lines)
    text = (report(files) / "report.html").read_text(encoding="utf-8")
    assert "<script" not in text and "<img" not in text and "&lt;script&gt;" in text


def test_turning_and_control_characters_are_taken_out(files):
    lines = entry("00/learner", TURNED, "open", "turned") + entry("03/exit", TURNED + " 七千人", "open", "turned")
    (files / "turned.jsonl").write_bytes(lines)
    out = report(files)
    assert row_of(out, "turned")["learner"] == "abcgnp.exe"
    assert sheet(out, "open-answers.csv")[0]["answer"] == "abcgnp.exe 七千人"
    for name in ("report.html", *method.FILES):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x9b]", (out / name).read_text(encoding="utf-8"))


def test_half_a_surrogate_pair_costs_one_character(files):
    line = entry("03/exit", "A \ud800 half", "open", "half")
    assert b"\\ud800" in line
    (files / "half.jsonl").write_bytes(line + entry("03/exit", "A 😀 whole", "open", "whole"))
    out = report(files)
    assert {row["answer"] for row in sheet(out, "open-answers.csv")} == {"A ? half", "A 😀 whole"}
    assert amiss(out) == set()


FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "-"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_can_act_as_a_formula_and_numbers_stay_numbers(text):
    assert sheets.cell(text) == (text if text == "-" else f"'{text}")
    assert (sheets.cell(-1.5), sheets.cell(3), sheets.cell(None), sheets.cell("7,118")) == (-1.5, 3, "", "7,118")


def test_formulas_in_names_and_answers_reach_no_sheet(files):
    for number, text in enumerate(FORMULAS):
        lines = entry("00/learner", text, "open", f"f{number}") + entry("03/exit", text, "open", f"f{number}")
        (files / f"={number}.jsonl").write_bytes(lines + entry("=1+1", 1, "open", f"f{number}"))
    out = report(files)
    for name in method.FILES:
        for row in csv.reader((out / name).read_text(encoding="utf-8-sig").splitlines()):
            for value in row:
                number = re.fullmatch(r"-?[\d.]+", value)
                assert value == "-" or number or not value.startswith(("=", "+", "-", "@", "\t", "\r")), (name, value)


def test_one_learner_in_several_files_is_put_together_by_key_and_time(files):
    first = entry(GOOD, "mean", "wrong", "mei", "2026-09-07T08:00:00Z", key="k1")
    second = entry(GOOD, "exact", "wrong", "mei", "2026-09-08T08:00:00Z", key="k2")
    third = entry(GOOD, "over", "right", "mei", "2026-09-09T08:00:00Z", key="k3")
    (files / "a later.jsonl").write_bytes(first + third)
    (files / "b home.jsonl").write_bytes(second)
    (files / "c early hand-in.jsonl").write_bytes(first)
    other = entry(GOOD, "over", "right", "bo", key="k1")  # another learner's key is another key
    (files / "d two.jsonl").write_bytes(other + entry("03/exit", "Mine.", "open", "mei", "2026-09-09T08:00:00Z"))
    out = report(files)
    mei, bo = row_of(out, "mei"), row_of(out, "bo")
    assert (mei["files"], mei["right_first"], mei["of"]) == ("4", "0", "1")
    assert (bo["right_first"], bo["of"]) == ("1", "1")
    [item] = sheet(out, "items.csv")
    assert (item["answered"], item["right"]) == ("2", "1")
    drawn = {row["drawn_by"]: row["learners"] for row in sheet(out, "distractors.csv")}
    assert drawn == {"More than 7,050 people attended": "1"}
    grades = {
        row["Id in the file"]: float(row["03 Calling seven thousand"]) for row in sheet(out, "gradebook-moodle.csv")
    }
    assert grades["mei"] == grades["bo"] > 0
    assert "1 learner came in several files" in (out / "report.html").read_text(encoding="utf-8")


def test_in_one_file_the_order_of_lines_counts_not_their_times(files):
    lines = entry(GOOD, "mean", "wrong", "a", "2030-01-01T00:00:00Z") + entry(GOOD, "over", "right", "a", "never")
    (files / "a.jsonl").write_bytes(lines)
    (files / "b.jsonl").write_bytes(entry("03/exit", "Mine.", "open", "a", "2026-01-01T00:00:00Z"))
    out = report(files)
    assert row_of(out, "a")["right_first"] == "0"
    assert float(sheet(out, "gradebook-moodle.csv")[0]["03 Calling seven thousand"]) > 0


@pytest.mark.parametrize("answer", [None, 7, [], {}, [["x"]], {"a": {"b": 1}}, "", 1e308, True, ["over", "over"]])
def test_answers_of_any_shape_to_any_kind_are_marked_and_told(files, answer):
    asked = ["03/call", "03/aims", "03/length", "03/sequence", "03/timeline", GOOD, "03/exit", "00/cause"]
    lines = b"".join(entry(name, answer, "wrong", "odd", occasion="start") for name in asked)
    deep = b'{"v": 1, "at": "x", "who": "odd", "question": "03/attendance", "answer": ' + b"[" * 50_000 + b"]" * 50_000
    (files / "odd.jsonl").write_bytes(lines + deep + b', "result": "wrong"}\n')
    out = report(files)
    assert all((row["answered"], row["right"]) == ("1", "0") for row in sheet(out, "items.csv"))
    assert row_of(out, "odd")["of"] == "6"


def test_one_file_may_hold_several_learners(files):
    (files / "room.jsonl").write_bytes(honest("one") + honest("two").replace(b"\n", b"\r\n"))
    out = report(files)
    assert {row["id"] for row in sheet(out, "learners.csv")} == {"one", "two"}
    assert amiss(out) == set()


def test_a_label_is_one_short_line():
    assert findings.label("a\nb\tc\u202e\ud800\x00" + "x" * 200) == "a b c" + "x" * 114 + "…"
    assert findings.clean("a\r\nb\rc") == "a\nb\nc"
