"""The way to Neo4j, and what is told when there is none."""

import pytest

from cmdb.database import Database, LostRace
from cmdb.embedded import Address
from cmdb.errors import Unavailable
from cmdb.store import Store
from tests.cmdb.processes import COUNT, Processes


def test_the_version_of_the_server_is_told(database: Database) -> None:
    assert int(database.verify().split(".")[0]) >= 5


def test_nobody_there_is_told_with_the_address() -> None:
    with (
        Database("bolt://127.0.0.1:1", "neo4j", "", patience=0) as nowhere,
        pytest.raises(Unavailable, match=":1 "),
    ):
        nowhere.verify()


@pytest.mark.parametrize("uri", ["127.0.0.1:7687", "http://127.0.0.1", "neo5j://127.0.0.1", ""])
def test_what_is_no_address_is_told(uri: str) -> None:
    with pytest.raises(Unavailable, match="not an address"):
        Database(uri, "neo4j", "")


def test_work_that_lost_a_race_is_begun_again(database: Database) -> None:
    attempts: list[int] = []

    def work(tx: object) -> int:
        attempts.append(1)
        if len(attempts) < 3:
            raise LostRace
        return len(attempts)

    assert database.write(work) == 3


def test_work_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        database.write(lambda tx: tx.run("CREATE (:Baseline {name: 'x'})").consume() and 1 / 0)
    assert database.read("MATCH (b:Baseline) RETURN b") == []


def test_a_write_is_seen_by_the_next_read(prepared_address: Address, database: Database) -> None:
    database.write(lambda tx: tx.run("CREATE (:Baseline {name: 'x'})").consume())
    assert len(database.read("MATCH (b:Baseline) RETURN b")) == 1
    found = database.snapshot(lambda tx: [tx.run("MATCH (b:Baseline) RETURN b").single() for _ in range(2)])
    assert None not in found


def _take(store: Store) -> list[int]:
    return [number for _ in range(5) for number in store.database.numbers("test", 700)]


def test_numbers_are_given_once_whoever_takes_them(database: Database, crowd: Processes) -> None:
    taken = [number for numbers in crowd.together(_take, [()] * COUNT) for number in numbers]
    assert len(set(taken)) == len(taken) == COUNT * 5 * 700
    assert min(taken) == 1
