from dataclasses import replace
from datetime import date

import pytest

from cmdb.acceptance import Acceptance, accept, acceptances, withdraw
from cmdb.errors import InvalidInput, NotFound
from cmdb.history import events
from cmdb.store import Store, Target, create_cis, retire, undo
from tests.cmdb.graphs import AUTHOR


@pytest.fixture
def risk(store: Store) -> Acceptance:
    """A router that may fail, and a service on it."""
    rows = [{"class": "router", "name": "r1"}, {"class": "business_service", "name": "shop"}]
    (router, shop), _ = create_cis(store, AUTHOR, rows)
    return Acceptance(router, "Ada", "replaced in spring", date(2027, 3, 31), shop)


def test_an_acceptance_is_there_until_it_is_withdrawn(store: Store, risk: Acceptance) -> None:
    whole = replace(risk, service=None, until=None)
    accept(store.database, AUTHOR, risk)
    accept(store.database, AUTHOR, whole)
    assert acceptances(store.database) == [whole, risk]
    withdraw(store.database, AUTHOR, risk.ci, risk.service)
    assert acceptances(store.database) == [whole]
    with pytest.raises(NotFound, match="No risk is accepted"):
        withdraw(store.database, AUTHOR, risk.ci, risk.service)


def test_accepting_anew_replaces_and_is_told(store: Store, risk: Acceptance) -> None:
    longer = replace(risk, until=date(2028, 3, 31))
    accept(store.database, AUTHOR, risk)
    assert accept(store.database, AUTHOR, risk) is None
    revision = accept(store.database, AUTHOR, longer)
    assert acceptances(store.database) == [longer]
    assert revision is not None
    assert [(e.kind, e.subject, e.action) for e in events(store.database, revision.seq)] == [
        ("risk_acceptance", risk.key, "changed")
    ]


def test_the_last_day_still_counts(risk: Acceptance) -> None:
    assert not risk.expired(date(2027, 3, 31))
    assert risk.expired(date(2027, 4, 1))
    assert not replace(risk, until=None).expired(date(9999, 1, 1))


def test_somebody_must_answer_for_it(store: Store, risk: Acceptance) -> None:
    for nobody in (replace(risk, by=" "), replace(risk, reason="")):
        with pytest.raises(InvalidInput, match="who accepts"):
            accept(store.database, AUTHOR, nobody)


def test_only_what_is_there_can_be_accepted(store: Store, risk: Acceptance) -> None:
    with pytest.raises(NotFound, match="nothing"):
        accept(store.database, AUTHOR, replace(risk, ci="nothing"))
    accept(store.database, AUTHOR, risk)
    retire(store, AUTHOR, [Target(risk.ci)])
    assert acceptances(store.database) == []
    with pytest.raises(NotFound, match="retired"):
        accept(store.database, AUTHOR, risk)


def test_undo_of_an_acceptance_removes_it_and_undo_of_that_brings_it_back(
    store: Store, risk: Acceptance
) -> None:
    made = accept(store.database, AUTHOR, risk)
    assert made
    undo(store, AUTHOR, made.seq)
    assert acceptances(store.database) == []
    undo(store, AUTHOR, made.seq + 1)
    assert acceptances(store.database) == [risk]


def test_undo_takes_back_a_change_and_a_withdrawal(store: Store, risk: Acceptance) -> None:
    longer = replace(risk, until=None)
    accept(store.database, AUTHOR, risk)
    changed = accept(store.database, AUTHOR, longer)
    gone = withdraw(store.database, AUTHOR, risk.ci, risk.service)
    assert changed
    assert gone
    undo(store, AUTHOR, gone.seq)
    assert acceptances(store.database) == [longer]
    undo(store, AUTHOR, changed.seq)
    assert acceptances(store.database) == [risk]


def test_undo_keeps_what_was_accepted_anew_since(store: Store, risk: Acceptance) -> None:
    made = accept(store.database, AUTHOR, risk)
    changed = accept(store.database, AUTHOR, replace(risk, until=None))
    assert made
    assert changed
    undone = undo(store, AUTHOR, made.seq)
    assert [(kept.subject, kept.by) for kept in undone.taken_over] == [(risk.key, changed.seq)]
    assert acceptances(store.database) == [replace(risk, until=None)]
