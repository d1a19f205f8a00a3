"""People attest CIs, and are told when it is time again."""

from datetime import UTC, datetime, timedelta

import pytest

from cmdb.errors import Conflict, NotFound, Outdated
from cmdb.health import Terms, findings, verify
from cmdb.history import revisions
from cmdb.store import Store, Target, get_ci, retire
from tests.cmdb.graphs import AUTHOR, created, imported, see

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def due(store: Store, check: str, days: float = 365) -> list[str]:
    found = findings(store, check, terms=Terms(verified_days=days), now=NOW)
    return [item.name for item in found.items]


def test_an_attestation_is_one_revision_and_outlives_imports(store: Store) -> None:
    first, second = created(store, "a", "b")
    revision = verify(store, AUTHOR, [Target(first), Target(second)], NOW)
    assert revision is not None
    assert revisions(store.database)[-1] == revision
    assert revision.seq == 2
    assert {get_ci(store.database, id_)["verified_at"] for id_ in (first, second)} == {"2026-11-20T12:00:00Z"}
    imported(store, [see("x", name="x", verified_at="2020-01-01")])
    assert verify(store, AUTHOR, [Target(first)], NOW) is None


def test_what_is_due(store: Store) -> None:
    ids = created(store, "long ago", "lately", "never")
    verify(store, AUTHOR, [Target(ids[0])], NOW - timedelta(days=366))
    verify(store, AUTHOR, [Target(ids[1])], NOW - timedelta(days=10))
    assert due(store, "never_verified") == ["never"]
    assert due(store, "verification_due") == ["long ago", "never"]
    assert due(store, "verification_due", days=5) == ["lately", "long ago", "never"]
    (detail,) = findings(store, "verification_due", now=NOW).items[0].details
    assert detail == {"verified_at": "2025-11-19T12:00:00Z"}


def test_what_cannot_be_attested(store: Store) -> None:
    (id_,) = created(store, "a")
    with pytest.raises(NotFound):
        verify(store, AUTHOR, [Target("nothing")])
    with pytest.raises(Outdated):
        verify(store, AUTHOR, [Target(id_, revision=0)])
    retire(store, AUTHOR, [Target(id_)])
    with pytest.raises(Conflict):
        verify(store, AUTHOR, [Target(id_)])
