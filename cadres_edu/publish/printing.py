"""A page as a PDF, printed by the Chromium that is on this machine."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SECONDS = 120
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
    # The page is our own, holds no script and fetches nothing; with the sandbox Chromium refuses to start as root.
    "--no-sandbox",
)


class PrintError(Exception):
    """No PDF can be made; the text says why and what else prints."""


def pdf(page: str) -> bytes:
    """The page `page` (HTML that needs nothing else) as a PDF of A4 pages; PrintError where no Chromium prints it."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise PrintError(
            "A PDF is printed by Chromium, Chrome or Edge, and none of them was found on the PATH. "
            "Install one, or open the page in any browser and print it there."
        )
    with tempfile.TemporaryDirectory(prefix="cadres-edu-", ignore_cleanup_errors=True) as name:
        source, target = Path(name) / "page.html", Path(name) / "page.pdf"
        source.write_text(page, encoding="utf-8")
        options = [*_FLAGS, f"--user-data-dir={name}/profile", f"--print-to-pdf={target}", source.as_uri()]
        try:
            done = subprocess.run(  # noqa: S603 - a browser found on the PATH, and a file of our own
                [browser, *options], capture_output=True, text=True, timeout=SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintError(f"{browser} can't print the page: {error}") from error
        if done.returncode or not target.is_file():
            raise PrintError(f"{browser} printed nothing. It says: {done.stderr.strip()[-500:]}")
        return target.read_bytes()
