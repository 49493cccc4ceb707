"""Changes to the tables in a copy of the evidence; it is read afresh after each."""

import csv

from cadres_edu import archive


def alter(seeds, table, change):
    """Put `change(rows)` in the place of a table's rows, and give back what they were. Cells left out are empty."""
    file = seeds / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        before = list(reader)
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, reader.fieldnames, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(before))
    archive.use(seeds)
    return before


def damage(seeds, table, name, /, **cells):
    """Write other cells into the row `name`; its number, as messages count."""
    before = alter(seeds, table, lambda rows: [row | cells if row["id"] == name else row for row in rows])
    return next(at for at, row in enumerate(before, start=2) if row["id"] == name)
