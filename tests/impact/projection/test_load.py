"""The graph as of every revision, whatever was written since."""

from collections.abc import Callable

import numpy as np

from cmdb.database import Database
from impact.projection import Snapshots
from tests.impact.conftest import Estate
from tests.impact.projection.content import content

STRENGTHS = {"calls": "soft"}


def test_every_revision_can_be_loaded_later(database: Database, shop: Estate) -> None:
    writes: list[Callable[[], None]] = [
        lambda: shop.add("virtual_machine", "vm-2"),
        lambda: shop.link("app", "runs_on", "vm-2"),
        lambda: shop.link("app", "depends_on", "db-a", group="replicas", need=2),
        lambda: shop.link("app", "calls", "printer", group="weighed", need=3, weight=4),
        lambda: shop.change("vm", status="planned"),
        lambda: shop.unlink("app", "depends_on", "db-b", group="replicas"),
        lambda: shop.change("vm", status="operational"),
        lambda: shop.retire("vm-2"),
        lambda: shop.link("app", "depends_on", "db-b", group="replicas", need="50%"),
    ]
    seen = {}
    for write in writes:
        write()
        seen[shop.seq()] = content(Snapshots(database, STRENGTHS).at(None))
    assert len({str(one) for one in seen.values()}) == len(writes)
    past = Snapshots(database, STRENGTHS)
    assert {seq: content(past.at(seq)) for seq in seen} == seen


def test_before_the_first_revision_there_is_nothing(database: Database, shop: Estate) -> None:
    assert np.array_equal(Snapshots(database, STRENGTHS).at("0").cis.no, [])
