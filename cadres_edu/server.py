"""Opens the lessons in JupyterLab, each brought up to date with its folder's evidence and answers as it is opened."""

import asyncio
import copy
import errno
import hashlib
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from jupyter_server.serverapp import list_running_servers
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from jupyterlab.labapp import LabApp
from nbformat import NotebookNode

from cadres_edu import execute, folder
from cadres_edu.progress import Log
from cadres_edu.publish import exporters

HOST = "127.0.0.1"
FIRST = "00-start-here.ipynb"
_DEFAULTS = Path(__file__).parent / "jupyter"


class PortError(Exception):
    """The port can't be listened on; the text says why and names a free one."""


class LessonContents(AsyncLargeFileManager):
    """JupyterLab's files, with a lesson brought up to date as it is opened; the file itself is written only on saving.

    A lesson's outputs are made anew when the folder's evidence is not what they were made from, or when the
    notebook isn't one that this user has signed. Only code that is published with the course is ever run for that.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._made: dict[tuple[str, str, str], asyncio.Task[NotebookNode]] = {}

    async def get(
        self,
        path: str,
        content: bool = True,
        type: str | None = None,
        format: str | None = None,
        require_hash: bool = False,
    ) -> dict[str, Any]:
        """The model of a file or folder, as JupyterLab's contents managers give it."""
        model: dict[str, Any] = await super().get(path, content, type, format, require_hash)  # type: ignore[no-untyped-call]
        if content and model["type"] == "notebook" and "/" not in path.strip("/"):
            await self._bring_up_to_date(model["content"], path.strip("/"))
        return model

    async def _bring_up_to_date(self, lesson: NotebookNode, name: str) -> None:
        try:
            fresh = await self._published(name)
        except (execute.LessonError, OSError) as error:
            self.log.warning("%s is shown as it was stored, since it can't be run: %s", name, error)
        else:
            # A lesson of the teacher's own is shown with its learner's answers, but as it was stored: it is never run.
            if fresh is not None and not (trusted(lesson) and made_from(lesson) == made_from(fresh)):
                lay_over(lesson, fresh)
        show_answers(lesson, Log(_in(self.root_dir, folder.LOG)))

    async def _published(self, name: str) -> NotebookNode | None:
        """The published lesson as it comes out with the folder's evidence, run once for each state of both; None if
        no lesson of that name is published."""
        published, seeds = _in(folder.notebooks(), name), _in(self.root_dir, "seeds")
        lesson, now = _state(published, seeds)
        if lesson is None or made_from(lesson) == now:
            return lesson
        key = (name, hashlib.sha256(execute.text(lesson).encode()).hexdigest(), now)
        if key not in self._made:
            self.log.info("The evidence has changed: running %s", name)
            running = asyncio.to_thread(execute.run, lesson, name, folder.notebooks(), seeds)
            self._made[key] = asyncio.create_task(running)
        try:
            return await asyncio.shield(self._made[key])
        except Exception:
            self._made.pop(key, None)  # so that the next opening tries again
            raise


def _in(place: Path | str, name: str) -> Path:
    return Path(place) / name


def _state(published: Path, seeds: Path) -> tuple[NotebookNode | None, str]:
    """The published lesson, None if there is none of that name, and the hash of the evidence it is to be made from."""
    if not published.is_file():
        return None, ""
    lesson = execute.read(published)
    return lesson, execute.seeds_hash(seeds) if seeds.is_dir() else made_from(lesson)


def made_from(lesson: NotebookNode) -> str:
    """The hash of the evidence that the lesson's outputs were made from; empty when it doesn't say."""
    return str(lesson.metadata.get("cadres", {}).get("seeds", ""))


def trusted(lesson: NotebookNode) -> bool:
    """Whether each code cell is marked as trusted, as the notary does for a notebook that this user has signed."""
    return all(cell.metadata.get("trusted", False) for cell in lesson.cells if cell.cell_type == "code")


