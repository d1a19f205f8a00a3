"""Processes that change one CI at once: whatever succeeded is there, and in the history exactly once."""

from cmdb.errors import Outdated
from cmdb.history import timeline
from cmdb.store import Store, Target, get_ci, update_cis
from tests.cmdb.graphs import AUTHOR, created
from tests.cmdb.processes import COUNT, Processes

TIMES = 5
ATTRIBUTES = ("cpu_count", "memory_mb", "cpu_count")


def _count_up(store: Store, id_: str, attribute: str) -> None:
    """Add one, TIMES times, whoever else does."""
    left = TIMES
    while left:
        ci = get_ci(store.database, id_)
        change = Target(id_, ci["revision"]), {attribute: ci.get(attribute, 0) + 1}
        try:
            update_cis(store, AUTHOR, [change])
        except Outdated:
            continue
        left -= 1


def test_checked_updates_of_one_attribute_all_count(store: Store, crowd: Processes) -> None:
    (id_,) = created(store, "web-1")
    crowd.together(_count_up, [(id_, "cpu_count")] * COUNT)
    assert get_ci(store.database, id_)["cpu_count"] == COUNT * TIMES
    assert told(store, id_, "cpu_count") == list(range(1, COUNT * TIMES + 1))


def test_checked_updates_of_several_attributes_all_count(store: Store, crowd: Processes) -> None:
    (id_,) = created(store, "web-1")
    crowd.together(_count_up, [(id_, attribute) for attribute in ATTRIBUTES])
    for attribute in ATTRIBUTES:
        times = TIMES * ATTRIBUTES.count(attribute)
        assert told(store, id_, attribute) == list(range(1, times + 1))


def _write(store: Store, id_: str, attribute: str) -> None:
    for number in range(TIMES):
        update_cis(store, AUTHOR, [(Target(id_), {attribute: number})])


def test_unchecked_updates_of_different_attributes_survive_each_other(store: Store, crowd: Processes) -> None:
    (id_,) = created(store, "web-1")
    attributes = ["cpu_count", "memory_mb", "disk_gb"]
    crowd.together(_write, [(id_, attribute) for attribute in attributes])
    ci = get_ci(store.database, id_)
    assert [ci[attribute] for attribute in attributes] == [TIMES - 1] * COUNT
    for attribute in attributes:
        assert len(told(store, id_, attribute)) == TIMES


def told(store: Store, id_: str, attribute: str) -> list[int]:
    """The values that the attribute has had, oldest first."""
    changes = [d for entry in reversed(timeline(store.database, id_)) for d in entry.differences]
    return [d.after[attribute] for d in changes if d.after and attribute in d.fields]
