"""The learner's log: what is acknowledged is on disk, whatever happens next."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from filelock import SoftFileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadres_edu import progress
from cadres_edu.progress import Log, LogError


@pytest.fixture
def log(tmp_path):
    return Log(tmp_path / "progress.jsonl")


def lines(log):
    return [json.loads(line) for line in log.path.read_text(encoding="utf-8").splitlines()]


def test_a_line_has_the_promised_form(log):
    entry = log.record("03/attendance", "over", "right", key="k1", at="2026-09-01T09:00:00Z", occasion="start")
    assert lines(log) == [
        {
            "v": 1,
            "at": "2026-09-01T09:00:00Z",
            "who": entry.who,
            "question": "03/attendance",
            "answer": "over",
            "result": "right",
            "key": "k1",
            "occasion": "start",
        }
    ]
    assert len(entry.who) == 8
    assert Log(log.path).latest() == {"03/attendance": entry}


def test_an_empty_log_has_no_learner_and_no_file(log):
    assert (log.who, log.name, log.latest(), log.problems(), log.text()) == ("", "", {}, [], "")
    assert not log.path.exists()


def test_the_same_key_is_written_once(log):
    first = log.record("03/a", "x", "wrong", key="k")
    assert log.record("03/a", "x", "wrong", key="k") == first
    assert Log(log.path).record("03/a", "x", "wrong", key="k") == first
    assert len(lines(log)) == 1


def test_names_learners_and_starting_over(log):
    log.record("03/a", 1, "wrong")
    first = log.who
    log.rename("Mei")
    log.record("03/a", 2, "right")
    assert (log.name, log.attempts("03/a"), log.latest()["03/a"].answer) == ("Mei", 2, 2)
    log.another("Bo")
    assert (log.name, log.latest()) == ("Bo", {})
    assert log.who != first
    log.record("03/a", 3, "wrong")
    log.start_over()
    assert (log.name, log.latest(), log.attempts("03/a")) == ("Bo", {}, 0)
    log.record("03/a", 4, "right", who=first)
    assert log.latest() == {}
    assert len(lines(log)) == 7
    assert [json.loads(line)["answer"] for line in log.text(first).splitlines()] == [1, "Mei", 2, 4]


def test_a_clock_that_goes_backwards_does_no_harm(log):
    log.record("03/a", "new", "right", at="2030-01-01T00:00:00Z")
    log.record("03/a", "newer", "right", at="1999-01-01T00:00:00Z")
    assert log.latest()["03/a"].answer == "newer"


def test_two_logs_on_one_file_see_each_other(log):
    other = Log(log.path)
    log.record("03/a", 1, "right")
    assert other.latest()["03/a"].answer == 1
    other.record("03/b", 2, "right")
    assert set(log.latest()) == {"03/a", "03/b"}
    assert log.who == other.who


GARBAGE = [
    b"not json",
    b"[1, 2]",
    b'{"v": 1}',
    b'{"v": "1", "at": 1}',
    b"\xff\xfe",
    b"null",
    b"[" * 100_000,
    b'{"v":1,"at":1,"who":"a","question":"q","result":"open"}',
    b'{"v":1,"at":"2026","who":"a","question":"03/a","result":"great"}',
    b'{"v":0,"at":"2026","who":"a","question":"03/a","result":"open"}',
]


@pytest.mark.parametrize("garbage", GARBAGE)
def test_a_line_of_garbage_costs_that_line_and_is_reported(log, garbage):
    log.record("03/a", 1, "right")
    with log.path.open("ab") as file:
        file.write(garbage + b"\n")
    log.record("03/b", 2, "right")
    assert set(Log(log.path).latest()) == {"03/a", "03/b"}
    assert "Line 2" in Log(log.path).problems()[0]
    assert garbage in log.path.read_bytes()


def test_a_newer_version_is_kept_and_said(log):
    log.record("03/a", 1, "right")
    with log.path.open("a") as file:
        file.write('{"v": 2, "something": "else"}\n')
    log.record("03/a", 2, "right")
    assert log.latest()["03/a"].answer == 2
    assert "newer version" in log.problems()[0]
    assert '"something": "else"' in log.path.read_text()


def test_power_lost_at_every_byte_of_the_last_two_records(tmp_path, log):
    for number in range(5):
        log.record(f"03/q{number}", "七千人", "open")
    whole = log.path.read_bytes()
    ends = [place + 1 for place, byte in enumerate(whole) if byte == 10]
    for cut in range(ends[2], len(whole) + 1):
        path = tmp_path / f"cut-{cut}.jsonl"
        path.write_bytes(whole[:cut])
        torn = Log(path)
        before = torn.latest()
        assert {"03/q0", "03/q1", "03/q2"} <= set(before)
        torn.record("03/after", 1, "right")
        assert set(Log(path).latest()) >= {*before, "03/after"}


WORKER = """
import sys
from cadres_edu.progress import Log
log = Log(sys.argv[1])
for number in range(60):
    log.record(f"03/w{sys.argv[2]}", number, "open", key=f"{sys.argv[2]}-{number}")
