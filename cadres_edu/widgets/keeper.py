"""What a page may ask of the learner's file, and what it is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from cadres_edu import progress, questions
from cadres_edu.progress import Log

Message: TypeAlias = Mapping[str, Any]

LOG = "progress.jsonl"
START_OVER = "00/start-over"

_logs: dict[Path, Log] = {}


def log_here() -> Log:
    """The learner's log in the working directory."""
    path = Path(LOG).resolve()
    if path not in _logs:
        _logs[path] = Log(path)
    return _logs[path]


def history(log: Log, asks: Iterable[str]) -> dict[str, Any]:
    """`who`, `since` and `saved` for a Thing that shows the answers to `asks`: the learner's id, when they last started
    over, and their latest answer to each question with its result, time and the number of attempts."""
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


def overlay(log: Log, asks: Iterable[str]) -> dict[str, Any]:
    """The same for a notebook about to be opened with nothing run. Where nobody has answered yet, `who` is `-`: left
    empty, the page would show the answers of whoever learnt last in this browser, perhaps in another folder."""
    known = history(log, asks)
    return known | {"who": known["who"] or "-"}


def reply(log: Log, asks: Iterable[str], message: Message) -> dict[str, Any]:
    """The reply to a message from a Thing that shows the answers to `asks`.

    To `hello` what the log holds; to `record` `saved` once the answer's line is on disk, or `failed` and `why` in
    words; to what the course map asks (`rename`, `another`, `start-over`, `hand-in`) `reply` with the message's key,
    and what came of it or `why`, in words, nothing did.
    """
    match message:
        case {"do": "hello"}:
            return {"hello": True} | history(log, asks)
        case {"do": "record", "key": str(key)}:
            return _record(log, key, message)
        case {"do": str(name), "key": str(key)} if name in _ACTIONS:
            return _act(log, asks, key, name, message)
    return {"failed": str(message.get("key", "")), "why": f"This version does not know {message.get('do')!r}."}


def changes_all(message: Message) -> bool:
    """Whether the message, once done, changes what every Thing shows, not the one that sent it alone."""
    return message.get("do") in _ACTIONS and message["do"] != "hand-in"


def _record(log: Log, key: str, message: Message) -> dict[str, Any]:
    question, answer = str(message.get("question")), message.get("answer")
    extra = {name: message[name] for name in ("at", "occasion", "who") if message.get(name)}
    try:
        entry = log.record(question, answer, _result(question, answer), key=key, **extra)
    except (progress.LogError, questions.QuestionError, LookupError, ValueError, OSError) as error:
        return {"failed": key, "why": str(error)}
    return {"saved": key, "who": entry.who}


def _result(question: str, answer: Any) -> str:
    """The mark, by the rule that counts; what a Thing that isn't a question logs carries a version, and has no mark."""
    if isinstance(answer, dict) and "v" in answer:
        return "open"
    return questions.mark(questions.find(question), answer)


def _act(log: Log, asks: Iterable[str], key: str, name: str, message: Message) -> dict[str, Any]:
    try:
        more = _ACTIONS[name](log, message)
    except (progress.LogError, OSError) as error:
        return {"reply": key, "why": str(error)}
    return {"reply": key, "name": log.name, **history(log, asks), **more}


def _rename(log: Log, message: Message) -> dict[str, Any]:
    log.rename(str(message.get("name", "")))
    return {}


def _another(log: Log, message: Message) -> dict[str, Any]:
    log.another(str(message.get("name", "")))
    return {}


def _start_over(log: Log, _message: Message) -> dict[str, Any]:
    log.start_over()
    return {}


def _hand_in(log: Log, _message: Message) -> dict[str, Any]:
    name = re.sub(r"\W+", "-", log.name).strip("-") or log.who or "learner"
    return {"text": log.text(log.who), "file": f"progress-{name}.jsonl"}


_ACTIONS: dict[str, Callable[[Log, Message], dict[str, Any]]] = {
    "rename": _rename,
    "another": _another,
    "start-over": _start_over,
    "hand-in": _hand_in,
}
