"""What a learner does: open the lessons, and take home what was done in them."""

from pathlib import Path
from typing import Annotated

import typer

from cadres_edu import folder
from cadres_edu.cli.shared import screen, seeds_for, stop

PORT = 8962


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
        raise stop(error) from error
    _tell_changes(place, changes)
    from cadres_edu import server

    try:
        server.launch(place, port, browser, _tell_address)
    except server.PortError as error:
        raise stop(error) from error


def portfolio(
    place: Annotated[
        Path | None,
        typer.Argument(
            metavar="FOLDER",
            help="The folder with your lessons and answers. By default where you are, if there are any, else where "
            "'cadres-edu lab' lays lessons out.",
        ),
    ] = None,
) -> None:
    """Write what you have answered, argued and judged as a page that prints, and as Markdown.

    portfolio.html and portfolio.md are written beside your answers, in the place of older ones, as lesson 10 does it.
    """
    from cadres_edu import archive
    from cadres_edu.portfolio import portfolio as write
    from cadres_edu.progress import Log

    here = Path.cwd()
    home = (place or (here if (here / folder.LOG).is_file() else folder.default())).expanduser()
    if not (home / folder.LOG).is_file():
        raise stop(f"there are no answers in {home}. Name the folder that has them: cadres-edu portfolio FOLDER")
    archive.use(seeds_for(home))
    written = write(Log(home / folder.LOG))
    if not written.files:
        raise stop(written.said)
    for name in written.files:
        screen.print(str(home / name), markup=False)


def _tell_changes(place: Path, changes: list[folder.Change]) -> None:
    fresh = sum(change.what == "new" for change in changes)
    screen.print(f"Lessons are in {place}" + (f" ({fresh} files new)" if fresh else ""), markup=False)
    for change in changes:
        if change.what == "kept":
            screen.print(
                f"  {change.file} is yours and stays; its new version is beside it: {change.beside}", markup=False
            )
        elif change.what != "new":
            screen.print(f"  {change.file} was {change.what}", markup=False)


def _tell_address(address: str) -> None:
    screen.print(f"JupyterLab is at {address}\nStop it with Ctrl-C.", markup=False)