"""


def test_four_processes_write_at_once(log):
    log.record("00/learner", "all", "open")
    command = [sys.executable, "-c", WORKER, str(log.path)]
    workers = [subprocess.Popen([*command, str(worker)]) for worker in range(4)]
    assert [worker.wait(60) for worker in workers] == [0] * 4
    found = [(one.question, one.answer) for one in log.entries()[1:]]
    assert sorted(found) == sorted((f"03/w{worker}", number) for worker in range(4) for number in range(60))
    assert log.problems() == []


WRITER = """
import sys
from cadres_edu.progress import Log
log = Log(sys.argv[1])
for number in range(10_000):
    log.record("03/q", number, "open")
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 needs POSIX")
def test_what_was_acknowledged_survives_kill_9(log):
    dice = random.Random(1962)
    for _ in range(6):
        begun = len(log.entries())
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(log.path)], stdout=subprocess.PIPE)
        writer.stdout.readline()
        time.sleep(dice.random() / 4)
        writer.send_signal(signal.SIGKILL)
        said = 1 + writer.stdout.read().count(b"\n")
        writer.stdout.close()
        writer.wait()
        written = len(Log(log.path).entries()) - begun
        assert written in (said, said + 1)
        assert Log(log.path).problems() == []


def test_a_full_disk_is_said_in_words_and_leaves_no_half_line(log, monkeypatch):
    log.record("03/a", 1, "right")
    before = log.path.read_bytes()

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(progress.os, "fsync", full)
    with pytest.raises(LogError, match="disk is full"):
        log.record("03/b", 2, "right")
    assert log.path.read_bytes() == before
    monkeypatch.undo()
    log.record("03/b", 2, "right")
    assert set(log.latest()) == {"03/a", "03/b"}


