from concurrent.futures import ThreadPoolExecutor

import pytest

from cmdb.access import Actor, Role
from cmdb.errors import Conflict, Refused
from cmdb.history import Author, latest
from cmdb.practices import open_desk
from cmdb.problems import Finding, accept, incidents_of
from cmdb.records import By, Desk, Edit, Wanted, get_record, list_records, open_record
from cmdb.store import Store, create_cis

ANN = By(Actor("ann", Role.OPERATOR), "test")
VIC = By(Actor("vic", Role.VIEWER), "test")


@pytest.fixture
def desk(store: Store) -> Desk:
    return open_desk(store)


@pytest.fixture
def finding(store: Store, desk: Desk) -> Finding:
    told = [{"class": "switch", "name": "core"}, {"class": "server", "name": "web"}]
    (core, web), _ = create_cis(store, Author("test", "test"), told)
    edit = Edit(values={"title": "It fails"}, links={web: "down"})
    numbers = [open_record(desk, ANN, "incident", edit).number for _ in range(3)]
    return Finding("Why core", "recurrence", "3 where 0.1 is chance", [core], [core, web], numbers)


def test_of_two_who_accept_at_once_one_is_refused(desk: Desk, finding: Finding) -> None:
    def attempt(_: int) -> str | None:
        try:
            return accept(desk, ANN, finding).number
        except Conflict as refused:
            assert "is open for this already" in refused.detail
            return None

    with ThreadPoolExecutor(4) as pool:
        made = [number for number in pool.map(attempt, range(4)) if number]
    assert [one.number for one in list_records(desk.database, Wanted(kind="problem")).items] == made
    assert [one.number for one in incidents_of(desk.database, made[0])] == finding.incidents
    assert {one.condition for one in get_record(desk.database, made[0]).links} == {"suspected", "affected"}


def test_who_may_not_write_changes_nothing(desk: Desk, finding: Finding) -> None:
    before = latest(desk.database).seq
    with pytest.raises(Refused):
        accept(desk, VIC, finding)
    assert latest(desk.database).seq == before
