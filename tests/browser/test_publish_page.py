"""The page of a lesson on the screen and on A4, printed by Chromium."""

import io
import re
import unicodedata
from pathlib import Path

import pypdf
import pytest

from cadres_edu import execute
from cadres_edu.publish import page, pdf

ROOT = Path(__file__).parents[2]
LESSONS = sorted(ROOT.glob("notebooks/*.ipynb"))
A4 = (595, 842)  # points


@pytest.fixture(scope="module", params=[LESSONS[3], LESSONS[10]], ids=lambda path: path.stem)
def lesson(request, chromium):
    """A lesson's page, and the lines of each sheet that Chromium prints of it."""
    text = page(execute.read(request.param), request.param.stem)
    sheets = pypdf.PdfReader(io.BytesIO(pdf(text))).pages
    assert {tuple(map(round, map(float, sheet.mediabox[2:]))) for sheet in sheets} == {A4}
    return text, [lines(sheet) for sheet in sheets]


def lines(sheet):
    """What stands on a sheet, line by line; ligatures as letters."""
    text = unicodedata.normalize("NFKC", sheet.extract_text())
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_the_sheets_say_which_they_are(lesson):
    text, sheets = lesson
    title = re.search("<title>(.*)</title>", text)[1]
    assert 10 <= len(sheets) <= 26
    for number, sheet in enumerate(sheets, start=1):
        assert sheet[0].startswith(f"{number} / {len(sheets)}{title}")


def test_no_question_is_split_and_no_heading_ends_a_sheet(lesson):
    text, printed = lesson
    headings = {re.sub("<[^>]+>", "", words) for words in re.findall("<h[1-6][^>]*>(.*?)</h", text)}
    asked = re.findall(r"<h3>(Question \d+)</h3>(.*?)</div>", text)
    assert len(asked) >= 8
    for name, rest in asked:
        (sheet,) = (sheet for sheet in printed if name in sheet)
        last = re.sub("<[^>]+>", "", re.findall(r"<(?:li|td|p)>(.*?)</(?:li|td|p)>", rest)[-1])
        assert last.split()[-1] in " ".join(sheet[sheet.index(name) :])
    for sheet in printed:
        assert sheet[-1] not in headings


def test_nothing_is_wider_than_a_sheet(new_page):
    """Chromium would print all of it smaller."""
    opened = new_page()
    opened.set_viewport_size({"width": 657, "height": 900})  # what the margins leave of A4
    opened.emulate_media(media="print")
    for path in LESSONS:
        opened.set_content(page(execute.read(path), path.stem))
        assert opened.evaluate("document.documentElement.scrollWidth") <= 657, path.stem


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_fits_a_screen_and_asks_for_nothing(lesson, new_page, tmp_path, width):
    file = tmp_path / "lesson.html"
    file.write_text(lesson[0], encoding="utf-8")
    opened, asked = new_page(), []
    opened.on("request", lambda request: asked.append(request.url))
    opened.set_viewport_size({"width": width, "height": 900})
    opened.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.errors == [] and opened.said == []


def test_a_claim_leads_to_its_card(lesson, new_page, tmp_path):
    file = tmp_path / "lesson.html"
    file.write_text(lesson[0], encoding="utf-8")
    opened = new_page()
    opened.goto(file.as_uri())
    link = opened.locator("main a[href^='#']").first
    link.click()
    assert opened.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 900
