"""The lines of all files in one DuckDB database, which lives in a folder of its own and is thrown away with it.

Tables that the rest of the report reads:

- `people` (who, code, name, over, files): each learner, with the number that stands for them, their id in the files,
  the name last given, the place of the last line that started over (-1 if none), how many files they come in;
- `entries` (ord, file, who, lesson, slot, at, answer, result, question): each line once, in the order of `ord`; where
  it answers no question, `slot` is null and `question` says what it is of, else the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from cadres_edu.classroom import course
from cadres_edu.classroom.findings import ClassroomError, Finding, counted, label
from cadres_edu.classroom.intake import LONGEST_LINE, SEPARATOR, Intake, Tell
from cadres_edu.log_entry import LEARNER, RESULTS, START_OVER, VERSION

if TYPE_CHECKING:
    import duckdb

Connection: TypeAlias = "duckdb.DuckDBPyConnection"

MEMORY = "2GiB"  # what DuckDB holds at most; past it, it goes on on disk
LONGEST_CODE = 64  # characters of a learner's id; ours have eight
_BATCH = 10_000

# `v` alone is a number; these count only as strings, as in `log_entry.read_entry`.
_TEXTS = ("at", "who", "question", "result")
_PARTS = ("v", *_TEXTS, "answer", "key", "occasion")
_PATHS = ", ".join(f"'$.{name}'" for name in _PARTS)
_RESULTS = ", ".join(f"'{name}'" for name in RESULTS)


def _string(name: str) -> str:
    """SQL for the string that a JSON text states; null where it states none."""
    return f"CASE WHEN starts_with({name}, chr(34)) THEN json_extract_string({name}, '$') END"


_ALL_STRINGS = " AND ".join(f"starts_with({name}_, chr(34))" for name in _TEXTS)
_KEY = "nullif(nullif(key_, 'null'), '\"\"')"
# `print` is the same for two lines of one learner that have the same key or, lacking keys, say the same. `question` has
# the occasion behind it where it is one of the survey.
_READ = f"""
CREATE TABLE lines AS
SELECT file, state, who, "at", answer, result, keyed, print,
    CASE WHEN list_contains(?::VARCHAR[], question) THEN question || '@' || occasion ELSE question END AS question
FROM (
    SELECT file, CASE
        WHEN blank THEN 'blank'
        WHEN regexp_full_match(v_, '[0-9]{{1,9}}') AND v_::INTEGER > {VERSION} THEN 'newer'
        WHEN v_ = '{VERSION}' AND {_ALL_STRINGS} AND {_string("result_")} IN ({_RESULTS})
            AND length(who_) <= {LONGEST_CODE + 2} THEN 'good'
        ELSE 'damaged' END::ENUM ('good', 'blank', 'newer', 'damaged') AS state,
        {_string("who_")} AS who, {_string("question_")} AS question, {_string("occasion_")} AS occasion,
        CASE WHEN at_ BETWEEN '"2000' AND '"2100' THEN try_cast({_string("at_")} AS TIMESTAMP) END AS "at",
        answer_ AS answer, try_cast({_string("result_")} AS ENUM ({_RESULTS})) AS result, {_KEY} IS NOT NULL AS keyed,
        md5_number(concat_ws('\x1f', who_, coalesce({_KEY}, concat_ws('\x1f', at_, question_, answer_, occasion_))))
            AS print
    FROM (
        SELECT file, blank, {", ".join(f"json[{place}]::VARCHAR AS {name}_" for place, name in enumerate(_PARTS, 1))}
        FROM (
            SELECT file, text IS NULL OR trim(text) = '' AS blank,
                CASE WHEN json_valid(text) THEN json_extract(text, [{_PATHS}]) END AS json
            FROM read_csv(?, delim=chr({SEPARATOR[0]}), quote='', escape='', new_line='\\n', header=false,
                auto_detect=false, columns={{'file': 'INTEGER', 'text': 'VARCHAR'}}, max_line_size={LONGEST_LINE + 32})
        )
    )
)
"""

# In one file each line without a key counts, as it does for the learner; across files the nth of it is the nth.
_REPEATED = """
CREATE TABLE repeated AS
WITH good AS (SELECT rowid AS line, * FROM lines WHERE state = 'good'),
    twice AS (SELECT print FROM good GROUP BY print HAVING count(*) > 1),
    placed AS (
        SELECT *, CASE WHEN NOT keyed THEN row_number() OVER (PARTITION BY file, print ORDER BY line) END AS nth
        FROM good SEMI JOIN twice USING (print)
    ),
    numbered AS (
        SELECT line, file, row_number() OVER same AS time,
            hash(question, answer) <> first_value(hash(question, answer)) OVER same AS differs
        FROM placed WINDOW same AS (PARTITION BY print, nth ORDER BY line)
    )
SELECT line, file, differs FROM numbered WHERE time > 1
"""

_PEOPLE = """
CREATE TABLE people AS
SELECT row_number() OVER (ORDER BY min(rowid)) - 1 AS who, who AS code, count(DISTINCT file) AS files,
    min(file) <> max(file) AS scattered
FROM lines WHERE state = 'good' GROUP BY lines.who
"""

_ENTRIES = """
CREATE TABLE entries AS
SELECT lines.rowid AS ord, file, people.who::INTEGER AS who,
    CASE WHEN substring(question, 3, 1) = '/' THEN substring(question, 1, 2) END AS lesson, slots.number AS slot,
    "at", answer, result, CASE WHEN slots.number IS NULL THEN question END AS question
