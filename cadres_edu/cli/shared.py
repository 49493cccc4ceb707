"""What commands share: where they look for lessons and evidence, and how they speak."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cadres_edu import folder

screen = Console(highlight=False, soft_wrap=True)
problems = Console(stderr=True, highlight=False, soft_wrap=True)

Place = Annotated[
    Path | None,
    typer.Option(
        "--folder",
        metavar="DIR",
        help="The folder with the lessons. By default notebooks in a checkout, else where you are.",
    ),
]


def lessons_in(named: Path | None, naming: str) -> Path:
    """The folder of lessons that was named, else that of a checkout, else where the command is called."""
    place = named or (folder.notebooks() if folder.checkout() else Path.cwd())
    if not any(place.glob("*.ipynb")):
        raise stop(f"there are no lessons in {place}. Name the folder that has them: {naming}")
    return place


def seeds_for(lessons: Path) -> Path:
    """The evidence in or beside a folder of lessons, else the published one."""
    beside = (lessons / "seeds", lessons.parent / "seeds")
    return next((place for place in beside if place.is_dir()), folder.seeds())


def stop(error: Exception | str) -> typer.Exit:
    """Says why the command ends; raise what comes back."""
    problems.print(f"cadres-edu: {error}", markup=False)
    return typer.Exit(1)
