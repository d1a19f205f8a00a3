"""`*` in conditions, against regular expressions."""

import re
from collections.abc import Iterator
from itertools import product

from cmdb.rules.pattern import fits


def _all(letters: str, longest: int) -> Iterator[str]:
    """All texts of these letters up to a length."""
    for length in range(longest + 1):
        yield from map("".join, product(letters, repeat=length))


def test_a_star_stands_for_any_text() -> None:
    texts = list(_all("ab", 4))
    for pattern in _all("ab*", 5):
        expression = re.compile(re.escape(pattern).replace(r"\*", ".*"))
        for text in texts:
            assert fits(pattern, text) is bool(expression.fullmatch(text)), (pattern, text)


def test_a_hostile_pattern_is_no_trap() -> None:
    assert not fits("*a" * 200 + "*b", "a" * 2000)
