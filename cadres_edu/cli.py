"""The command line: `cadres-edu lab`, `check`, `export`, `report`, `new` and `lessons`."""

from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cadres_edu import folder

PORT = 8962

app = typer.Typer(
    help="Lessons on the Seven Thousand Cadres Conference of 1962, in JupyterLab.\n\n"
    "Take a lesson with 'cadres-edu lab'. Answers stay in the folder that it lays out; nothing leaves this machine.",
    epilog="A teacher changes questions and facts in the folder's seeds/; 'cadres-edu check' tells what they break.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
_out = Console(highlight=False, soft_wrap=True)
_problems = Console(stderr=True, highlight=False, soft_wrap=True)


def _version(wanted: bool) -> None:
    if wanted:
        _out.print(version("cadres-edu"))
        raise typer.Exit


@app.callback()
def main(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Holds what stands before a command's name."""


@app.command(short_help="Open the lessons in JupyterLab, in a folder of your own.")
def lab(
    target: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER",
            help="Where to lay the lessons out. By default my-lessons in a checkout, else cadres-lessons.",
        ),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser, or print the address only.")] = True,
    port: Annotated[
        int,
        typer.Option(
            min=1,
            max=65535,
            help="Where JupyterLab listens, on this machine only. Keep to one: a browser holds what isn't in your file "
            "yet by port.",
        ),
    ] = PORT,
) -> None:
    """Lay the lessons out in a folder of your own and open them in JupyterLab.

    Run it again at any time. Lessons that you have changed stay as they are, new ones are added, and your answers are
    in progress.jsonl in the same folder. Stop with Ctrl-C.
    """
    place = (target or folder.default()).expanduser().absolute()
    try:
        changes = folder.lay_out(place)
    except folder.FolderError as error:
        raise _stop(error) from error
    _tell_changes(place, changes)
    from cadres_edu import server

    try:
        server.launch(place, port, browser, _tell_address)
    except server.PortError as error:
        raise _stop(error) from error


@app.command(short_help="Hold what lessons and questions claim to the evidence.")
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
    place = _lessons_in(lessons, "cadres-edu check FOLDER")
    evidence = seeds or _seeds_for(place)
    from cadres_edu.check import check as findings_in
    from cadres_edu.tables import SeedError

    try:
        findings = findings_in(place, evidence)
    except SeedError as error:
        raise _stop(error) from error
    for finding in findings:
        _out.print(str(finding), markup=False)
    _out.print(f"{len(findings)} to mend." if findings else "Every claim in the lessons holds.")
    raise typer.Exit(1 if findings else 0)


@app.command(short_help="Make a class's report and gradebook from learners' files.")
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
        with Progress(console=_problems, transient=True) as bar:
            work = bar.add_task("Looking for files")
            made = classroom.report(
                place.expanduser(),
                out.expanduser(),
                anonymous=anonymous,
                tell=lambda step, done, of: bar.update(work, description=step, completed=done, total=of),
            )
    except (classroom.ClassroomError, QuestionError) as error:
        raise _stop(error) from error
    _out.print(f"Learners: {made.learners:,}. The report is {made.files[0]}", markup=False)
    if made.amiss:
        _out.print(f"Amiss with files: {made.amiss:,}, told at its end and in files.csv.", markup=False)
    _out.print(f"Beside it: {', '.join(path.name for path in made.files[1:])}", markup=False)


class Form(StrEnum):
    """The forms that `export` writes, as they are named on the command line."""

    gift = "gift"
    moodle = "moodle"
    qti = "qti"
    cards = "cards"


@app.command("export", short_help="Write the questions for Moodle and other systems, or as flash cards.")
def export_questions(
    form: Annotated[
        Form,
        typer.Argument(help="gift; moodle: Moodle XML; qti: a QTI 2.1 package; cards: flash cards for Anki."),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder to write into.")],
    lessons: Annotated[
        list[str] | None,
        typer.Argument(metavar="LESSON", help="The lessons, by number or name, as 03. By default all of them."),
    ] = None,
    place: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="DIR",
            help="The folder with the lessons. By default notebooks in a checkout, else where you are.",
        ),
    ] = None,
) -> None:
    """Write the questions, their answers and feedback in a form that other systems read.

    What the form can't hold is named here and in a text file beside it, with the questions that it concerns. The survey
    of lesson 00 is left out: its questions are not marked.
    """
    from cadres_edu import archive, export
    from cadres_edu.question_text import QuestionError
    from cadres_edu.tables import SeedError

    home = _lessons_in(place, "--folder DIR")
    archive.use(_seeds_for(home))
    try:
        files, left_out = export.write(form, export.lessons(lessons or (), home), out)
    except (export.ExportError, QuestionError, SeedError) as error:
        raise _stop(error) from error
    for file in files:
        _out.print(str(file), markup=False)
    for what, ids in left_out.found.items():
        _out.print(f"  {what}: {len(ids)} {'question' if len(ids) == 1 else 'questions'}", markup=False)


