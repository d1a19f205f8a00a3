from hypothesis import given
from hypothesis import strategies as st

from importers.holding import holders_first


def test_what_holds_others_comes_first_else_the_order_stays() -> None:
    within = {"port": "card", "site": "", "card": "switch", "switch": "room", "room": "site", "other": ""}
    assert list(holders_first(within)) == ["site", "other", "room", "switch", "card", "port"]
    assert holders_first(within) == within


def test_what_holds_each_other_is_held_by_nothing() -> None:
    within = {"a": "b", "b": "c", "c": "b", "d": "d", "e": "f", "f": ""}
    assert holders_first(within) == {"a": "", "b": "", "c": "", "d": "", "e": "f", "f": ""}


def test_a_holder_that_is_not_there_may_still_be_named() -> None:
    assert holders_first({"a": "gone"}) == {"a": "gone"}


KEYS = st.sampled_from("abcdef")


@given(st.dictionaries(KEYS, KEYS | st.just("")))
def test_nothing_is_lost_and_no_holder_comes_late(within: dict[str, str]) -> None:
    ordered = holders_first(within)
    assert ordered.keys() == within.keys()
    place = {key: number for number, key in enumerate(ordered)}
    assert all(place[holder] < place[key] for key, holder in ordered.items() if holder in place)
    assert all(holder in (within[key], "") for key, holder in ordered.items())
