from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.risk import Assessed, Closed, Facts, Ledger, Origin, Past, assess_risk, calibrate, replay
from impact.risk.calibration import wilson
from tests.impact.risk.facts_in_order import BEST, SHIPPED, facts

START = datetime(2026, 1, 1, tzinfo=UTC)
POINTS = {"low": 10, "medium": 30, "high": 50, "very high": 70}


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def test_a_small_case_by_hand() -> None:
    calibration = calibrate(
        [
            Assessed(10, False, day(1), day(2)),  # nothing is closed: 0.1 of the policy
            Assessed(50, True, day(1), day(3)),  # the same
            Assessed(10, False, day(4), day(5)),  # mean (1 + 1) / (2 + 10), low (0 + 10 / 6) / (1 + 10)
        ],
        SHIPPED,
    )
    low, medium, high, very_high = calibration.bands
    assert (low.changes, low.failed, low.observed) == (2, 0, 0)
    assert low.predicted == pytest.approx((0.1 + 10 / 66) / 2)
    assert low.interval == pytest.approx((0, 0.657619), abs=1e-5)
    assert (high.changes, high.failed, high.predicted) == (1, 1, 0.1)
    assert medium.predicted is very_high.predicted is None
    assert (medium.interval, medium.calibrated) == ((0, 1), True)
    assert calibration.brier == pytest.approx((0.01 + 0.81 + (10 / 66) ** 2) / 3)
    assert calibration.baseline == pytest.approx((0.01 + 0.81 + 1 / 36) / 3)
    assert calibration.skill == pytest.approx(1 - 0.8429568 / 0.8477778, abs=1e-6)
    assert calibration.text == (
        "Of 3 closed changes 1 failed (33.3%). The Brier score of what their likelihood foretold is 0.2810, "
        "better than the 0.2826 of the mean rate alone"
    )


def test_nothing_closed_is_said() -> None:
    calibration = calibrate([], SHIPPED)
    assert (calibration.changes, calibration.brier, calibration.skill) == (0, None, None)
    assert calibration.text == "No change is closed yet, so nothing can be compared"


@pytest.mark.parametrize(
    ("failed", "closed", "interval"),
    [(0, 10, (0, 0.2775)), (1, 10, (0.0179, 0.4042)), (5, 10, (0.2366, 0.7634)), (10, 10, (0.7225, 1))],
)
def test_wilson_intervals_from_a_table(failed: int, closed: int, interval: tuple[float, float]) -> None:
    assert wilson(failed, closed) == pytest.approx(interval, abs=1e-4)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_rate_at_an_end_of_the_interval_is_1_96_standard_errors_away(failed: int, more: int) -> None:
    closed = failed + more
    for end in wilson(failed, closed):
        error = (end * (1 - end) / closed) ** 0.5
        assert abs(failed / closed - end) == pytest.approx(1.959964 * error, abs=1e-6)


def test_an_outcome_counts_only_after_the_change_is_closed() -> None:
    early = Closed(Facts(), Origin("restart"), True, day(0), day(5))
    at, after = (Closed(Facts(), Origin("restart"), False, day(when), day(9)) for when in (5, 6))
    unknown = assess_risk(replace(Facts(), overall=Past(0, 0), model=Past(0, 0)), SHIPPED)
    known = assess_risk(replace(Facts(), overall=Past(1, 1), model=Past(1, 1)), SHIPPED)
    assert [one.likelihood for one in replay([after, early, at], SHIPPED)] == [
        unknown.likelihood.points,
        unknown.likelihood.points,
        known.likelihood.points,
    ]


def test_no_change_is_assessed_after_it_was_closed() -> None:
    with pytest.raises(ValueError, match="cannot have been assessed later"):
        Assessed(10, False, day(2), day(1))
    with pytest.raises(ValueError, match="cannot have been assessed later"):
        Closed(Facts(), Origin(), False, day(2), day(1))


origins = st.builds(
    Origin,
    st.sampled_from((None, "restart", "upgrade")),
    st.sampled_from((None, "network", "storage")),
    st.frozensets(st.sampled_from("abcd"), max_size=3),
)


@st.composite
def closed_changes(draw: st.DrawFn) -> Closed:
    first, last = sorted((draw(st.integers(0, 9)), draw(st.integers(0, 9))))
    return Closed(draw(facts), draw(origins), draw(st.booleans()), day(first), day(last))


