"""Writing a file whole or not at all."""

import os
from pathlib import Path

HALF_WRITTEN = ".cadres-half-written"


def replace(path: Path, content: bytes) -> None:
    """Write `content` to `path` at once: after a crash the file is the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    waiting = path.with_name(path.name + HALF_WRITTEN)
    try:
        with waiting.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        waiting.replace(path)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
