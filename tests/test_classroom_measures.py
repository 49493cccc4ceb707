"""The formulas of the report against independent implementations of them."""

import itertools
import math
import random
import statistics

import made_up_class as made
import numpy as np
import pytest
from scipy import stats

from cadres_edu import archive
from cadres_edu.classroom import course, database, intake, items, learners, marking, measures, survey
from cadres_edu.models import gain


@pytest.mark.parametrize(("right", "answered"), [(0, 1), (1, 1), (0, 30), (7, 29), (15, 30), (30, 30), (400, 1000)])
def test_the_interval_of_a_share_is_wilsons(right, answered):
    expected = stats.binomtest(right, answered).proportion_ci(method="wilson")
    assert measures.proportion(right, answered) == pytest.approx((expected.low, expected.high), abs=1e-12)


@pytest.mark.parametrize("pairs", [4, 26, 30, 500])
def test_the_interval_of_a_correlation_is_fishers(pairs):
    dice = np.random.default_rng(1962)
    one = dice.normal(size=pairs)
    other = one + dice.normal(size=pairs)
    expected = stats.pearsonr(one, other)
    bounds = expected.confidence_interval()
    assert measures.correlation(expected.statistic, pairs) == pytest.approx((bounds.low, bounds.high), abs=1e-9)


@pytest.mark.parametrize("freedom", [9, 12, 23, 100, 99_999])
def test_students_quantile(freedom):
    assert measures.student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-3)


@pytest.mark.parametrize("right", [0, 3, 9, 20])
def test_guessing_is_binomial_where_all_are_alike(right):
    assert measures.by_guessing(right, (4,) * 20) == pytest.approx(stats.binom.sf(right - 1, 20, 0.25))


def test_guessing_with_unlike_questions_by_counting_all_outcomes():
    choices, chance = (2, 3, 4, 5), 0.0
    for hits in itertools.product((0, 1), repeat=4):
        if sum(hits) >= 2:
            chance += math.prod((1 / k if hit else 1 - 1 / k) for hit, k in zip(hits, choices, strict=True))
    assert measures.by_guessing(2, choices) == pytest.approx(chance)


def test_the_error_of_a_gain_is_what_resampling_learners_finds():
    dice = np.random.default_rng(1962)
    before = dice.binomial(10, 0.4, size=200)
    after = before + dice.binomial(10 - before, 0.5)
    up, left = after - before, 10 - before
    share = gain.normalised(int(before.sum()), int(after.sum()), 2000)
    squares = tuple(int((one * other).sum()) for one, other in ((up, up), (up, left), (left, left)))
    error = measures.gain_error(share, 200, int(left.sum()), squares)
    drawn = dice.integers(0, 200, size=(4000, 200))
    resampled = up[drawn].sum(axis=1) / left[drawn].sum(axis=1)
    assert error == pytest.approx(resampled.std(ddof=1), rel=0.05)


def test_what_cannot_be_reckoned_is_refused():
    with pytest.raises(ValueError, match="no answers"):
        measures.proportion(0, 0)
    with pytest.raises(ValueError, match="too few"):
        measures.correlation(0.5, 3)
    with pytest.raises(ValueError, match="left to gain"):
        measures.gain_error(0.5, 10, 0, (0, 0, 0))


def test_the_least_number_for_discrimination_follows_from_its_rule():
    fewest = measures.FEWEST_FOR_DISCRIMINATION
    assert 2 / math.sqrt(fewest - 1) <= 0.40 < 2 / math.sqrt(fewest - 2)


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory):
    """The made-up class in a database, and its first and last marks as plain dictionaries."""
    archive.use(archive.seeds_folder())
    folder, scratch = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("scratch")
    made.write(folder)
    asked = course.load()
    with (scratch / "spool").open("wb") as spool:
        taken = intake.gather(folder, spool, lambda *_: None)
    db = database.connect(scratch)
    assert database.load(db, scratch / "spool", taken, asked, lambda *_: None) == []
    assert marking.mark(db, asked, taken) == []
    yield db, asked
    db.close()
    archive.use(None)


def first_marks(asked):
    closed = {slot.question.id for slot in asked.closed()}
    marks = {}
    for entry in (one for number in range(made.LEARNERS) for one in made.entries(number)):
        if entry.question in closed:
            marks.setdefault(entry.who, {}).setdefault(entry.question, entry.result == "right")
    return marks


def test_discrimination_is_the_correlation_with_the_rest_score(reckoned):
    db, asked = reckoned
    marks = first_marks(asked)
    found = items.analyse(db, asked)
    assert len(found) == 61
    for item in found:
        name = item.question.id
        pairs = [
            (own[name], statistics.mean(mark for other, mark in own.items() if other != name))
            for own in marks.values()
            if name in own
        ]
        hits, rest = zip(*pairs, strict=True)
        assert item.paired == len(pairs)
        assert item.discrimination == pytest.approx(stats.pointbiserialr(hits, rest).statistic, abs=1e-9)
        assert item.share == pytest.approx(statistics.mean(hits))


def test_the_gain_is_hakes_and_its_interval_that_of_a_ratio(reckoned):
    db, asked = reckoned
    found = survey.compare(db, asked)
    takings = {}
    for number in range(made.LEARNERS):
        for entry in made.entries(number):
            if entry.occasion:
                takings.setdefault(entry.who, {}).setdefault(entry.occasion, []).append(entry.result == "right")
    twice = [(sum(own["start"]), sum(own["end"])) for own in takings.values() if len(own) == 2]
    before, after = np.array(twice).T
    assert (found.learners, found.before, found.after) == (len(twice), before.sum(), after.sum())
    assert found.gain == pytest.approx((after.mean() - before.mean()) / (10 - before.mean()))
    residuals = (after - before) - found.gain * (10 - before)
    error = math.sqrt((residuals**2).sum() / (len(twice) - 1) / len(twice)) / (10 - before.mean())
    half = stats.t.ppf(0.975, len(twice) - 1) * error
    assert found.bounds == pytest.approx((found.gain - half, min(1, found.gain + half)), abs=1e-3)


def test_a_few_takings_have_a_gain_without_an_interval(reckoned):
    assert measures.FEWEST_FOR_GAIN == 10
    db, asked = reckoned
    db.execute("CREATE TABLE kept AS SELECT * FROM attempts; DELETE FROM attempts WHERE who >= 9; DROP TABLE survey")
    db.execute("DROP TABLE places")
    found = survey.compare(db, asked)
    db.execute("DROP TABLE attempts; ALTER TABLE kept RENAME TO attempts")
    assert 0 < found.learners < 10 and found.gain is not None and found.bounds is None


def test_minutes_leave_out_breaks_whatever_the_order_of_lines(reckoned):
    db, asked = reckoned
    db.execute("CREATE TABLE all_entries AS SELECT * FROM entries; DELETE FROM entries")
    dice = random.Random(1962)
    seconds = [0, 60, 200, 200 + 600, 200 + 600 + 601, 2000]
    lines = [(place, second) for place, second in enumerate(seconds)]
    dice.shuffle(lines)
    for place, second in lines:
        db.execute(
            'INSERT INTO entries (ord, who, lesson, slot, "at") '
            "VALUES (?, 1, '03', 40, TIMESTAMP '2026-09-01 09:00:00' + to_seconds(?))",
            [place, second],
        )
    learners.prepare(db, asked, anonymous=False)
    [(who, lesson, minutes)] = db.execute("SELECT * FROM minutes").fetchall()
    assert (who, lesson, minutes) == (1, "03", pytest.approx((60 + 140 + 600 + 599) / 60))