def told_by_hand(facts: Facts, origin: Origin, before: list[tuple[Origin, bool]]) -> Facts:
    def past(chosen: Iterator[bool]) -> Past:
        outcomes = list(chosen)
        return Past(outcomes.count(True), len(outcomes))

    return replace(
        facts,
        overall=past(failed for _, failed in before),
        model=past(f for o, f in before if o.model == origin.model) if origin.model else None,
        team=past(f for o, f in before if o.team == origin.team) if origin.team else None,
        cis=past(f for o, f in before if o.cis & origin.cis) if origin.cis else None,
    )


@given(facts, origins, st.lists(st.tuples(origins, st.booleans()), max_size=12))
def test_histories_are_counted_as_by_hand(
    known: Facts, origin: Origin, before: list[tuple[Origin, bool]]
) -> None:
    assert Ledger(before).told(known, origin) == told_by_hand(known, origin, before)


@given(st.lists(closed_changes(), max_size=8))
def test_each_change_is_assessed_by_what_was_closed_before(changes: list[Closed]) -> None:
    expected = [
        assess_risk(
            told_by_hand(
                change.facts,
                change.origin,
                [(other.origin, other.failed) for other in changes if other.closed_at < change.assessed_at],
            ),
            SHIPPED,
        ).likelihood.points
        for change in sorted(changes, key=lambda change: change.assessed_at)
    ]
    assert [one.likelihood for one in replay(changes, SHIPPED)] == expected


def world(random: Random, rates: dict[str, float], count: int = 4000) -> list[Assessed]:
    """Changes of which each level fails at a rate of its own."""
    told = ((number / 10, random.choice(list(rates))) for number in range(count))
    return [
        Assessed(POINTS[level], random.random() < rates[level], day(at), day(at + random.uniform(0, 20)))
        for at, level in told
    ]


def test_worlds_as_planted_come_out_calibrated() -> None:
    rates = {"low": 0.02, "medium": 0.08, "high": 0.2, "very high": 0.45}
    calibrations = [calibrate(world(Random(seed), rates), SHIPPED) for seed in range(20)]
    bands = [band for calibration in calibrations for band in calibration.bands]
    for band in bands:
        assert band.predicted == pytest.approx(rates[band.level], abs=0.07)
    covered = [band.interval[0] <= rates[band.level] <= band.interval[1] for band in bands]
    assert sum(covered) >= 0.9 * len(bands)  # by its making, 95 %
    # predictions are made while the rates are still being learnt, so that fewer lie within
    assert sum(band.calibrated for band in bands) >= 0.75 * len(bands)
    for calibration in calibrations:  # of all variance, that between the levels is a fifth
        assert calibration.skill is not None
        assert 0.1 < calibration.skill < 0.2


@pytest.mark.parametrize("seed", range(5))
def test_where_levels_tell_nothing_no_skill_is_found(seed: int) -> None:
    calibration = calibrate(world(Random(seed), dict.fromkeys(POINTS, 0.1)), SHIPPED)
    assert calibration.skill is not None
    assert calibration.skill < 0.01


def test_a_world_that_turns_worse_is_shown_as_not_calibrated() -> None:
    random = Random(0)
    before, after = (world(random, dict.fromkeys(POINTS, rate)) for rate in (0.02, 0.5))
    gap = timedelta(days=500)
    later = [replace(one, assessed_at=one.assessed_at + gap, closed_at=one.closed_at + gap) for one in after]
    bands = calibrate(before + later, SHIPPED).bands
    assert not any(band.calibrated for band in bands)
    assert all(band.predicted is not None and band.predicted < band.interval[0] for band in bands)


def test_replaying_finds_the_model_that_fails() -> None:
    random = Random(1)
    rates = {"restart": 0.01, "rewire": 0.6}
    changes = [
        Closed(Facts(**BEST), Origin(model, model), random.random() < rates[model], day(at), day(at + 3))
        for at, model in enumerate(random.choice(list(rates)) for _ in range(400))
    ]
    replayed = replay(changes, SHIPPED)
    last = {change.origin.model: one.likelihood for change, one in zip(changes, replayed, strict=True)}
    assert last["rewire"] > last["restart"] + 5
