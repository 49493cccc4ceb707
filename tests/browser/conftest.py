"""Chromium, JupyterLab on loopback, and a plain page with no kernel: what the browser tests stand on."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest
from hands import Hands
from walks import LESSON, WALKS

from cadres_edu import archive, folder, lesson, questions
from cadres_edu.widgets import quiz

COURSE = Path(__file__).parents[2]
PAGE_CODE = COURSE / "cadres_edu" / "jupyter" / "labextensions" / "cadres-edu"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium():
    """A headless Chromium, one a file: Playwright's event loop fills the thread and must be gone before other tests.
    Where there is none the test is skipped, but with CI set it fails."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        missing = "this test needs Chromium, and none is on the PATH"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium):
    """Opens pages, each with a storage of its own; errors that nothing caught are collected in `page.errors`,
    what the console calls an error in `page.said`."""
    contexts = []

    def open_page(**options):
        usual = {"locale": "en-GB", "viewport": {"width": 1280, "height": 1500}}
        context = chromium.new_context(**usual | options)
        contexts.append(context)
        page = context.new_page()
        page.errors, page.said = [], []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda said: page.said.append(said.text) if said.type == "error" else None)
        return page

    yield open_page
    for context in contexts:
        context.close()


ADDRESS = "http://127.0.0.1:9"  # nothing listens there: each request is answered by the test itself
PLAIN = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Plain page</title><style>body{margin:8px}</style><main></main><script type="module">
import { Stored } from "/stored.js";
window.things = [];
window.show = async (kind, data, state = {}, kernel) => {
  const base = await import("/base.js"), own = await import(`/${kind}.js`);
  for (const stem of ["base", kind]) base.dress(stem, await (await fetch(`/${stem}.css`)).text());
  const sent = [];
  const model = new Stored({ kind, data, ...state }, (message) => {
    sent.push(message);
    const reply = model.kernel?.(message);
    if (reply) queueMicrotask(() => model.tell("msg:custom", reply));
  });
  model.kernel = kernel;
  const el = document.querySelector("main").appendChild(document.createElement("div"));
  window.things.push({ model, el, sent, leave: own.mount({ model, el }) });
};
window.ready = true;
</script></html>"""
TYPES = {".js": "text/javascript", ".css": "text/css"}


def serve_plain(route):
    """Answer a request of the plain page from the folder of page code; refuse every other."""
    name = route.request.url.removeprefix(ADDRESS + "/")
    file = PAGE_CODE / name
    if name in ("", "favicon.ico"):
        route.fulfill(body=PLAIN, content_type="text/html")
    elif route.request.url.startswith(ADDRESS) and file.is_file():
        route.fulfill(body=file.read_text(encoding="utf-8"), content_type=TYPES[file.suffix])
    else:
        route.abort()


@pytest.fixture
def plain_page(new_page):
    """Opens a page with no kernel, on which `show(kind, data)` draws a Thing with a stand-in for its model."""

    def open_plain(width=760, **options):
        page = new_page(**options)
        page.set_viewport_size({"width": width, "height": 900})
        page.context.route("**/*", serve_plain)
        page.goto(ADDRESS + "/")
        page.wait_for_function("window.ready")
        return page

    return open_plain


ANSWERING = """message => ({ reply: message.key, name: message.name, file: "work.jsonl", text: "{}" })"""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """What each kind of thing shows, as the notebooks' own calls give it."""
    here, patch = tmp_path_factory.mktemp("lessons"), pytest.MonkeyPatch()
    for notebook in (COURSE / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, here)
    patch.chdir(here)
    archive.use(archive.seeds_folder())
    kinds = {one.kind: one for one in reversed(questions.load(LESSON))}
    things = {kind: getattr(lesson, kind)() for kind in WALKS if kind in lesson.__all__}
    things |= {"coursemap": lesson.course_map(), "strip": lesson.start("03"), "quiz": quiz.ask(list(kinds.values()))}
    things |= {when: lesson.survey(when) for when in ("start", "end")}
    yield {kind: json.loads(json.dumps(thing.data)) for kind, thing in things.items()}
    archive.use(None)
    patch.undo()


@pytest.fixture
def work(plain_page, data):
    """Hands on a page that shows a thing, with what has to stand beside it."""

    def show(kind, **options):
        page = plain_page(**options)
        shown = {"gain": ["start", "end", "gain"], "strip": ["strip", "quiz"]}.get(kind, [kind])
        for one in shown:
            stem = "quiz" if one in ("start", "end") else one
            page.evaluate(f"([kind, data]) => show(kind, data, {{}}, {ANSWERING})", [stem, data[one]])
        return Hands(page)

    return show


