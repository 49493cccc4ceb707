"""The first page of a teacher's copy: the lesson at a glance, on one sheet of A4."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Collection, Iterator

from nbformat import NotebookNode

from cadres_edu import markup, questions, teaching
from cadres_edu.cards import marked
from cadres_edu.publish.answers import answer, words
from cadres_edu.question_kinds import Open

_DRIVING = re.compile(r"\*\*([^*]+\?)\*\*")


def front(
    lesson: NotebookNode,
    title: str,
    *,
    steps: list[teaching.Step],
    notes: teaching.Notes | None,
    asked: list[questions.Question],
    known: Collection[str],
) -> str:
    """The page as HTML: driving question, steps with minutes, wrong answers with replies, exit task, care."""
    found = (_DRIVING.search(cell.source) for cell in lesson.cells[:1])
    driving = next((words(markup.runs(match[1]), known) for match in found if match), "")
    number = {question.id: at for at, question in enumerate(asked, start=1)}
    parts = [
        f"<h1>{marked(title)}</h1><p><strong>{driving}</strong></p>",
        _table(notes.steps if notes else steps, known),
        "" if notes else "<p>Nobody has written notes on this lesson in seeds/teaching yet.</p>",
        _likely(notes, asked, number, known) if notes and notes.wrong else "",
        "".join(_exit(lesson, asked, number, known)),
        _care(notes, known) if notes and notes.care else "",
    ]
    return f'<section class="front"><p class="quiet">Teacher’s copy</p>{"".join(parts)}</section>\n'


def _table(steps: Collection[teaching.Step], known: Collection[str]) -> str:
    ends = itertools.accumulate(step.minutes for step in steps)
    rows = "".join(
        f'<tr><th scope="row">{html.escape(step.name)}</th><td>{step.minutes}</td><td>{end}</td>'
        f"<td>{' '.join(words(text, known) for text in step.says)}</td></tr>"
        for step, end in zip(steps, ends, strict=True)
    )
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("Step", "Minutes", "Until", "What to say and do"))
    return f'<table class="steps"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _likely(
    notes: teaching.Notes, asked: list[questions.Question], number: dict[str, int], known: Collection[str]
) -> str:
    by_name = teaching.by_name(asked)
    items = []
    for one in notes.wrong:
        question = by_name[one.question]
        wrong = teaching.wrong_answers(question)[one.option]
        items.append(
            f"<li>Question {number[question.id]}: <strong>{answer(question, wrong, known)}</strong> "
            f"<em>({html.escape(wrong.misconception)})</em> {words(wrong.feedback, known)}</li>"
        )
    return f"<h2>Likely wrong answers, and what to reply</h2><ul>{''.join(items)}</ul>"


def _exit(
    lesson: NotebookNode, asked: list[questions.Question], number: dict[str, int], known: Collection[str]
) -> Iterator[str]:
    """The task at the end of the lesson, which its last part but the sources asks."""
    code = "\n".join(cell.source for cell in lesson.cells if cell.metadata.get("cadres", {}).get("part") == "exit")
    for question in asked:
        if isinstance(question, Open) and f'"{question.id}"' in code:
            fewest, most = question.words
            prompt = " ".join(words(paragraph, known) for paragraph in question.prompt)
            about = f"Question {number[question.id]}, {fewest} to {most} words; rubric and model answer stand there."
            yield f"<h2>Exit task</h2><p>{prompt} <em>({about})</em></p>"


def _care(notes: teaching.Notes, known: Collection[str]) -> str:
    return "<h2>With care</h2>" + "".join(f"<p>{words(text, known)}</p>" for text in notes.care)
