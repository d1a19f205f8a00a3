"""How needs come out as numbers."""

import numpy as np
import pytest

from impact.projection import Need, Terms
from impact.projection.terms import TermsTable


@pytest.mark.parametrize(
    ("need", "total", "expected"),
    [
        (None, 3, 3),
        (2, 3, 2),
        (5, 3, 5),
        ("60%", 5, 3),
        ("60%", 4, 3),
        ("50%", 3, 2),
        ("1%", 3, 1),
        ("0%", 3, 0),
        ("100%", 3, 3),
        ("66.6%", 3, 2),
        ("66.7%", 3, 3),
        ("7%", 100, 7),  # 0.07 * 100 is 7.000000000000001 in floating point
        ("60%", 0, 0),
    ],
)
def test_shares_are_exact_and_rounded_up(need: Need, total: int, expected: int) -> None:
    table = TermsTable.of([Terms("runs_on", need)], {})
    assert table.asked(np.zeros(1, np.int32), np.array([total])).tolist() == [expected]
