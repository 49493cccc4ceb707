"""The command line: `cadres-edu lab`, `portfolio`, `check`, `handout`, `report`, `export`, `new` and `lessons`."""

from importlib.metadata import version
from typing import Annotated

import typer

from cadres_edu.cli import change, learn, teach
from cadres_edu.cli.shared import screen

app = typer.Typer(
    help="Lessons on the Seven Thousand Cadres Conference of 1962, in JupyterLab.\n\n"
    "Take a lesson with 'cadres-edu lab'. Answers stay in the folder that it lays out; nothing leaves this machine.",
    epilog="A teacher changes questions and facts in the folder's seeds/; 'cadres-edu check' tells what they break.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _version(wanted: bool) -> None:
    if wanted:
        screen.print(version("cadres-edu"))
        raise typer.Exit


@app.callback()
def main(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Holds what stands before a command's name."""


app.command("lab", short_help="Open the lessons in JupyterLab, in a folder of your own.")(learn.lab)
app.command("portfolio", short_help="Write your answers and argument as a page to keep or hand in.")(learn.portfolio)
app.command("check", short_help="Hold what lessons and questions claim to the evidence.")(change.check)
app.command("handout", short_help="Write a student's sheet and a teacher's copy of a lesson.")(teach.handout)
app.command("report", short_help="Make a class's report and gradebook from learners' files.")(teach.report)
app.command("export", short_help="Write the questions for other systems, or as flash cards.")(teach.export)
app.command("new", short_help="Begin a lesson: a notebook and its questions, to be filled.")(change.new_lesson)
app.command("lessons", short_help="Run the lessons and store their outputs, to publish them.")(change.store_lessons)
