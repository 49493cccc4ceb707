"""The kernel's end of the line to the page in JupyterLab: one comm, by which every Thing there reaches the log.

The page draws Things from the notebook itself and asks for the line as soon as it has a kernel, so answers reach the
file with no cell run. Elsewhere a Thing has a comm of its own, as widgets do.
"""

from __future__ import annotations

from typing import Any

from comm import create_comm
from comm.base_comm import BaseComm

from cadres_edu.widgets import keeper

TARGET = "cadres-edu"

_open: list[BaseComm] = []


def open_line() -> None:
    """Open the line anew: every page that shows the notebook takes the new one, whichever of them has asked."""
    while _open:
        _open.pop().close()
    line = create_comm(target_name=TARGET)
    line.on_msg(lambda message: _answer(line, message["content"]["data"]))
    _open.append(line)


def _answer(line: BaseComm, message: dict[str, Any]) -> None:
    reply = keeper.reply(keeper.log_here(), message.get("asks", ()), message)
    line.send({"to": message.get("to"), **reply})
    if keeper.changes_all(message) and "why" not in reply:
        line.send({"changed": True})
