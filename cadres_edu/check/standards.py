"""What lessons are said to do for curricula: each row names a lesson that exists, says something, and stands once."""

from collections.abc import Iterator

from cadres_edu import archive
from cadres_edu.check.findings import Finding, Where


def check_standards() -> Iterator[Finding]:
    """A finding for each row of `standards.csv` whose lesson has no questions file, that lacks words, or that another
    row says already."""
    lessons = sorted({path.name[:2] for path in (archive.seeds_folder() / "questions").glob("*.md")})
    met: dict[tuple[str, str, str], str] = {}
    for row in archive.standards():
        where = Where("standards.csv", row.id)
        for column in ("lesson", "framework", "code", "does"):
            if not getattr(row, column):
                yield where.finding(f"the cell {column!r} is empty", "Fill it, or delete the row.")
        if row.lesson and row.lesson not in lessons:
            mend = f"Name one that has a questions file: {', '.join(lessons)}."
            yield where.finding(f"there is no lesson {row.lesson!r}", mend)
        first = met.setdefault((row.lesson, row.framework, row.code), row.id)
        if first != row.id:
            yield where.finding(f"the row {first!r} has this lesson and code already", "Keep one of them.")
