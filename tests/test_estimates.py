"""The field of published estimates: every row of the records, in words that match its marks."""

import dataclasses
import json

import ipywidgets
import pytest

from cadres_edu import archive, lesson
from cadres_edu.widgets import base, estimates


@pytest.fixture(autouse=True)
def clean(tmp_path, monkeypatch):
    """An empty folder for the log, and a kernel in which nothing has been shown."""
    archive.use(archive.seeds_folder())
    monkeypatch.chdir(tmp_path)
    for shelf in ("_things", "_carriers"):
        monkeypatch.setattr(base, shelf, {})
    yield
    ipywidgets.Widget.close_all()
    archive.use(None)


def rows():
    packed = lesson.estimates().data["estimates"]
    return [dict(zip(packed["fields"], row, strict=True)) for row in packed["rows"]]


def test_every_estimate_for_china_is_there_once_in_order_of_year():
    known = archive.estimates(place="china")
    assert [row["ref"] for row in rows()] == [one.ref for one in known]
    assert [row["year"] for row in rows()] == [one.year for one in known]


def test_the_reading_gives_figure_years_method_and_standing_of_each():
    thing = lesson.estimates()
    line = (
        "1984, Ansley J. Coale: 27 million; 16 million before correction. 1958–1963. censuses 1953/64/82, survey "
        "of births; 16 from registered rates, 27 after correction (two or more works agree)"
    )
    assert line in thing.reading and f"<li>{line}</li>" in thing.static_html
    assert "No year, Mosher: 11 to 30 million. 1960. not described" in thing.reading
    assert thing.static_html.count("<li>") == len(archive.estimates(place="china"))


BARE = archive.record("estimate:coale-1984")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"low": None, "central": 27_000_000, "high": None}, "27 million"),
        ({"low": 15_000_000, "central": None, "high": 16_000_000}, "15 to 16 million"),
        ({"low": 29_500_000, "central": 30_000_000, "high": 30_000_000}, "30 million (29.5 to 30)"),
        ({"low": 45_000_000, "central": 45_000_000, "high": None}, "45 million or more"),
        ({"low": 45_000_000, "central": None, "high": None}, "45 million or more"),
        ({"low": None, "central": None, "high": 5_000_000}, "5 million at most"),
    ],
)
def test_a_figure_is_told_as_its_author_gives_it(given, words):
    row = estimates.published(dataclasses.replace(BARE, **given))
    assert row["words"] == words
    persons = [value for value in given.values() if value]
    assert (row["low"], row["high"]) == (min(persons) / 1e6, max(persons) / 1e6)
    assert row["more"] == words.endswith("or more") and (row["centre"] == 45 if row["more"] else True)


def test_what_a_record_leaves_open_is_said():
    row = estimates.published(dataclasses.replace(BARE, period="", method=""))
    assert (row["period"], row["method"]) == ("not stated", "not described")


def test_a_share_of_the_population_alone_has_no_mark(monkeypatch):
    share = dataclasses.replace(BARE, id="share", low=None, central=None, high=None, share=5.0)
    monkeypatch.setattr(archive, "estimates", lambda place: [BARE, share])
    assert estimates.in_persons() == [BARE]


def test_it_is_stored_in_few_bytes():
    assert len(json.dumps(lesson.estimates().data)) < 9_000
