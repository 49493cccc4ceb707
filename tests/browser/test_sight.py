"""Every thing, worked, for those who see little: narrow windows, large letters, targets, stillness, forced colours."""

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import ADDRESS, COURSE, PAGE_CODE, serve_plain

from cadres_edu import archive, lesson, questions
from cadres_edu.widgets import quiz

KINDS = sorted(file.stem for file in PAGE_CODE.glob("*.css") if file.stem not in ("base", "lab"))
TOOLS = Path(__file__).parent / "sight.js"
# WCAG 2.2, success criterion 1.4.12.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
DOUBLED = ":root { font-size: 200% }"
ROOMS = {
    "a window of 760 pixels": (760, ""),
    "a window of 360 pixels": (360, ""),
    "1280 pixels at 400 per cent": (320, ""),
    "letters of twice the size": (640, DOUBLED),
    "letters and lines set wide": (320, SPACED),
}


@pytest.fixture(scope="module")
def things(tmp_path_factory):
    """Each kind of thing and its data, as the notebooks' own calls give it; of questions one of each kind."""
    here, patch = tmp_path_factory.mktemp("lessons"), pytest.MonkeyPatch()
    for notebook in (COURSE / "notebooks").glob("*.ipynb"):
        shutil.copy(notebook, here)
    patch.chdir(here)
    archive.use(COURSE / "seeds")
    made = [getattr(lesson, kind)() for kind in KINDS if kind in lesson.__all__]
    made += [lesson.course_map(), lesson.start("03"), lesson.survey("start")]
    files = sorted((COURSE / "seeds" / "questions").glob("*.md"))
    asked = {one.kind: one for file in files for one in questions.load(file.stem) if not one.survey}
    made += [quiz.ask([one]) for one in asked.values()]
    yield [(thing.kind, json.loads(json.dumps(thing.data))) for thing in made]
    archive.use(None)
    patch.undo()


@pytest.fixture(scope="module")
def worked(chromium, things):
    """One plain page with all things, each of them worked."""
    page = chromium.new_context(locale="en-GB", viewport={"width": 760, "height": 900}).new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/*", serve_plain)
    page.goto(ADDRESS + "/")
    page.wait_for_function("window.ready")
    page.add_script_tag(path=TOOLS)
    for thing in things:
        page.evaluate("([kind, data]) => show(kind, data)", list(thing))
    page.evaluate("sight.work()")
    yield page
    assert errors == []
    page.context.close()


@pytest.fixture
def seen(worked):
    """Gives the page a width, a style of the learner's own and media, for one test."""

    def see(width=760, style="", **media):
        worked.set_viewport_size({"width": width, "height": 900})
        worked.evaluate("sight.wear", style)
        worked.emulate_media(**media)
        worked.evaluate("scrollTo(0, 0); sight.settle()")
        return worked

    yield see
    see(color_scheme="light", forced_colors="none")


def test_every_kind_of_thing_is_here(things):
    assert {kind for kind, _ in things} == set(KINDS)


@pytest.mark.parametrize(("width", "style"), ROOMS.values(), ids=ROOMS)
def test_nothing_runs_out_is_cut_off_or_lies_over_something_else(seen, width, style):
    page = seen(width, style)
    assert page.evaluate("sight.crowded()") == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", [760, 360, 320])
def test_targets_are_large_enough_or_stand_apart(seen, width):
    assert seen(width).evaluate("sight.small()") == []


def test_a_table_that_scrolls_is_reached_by_keyboard_only_while_it_does(seen):
    tables = "[...document.querySelectorAll('.cadres-hall .cadres-wide')].map((one) => [one.tabIndex, one.ariaLabel])"
    assert seen(320, SPACED).evaluate(tables) == [[0, "Who was invited"]]
    assert seen(760).evaluate(tables) == [[-1, None]]


def test_nothing_moves_for_those_who_want_it_still():
    allowed = r"@media \(prefers-reduced-motion: no-preference\)\s*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}"
    moving = (
        r"transition\s*:|animation\s*:|@keyframes|scroll-behavior|behavior:\s*.smooth|\.animate\(|requestAnimationFrame"
    )
    files = [file for file in PAGE_CODE.iterdir() if file.suffix in (".css", ".js")]
    code = {file.name: re.sub(allowed, "", file.read_text(encoding="utf-8")) for file in files}
    assert len(code) > len(KINDS)
    assert [(name, *re.findall(moving, text)) for name, text in code.items() if re.search(moving, text)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_shapes_and_states_tell_is_still_told_in_forced_colours(seen, scheme):
    bars = seen(color_scheme="light").evaluate("sight.bars()")
    assert {"hall", "chain", "tiles", "weigh"} <= set(bars)
    page = seen(color_scheme=scheme, forced_colors="active")
    assert page.evaluate("sight.gone()") == []
    assert page.evaluate("sight.faint()") == []
    states = page.evaluate("sight.states()")
    assert {"days", "grid", "stances", "tiles", "verdicts"} <= {kind for kind, _ in states}
    assert [kind for kind, told in states if not told] == []


# What scrolls sideways in the lesson in front, code apart: the name under which the keyboard reaches it, and its words.
SCROLLED = """() => [...document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer *')]
  .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
  .filter((one) => getComputedStyle(one).overflowX !== 'visible')
  .filter((one) => !one.closest('svg, .cm-editor, .cadres-hidden') && !one.matches('input, select, textarea'))
  .map((one) => [one.tabIndex === 0 && one.ariaLabel, one.textContent.trim().slice(0, 60)])"""
CHARTS = {
    "02-famine-in-numbers": [
        "Crude death rate, by who worked it out",
        "Sichuan, place by place: deaths against those of 1957",
    ],
    "03-calling-seven-thousand": ["How many came? Every total in print that we have", "The meeting, day by day"],
}
DRAWN = "document.querySelectorAll('.jp-NotebookPanel:not(.lm-mod-hidden) :is(.cadres, .js-plotly-plot)').length > 15"


@pytest.mark.kernel
@pytest.mark.parametrize("width", [640, 360])
def test_a_lesson_in_a_narrow_window_reads_down_the_page(laid_out, notebook, width):
    for name, titles in CHARTS.items():
        opened = notebook(laid_out, f"{name}.ipynb", viewport={"width": width, "height": 900})
        opened.page.wait_for_function(DRAWN)
        opened.page.evaluate(
            "document.querySelectorAll('.jp-NotebookPanel details').forEach((one) => (one.open = true))"
        )
        opened.page.wait_for_timeout(500)
        panel = opened.page.locator(".jp-WindowedPanel-outer").first
        assert panel.evaluate("one => one.clientWidth") > 0.75 * width  # the lesson has the room, not the list of files
        scrolled = opened.page.evaluate(SCROLLED)
        charts = opened.page.locator(".cadres-chart")
        # A chart is as wide as its words need; where that is too wide it scrolls, and the table says the same.
        assert [words for label, words in scrolled if not label] == []
        assert {f"{title}, a chart" for title in titles} <= {label for label, _ in scrolled} or width > 520
        widths = "all => all.map((one) => [one.querySelector('.main-svg').clientWidth, one.scrollWidth])"
        assert all(520 <= drawn == room for drawn, room in charts.evaluate_all(widths))
        assert charts.count() == len(titles)
        assert opened.page.errors == []
