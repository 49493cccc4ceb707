"""What every Thing in a lesson shares: a fixed model id, code stored once, a reading in words, the learner's log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from cadres_edu import progress, questions

PAGE = Path(__file__).parents[1] / "jupyter" / "labextensions" / "cadres-edu"
LOG = "progress.jsonl"
START_OVER = "00/start-over"

_carriers: dict[str, Code] = {}
_things: dict[str, Thing] = {}
_logs: dict[Path, progress.Log] = {}


class Code(ipywidgets.Widget):  # type: ignore[misc]  # ipywidgets has no types
    """Carries one module and its style for all Things of a lesson; twelve copies would be half a megabyte."""

    source = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


class Thing(anywidget.AnyWidget):
    """Something to work in a lesson, drawn by the module `<kind>.js` from `data`.

    `key` (such as `03/attendance`) makes the model's id, so that a notebook opened with nothing run finds its Things,
    and so do later runs; an older Thing of the same key is closed first. `asks` names the questions whose answers are
    shown (`00/trust@start` where an occasion counts, `03/` for all of a lesson). `reading` tells all that is shown in
    words, `static_html` the same for print and for a notebook that isn't trusted. `log` is the learner's file, by
    default `progress.jsonl` in the working directory. A subclass may take more messages from the page in `receive`.
    """

    # Stored with every Thing, so it is short: the code proper is stored once a lesson, in the carriers that it fetches.
    _esm = (PAGE / "loader.js").read_text(encoding="utf-8")
    # Left out of what is stored: a Layout would add a kilobyte a Thing, under a random id.
    layout = tabbable = tooltip = _dom_classes = _view_count = None

    kind = traitlets.Unicode().tag(sync=True)
    data = traitlets.Dict().tag(sync=True)
    asks = traitlets.List(traitlets.Unicode()).tag(sync=True)
    saved = traitlets.Dict().tag(sync=True)
    who = traitlets.Unicode().tag(sync=True)
    since = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        kind: str,
        key: str,
        data: Mapping[str, Any],
        reading: str,
        static_html: str | None = None,
        *,
        asks: Iterable[str] = (),
        log: progress.Log | None = None,
    ) -> None:
        if key in _things:
            _things.pop(key).close()
        for stem in ("base", kind):
            _carry(stem)
        self.key = key
        self.learner_log = log or log_here()
        self.reading = reading
        self.static_html = static_html
        asks = list(asks)
        known = history(self.learner_log, asks)
        super().__init__(model_id="cadres-" + key.replace("/", "-"), kind=kind, data=dict(data), asks=asks, **known)
        self.on_msg(lambda _thing, message, _buffers: self.send(self.receive(message)))
        _things[key] = self

    def __repr__(self) -> str:
        return self.reading

    def _repr_mimebundle_(self, **_options: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        shown: dict[str, Any] = {"application/vnd.jupyter.widget-view+json": view}
        if self.static_html is None:
            return shown | {"text/plain": self.reading}, {}
        # The HTML tells the rest; stored twice, the readings of a lesson would weigh 40 kilobytes.
        return shown | {"text/html": self.static_html, "text/plain": self.reading.partition("\n")[0]}, {}

    def receive(self, message: dict[str, Any]) -> dict[str, Any]:
        """The reply to a message from the page: to `hello` what the log holds; to `record` `saved` once the answer's
        line is on disk, or `failed` and `why` in words."""
        match message:
            case {"do": "hello"}:
                return {"hello": True} | history(self.learner_log, self.asks)
            case {"do": "record", "key": str(key)}:
                return _record(self.learner_log, key, message)
        return {"failed": str(message.get("key", "")), "why": f"This version does not know {message.get('do')!r}."}


def _carry(stem: str) -> None:
    """Open the carrier of a module, once a kernel."""
    carrier = _carriers.get(stem)
    if carrier is None or carrier.comm is None:
        style = PAGE / f"{stem}.css"
        _carriers[stem] = Code(
            model_id=f"cadres-code-{stem}",
            source=_lean((PAGE / f"{stem}.js").read_text(encoding="utf-8")),
            style=_lean(style.read_text(encoding="utf-8")) if style.exists() else "",
        )


def _lean(code: str) -> str:
    """`code` without indentation and lines of comment: no page needs them, and a lesson is ten kilobytes lighter."""
    kept, inside = [], False
    for line in map(str.strip, code.splitlines()):
        inside = inside or line.startswith("/*")
        if line and not inside and not line.startswith("//"):
            kept.append(line)
        inside = inside and not line.endswith("*/")
    return "\n".join(kept)


def log_here() -> progress.Log:
    """The learner's log in the working directory."""
    path = Path(LOG).resolve()
    if path not in _logs:
        _logs[path] = progress.Log(path)
    return _logs[path]


def history(log: progress.Log, asks: Iterable[str]) -> dict[str, Any]:
    """The traits `who`, `since` and `saved` of a Thing that shows the answers to `asks`: the learner's id, when they
    last started over, and their latest answer to each question with its result, time and the number of attempts."""
    names = tuple(asks)
    since = ""
    saved: dict[str, dict[str, Any]] = {}
    try:
        who, entries = log.who, log.entries()
    except (progress.LogError, OSError):  # a lesson reads well with no log; who answers is told that it isn't taken
        return {"who": "", "since": "", "saved": {}}
    for entry in entries:
        if entry.who != who:
            continue
        if entry.question == START_OVER:
            since, saved = entry.at, {}
            continue
        slot = f"{entry.question}@{entry.occasion}" if entry.occasion else entry.question
        if any(slot == name or (name.endswith("/") and slot.startswith(name)) for name in names):
            attempts = saved[slot]["attempts"] + 1 if slot in saved else 1
            saved[slot] = {"answer": entry.answer, "result": entry.result, "at": entry.at, "attempts": attempts}
    return {"who": who, "since": since, "saved": saved}


def overlay(log: progress.Log, asks: Iterable[str]) -> dict[str, Any]:
    """The same traits for a notebook about to be opened with nothing run. Where nobody has answered yet, `who` is `-`:
    left empty, the page would show the answers of whoever learnt last in this browser, perhaps in another folder."""
    known = history(log, asks)
    return known | {"who": known["who"] or "-"}


def refresh(log: progress.Log) -> None:
    """Bring all Things of this kernel that show `log` up to date, and through them the page."""
    for thing in _things.values():
        if thing.learner_log is log and thing.comm is not None:
            with thing.hold_sync():
                for name, value in history(log, thing.asks).items():
                    setattr(thing, name, value)


def _record(log: progress.Log, key: str, message: Mapping[str, Any]) -> dict[str, Any]:
    question, answer = str(message.get("question")), message.get("answer")
    extra = {name: message[name] for name in ("at", "occasion", "who") if message.get(name)}
    try:
        entry = log.record(question, answer, _result(question, answer), key=key, **extra)
    except (progress.LogError, questions.QuestionError, LookupError, ValueError, OSError) as error:
        return {"failed": key, "why": str(error)}
    refresh(log)
    return {"saved": key, "who": entry.who}


def _result(question: str, answer: Any) -> str:
    """The mark, by the rule that counts; what a Thing that isn't a question logs carries a version, and has no mark."""
    if isinstance(answer, dict) and "v" in answer:
        return "open"
    return questions.mark(questions.find(question), answer)
