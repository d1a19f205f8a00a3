"""What tests of the graph share: who writes, how sources speak, and the whole graph by plain Cypher."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from cmdb.database import Database
from cmdb.history import Author, Kind, State, read_past, relationship_subject
from cmdb.reconciliation import Observation, Relation
from cmdb.runs import Report, Run
from cmdb.store import Store, create_cis

Graph = Mapping[tuple[Kind, str], State]
"""CIs and relationships by kind and subject."""

AUTHOR = Author("tests", "test")
SOURCE = "scanner"


def see(
    native_id: str, *relations: Relation, name: str | None = None, class_: str = "server", **attributes: Any
) -> Observation:
    """What a source says of a CI, and adds to what it depends on."""
    return Observation(
        native_id,
        {"class": class_, "name": name or f"name of {native_id}", **attributes},
        relations,
        adds=True,
    )


def on(provider: str, type_: str = "depends_on", **terms: Any) -> Relation:
    """What a source says of a dependency."""
    return cast(Relation, {"type": type_, "to": provider, **terms})


def imported(store: Store, observations: Iterable[Observation], source: str = SOURCE) -> Report:
    """Take in observations as one run."""
    return Run(store.database, store.catalogue, AUTHOR, source).take_in(observations)


def created(store: Store, *names: str, class_: str = "server") -> list[str]:
    """Create CIs by hand; returns their ids."""
    ids, _ = create_cis(store, AUTHOR, [{"class": class_, "name": name} for name in names])
    return ids


def id_of(database: Database, name: str) -> str:
    """The id of the one CI, current or retired, with that name."""
    (row,) = database.read("MATCH (ci:CI|RetiredCI {name: $name}) RETURN ci.id AS id", name=name)
    return str(row["id"])


def graph(database: Database) -> dict[tuple[Kind, str], State]:
    """The whole graph as any Cypher client would read it."""
    cis = database.read("MATCH (ci:CI|RetiredCI) RETURN properties(ci) AS ci")
    relationships = database.read(
        """
        MATCH (dependent:CI|RetiredCI)-[r]->(provider:CI|RetiredCI)
        RETURN dependent.id AS dependent, type(r) AS type, provider.id AS provider, r.group AS group,
               r {.*, dependent_no: dependent.no, type: type(r), provider_no: provider.no} AS properties
        """
    )
    found: dict[tuple[Kind, str], State] = {(Kind.CI, row["ci"]["id"]): row["ci"] for row in cis}
    for *ends, properties in relationships:
        key = Kind.RELATIONSHIP, relationship_subject(*ends)
        assert key not in found, f"{key} is there twice"
        found[key] = properties
    return found


def as_of(database: Database, seq: int, now: Graph) -> dict[tuple[Kind, str], State]:
    """The whole graph after revision `seq`, from the graph now and the undo log."""
    past = database.snapshot(lambda tx: read_past(tx, seq))
    keys = now.keys() | {key for key in past.before if key[0] in (Kind.CI, Kind.RELATIONSHIP)}
    states = {key: past.state(*key, now.get(key)) for key in keys}
    return {key: state for key, state in states.items() if state is not None}


def differing(before: Graph, after: Graph) -> set[tuple[Kind, str]]:
    """What two graphs do not agree on."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def relationships_of(database: Database) -> set[tuple[str, str, str]]:
    """The names of the ends of all relationships, with their types."""
    rows = database.read("MATCH (a:CI)-[r]->(b:CI) RETURN a.name, type(r), b.name")
    return {(row[0], row[1], row[2]) for row in rows}
