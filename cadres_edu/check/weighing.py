"""Cards to weigh: what each says against the records that it restates, and whether it can be read at a glance."""

import re
from collections.abc import Iterator

from cadres_edu import archive
from cadres_edu.check.claims import check_links
from cadres_edu.check.evidence import Evidence
from cadres_edu.check.findings import Finding, Where
from cadres_edu.check.passages import inline
from cadres_edu.check.prose import unlinked
from cadres_edu.reasoning import Weighing
from cadres_edu.records import Study
from cadres_edu.schema import TABLES

_MOST_WORDS = {"card": 35, "limit": 30}
_MOST_LETTERS = 28


def check_weighing(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each card that says what its records don't, is too long, or gives a study's share away: shares are
    shown once learners have set their own."""
    for one in archive.weighing():
        where = Where(TABLES[Weighing], one.id)
        if len(one.name) > _MOST_LETTERS:
            problem = f"the name has {len(one.name)} characters"
            yield where.finding(problem, f"Name the card in {_MOST_LETTERS} at most.")
        yield from _text(one, "card", evidence, where)
        yield from _text(one, "limit", evidence, where)
        for ref in one.restates:
            found = archive.record(ref)
            if isinstance(found, Study) and (found.policy_low, found.policy_high) != (None, None):
                mend = "Restate a record that gives policy no share; learners see shares after they have set their own."
                yield where.finding(f"the card gives away the share of {ref}", mend)


def _text(one: Weighing, column: str, evidence: Evidence, where: Where) -> Iterator[Finding]:
    passage = inline(getattr(one, column))
    words = len(re.findall(r"\S+", passage.text))
    if words > _MOST_WORDS[column]:
        mend = f"Say it in {_MOST_WORDS[column]} words at most."
        yield where.finding(f"the {column} has {words} words", mend, passage.text)
    yield from check_links(passage, evidence, where)
    yield from unlinked(passage, evidence, where, one.restates)
