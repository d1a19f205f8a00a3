import pytest

from cmdb.access import Actor, Role
from cmdb.errors import Conflict, Invalid
from cmdb.history import Author
from cmdb.practices import open_desk
from cmdb.records import By, Desk, Edit, Related, open_record, transition
from cmdb.store import Store, create_cis

ANN = By(Actor("ann", Role.OPERATOR), "test", "so it is")
FOUND = {"root_cause": "The firmware leaks", "cause": "hardware"}


@pytest.fixture
def desk(store: Store) -> Desk:
    return open_desk(store)


@pytest.fixture
def switch(store: Store) -> str:
    ids, _ = create_cis(store, Author("test", "test"), [{"class": "switch", "name": "core"}])
    return ids[0]


@pytest.fixture
def investigated(desk: Desk, switch: str) -> str:
    told = {"title": "Sessions drop", "team": "network", "assignee": "ann"}
    problem = open_record(desk, ANN, "problem", Edit(values=told, links={switch: "suspected"}))
    return transition(desk, ANN, problem.number, "investigate").number


def test_a_cause_is_found_only_with_the_ci_that_it_is(desk: Desk, switch: str, investigated: str) -> None:
    with pytest.raises(
        Conflict, match="root_cause is missing; cause is missing; no CI is linked as its cause"
    ):
        transition(desk, ANN, investigated, "find_cause")
    found = transition(desk, ANN, investigated, "find_cause", Edit(values=FOUND, links={switch: "cause"}))
    assert found.state == "cause_found"


def test_a_known_error_needs_a_workaround_and_ends_with_a_change_that_was_made(
    desk: Desk, switch: str, investigated: str
) -> None:
    transition(desk, ANN, investigated, "find_cause", Edit(values=FOUND, links={switch: "cause"}))
    of = frozenset({Related("of", investigated)})
    with pytest.raises(Invalid, match="workaround: None is required"):
        open_record(desk, ANN, "known_error", Edit(values={"title": "Leak"}, related=of))
    told = {"title": "Leak", "workaround": "Restart the switch at night"}
    error = open_record(desk, ANN, "known_error", Edit(values=told, links={switch: "cause"}, related=of))
    with pytest.raises(Conflict, match=f"{error.number} is still active: end it first"):
        transition(desk, ANN, investigated, "resolve", Edit(values={"resolution": "New firmware"}))
    with pytest.raises(Conflict, match="no change or release is related as `ended_by`"):
        transition(desk, ANN, error.number, "end")
    change = open_record(desk, ANN, "change", Edit(values={"title": "New firmware"}))
    ended_by = Edit(related=frozenset({Related("ended_by", change.number)}))
    with pytest.raises(Conflict, match=f"{change.number} is draft"):
        transition(desk, ANN, error.number, "end", ended_by)


def test_what_stays_is_accepted_with_a_workaround_by_a_manager(
    desk: Desk, switch: str, investigated: str
) -> None:
    transition(desk, ANN, investigated, "find_cause", Edit(values=FOUND, links={switch: "cause"}))
    manager = By(Actor("max", Role.MANAGER), "test", "Cheaper so")
    with pytest.raises(Conflict, match="workaround is missing"):
        transition(desk, manager, investigated, "accept")
    workaround = Edit(values={"workaround": "Restart it"})
    assert transition(desk, manager, investigated, "accept", workaround).state == "closed"