FROM lines JOIN people ON lines.who = people.code LEFT JOIN slots ON slots.name = question
WHERE state = 'good' AND lines.rowid NOT IN (SELECT line FROM repeated)
"""

# Where a learner's lines lie in several files, they are merged by time; in each file their order stays as it is, so a
# line counts as no earlier than the lines before it. The merged lines take each other's places.
_MERGED = """
UPDATE entries SET ord = merged.ord FROM (
    WITH theirs AS (
        SELECT ord AS line, who, file,
            coalesce(max("at") OVER (PARTITION BY who, file ORDER BY ord), TIMESTAMP '2000-01-01') AS upto
        FROM entries WHERE who IN (SELECT who FROM people WHERE scattered)
    )
    SELECT by_time.line, by_line.line AS ord
    FROM (SELECT line, who, row_number() OVER (PARTITION BY who ORDER BY upto, file, line) AS n FROM theirs) AS by_time
    JOIN (SELECT line, who, row_number() OVER (PARTITION BY who ORDER BY line) AS n FROM theirs) AS by_line
    USING (who, n)
) AS merged WHERE entries.ord = merged.line
"""

_NAMES = f"""
CREATE OR REPLACE TABLE people AS
SELECT people.who::INTEGER AS who, code, files::INTEGER AS files, coalesce(named.name, '') AS name,
    coalesce(begun.over, -1) AS over
FROM people
LEFT JOIN (
    SELECT who, arg_max(json_extract_string(answer, '$'), ord) AS name FROM entries
    WHERE question = '{LEARNER}' AND starts_with(answer, '"') GROUP BY who
) AS named USING (who)
LEFT JOIN (SELECT who, max(ord) AS over FROM entries WHERE question = '{START_OVER}' GROUP BY who) AS begun USING (who)
"""


def connect(folder: Path) -> Connection:
    """A new database in `folder`, which also takes what doesn't fit into memory; ClassroomError without DuckDB."""
    try:
        import duckdb
    except ImportError:
        raise ClassroomError(
            "the report needs DuckDB, which isn't installed. Install it with: pip install 'cadres-edu[classroom]'"
        ) from None
    settings: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(folder / "spilled")}
    settings |= {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    return duckdb.connect(str(folder / "classroom.duckdb"), config=settings)


def load(db: Connection, spool: Path, intake: Intake, asked: course.Course, tell: Tell) -> list[Finding]:
    """Fill the tables from the spool; what is amiss with its lines is returned, file by file."""
    survey = sorted({slot.question.id for slot in asked.slots if slot.occasion})
    db.execute("CREATE TABLE slots (number SMALLINT, name VARCHAR)")
    db.execute(
        "INSERT INTO slots SELECT unnest(?), unnest(?)",
        [[slot.number for slot in asked.slots], [slot.name for slot in asked.slots]],
    )
    steps: list[tuple[str, list[Any]]] = [
        (_READ, [survey, str(spool)]),
        (_REPEATED, []),
        (_PEOPLE, []),
        (_ENTRIES, []),
        (_MERGED, []),
        (_NAMES, []),
    ]
    for number, (sql, values) in enumerate(steps):
        tell("Reading lines", number, len(steps))
        db.execute(sql, values)
    found = list(_amiss(db, intake, sorted(course.others(asked))))
    db.execute("DROP TABLE lines")
    return found


def rows(db: Connection, sql: str, values: list[Any] | None = None) -> Iterator[tuple[Any, ...]]:
    """What a query finds, a batch at a time, so that no result need fit into memory."""
    cursor = db.cursor()
    cursor.execute(sql, values or [])
    while batch := cursor.fetchmany(_BATCH):
        yield from batch


def insert(db: Connection, table: str, columns: list[list[Any]]) -> None:
    """Append the columns, which are of one length, to a table."""
    db.execute(f"INSERT INTO {table} SELECT {', '.join(['unnest(?)'] * len(columns))}", columns)


def _amiss(db: Connection, intake: Intake, others: list[str]) -> Iterator[Finding]:
    words = {
        "damaged": ("line can't be read", "lines can't be read", "left out"),
        "newer": ("line is of a newer version of the course", "lines are of a newer version of the course", "left out"),
    }
    sql = """SELECT file, state, count(*), min(rowid) FROM lines WHERE state IN ('damaged', 'newer')
        GROUP BY ALL ORDER BY ALL"""
    for file, state, number, first in rows(db, sql):
        one, many, fate = words[state]
        at = first - intake.files[file].first + 1
        yield Finding(intake.files[file].name, f"{counted(number, one, many)} ({_first(number, at)}): {fate}")
    sql = "SELECT file, count(*) FROM repeated WHERE differs GROUP BY file ORDER BY file"
    for file, number in rows(db, sql):
        said = counted(number, "line says", "lines say")
        yield Finding(intake.files[file].name, f"{said} something else than an earlier one with the same key: left out")
    sql = """SELECT file, count(*), min(question) FROM entries
        WHERE slot IS NULL AND NOT list_contains(?::VARCHAR[], question) GROUP BY file ORDER BY file"""
    for file, number, name in rows(db, sql, [others]):
        said = counted(number, "answer is", "answers are")
        yield Finding(intake.files[file].name, f"{said} to no question of this course: not counted", quoted=label(name))


def _first(number: int, at: int) -> str:
    return f"line {at:,}" if number == 1 else f"the first is line {at:,}"
