from datetime import UTC, datetime

import pytest

from cmdb.database import Database
from cmdb.errors import InvalidInput, NotFound
from cmdb.history import Author, events, latest
from cmdb.people import (
    Delegation,
    Team,
    delegate,
    delegations,
    end_delegation,
    learn_teams,
    save_teams,
    set_members,
    teams,
)
from cmdb.store import Store, undo
from tests.cmdb.graphs import AUTHOR
from tests.cmdb.processes import COUNT, Processes

NETWORK = Team("network", email="network@example.org", on_call="+1 555 0100")
MOVED = Team("network", email="noc@example.org")
STORAGE = Team("storage", chat="#storage")


def test_saved_teams_are_there_by_name(database: Database) -> None:
    save_teams(database, AUTHOR, [STORAGE, NETWORK])
    assert teams(database) == [NETWORK, STORAGE]
    assert teams(database, ["storage", "nobody"]) == [STORAGE]


def test_saving_what_is_there_makes_no_revision(database: Database) -> None:
    save_teams(database, AUTHOR, [NETWORK])
    assert save_teams(database, AUTHOR, [NETWORK]) is None
    assert latest(database).seq == 1


def test_a_change_replaces_the_whole_team_and_is_told(database: Database) -> None:
    save_teams(database, AUTHOR, [NETWORK, STORAGE])
    revision = save_teams(database, AUTHOR, [MOVED, STORAGE])
    assert teams(database) == [MOVED, STORAGE]
    assert revision is not None
    assert [(e.subject, e.action) for e in events(database, revision.seq)] == [("network", "changed")]


def test_what_a_source_leaves_blank_stays(database: Database) -> None:
    learn_teams(database, AUTHOR, [NETWORK])
    assert learn_teams(database, AUTHOR, [Team("network")]) is None
    learn_teams(database, AUTHOR, [Team("network", chat="#net"), STORAGE])
    known = Team("network", email="network@example.org", chat="#net", on_call="+1 555 0100")
    assert teams(database) == [known, STORAGE]


def test_a_team_needs_a_name(database: Database) -> None:
    with pytest.raises(InvalidInput):
        save_teams(database, AUTHOR, [Team("")])


def test_undo_of_a_change_puts_the_team_back(store: Store) -> None:
    save_teams(store.database, AUTHOR, [NETWORK])
    save_teams(store.database, AUTHOR, [MOVED])
    undo(store, AUTHOR, 2)
    assert teams(store.database) == [NETWORK]
    undo(store, AUTHOR, 3)
    assert teams(store.database) == [MOVED]


def test_undo_of_a_creation_removes_the_team_and_undo_of_that_brings_it_back(store: Store) -> None:
    save_teams(store.database, AUTHOR, [NETWORK])
    undo(store, AUTHOR, 1)
    assert teams(store.database) == []
    undo(store, AUTHOR, 2)
    assert teams(store.database) == [NETWORK]


def test_undo_keeps_a_team_that_was_saved_again_later(store: Store) -> None:
    save_teams(store.database, AUTHOR, [NETWORK, STORAGE])
    save_teams(store.database, AUTHOR, [MOVED])
    undone = undo(store, AUTHOR, 1)
    assert teams(store.database) == [MOVED]
    assert [(kept.name, kept.by) for kept in undone.taken_over] == [("network", 2)]


def _save(store: Store, number: int) -> None:
    save_teams(store.database, AUTHOR, [Team("network", phone=str(number))])


def test_processes_that_save_one_team_at_once_are_all_in_its_history(
    database: Database, crowd: Processes
) -> None:
    crowd.together(_save, [(number,) for number in range(COUNT)])
    assert latest(database).seq == COUNT
    changes = database.read("MATCH (c:Change {subject: 'network'}) RETURN c.before AS before")
    assert len(changes) == COUNT - 1


def test_members_stay_unless_somebody_says_who_they_are(database: Database) -> None:
    save_teams(database, AUTHOR, [NETWORK])
    set_members(database, AUTHOR, "network", ["ann", " bob ", "ann", ""])
    save_teams(database, AUTHOR, [MOVED])
    learn_teams(database, AUTHOR, [Team("network", members=("eve",)), Team("web", members=("eve",))])
    assert [team.members for team in teams(database)] == [("ann", "bob"), ("eve",)]
    assert set_members(database, AUTHOR, "network", ["ann", "bob"]) is None
    set_members(database, AUTHOR, "network", [])
    assert teams(database, ["network"]) == [MOVED]
    with pytest.raises(NotFound, match="There is no team 'nobody'"):
        set_members(database, AUTHOR, "nobody", ["ann"])


def test_only_ones_own_right_is_delegated_and_taken_back(database: Database) -> None:
    begin, end = datetime(2026, 12, 1, tzinfo=UTC), datetime(2026, 12, 24, tzinfo=UTC)
    delegate(database, AUTHOR, "bob", begin, end)
    assert delegate(database, AUTHOR, "bob", begin, end) is None
    assert delegations(database) == [
        Delegation(AUTHOR.actor, "bob", "2026-12-01T00:00:00Z", "2026-12-24T00:00:00Z")
    ]
    for to, until in ((AUTHOR.actor, end), ("", end), ("bob", begin)):
        with pytest.raises(InvalidInput):
            delegate(database, AUTHOR, to, begin, until)
    with pytest.raises(NotFound, match="eve has delegated nothing to bob"):
        end_delegation(database, Author("eve", "test"), "bob")
    revision = end_delegation(database, AUTHOR, "bob")
    assert revision and delegations(database) == []
