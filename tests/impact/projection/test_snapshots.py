"""Questions share snapshots; who needs nothing newer waits for nobody."""

from concurrent.futures import ThreadPoolExecutor

from cmdb.database import Database
from cmdb.history import latest
from impact.projection import Snapshots, load
from tests.impact.conftest import Estate
from tests.impact.projection.content import content


def test_the_same_moment_is_the_same_projection(database: Database, shop: Estate) -> None:
    snapshots = Snapshots(database, {})
    first = snapshots.at(None)
    assert snapshots.at(None) is first
    assert snapshots.at(shop.seq()) is first
    shop.change("vm", status="planned")
    second = snapshots.at(None)
    assert second.revision == latest(database)
    assert snapshots.at(str(first.revision.seq)) is first


def test_one_who_needs_nothing_newer_does_not_wait(database: Database, shop: Estate) -> None:
    snapshots = Snapshots(database, {})
    first = snapshots.at(None)
    with snapshots._catching_up, snapshots._looking_back:
        assert snapshots.at(None) is first
        assert snapshots.at(shop.seq()) is first


def test_now_includes_what_was_committed_before(database: Database, shop: Estate) -> None:
    snapshots = Snapshots(database, {})

    def ask(_: int) -> bool:
        seq = latest(database).seq
        return snapshots.at(None).revision.seq >= seq

    with ThreadPoolExecutor(3) as askers:
        answers = askers.map(ask, range(30))
        for place in range(10):
            shop.change("vm", description=f"place {place}")
        assert all(answers)
    assert content(snapshots.at(None)) == content(load(database, {}, latest(database)))


def test_a_moment_long_ago_is_found_again(database: Database, shop: Estate) -> None:
    snapshots = Snapshots(database, {})
    names = [f"server-{place}" for place in range(6)]
    seqs = []
    for name in names:
        shop.add("server", name)
        seqs.append(snapshots.at(None).revision.seq)
    for place, seq in enumerate(seqs):
        cis = snapshots.at(str(seq)).cis
        servers = {cis.name[ci] for ci in range(len(cis)) if cis.no[ci] >= 0} & set(names)
        assert servers == set(names[: place + 1])