def test_a_short_write_is_undone(log, monkeypatch):
    log.record("03/a", 1, "right")
    before = log.path.read_bytes()
    opened = progress.Path.open

    def open_short(path, mode="r", **more):
        file = opened(path, mode, **more)
        if mode != "ab":
            return file
        write = file.write

        class Short:
            def __enter__(self):
                return self

            def __exit__(self, *_):
                file.close()

            def write(self, data):
                return write(data[: len(data) // 2])

            def __getattr__(self, name):
                return getattr(file, name)

        return Short()

    monkeypatch.setattr(progress.Path, "open", open_short)
    with pytest.raises(LogError, match="only part"):
        log.record("03/b", 2, "right")
    monkeypatch.undo()
    assert log.path.read_bytes() == before


READER = """
import os, sys
from cadres_edu.progress import Log, LogError
if os.geteuid() == 0:
    os.seteuid(65534)  # root may write anywhere
log = Log(sys.argv[1])
print(log.latest()["03/a"].answer)
try:
    log.record("03/b", 2, "right")
except LogError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX permissions")
def test_a_folder_that_cannot_be_written_to_can_still_be_read():
    folder = Path(tempfile.mkdtemp())  # not tmp_path, whose parents are closed to other users
    try:
        Log(folder / "progress.jsonl").record("03/a", 1, "right")
        (folder / ".progress.lock").unlink(missing_ok=True)
        before = (folder / "progress.jsonl").read_bytes()
        (folder / "progress.jsonl").chmod(0o444)
        folder.chmod(0o555)
        said = subprocess.run(
            [sys.executable, "-c", READER, str(folder / "progress.jsonl")], capture_output=True, text=True, check=True
        )
        assert said.stdout.splitlines() == ["1", "The folder or the file can't be written to."]
        assert (folder / "progress.jsonl").read_bytes() == before
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


def test_a_folder_that_is_gone_and_a_log_that_is_a_folder(tmp_path):
    with pytest.raises(LogError, match="folder is gone"):
        Log(tmp_path / "gone" / "progress.jsonl").record("03/a", 1, "right")
    (tmp_path / "progress.jsonl").mkdir()
    with pytest.raises(LogError, match="is a folder"):
        Log(tmp_path / "progress.jsonl").record("03/a", 1, "right")


def test_a_file_taken_away_is_begun_again_and_the_learner_goes_on(log):
    log.record("03/a", 1, "right")
    log.path.unlink()
    assert log.latest() == {}
    log.record("03/b", 2, "right")
    assert set(log.latest()) == {"03/b"}


def written(question, answer, who="aaaa", **more):
    parts = {"v": 1, "at": "2026-09-01T09:00:00Z", "who": who, "question": question, "answer": answer}
    return json.dumps(parts | {"result": "open"} | more).encode() + b"\n"


def test_another_file_in_its_place_is_read_afresh_though_inode_and_length_be_the_same(log):
    log.path.write_bytes(written("03/a", "one") + written("03/b", "two"))
    assert set(log.latest()) == {"03/a", "03/b"}
    log.path.write_bytes(written("03/c", "one") + written("03/d", "two") + written("03/e", "three"))
    assert set(log.latest()) == {"03/c", "03/d", "03/e"}
    earlier = log.path.stat()
    log.path.write_bytes(written("03/x", "one") + written("03/d", "two") + written("03/e", "three"))
    os.utime(log.path, ns=(earlier.st_atime_ns, earlier.st_mtime_ns + 1))
    assert set(log.latest()) == {"03/x", "03/d", "03/e"}


def test_a_whole_record_without_its_newline_counts(log):
    log.path.write_bytes(written("03/a", 1) + written("03/b", 2).rstrip())
    assert log.latest()["03/b"].answer == 2
    log.record("03/c", 3, "open")
    assert set(log.latest()) == set(Log(log.path).latest()) == {"03/a", "03/b", "03/c"}
    assert log.problems() == Log(log.path).problems() == []
    with log.path.open("ab") as file:
        file.write(b"garbage\n")
    assert (
        log.problems()
        == Log(log.path).problems()
        == ["Line 4 of progress.jsonl is damaged; it is kept, and not counted."]
    )


def test_a_torn_line_is_said_and_costs_only_itself(log):
    log.path.write_bytes(written("03/a", 1) + written("03/b", 2)[:-9])
    assert set(log.latest()) == {"03/a"}
    assert "breaks off" in log.problems()[0]
    log.record("03/c", 3, "open")
    assert set(log.latest()) == {"03/a", "03/c"}
    assert [problem[:6] for problem in log.problems()] == ["Line 2"]


def test_what_is_handed_in_is_the_file_as_it_is(log):
    mine = written("03/a", 1, more="kept") + b'{"v": 2, "who": "aaaa", "kind": "new"}\n'
    log.path.write_bytes(mine + written("03/a", 2, who="bbbb") + b"garbage\n")
    assert log.text() == log.path.read_text()
    assert log.text("aaaa") == mine.decode()


def test_a_file_put_together_from_two_counts_an_answer_once(log):
    log.path.write_bytes(written("03/a", 1, key="k") * 2 + written("03/a", 2, key="l") + written("03/a", 3) * 2)
    assert log.attempts("03/a") == 4
    assert len(log.entries()) == 4


def test_what_the_form_has_no_place_for_is_refused_and_not_written(log):
    for answer, result in (("x", "great"), (float("nan"), "open"), ({1, 2}, "open")):
        with pytest.raises((ValueError, TypeError)):
            log.record("03/a", answer, result)
    assert log.path.read_bytes() == b"" if log.path.exists() else True


@pytest.mark.parametrize(
    "answer", ["七千人大会", "a\nb\r\u2028c", "half a pair \ud83d", "", None, [1, {"é": "ü"}], 2.5, True]
)
def test_any_answer_that_a_page_can_send_comes_back(log, answer):
    log.record("03/a", answer, "open")
    assert Log(log.path).latest()["03/a"].answer == answer
    assert log.path.read_bytes().count(b"\n") == 1


def test_every_answer_is_forced_to_disk_and_so_is_the_name_of_a_new_file(log, monkeypatch):
    forced = []
    force = os.fsync

    def note(descriptor):
        forced.append(os.fstat(descriptor).st_size if Path(f"/proc/self/fd/{descriptor}").is_file() else "folder")
        force(descriptor)

    monkeypatch.setattr(progress.os, "fsync", note)
    for number in range(3):
        log.record("03/a", number, "open")
    sizes = [sum(map(len, log.path.read_bytes().splitlines(keepends=True)[:count])) for count in (1, 2, 3)]
    assert forced == [sizes[0], "folder", *sizes[1:]]


def test_it_works_with_the_lock_of_a_system_that_has_no_fcntl(log, monkeypatch):
    monkeypatch.setattr(progress, "FileLock", SoftFileLock)
    soft = Log(log.path)
    soft.record("03/a", 1, "right")
    Log(log.path).record("03/b", 2, "right")
    assert set(soft.latest()) == {"03/a", "03/b"}


def test_a_lock_that_is_never_let_go_is_said_in_words(log, monkeypatch):
    monkeypatch.setattr(log._lock, "timeout", 0.05)
    with Log(log.path)._lock, pytest.raises(LogError, match="Another lesson keeps"):
        log.record("03/a", 1, "right")


def test_a_long_log_is_read_once_and_then_only_what_is_new(log):
    log.path.write_bytes(b"".join(written(f"03/q{number}", number) for number in range(50)) * 2_000)
    assert log.attempts("03/q7") == 2000
    taken = []
    take = log._take
    log._take = lambda data: (taken.append(len(data)), take(data))
    begun = time.perf_counter()
    for number in range(50):
        log.record("03/q7", number, "open")
    assert log.attempts("03/q7") == 2050
    assert sum(taken) < 50 * 200
    assert time.perf_counter() - begun < 5


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(st.binary(max_size=40), st.integers(0, 9)), max_size=8))
def test_no_bytes_in_the_file_keep_other_lines_from_being_read(tmp_path, pieces):
    path = tmp_path / "mixed.jsonl"
    lines = [
        written("03/a", piece) if isinstance(piece, int) else piece.replace(b"\n", b" ") + b"\n" for piece in pieces
    ]
    path.write_bytes(b"".join(lines))
    log = Log(path)
    assert [entry.answer for entry in log.entries()] == [piece for piece in pieces if isinstance(piece, int)]
    log.problems()
