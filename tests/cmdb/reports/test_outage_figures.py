from datetime import UTC, date, datetime

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from cmdb.reports.outages import Outage, mtbf
from cmdb.reports.periods import cut

HOUR = 3_600
PERIODS = cut(date(2026, 1, 2), date(2026, 1, 5), "day", "UTC", datetime(2026, 6, 1, tzinfo=UTC))
BEGIN = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())


def outage(type_: str, began: int, hours: int, ci: str = "shop") -> Outage:
    return Outage(ci, type_, BEGIN + began * HOUR, BEGIN + (began + hours) * HOUR)  # type: ignore[arg-type]


outages = st.lists(
    st.builds(
        outage,
        st.sampled_from(["down", "degraded", "planned"]),
        st.integers(0, 120),
        st.integers(0, 40),
        st.sampled_from(["shop", "till"]),
    ),
    max_size=8,
)


@settings(deadline=None)
@given(outages)
def test_hour_by_hour(given_: list[Outage]) -> None:
    """An hour is planned, else down, else up; a failure is an hour that is down after one that is not."""

    def is_in(ci: str, type_: str, hour: int) -> bool:
        at = BEGIN + hour * HOUR
        return any(one.ci == ci and one.type == type_ and one.began <= at < one.ended for one in given_)

    def is_down(ci: str, hour: int) -> bool:
        return is_in(ci, "down", hour) and not is_in(ci, "planned", hour)

    found = {(period, ci): told for period, ci, told in mtbf(given_, PERIODS)}
    assert {ci for _, ci in found} == {one.ci for one in given_}
    for (period, ci), told in found.items():
        first = 24 * (int(period[-2:]) - 1)
        hours = range(first, first + 24)
        down = sum(is_down(ci, hour) for hour in hours)
        planned = sum(is_in(ci, "planned", hour) for hour in hours)
        failures = sum(is_down(ci, hour) and not is_down(ci, hour - 1) for hour in hours)
        assert (told["down_hours"], told["planned_hours"]) == (down, planned)
        assert told["failures"] == failures
        asked = 24 - planned
        assert told["availability"] == (pytest.approx(100 * (asked - down) / asked) if asked else None)
        assert told["mtbf_hours"] == (pytest.approx((asked - down) / failures) if failures else None)


def test_a_failure_of_known_length() -> None:
    rows = list(mtbf([outage("down", 30, 6), outage("down", 34, 4), outage("degraded", 60, 9)], PERIODS))
    assert [row[:2] for row in rows] == [
        ("2026-01-02", "shop"),
        ("2026-01-03", "shop"),
        ("2026-01-04", "shop"),
    ]
    assert rows[0][2] == {
        "failures": 1,
        "down_hours": 8,
        "planned_hours": 0,
        "mtbf_hours": 16,
        "mttr_hours": 8,
        "availability": pytest.approx(200 / 3),
    }
    assert rows[1][2]["availability"] == 100
