"""What a teacher takes from the course: papers of a lesson, a report on a class, the questions for other systems."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cadres_edu import folder
from cadres_edu.cli.shared import Place, lessons_in, problems, screen, seeds_for, stop

if TYPE_CHECKING:
    from nbformat import NotebookNode


def handout(
    wanted: Annotated[str, typer.Argument(metavar="LESSON", help="Its number, such as 03, or the name of its file.")],
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to put them. By default where you are.")
    ] = None,
    lessons: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="DIR",
            help="A folder of your own, such as my-lessons: its notebooks, questions and notes. By default the lessons "
            "as they are published.",
        ),
    ] = None,
) -> None:
    """Write two papers of a lesson: a sheet for students, and a copy for whoever teaches it.

    The sheet has the evidence, the charts and the questions with room to write, and no answers. The copy begins with
    one page to teach from, and has the answers, what to reply to wrong ones, rubrics and sources. Each is an HTML page
    that prints from any browser, and a PDF where Chromium, Chrome or Edge is there to print it. Papers of the same
    names are replaced. A lesson from a folder of your own is run first, in a copy, so that it shows what its seeds say
    now and nobody's answers.
    """
    from cadres_edu import execute, publish

    place = lessons or folder.notebooks()
    try:
        path = folder.find(place, wanted)
        papers = publish.handout(_lesson(path, lessons is not None), path.stem)
    except (folder.FolderError, execute.LessonError, publish.HandoutError) as error:
        raise stop(error) from error
    for kind, paper in (("student", papers.student), ("teacher", papers.teacher)):
        _write(out or Path.cwd(), f"{path.stem}-{kind}", paper)


def _lesson(path: Path, own: bool) -> "NotebookNode":
    """The lesson at `path` with its outputs, run anew if it is one of the user's `own`; the archive reads its seeds."""
    from cadres_edu import archive, execute

    seeds = seeds_for(path.parent)
    archive.use(seeds)
    stored = execute.read(path)
    return execute.run(stored, path.name, path.parent, seeds) if own else stored


def _write(out: Path, name: str, paper: str) -> None:
    """Write a paper as HTML and, where a browser is there to print it, as a PDF; say what was written."""
    from cadres_edu import publish
    from cadres_edu.atomic import replace

    try:
        replace(out / f"{name}.html", paper.encode())
        screen.print(f"{out / name}.html", markup=False)
        replace(out / f"{name}.pdf", publish.pdf(paper))
        screen.print(f"{out / name}.pdf", markup=False)
    except publish.PrintError as error:
        screen.print(f"  no PDF: {error}", markup=False)
    except OSError as error:
        raise stop(f"{out} can't be written to ({error.strerror}). Name another: --out DIR") from error


def report(
    place: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="The folder or zip with the learners' files, whatever they are named."),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to put the report and its tables.")],
    anonymous: Annotated[
        bool,
        typer.Option(
            "--anonymous",
            help="Put numbers drawn by lot in the place of names, ids and file names. Open answers stay as written.",
        ),
    ] = False,
) -> None:
    """Turn learners' files into one page for the teacher, and tables for a spreadsheet, Canvas and Moodle.

    The page begins with what the class missed and what to say to it, then who has not started or finished. Marks are
    worked out again from the answers. A file that can't be read costs only itself, and is named. Needs DuckDB: install
    'cadres-edu[classroom]'.
    """
    from rich.progress import Progress

    from cadres_edu import classroom
    from cadres_edu.questions import QuestionError

    try:
        with Progress(console=problems, transient=True) as bar:
            work = bar.add_task("Looking for files")
            made = classroom.report(
                place.expanduser(),
                out.expanduser(),
                anonymous=anonymous,
                tell=lambda step, done, of: bar.update(work, description=step, completed=done, total=of),
            )
    except (classroom.ClassroomError, QuestionError) as error:
        raise stop(error) from error
    screen.print(f"Learners: {made.learners:,}. The report is {made.files[0]}", markup=False)
    if made.amiss:
        screen.print(f"Amiss with files: {made.amiss:,}, told at its end and in files.csv.", markup=False)
    screen.print(f"Beside it: {', '.join(path.name for path in made.files[1:])}", markup=False)


class Form(StrEnum):
    """The forms that `export` writes, as they are named on the command line."""

    gift = "gift"
    moodle = "moodle"
    qti = "qti"
    cards = "cards"


def export(
    form: Annotated[
        Form,
        typer.Argument(help="gift; moodle: Moodle XML; qti: a QTI 2.1 package; cards: flash cards for Anki."),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write into.")],
    lessons: Annotated[
        list[str] | None,
        typer.Argument(metavar="LESSON", help="The lessons, by number or name, as 03. By default all of them."),
    ] = None,
    place: Place = None,
) -> None:
    """Write the questions, their answers and feedback in a form that other systems read.

    What the form can't hold is named here and in a text file beside it, with the questions that it concerns. The survey
    of lesson 00 is left out: its questions are not marked.
    """
    from cadres_edu import archive
    from cadres_edu import export as bank
    from cadres_edu.question_text import QuestionError
    from cadres_edu.tables import SeedError

    home = lessons_in(place, "--folder DIR")
    archive.use(seeds_for(home))
    try:
        files, left_out = bank.write(form, bank.lessons(lessons or (), home), out)
    except (bank.ExportError, QuestionError, SeedError) as error:
        raise stop(error) from error
    for file in files:
        screen.print(str(file), markup=False)
    for what, ids in left_out.found.items():
        screen.print(f"  {what}: {len(ids)} {'question' if len(ids) == 1 else 'questions'}", markup=False)
