"""A lesson as a page: what it shows, what it leaves out, and that it stands alone."""

import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from nbformat import v4
from traitlets.config import Config

from cadres_edu import execute, questions
from cadres_edu.markup import plain
from cadres_edu.publish import PrintError, page, pdf, printing
from cadres_edu.publish.exporters import PRINTING, Handout
from cadres_edu.widgets import paper

ROOT = Path(__file__).parents[1]
LESSONS = sorted(ROOT.glob("notebooks/*.ipynb"))
VOID = {"meta", "br", "img", "hr"}


class Seen(HTMLParser):
    """What a page is made of: tags with attributes, words by tag, and whether every tag is closed in its turn."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.words, self.headings = [], [], [], []
        self.feed(text)
        assert self.open == []
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)
            if self.headings and re.fullmatch("h[1-6]", " ".join(self.open[-1:])):
                self.headings[-1][1] += data

    def values(self, name):
        return [attrs[name] for _, attrs in self.tags if name in attrs]


def notebook(*cells):
    """A notebook of Markdown (text) and of a lesson's code cells (lists of outputs)."""
    made = v4.new_notebook()
    for cell in cells:
        if isinstance(cell, str):
            made.cells.append(v4.new_markdown_cell(cell))
        else:
            made.cells.append(v4.new_code_cell("lesson.x()", outputs=cell, metadata={"cadres": {"part": "round-1"}}))
    return made


def shown(**forms):
    """An output in these forms, whose names are given as `text_html`."""
    kinds = {"svg": "image/svg+xml"}
    data = {kinds.get(name, name.replace("_", "/")): form for name, form in forms.items()}
    return v4.new_output("display_data", data)


