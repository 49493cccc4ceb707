"""What those do who change the course: check it, begin a lesson, run and store the lessons."""

from pathlib import Path
from typing import Annotated

import typer

from cadres_edu import folder
from cadres_edu.cli.shared import Place, lessons_in, screen, seeds_for, stop


def check(
    lessons: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER",
            help="The folder with the lessons. By default notebooks in a checkout, else where you are.",
        ),
    ] = None,
    seeds: Annotated[
        Path | None, typer.Option(help="The evidence to hold them to. By default the seeds in or beside FOLDER.")
    ] = None,
) -> None:
    """Hold each number, date, name and quotation in the lessons and questions to the evidence.

    Tells where a lesson says what its record does not, where a figure links to no record, and where a lesson has lost
    its shape; each with the file, the cell, the sentence and how to mend it. The exit status is 1 if there is any.
    """
    place = lessons_in(lessons, "cadres-edu check FOLDER")
    evidence = seeds or seeds_for(place)
    from cadres_edu.check import check as findings_in
    from cadres_edu.tables import SeedError

    try:
        findings = findings_in(place, evidence)
    except SeedError as error:
        raise stop(error) from error
    for finding in findings:
        screen.print(str(finding), markup=False)
    screen.print(f"{len(findings)} to mend." if findings else "Every claim in the lessons holds.")
    raise typer.Exit(1 if findings else 0)


def new_lesson(
    name: Annotated[str, typer.Argument(metavar="LESSON", help="Two digits and words, such as 11-local-study.")],
    title: Annotated[str, typer.Option(help="The lesson's title. By default the words of its name.")] = "",
    place: Place = None,
) -> None:
    """Lay out a lesson's notebook and its file of questions, with a pencil wherever words are to be written.

    'cadres-edu check' then names each place that is still to be filled. A lesson that is there already stays as it is.
    """
    from cadres_edu import new

    home = lessons_in(place, "--folder DIR")
    try:
        files = new.begin(name, title, home, seeds_for(home))
    except (new.NewLessonError, OSError) as error:
        raise stop(error) from error
    for file in files:
        screen.print(str(file), markup=False)
    screen.print(
        "Write where a pencil stands; 'cadres-edu check' names each place, and what the lesson before leads to."
    )


def store_lessons(
    lessons: Annotated[
        list[str] | None,
        typer.Argument(metavar="LESSON", help="The lessons, by number or name, as 03. By default all of them."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Store them here, and leave the lessons as they are.")
    ] = None,
    place: Annotated[
        Path | None,
        typer.Option(
            "--folder", metavar="DIR", help="The folder with the lessons. By default notebooks in a checkout."
        ),
    ] = None,
) -> None:
    """Run lessons in a temporary copy and store them with their outputs, ready to publish.

    For those who change the course: the bytes depend on lessons, evidence and library alone, so a difference is a
    difference in the course. Learners need not run it.
    """
    from cadres_edu import execute

    if out is None and place is None and folder.checkout() is None:
        raise stop(
            "installed lessons are not changed in place. Name the folder with yours, --folder DIR, or say where to "
            "store these: cadres-edu lessons --out DIR"
        )
    home = place or folder.notebooks()
    try:
        for name, changed in execute.store(home, seeds_for(home), out or home, lessons or ()):
            screen.print(f"{name}: {'stored anew' if changed else 'as it was'}", markup=False)
    except execute.LessonError as error:
        raise stop(error) from error