def lay_over(lesson: NotebookNode, fresh: NotebookNode) -> None:
    """Give each code cell of `lesson` that is unchanged the outputs it has in `fresh`."""
    known = {cell.id: cell for cell in fresh.cells if cell.cell_type == "code"}
    for cell in lesson.cells:
        same = known.get(cell.get("id"))
        if same and cell.cell_type == "code" and cell.source == same.source:
            cell.outputs = copy.deepcopy(same.outputs)
            cell.execution_count = same.execution_count
            cell.metadata["trusted"] = True
    lesson.metadata.setdefault("cadres", NotebookNode())["seeds"] = made_from(fresh)


def show_answers(lesson: NotebookNode, log: Log) -> None:
    """Put the learner's latest answers into the state of each Thing among the outputs of `lesson`."""
    from cadres_edu.widgets.base import THING
    from cadres_edu.widgets.keeper import overlay

    for data in execute.bundles(lesson):
        state = data.get(THING)
        if isinstance(state, dict) and "asks" in state:
            state.update(overlay(log, state["asks"]))


def launch(target: Path, port: int, browser: bool, tell: Callable[[str], None]) -> None:
    """Open JupyterLab on the lessons in `target` and serve until stopped; `tell` is given the address once it answers.

    Listens on this machine alone and lets in only who has the address, which holds a token. The user's own JupyterLab
    settings stay as they are and win over the course's. PortError when the port can't be had.
    """
    require_free(port, target)
    # JupyterLab reads defaults from the one, extensions from the other; nothing is written to the user's own settings.
    for path in ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH"):
        os.environ[path] = os.pathsep.join([str(_DEFAULTS), *filter(None, [os.environ.get(path)])])
    token = secrets.token_urlsafe(24)
    start = start_address(target)
    app = LabApp.initialize_server(argv=_options(target, port, token, browser, start))
    # The loop's first callback begins to listen, so this one finds the address answering.
    app.io_loop.add_callback(tell, f"http://{HOST}:{port}{start}?token={token}")
    app.start()


def start_address(target: Path) -> str:
    """Lesson 00, in a workspace of the folder's own, so that tabs of other work stay out of the lessons."""
    workspace = "cadres-" + hashlib.sha256(str(target).encode()).hexdigest()[:8]
    return f"/lab/workspaces/{workspace}/tree/{FIRST}"


def require_free(port: int, target: Path) -> None:
    """PortError, with a free port or the address of lessons that are open already, unless `port` can be used."""
    problem = _listening_problem(port)
    if problem is None:
        return
    for server in list_running_servers():
        if server["port"] == port and Path(server["root_dir"]).resolve() == target.resolve():
            address = f"http://{HOST}:{port}{start_address(target)}?token={server['token']}"
            raise PortError(f"These lessons are open already: {address}")
    free = next(_free_ports(port), None)
    hint = f" Use another, such as: --port {free}" if free else ""
    raise PortError(f"Port {port} {problem}.{hint}")


def _free_ports(port: int) -> Iterator[int]:
    return (other for other in range(max(port, 1023) + 1, min(port + 100, 65536)) if _listening_problem(other) is None)


def _listening_problem(port: int) -> str | None:
    with socket.socket() as probe:
        if os.name == "posix":
            # As the server does: a port whose last connection has just closed counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            return "is taken" if error.errno == errno.EADDRINUSE else f"can't be used ({error.strerror})"
    return None


def _options(target: Path, port: int, token: str, browser: bool, start: str) -> list[str]:
    settings = {
        "ServerApp.ip": HOST,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": target,
        "ServerApp.open_browser": browser,
        "ServerApp.allow_root": True,
        "ServerApp.answer_yes": True,
        "ServerApp.contents_manager_class": f"{__name__}.{LessonContents.__name__}",
        "IdentityProvider.token": token,
        "LabApp.default_url": start,
        "LabApp.open_browser": browser,
        # Tornado warns of Jupyter's own default, which is longer than the interval between pings.
        "ServerApp.tornado_settings": {"ws_ping_timeout": 30_000},
        "KernelManager.transport_encryption": execute.ENCRYPTION,
        "Application.log_level": "WARN",
        **exporters.PRINTING,
    }
    return [f"--{name}={value}" for name, value in settings.items()]
