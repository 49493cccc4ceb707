"""The learner's log: what is acknowledged is on disk, whatever happens next."""

import errno
import json
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time

import pytest

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
    b'{"v":1,"at":1,"who":"a","question":"q","result":"x"}',
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


def write_many(path, worker, count):
    log = Log(path)
    for number in range(count):
        log.record(f"03/w{worker}", number, "open", key=f"{worker}-{number}")


def test_four_processes_write_at_once(log):
    log.record("00/learner", "all", "open")
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=write_many, args=(log.path, worker, 60)) for worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
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


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_to(log):
    log.path.parent.chmod(0o500)
    try:
        with pytest.raises(LogError, match="can't be written to"):
            log.record("03/a", 1, "right")
    finally:
        log.path.parent.chmod(0o700)


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