def chart(rows):
    """A chart's two outputs, with the rows of its table as stored."""
    table = f"<details><summary>The values as a table: Grain</summary><table><tbody>{rows}</tbody></table></details>"
    return [
        shown(
            svg='<svg role="img"><title>Grain</title></svg>', text_plain="Grain\nTonnes a year.\n1958: 200 (中国, 2015)"
        ),
        shown(text_html=table, text_plain="The values as a table: Grain"),
    ]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_stands_alone(path):
    seen = Seen(page(execute.read(path), path.stem))
    ids = seen.values("id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in seen.values("href") if link.startswith("#")} <= set(ids)
    assert not [link for link in seen.values("href") if not re.match(r"#|https?:", link)]
    assert {tag for tag, _ in seen.tags}.isdisjoint({"script", "link", "iframe", "details"})
    assert not seen.values("src")
    levels = [level for level, _ in seen.headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(then <= level + 1 for level, then in itertools.pairwise(levels))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_each_question_is_asked_once_numbered_and_not_answered(path):
    lesson = execute.read(path)
    seen = Seen(page(lesson, path.stem, sources=False))  # a card may say what an answer says
    code = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "code")
    survey = [one.id for one in questions.load("00-start-here") if one.survey]
    asked = [
        name
        for single, both in re.findall(r'lesson\.(?:ask\("([^"]+)"\)|(survey)\()', code)
        for name in (survey if both else [single])
    ]
    assert seen.values("data-question") == asked
    numbers = [words for _, words in seen.headings if words.startswith("Question ")]
    assert numbers == [f"Question {number}" for number in range(1, len(asked) + 1)]
    for one in map(questions.find, asked):
        for passage in one.passages():
            words = " ".join(plain(passage.runs).split())
            if passage.role in ("feedback", "hint", "model") and len(words) > 20:
                assert words not in seen.text, one.id


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_every_heading_and_paragraph_of_the_prose_is_there(path):
    lesson = execute.read(path)
    seen = Seen(page(lesson, path.stem))
    shown_words = set(re.findall(r"\w+", seen.text))
    for cell in lesson.cells:
        if cell.cell_type == "markdown" and cell.metadata.cadres.part != "foot":
            assert set(re.findall(r"\w+", re.sub(r"\]\([^)]*\)|[*`]", " ", cell.source))) <= shown_words
    assert "lesson.ask" not in seen.text and "Back to the map" not in seen.text


def test_without_sources_the_words_of_claims_stay_and_the_cards_go():
    lesson = execute.read(ROOT / "notebooks" / "03-calling-seven-thousand.ipynb")
    whole, short = (page(lesson, "03", sources=sources) for sources in (True, False))
    assert 'href="#claim:why-called"' in whole and "href" not in short
    assert "discipline as well as review" in short
    assert len(short) < len(whole) / 1.7


def test_a_chart_is_told_once_in_words_or_as_a_field_of_figures():
    words = page(notebook("# T", chart('<tr><th scope="row">1958</th><td>200 tonnes</td><td>2015</td></tr>')), "t")
    assert '<li>1958: 200 (<span lang="zh-Hans">中国</span>, 2015)</li>' in words and "<td>" not in words
    figures = page(notebook("# T", chart('<tr><th scope="row">1958</th><td>200</td><td>–</td></tr>')), "t")
    assert "<td>200</td>" in figures and "<li>" not in figures
    for one in (words, figures):
        assert "<figcaption>Tonnes a year.</figcaption>" in one and one.count("<svg") == 1
        assert "The values as a table" not in one and "<details" not in one


def test_a_field_drawn_with_its_figures_rests_on_its_works_and_is_not_told_again_on_paper():
    rows = '<tr><th scope="row">Anhui</th><td>2.5</td><td>–</td></tr><tr><th scope="row">All</th><td>A. B</td></tr>'
    outputs = chart(rows)
    outputs[0].data["text/plain"] = "Grain\nTimes.\nAnhui: 1958 2.5\nAll: A. B"
    assert '<table class="figures">' in page(notebook("# T", outputs), "t")
    outputs[0].data["image/svg+xml"] = "<svg><text>2.5</text></svg>"
    drawn = page(notebook("# T", outputs), "t")
    assert '<table class="figures drawn">' in drawn and '<ul class="facts"><li>All: A. B</li></ul>' in drawn


def test_a_thing_is_shown_by_its_html_and_never_as_a_widget():
    output = shown(text_html="<p>Room.</p>", text_plain="A thing")
    output.data["application/vnd.jupyter.widget-view+json"] = {"model_id": "x"}
    text = page(notebook("# T", [output]), "t")
    assert '<div class="thing"><p>Room.</p></div>' in text and "A thing" not in text
    assert '<p class="quiet">Lesson 03</p>' in page(notebook("# T", [shown(text_plain="Lesson 03")]), "t")


def test_underscores_give_way_to_room():
    text = page(
        notebook("# T", [shown(text_html='<span class="gap">____</span><p class="lines" style="--lines: 3">____</p>')]),
        "t",
    )
    assert "__" not in text
    assert ">blank</span>" in text and ">Room for 3 lines</span>" in text
    boxed = page(notebook("# T", [shown(text_html=paper.BOX + paper.GAP + paper.LETTER + paper.lines(2))]), "t")
    assert boxed.count('class="unseen"') == 4 and "☐" not in boxed and "_" not in boxed.partition("<main>")[2]


def test_prose_keeps_languages_heads_and_the_links_that_lead_somewhere():
    card = "| | |\n|---|---|\n| **Minutes** | [5](#event:x) [6](#event:y) |\n\n| A | B |\n|---|---|\n| c | d |"
    ways_out = "Next: [01](01-x.ipynb). [Why?](#Why)"
    text = page(
        notebook("# A & B", f"{card}\n\n县 *xiàn* *so*\n\n{ways_out}", [shown(text_html='<p id="event:x">X</p>')]), "t"
    )
    assert '<th scope="row"><strong>Minutes</strong></th>' in text and "<th></th>" not in text
    assert '<a href="#event:x">5</a> 6' in text
    assert '<th scope="col">A</th>' in text
    assert '<span lang="zh-Hans">县</span> <em lang="zh-Latn">xiàn</em> <em>so</em>' in text
    assert "<p>Next: 01. Why?</p>" in text


def test_a_learners_own_cells_stay_and_run_nothing():
    own = v4.new_code_cell(
        "print(1 < 2)", outputs=[v4.new_output("stream", text="True <b>\n"), shown(svg="<svg></svg>")]
    )
    picture = v4.new_markdown_cell("# Mine\n\n<script>x</script> ![A](attachment:a.png) ![B](http://x/b.png)")
    picture.attachments = {"a.png": {"image/png": "AAAA"}}
    failed = v4.new_code_cell("1/0", outputs=[v4.new_output("error", ename="ZeroDivisionError", evalue="by zero")])
    text = page(v4.new_notebook(cells=[v4.new_markdown_cell("# T"), picture, own, failed]), "t")
    assert "<pre>print(1 &lt; 2)</pre>" in text and "<pre>True &lt;b&gt;\n</pre>" in text
    assert "&lt;script&gt;" in text and "<script" not in text
    assert '<img src="data:image/png;base64,AAAA" alt="A"> B' in text
    assert "ZeroDivisionError: by zero" in text
    assert text.count("<h1") == 1 and ">Mine</h2>" in text
    assert "default-src 'none'" in text


def test_the_title_is_on_every_sheet_and_a_nameless_notebook_has_its_files():
    assert 'content: "Say \\"no\\" & go"' in page(notebook('# Say "no" & go'), "t")
    nameless = page(notebook("Words."), "my-notes")
    assert "<title>my-notes</title>" in nameless


def test_where_no_browser_prints_it_is_said_in_words(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PrintError, match="none of them was found on the PATH"):
        pdf("<p>")
    broken = tmp_path / printing.BROWSERS[0]
    broken.write_text("#!/bin/sh\necho no display >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    with pytest.raises(PrintError, match="It says: no display"):
        pdf("<p>")


def test_jupyterlab_is_offered_the_page_and_prints_it(monkeypatch):
    from nbconvert.exporters import get_exporter

    monkeypatch.setenv("JUPYTER_PATH", str(ROOT / "cadres_edu" / "jupyter"))
    path = ROOT / "notebooks" / "03-calling-seven-thousand.ipynb"
    made, notes = get_exporter("handout")().from_filename(path)
    assert get_exporter("handout") is Handout and notes["output_extension"] == ".html"
    assert made == page(execute.read(path), path.stem)
    settings = Config()
    for name, value in PRINTING.items():
        of, trait = name.split(".")
        settings[of][trait] = value
    printed, _ = get_exporter("html")(config=settings).from_filename(path)
    assert Seen(printed).text == Seen(made).text
    assert not re.search(r'<script|src="http', printed)


def test_the_lab_is_told_how_to_print():
    from cadres_edu.server import _options

    given = _options(ROOT, 8962, "token", False, "/lab")
    assert {f"--{name}={value}" for name, value in PRINTING.items()} <= set(given)
