"""What every Thing in a lesson shares: the forms in which it is shown, a reading in words, the learner's log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import traitlets

from cadres_edu.progress import Log
from cadres_edu.widgets.keeper import history, log_here, reply

PAGE = Path(__file__).parents[1] / "jupyter" / "labextensions" / "cadres-edu"
THING = "application/vnd.cadres-edu.thing+json"

_STATE = ("kind", "data", "asks", "saved", "who", "since")

_carriers: dict[str, Code] = {}
_things: dict[str, Thing] = {}


class Code(ipywidgets.Widget):  # type: ignore[misc]  # ipywidgets has no types
    """Carries one module and its style to all Things of a kernel; twelve copies would be half a megabyte."""

    source = traitlets.Unicode().tag(sync=True)
    style = traitlets.Unicode().tag(sync=True)


class Thing(anywidget.AnyWidget):
    """Something to work in a lesson, drawn by the module `<kind>.js` from `data`.

    In JupyterLab the page draws it from the output alone, which holds all of its state; where the extension isn't
    (VS Code, Colab) it is an anywidget like any other. `key`, such as `03/attendance`, names it on the page; an older
    Thing of the same key is closed first. `asks` names the questions whose answers are
    shown (`00/trust@start` where an occasion counts, `03/` for all of a lesson). `reading` tells all that is shown in
    words, `static_html` the same for print and for a notebook that isn't trusted. `log` is the learner's file, by
    default `progress.jsonl` in the working directory.
    """

    # Sent with every Thing, so it is short: the code proper comes once a kernel, in the carriers that it fetches.
    _esm = (PAGE / "loader.js").read_text(encoding="utf-8")
    # No use is made of these, and a Layout would be one more widget a Thing.
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
        log: Log | None = None,
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
        state = {"key": self.key} | {name: getattr(self, name) for name in _STATE}
        view = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        shown: dict[str, Any] = {THING: state, "application/vnd.jupyter.widget-view+json": view}
        if self.static_html is None:
            return shown | {"text/plain": self.reading}, {}
        # The HTML tells the rest; stored twice, the readings of a lesson would weigh 40 kilobytes.
        return shown | {"text/html": self.static_html, "text/plain": self.reading.partition("\n")[0]}, {}

    def close(self) -> None:
        """Close it; one of the same id may have been closed before, and taken its comm along."""
        with suppress(KeyError):
            super().close()

    def receive(self, message: dict[str, Any]) -> dict[str, Any]:
        """The reply to a message from the page, by the keeper of the learner's file."""
        said = reply(self.learner_log, self.asks, message)
        if message.get("do") != "hello":
            refresh(self.learner_log)
        return said


def _carry(stem: str) -> None:
    """Open the carrier of a module, once a kernel."""
    carrier = _carriers.get(stem)
    if carrier is None or carrier.comm is None:
        style = PAGE / f"{stem}.css"
        _carriers[stem] = Code(
            model_id=f"cadres-code-{stem}",
            source=(PAGE / f"{stem}.js").read_text(encoding="utf-8"),
            style=style.read_text(encoding="utf-8") if style.exists() else "",
        )


def refresh(log: Log) -> None:
    """Bring all Things of this kernel that show `log` up to date, and through them the page."""
    for thing in _things.values():
        if thing.learner_log is log and thing.comm is not None:
            with thing.hold_sync():
                for name, value in history(log, thing.asks).items():
                    setattr(thing, name, value)
