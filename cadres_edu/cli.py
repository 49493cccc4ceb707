"""The command line: `cadres-edu lab`, `check`, `handout` and `lessons`."""

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from cadres_edu import folder

if TYPE_CHECKING:
    from nbformat import NotebookNode

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
    place = lessons or (folder.notebooks() if folder.checkout() else Path.cwd())
    if not any(place.glob("*.ipynb")):
        raise _stop(f"there are no lessons in {place}. Name the folder that has them: cadres-edu check FOLDER")
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


@app.command(short_help="Write a student's sheet and a teacher's copy of a lesson, to print.")
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
        raise _stop(error) from error
    for kind, paper in (("student", papers.student), ("teacher", papers.teacher)):
        _write(out or Path.cwd(), f"{path.stem}-{kind}", paper)


@app.command("lessons", short_help="Run the lessons and store their outputs, to publish them.")
def store_lessons(
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Store them here, and leave the published ones as they are.")
    ] = None,
) -> None:
    """Run every lesson in a temporary copy and store it with its outputs, ready to publish.

    For those who change the course: the bytes depend on lessons, evidence and library alone, so a difference is a
    difference in the course. Learners need not run it.
    """
    from cadres_edu import execute

    if out is None and folder.checkout() is None:
        raise _stop("installed lessons are not changed in place. Say where to store them: cadres-edu lessons --out DIR")
    try:
        for name, changed in execute.store(folder.notebooks(), folder.seeds(), out or folder.notebooks()):
            _out.print(f"{name}: {'stored anew' if changed else 'as it was'}", markup=False)
    except execute.LessonError as error:
        raise _stop(error) from error


def _lesson(path: Path, own: bool) -> "NotebookNode":
    """The lesson at `path` with its outputs, run anew if it is one of the user's `own`; the archive reads its seeds."""
    from cadres_edu import archive, execute

    seeds = _seeds_for(path.parent)
    archive.use(seeds)
    stored = execute.read(path)
    return execute.run(stored, path.name, path.parent, seeds) if own else stored


def _write(out: Path, name: str, paper: str) -> None:
    """Write a paper as HTML and, where a browser is there to print it, as a PDF; say what was written."""
    from cadres_edu import publish
    from cadres_edu.atomic import replace

    try:
        replace(out / f"{name}.html", paper.encode())
        _out.print(f"{out / name}.html", markup=False)
        replace(out / f"{name}.pdf", publish.pdf(paper))
        _out.print(f"{out / name}.pdf", markup=False)
    except publish.PrintError as error:
        _out.print(f"  no PDF: {error}", markup=False)
    except OSError as error:
        raise _stop(f"{out} can't be written to ({error.strerror}). Name another: --out DIR") from error


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
