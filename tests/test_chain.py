"""The reporting chain in words: what it starts from, what it links, and that a gap in the record stays a gap."""

import re

import ipywidgets
import pytest

from cadres_edu import archive, lesson, markup
from cadres_edu.models import reporting
from cadres_edu.records import Derived, Event, Statistic
from cadres_edu.widgets import base, chain


@pytest.fixture(autouse=True)
def _kernel(tmp_path, monkeypatch):
    """An empty folder, and a kernel in which nothing has been shown."""
    monkeypatch.chdir(tmp_path)
    for shelf in ("_things", "_carriers"):
        monkeypatch.setattr(base, shelf, {})
    yield
    ipywidgets.Widget.close_all()


@pytest.fixture
def thing():
    return lesson.chain()


def texts():
    """Every text with links that the chain shows."""
    cells = [chain._told(role, year) for role, refs in chain.RECORDS.items() for year in refs]
    return [chain.ASKS, *chain.NOTES, *(note for *_, note in chain.SETS), *cells]


def links():
    return [link for text in texts() for link in markup.links(markup.runs(text))]


def test_the_levels_are_those_of_the_model(thing):
    assert [name.lower() for name in thing.data["levels"]] == list(reporting.LEVELS)


def test_every_link_leads_to_a_record_and_states_its_figure():
    assert len(links()) > 30
    for link in links():
        found = archive.record(link.ref)
        number = re.fullmatch(r"([\d,]+(?:\.(\d+))?)(?:%| kg| million tonnes)?", link.text)
        if isinstance(found, Statistic | Derived):
            assert number, link
            value = found.value / (1000 if found.unit == "thousand persons" else 1)
            assert float(number[1].replace(",", "")) == round(value, len(number[2] or "")), link
        else:
            assert not number, link
            assert not isinstance(found, Event) or not re.search(r"\d{4}", link.text) or link.text == "January 1959"


def test_the_claim_of_the_guess_was_made_when_the_prompt_says():
    claim = archive.record("event:harvest-claimed")
    assert isinstance(claim, Event)
    assert claim.start.startswith("1959-01")


def test_a_row_stands_on_one_vintage_and_one_unit():
    series = {ref.split(":")[1] for ref in chain.RECORDS["harvest"].values()}
    assert series == {"grain-output-official-older"}
    for role, refs in chain.RECORDS.items():
        assert len({archive.record(ref).unit for ref in refs.values()}) == 1, role
    for year in (1958, 1960):
        derived = archive.record(chain.RECORDS["quota"][year])
        assert "grain-procurement-share-lin-yang" in derived.formula
        assert "grain-output-official-older" in derived.formula


def test_what_is_not_found_is_a_gap_in_data_reading_and_print(thing):
    years = {one["year"]: one for one in thing.data["years"]}
    gaps = {(role, year) for year in chain.YEARS for role in chain.RECORDS if years[year][role] is None}
    assert {("resold", 1959), ("people", 1958), ("people", 1959), ("quota", 1961), ("top", 1957)} <= gaps
    assert thing.reading.count("not found") == thing.static_html.count("not found") == len(gaps)
    assert years[1959]["quota"]["value"] == 64.12
    assert years[1957]["people"]["value"] == pytest.approx(547.04)


def test_the_reading_tells_the_start_worked_by_hand(thing):
    # 1958, nobody adds: 24.6% of 200 = 49.2. 200 - 49.2 + 25 sold back - 42 (21%) = 133.8 million tonnes;
    # / 547.04 million = 244.6 kg; / 365 = 670 g.
    said = (
        "In the field 200.0 million tonnes, at the top 200.0. The quota is 49.2: 24.6% of the harvest. "
        "Left to eat: 245 kg a head for the year, 670 grams a day."
    )
    assert f"1958, nobody adds: {said}" in thing.reading
    assert said in thing.static_html
    for told in ("A model, not a record", "The split is invented", "Our assumption", "Mind the basis", "Left out"):
        assert told in thing.reading
        assert told in thing.static_html


def test_the_answer_to_the_guess_is_not_given_away(thing):
    claim, harvest = (chain._figure(chain.RECORDS[role][chain.GUESS])[0] for role in ("top", "harvest"))
    share = 100 * reporting.even_share(claim / harvest)
    assert f"{share:.1f}" == "13.4"
    for text in (thing.reading, thing.static_html):
        assert "How large was that share?" in text
        assert not re.search(r"13(\.4)?( per cent|%)", text)


def test_the_default_for_seed_and_feed_is_what_zhous_figures_leave(thing):
    seed = next(one["start"] for one in thing.data["sets"] if one["id"] == "seed")
    # Average of 1953-57: 180 - 28.4% + 20 sold back - 200 kg for 547.04 million; 1961: 135 - 29.1% + 13.4 - 150 kg for
    # 538.59 million.
    average = (180 * (1 - 0.284) + 20 - 0.2 * 547.04) / 180
    later = (135 * (1 - 0.291) + 13.4 - 0.15 * 538.59) / 135
    for share, ref in ((average, "beside-ration-average-share"), (later, "beside-ration-1961-share")):
        found = archive.record(f"derived:{ref}")
        assert isinstance(found, Derived)
        assert found.value == pytest.approx(100 * share)
    assert round(100 * later) <= seed <= round(100 * average)


def test_a_button_sets_what_was_given_for_its_year(thing):
    assert [(one["year"], one["top"]) for one in thing.data["presets"]] == [(1958, 375), (1959, 250), (1959, 267)]
    for _, year, ref in chain.PRESETS:
        found = archive.record(ref)
        assert isinstance(found, Statistic)
        assert found.year == year


def test_a_figure_is_told_with_its_kind_and_an_average_as_one(thing):
    assert "64.12 taken, gross; 64.6 had been fixed at Lushan" in thing.reading
    assert "200 ration, average of 1953-57" in thing.reading
    assert "46.5 taken, gross" in thing.reading
    assert "267 claimed in February 1960" in thing.reading


def test_the_rate_is_that_of_1957_as_output_and_purchases_give_it(thing):
    rate = next(one["start"] for one in thing.data["sets"] if one["id"] == "rate")
    bought, grew = (chain._figure(chain.RECORDS[role][1957])[0] for role in ("quota", "harvest"))
    assert rate == round(100 * bought / grew, 1) == 24.6


def test_a_record_in_another_unit_is_refused():
    with pytest.raises(
        TypeError, match="statistic:crude-death-rate-official:china:1960 is no figure that the reporting"
    ):
        chain._figure("statistic:crude-death-rate-official:china:1960")
    with pytest.raises(TypeError, match="event:harvest-claimed"):
        chain._figure("event:harvest-claimed")


def test_it_is_small_and_keeps_what_the_learner_does(thing):
    state = ipywidgets.Widget.get_manager_state()["state"]
    assert set(state) == {"cadres-code-base", "cadres-code-chain", "cadres-01-chain"}
    assert len(str(state["cadres-01-chain"])) < 12_000
    assert len(str(state["cadres-code-chain"])) < 17_000
    answer = {"v": 1, "guess": 20, "year": 1959, "shares": [0.1] * 5, "set": {}}
    reply = thing.receive({"do": "record", "key": "k", "question": "01/chain", "answer": answer})
    assert reply["saved"] == "k"
    assert thing.saved["01/chain"]["answer"] == answer
