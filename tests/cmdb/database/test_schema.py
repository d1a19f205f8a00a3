"""The schema is made once, by whoever is first, and never taken back."""

from collections.abc import Iterator

import pytest

from cmdb.catalogue import Catalogue
from cmdb.database import SCHEMA_VERSION, Database, prepare
from cmdb.errors import Unavailable
from cmdb.store import Store
from tests.cmdb.processes import COUNT, Processes

TYPES = ["DEPENDS_ON", "USES"]


def definitions(database: Database) -> set[tuple[str, str]]:
    rows = database.read("SHOW INDEXES YIELD name, type, state WHERE type <> 'LOOKUP' AND state = 'ONLINE'")
    return {(row["name"], row["type"]) for row in rows}


def head(database: Database) -> list[int | list[str]]:
    (row,) = database.read("MATCH (head:Head {name: 'schema'}) RETURN head.value, head.types")
    return row.values()


@pytest.fixture
def bare(database: Database, catalogue: Catalogue) -> Iterator[Database]:
    """A database without schema; with all of it again afterwards."""
    for row in database.read("SHOW CONSTRAINTS YIELD name"):
        database.define(f"DROP CONSTRAINT {row['name']}")
    for row in database.read("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
        database.define(f"DROP INDEX {row['name']}")
    forget(database)
    yield database
    forget(database)
    prepare(database, [relationship.type for relationship in catalogue.relationships.values()])


def forget(database: Database) -> None:
    database.define("MATCH (head:Head {name: 'schema'}) DELETE head")


def test_preparing_twice_changes_nothing(bare: Database) -> None:
    prepare(bare, TYPES)
    made = definitions(bare)
    assert {"CI_id", "SourceRecord_key", "Change_subject", "ci_text", "created_USES"} <= {n for n, _ in made}
    assert head(bare) == [SCHEMA_VERSION, TYPES]
    prepare(bare, reversed(TYPES))
    assert definitions(bare) == made
    assert head(bare) == [SCHEMA_VERSION, TYPES]


def test_a_half_made_schema_is_completed(bare: Database) -> None:
    prepare(bare, TYPES)
    made = definitions(bare)
    bare.define("DROP CONSTRAINT CI_no")
    bare.define("DROP INDEX Change_subject")
    forget(bare)
    prepare(bare, TYPES)
    assert definitions(bare) == made


def test_new_relationship_types_are_added_and_none_is_forgotten(bare: Database) -> None:
    prepare(bare, TYPES)
    prepare(bare, ["CALLS"])
    assert head(bare) == [SCHEMA_VERSION, ["CALLS", *TYPES]]
    assert {"created_CALLS", "created_USES"} <= {name for name, _ in definitions(bare)}


def _prepare(store: Store) -> None:
    prepare(store.database, TYPES)


def test_processes_that_prepare_at_once_end_with_one_schema(bare: Database, crowd: Processes) -> None:
    crowd.together(_prepare, [()] * COUNT)
    assert head(bare) == [SCHEMA_VERSION, TYPES]
    together = definitions(bare)
    prepare(bare, TYPES)
    assert definitions(bare) == together


def test_a_database_of_a_newer_linchpin_is_refused(bare: Database) -> None:
    prepare(bare, TYPES)
    bare.define(f"MATCH (head:Head {{name: 'schema'}}) SET head.value = {SCHEMA_VERSION + 1}")
    with pytest.raises(Unavailable, match="upgrade this one"):
        prepare(bare, TYPES)
    assert head(bare) == [SCHEMA_VERSION + 1, TYPES]


@pytest.mark.parametrize(
    ("label", "key"),
    [("CI", "id"), ("CI", "no"), ("SourceRecord", "key"), ("Identifier", "key"), ("Revision", "seq")],
)
def test_what_must_be_unique_is(database: Database, label: str, key: str) -> None:
    constraints = database.read(
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type WHERE type CONTAINS 'UNIQUENESS' "
        "RETURN labelsOrTypes AS labels, properties"
    )
    assert ([label], [key]) in [(row["labels"], row["properties"]) for row in constraints]


def test_records_of_an_older_version_get_numbers_that_nobody_else_gets(bare: Database) -> None:
    prepare(bare, TYPES)
    bare.define("UNWIND range(1, 3) AS n CREATE (:SourceRecord {key: 'old ' + n})")
    bare.define("MATCH (head:Head {name: 'schema'}) SET head.value = 2")
    prepare(bare, TYPES)
    numbers = {row["no"] for row in bare.read("MATCH (record:SourceRecord) RETURN record.no AS no")}
    assert len(numbers) == 3
    assert numbers.isdisjoint(bare.numbers("record", 5))