class Server:
    """A Jupyter server on loopback over the folder `root`, which can be stopped and started again."""

    def __init__(self, root: Path, settings: Path, app: str = "jupyterlab", **environment: str):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.root, self.settings, self.log = root, settings, settings / "lab.log"
        self.address, self.token = f"http://127.0.0.1:{port}", secrets.token_hex(16)
        self.command = [sys.executable, "-m", app, "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"]
        self.command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", f"--ServerApp.token={self.token}"]
        self.command += [f"--ServerApp.root_dir={root}", "--LabApp.expose_app_in_browser=True"]
        self.command += ["--JupyterNotebookApp.expose_app_in_browser=True"] if app == "notebook" else []
        self.environment = {
            **os.environ,
            "JUPYTER_CONFIG_DIR": str(settings),
            "JUPYTER_DATA_DIR": str(settings / "data"),
            "JUPYTER_PATH": str(COURSE / "cadres_edu" / "jupyter"),  # as `cadres-edu lab` has it
            "JUPYTERLAB_SETTINGS_DIR": str(settings / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(settings / "workspaces"),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            **environment,
        }

    def start(self):
        """Start it, and wait until it answers."""
        with self.log.open("a") as log:
            self.process = subprocess.Popen(self.command, env=self.environment, stdout=log, stderr=log)
        for _ in range(600):
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"{self.address}/api/status?token={self.token}", timeout=1),
            ):
                return
            assert self.process.poll() is None, self.log.read_text()
            time.sleep(0.1)
        raise AssertionError(f"The server did not answer within a minute: {self.log.read_text()}")

    def stop(self):
        """Stop it, and its kernels with it."""
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:  # seen: the server now and then outlives SIGTERM
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def jupyter_lab(root: Path, settings: Path, app: str = "jupyterlab", **environment: str):
    """JupyterLab, or another Jupyter application, running over the folder `root`."""
    quiet = settings / "settings" / "@jupyterlab" / "apputils-extension"
    quiet.mkdir(parents=True)
    no_news = json.dumps({"fetchNews": "false", "checkForUpdates": False})
    (quiet / "notification.jupyterlab-settings").write_text(no_news)
    server = Server(root, settings, app, **environment)
    try:
        server.start()
        yield server
    finally:
        server.stop()


# An "idle" icon is shown before a kernel exists, so the application itself is asked.
_READY = """async () => {
  const end = Date.now() + 60_000;
  const pause = () => new Promise((done, fail) => setTimeout(Date.now() < end ? done : fail, 50));
  let panel; while (!(panel = window.jupyterapp?.shell.currentWidget)?.sessionContext) await pause();
  await panel.context.ready; await panel.sessionContext.ready;
  while (!panel.sessionContext.session?.kernel) await pause();
  await panel.sessionContext.session.kernel.info; }"""


FRONT = ".jp-NotebookPanel:not(.lm-mod-hidden)"


class Notebook:
    """A notebook open in JupyterLab, in a page."""

    def __init__(self, page, lab, name, path="lab/tree"):
        self.page, self.lab, self.name, self.path = page, lab, name, path

    def open(self):
        """Open it in a workspace that holds nothing else."""
        self.page.goto(f"{self.lab.address}/{self.path}/{self.name}?token={self.lab.token}&reset")
        self.page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
        self.ready()

    def ready(self):
        """Wait until the notebook in front has a kernel that answers."""
        self.page.evaluate(_READY)

    def command(self, name):
        """Run one of JupyterLab's commands to its end."""
        self.page.evaluate("name => window.jupyterapp.commands.execute(name).then(() => null)", name)

    def run_all(self):
        """Run all cells, and wait until the last has run."""
        self.command("notebook:run-all-cells")
        self.page.wait_for_selector(f'{FRONT} .jp-Notebook-ExecutionIndicator[data-status="idle"]')

    def kernel(self, action):
        """`restart` the kernel or `shutdown` the session, with no question asked."""
        calls = {"restart": "session.kernel.restart()", "shutdown": "shutdown()"}
        context = "window.jupyterapp.shell.currentWidget.sessionContext"
        self.page.evaluate(f"async () => {{ await {context}.{calls[action]}; }}")

    def save(self):
        """Save, and wait until it is on disk."""
        self.page.evaluate("async () => { await window.jupyterapp.shell.currentWidget.context.save(); }")


@pytest.fixture
def notebook(new_page):
    """Opens a notebook of a running JupyterLab."""

    def open_notebook(lab, name, path="lab/tree", **options):
        opened = Notebook(new_page(**options), lab, name, path)
        opened.open()
        return opened

    return open_notebook


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory):
    """The lessons as a learner gets them, open in one JupyterLab for all tests of this file."""
    home = tmp_path_factory.mktemp("lab")
    patch = pytest.MonkeyPatch()
    patch.setenv("JUPYTER_DATA_DIR", str(home / "settings" / "data"))
    patch.setattr(folder, "checkout", lambda: COURSE)
    folder.lay_out(home / "lessons")
    archive.use(COURSE / "seeds")
    defaults = str(COURSE / "cadres_edu" / "jupyter")  # as `cadres-edu lab` has them
    with jupyter_lab(home / "lessons", home / "settings", JUPYTER_CONFIG_PATH=defaults) as lab:
        yield lab
    archive.use(None)
    patch.undo()


OPENED = """name => { const panel = window.jupyterapp.shell.currentWidget;
  return panel?.context?.path === name && panel.context.isReady && !!panel.node.querySelector('.jp-Cell'); }"""


def follow(lesson, words, name):
    """Click a link of the foot of the lesson in front, and wait until the lesson `name` is in front."""
    front = lesson.page.locator(FRONT)
    link = front.locator(".jp-MarkdownOutput a", has_text=words).last
    link.scroll_into_view_if_needed()
    link.click()
    lesson.page.wait_for_function(OPENED, arg=name, timeout=60_000)
    return front


def kill_kernel(root):
    """Kill the kernels that run in the folder `root`, as a crash would."""
    for process in psutil.process_iter(["cmdline"]):
        command = process.info["cmdline"] or []
        if "ipykernel_launcher" in command and Path(process.cwd()) == root:
            process.kill()