@app.command("new", short_help="Begin a lesson: a notebook and its questions, to be filled.")
def new_lesson(
    name: Annotated[str, typer.Argument(metavar="LESSON", help="Two digits and words, such as 11-local-study.")],
    title: Annotated[str, typer.Option(help="The lesson's title. By default the words of its name.")] = "",
    place: Annotated[
        Path | None,
        typer.Option(
            "--folder",
            metavar="DIR",
            help="The folder with the lessons. By default notebooks in a checkout, else where you are.",
        ),
    ] = None,
) -> None:
    """Lay out a lesson's notebook and its file of questions, with a pencil wherever words are to be written.

    'cadres-edu check' then names each place that is still to be filled. A lesson that is there already stays as it is.
    """
    from cadres_edu import new

    home = _lessons_in(place, "--folder DIR")
    try:
        files = new.begin(name, title, home, _seeds_for(home))
    except (new.NewLessonError, OSError) as error:
        raise _stop(error) from error
    for file in files:
        _out.print(str(file), markup=False)
    _out.print("Write where a pencil stands; 'cadres-edu check' names each place, and what the lesson before leads to.")


@app.command("lessons", short_help="Run the lessons and store their outputs, to publish them.")
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
        raise _stop(
            "installed lessons are not changed in place. Name the folder with yours, --folder DIR, or say where to "
            "store these: cadres-edu lessons --out DIR"
        )
    home = place or folder.notebooks()
    try:
        for name, changed in execute.store(home, _seeds_for(home), out or home, lessons or ()):
            _out.print(f"{name}: {'stored anew' if changed else 'as it was'}", markup=False)
    except execute.LessonError as error:
        raise _stop(error) from error


def _lessons_in(named: Path | None, naming: str) -> Path:
    """The folder of lessons that was named, else that of a checkout, else where the command is called."""
    place = named or (folder.notebooks() if folder.checkout() else Path.cwd())
    if not any(place.glob("*.ipynb")):
        raise _stop(f"there are no lessons in {place}. Name the folder that has them: {naming}")
    return place


def _seeds_for(lessons: Path) -> Path:
    beside = (lessons / "seeds", lessons.parent / "seeds")
    return next((place for place in beside if place.is_dir()), folder.seeds())


def _stop(error: Exception | str) -> typer.Exit:
    _problems.print(f"cadres-edu: {error}", markup=False)
    return typer.Exit(1)


def _tell_changes(place: Path, changes: list[folder.Change]) -> None:
    fresh = sum(change.what == "new" for change in changes)
    _out.print(f"Lessons are in {place}" + (f" ({fresh} files new)" if fresh else ""), markup=False)
    for change in changes:
        if change.what == "kept":
            _out.print(
                f"  {change.file} is yours and stays; its new version is beside it: {change.beside}", markup=False
            )
        elif change.what != "new":
            _out.print(f"  {change.file} was {change.what}", markup=False)


def _tell_address(address: str) -> None:
    _out.print(f"JupyterLab is at {address}\nStop it with Ctrl-C.", markup=False)
