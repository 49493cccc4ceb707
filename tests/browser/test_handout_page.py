"""A lesson's papers on A4, printed by Chromium."""

import io
import re
from pathlib import Path

import pypdf
import pytest
from test_publish_page import A4, lines

from cadres_edu import execute
from cadres_edu.publish import handout, page, pdf
from cadres_edu.publish.handout import LOOK
from cadres_edu.publish.page import document

ROOT = Path(__file__).parents[2]
LESSONS = sorted(ROOT.glob("notebooks/*.ipynb"))


def sheets(text):
    return pypdf.PdfReader(io.BytesIO(pdf(text))).pages


@pytest.fixture(scope="module")
def papers(chromium):
    return handout(execute.read(LESSONS[3]), LESSONS[3].stem)


def test_every_first_page_is_one_sheet(chromium):
    """All of them are printed at once: each begins a sheet, and none runs into the next."""
    copies = [handout(execute.read(path), path.stem).teacher for path in LESSONS]
    fronts = [re.search('<section class="front">.*?</section>', copy, re.DOTALL)[0] for copy in copies]
    printed = sheets(document("Fronts", "".join(fronts), LOOK))
    assert len(printed) == len(LESSONS)
    for sheet, front in zip(printed, fronts, strict=True):
        assert tuple(map(round, map(float, sheet.mediabox[2:]))) == A4
        assert re.search("<h1>(.*?)</h1>", front)[1] in lines(sheet)


def test_the_copy_begins_with_its_first_page_and_no_heading_ends_a_sheet(papers):
    printed = [lines(sheet) for sheet in sheets(papers.teacher)]
    assert "With care" in printed[0] and "The questions of the sheet, with answers" in printed[1]
    headings = {re.sub("<[^>]+>", "", words) for words in re.findall("<h[1-6][^>]*>(.*?)</h", papers.teacher)}
    for sheet in printed:
        assert sheet[-1] not in headings and not sheet[1].startswith("Hint.")


def test_the_sheet_is_much_shorter_than_the_page_and_splits_no_question(papers):
    printed = [lines(sheet) for sheet in sheets(papers.student)]
    assert len(printed) <= 14
    assert len(printed) < len(sheets(page(execute.read(LESSONS[3]), LESSONS[3].stem))) * 0.75
    for name, rest in re.findall(r"<h3>(Question \d+)</h3>(.*?)</div>", papers.student):
        (sheet,) = (sheet for sheet in printed if name in sheet)
        last = re.sub("<[^>]+>", "", re.findall(r"<(?:li|td|p)>(.*?)</(?:li|td|p)>", rest)[-1])
        assert last.split()[-1] in " ".join(sheet[sheet.index(name) :])


def test_nothing_is_wider_than_a_sheet_or_a_screen(new_page):
    opened = new_page()
    for path in LESSONS:
        made = handout(execute.read(path), path.stem)
        for text in (made.student, made.teacher):
            for media, width in (("print", 672), ("screen", 360)):
                opened.set_viewport_size({"width": width, "height": 900})
                opened.emulate_media(media=media)
                opened.set_content(text)
                assert opened.evaluate("document.documentElement.scrollWidth") <= width, (path.stem, media)
