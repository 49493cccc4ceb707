"""How long the report takes, and how much memory: made-up logs are written, read by DuckDB alone, then reported on.

    python bench/report.py 1000 10000 --answers 100

For each number of learners, in one run: seconds and peak memory of the report, beside the seconds in which DuckDB alone
parses the same JSON into typed columns and counts it. The ratio of the two holds on any machine; the seconds don't.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import made_up

_TEXTS = dict.fromkeys(("at", "who", "question", "result", "key", "occasion"), "VARCHAR")
_COLUMNS = {"v": "INTEGER", "answer": "JSON"} | _TEXTS
_COUNTS = ", ".join(f'count("{name}")' for name in _COLUMNS)
_BASE = f"SELECT {_COUNTS} FROM read_json(?, format='newline_delimited', columns={_COLUMNS})"


def main() -> None:
    """Measure each number of learners in a process of its own, so that one's memory isn't the next one's."""
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("learners", type=int, nargs="+")
    read.add_argument("--answers", type=int, default=100, help="lines of each learner")
    read.add_argument("--logs", type=Path, help="keep the logs there, and use those that are there already")
    read.add_argument("--only", choices=("report", "duckdb"), help=argparse.SUPPRESS)
    given = read.parse_args()
    if given.only:
        _measure(given.only, given.logs)
        return
    with tempfile.TemporaryDirectory() as scratch:
        top = given.logs or Path(scratch)
        for learners in given.learners:
            logs = top / f"{learners}x{given.answers}"
            if not logs.exists():
                made_up.generate(logs, learners, given.answers)
            found = {what: _apart(what, logs) for what in ("duckdb", "report")}
            _tell(learners, learners * given.answers, found)


def _apart(what: str, logs: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "1", "--logs", str(logs), "--only", what]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # noqa: S603


def _measure(what: str, logs: Path) -> None:
    work = {"duckdb": _duckdb, "report": _report}[what]
    began, cpu = time.perf_counter(), time.process_time()
    work(logs)
    found = {"seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    print(json.dumps(found | {"MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def _duckdb(logs: Path) -> None:
    import duckdb

    with duckdb.connect(config={"memory_limit": "2GiB"}) as db:
        db.execute(_BASE, [f"{logs}/*/*.jsonl"]).fetchall()


def _report(logs: Path) -> None:
    from cadres_edu import classroom

    with tempfile.TemporaryDirectory() as out:
        classroom.report(logs, Path(out))


def _tell(learners: int, lines: int, found: dict[str, dict[str, float]]) -> None:
    report, base = found["report"], found["duckdb"]
    print(
        f"{learners:>9,} learners, {lines:>12,} lines: report {report['seconds']:7.1f} s ({report['cpu']:.1f} s of "
        f"processor), {report['MiB']:,.0f} MiB; DuckDB alone {base['seconds']:.1f} s ({base['cpu']:.1f}), "
        f"{base['MiB']:,.0f} MiB; ratio {report['seconds'] / base['seconds']:.2f} ({report['cpu'] / base['cpu']:.2f})",
        flush=True,
    )


if __name__ == "__main__":
    main()
