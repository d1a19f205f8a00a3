from importers.redundancy import redundant


def test_one_provider_needs_no_group() -> None:
    assert redundant("runs_on", ["a", "a"], "hosts") == [{"type": "runs_on", "to": "a"}]
    assert redundant("runs_on", [], "hosts") == []


def test_several_agree_on_what_is_needed() -> None:
    terms = {"type": "runs_on", "group": "hosts", "need": 2}
    assert redundant("runs_on", "abc", "hosts", 2, assumed=False) == [{**terms, "to": end} for end in "abc"]


def test_at_least_one_is_needed() -> None:
    assert [one["need"] for one in redundant("composed_of", "ab", "members", 0)] == [1, 1]
    assert all(one["assumed"] for one in redundant("composed_of", "ab", "members", 0))
