"""The citation strings of `sources.json`, made by a CSL processor and stored so that a lesson needs none.

After a change to a work, `python -m cadres_edu.citations` writes its strings anew; a test holds that they are what the
processor gives.
"""

import json
import sys
from pathlib import Path
from typing import Any

from cadres_edu import archive, tables

# The sixteenth edition of Chicago: of the later ones the processor reduces first names to initials and prints the word
# "edition" after articles. British, as the course is: single quotation marks, and the day before the month.
NOTE = "chicago-notes-bibliography-16th-edition"
SHORT = "chicago-shortened-notes-bibliography-16th-edition"
LOCALE = "en-GB"


def render(items: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """For each CSL-JSON item, by id, its full Chicago note and its short one: plain text, no locator, no full stop."""
    works = [{key: value for key, value in item.items() if key != "custom"} for item in items]
    full, short = _cite(works, NOTE), _cite(works, SHORT)
    return {item["id"]: (full[item["id"]], short[item["id"]]) for item in items}


def rewrite(path: Path) -> list[str]:
    """The ids of the works at `path` whose strings were out of date; the file is written anew, sorted by id."""
    items = sorted(tables.items(path), key=lambda item: str(item["id"]))
    rendered = render(items)
    changed = []
    for item in items:
        custom = item.setdefault("custom", {})
        stored = custom.get("note"), custom.get("short")
        if stored != rendered[item["id"]]:
            changed.append(str(item["id"]))
            custom["note"], custom["short"] = rendered[item["id"]]
    text = as_text(items)
    if path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")
    return changed


def as_text(items: list[dict[str, Any]]) -> str:
    """The items as the file holds them: indented by two, characters as they are."""
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _cite(works: list[dict[str, Any]], style: str) -> dict[str, str]:
    from citeproc import (  # type: ignore[import-untyped]
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]

    bibliography = CitationStylesBibliography(
        CitationStylesStyle(style, locale=LOCALE, validate=False), CiteProcJSON(works), formatter.plain
    )
    cited = {}
    for work in works:
        citation = Citation([CitationItem(work["id"])])
        bibliography.register(citation)
        cited[work["id"]] = _tidy(str(bibliography.cite(citation, _missing)))
    return cited


def _missing(item: Any) -> None:
    raise KeyError(item.key)


def _tidy(text: str) -> str:
    # "n.d." tells a reader nothing that the missing year does not.
    return text.replace(", n.d.", "").rstrip(".")


def main() -> None:
    """Write the strings of the seeds' `sources.json` anew, and say which changed."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else archive.seeds_folder() / "sources.json"
    changed = rewrite(path)
    sys.stdout.write(f"{path}: {len(changed)} works changed{': ' if changed else ''}{', '.join(changed)}\n")


if __name__ == "__main__":
    main()
