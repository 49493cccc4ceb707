"""The evidence, questions and things to handle behind the lessons on the Seven Thousand Cadres Conference of 1962.

The names below come from `cadres_edu.archive` and are loaded at first use, so that importing the package costs nothing.
"""

from importlib import import_module
from typing import Any

__all__ = [
    "cite",
    "claims",
    "estimates",
    "events",
    "people",
    "positions",
    "provinces",
    "record",
    "seed",
    "sources",
    "statistics",
    "studies",
    "terms",
]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("cadres_edu.archive"), name)
    raise AttributeError(f"module 'cadres_edu' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "lesson"]
