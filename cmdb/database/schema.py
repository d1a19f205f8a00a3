"""Constraints and indexes, and the way from one version of them to the next."""

from collections.abc import Iterable

from cmdb.database.connection import Database
from cmdb.errors import Unavailable

UNIQUE = (
    ("CI", "id"),
    ("CI", "no"),
    ("RetiredCI", "id"),
    ("RetiredCI", "no"),
    ("SourceRecord", "key"),
    ("Identifier", "key"),
    ("Revision", "id"),
    ("Revision", "seq"),
    ("Baseline", "name"),
    ("Team", "name"),
    ("Head", "name"),
    ("Run", "id"),
    ("Token", "digest"),
    ("Token", "name"),
    ("IdempotentRequest", "key"),
)
INDEXED = (
    ("CI", "name"),
    ("CI", "created"),
    ("RetiredCI", "name"),
    ("RetiredCI", "created"),
    ("SourceRecord", "created"),
    ("Team", "created"),
    ("Change", "subject"),
    ("Change", "revision"),
    ("Change", "dependent"),
    ("Change", "provider"),
    ("Revision", "at"),
    ("Revision", "run"),
    ("Revision", "undoes"),
    ("IdempotentRequest", "at"),
)
SEARCHED = ("name", "description", "fqdn", "ip_address", "serial_number", "asset_tag")
"""Attributes that the full-text search looks into."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        *(
            f"CREATE CONSTRAINT {label}_{key} IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE"
            for label, key in UNIQUE
        ),
        *(f"CREATE INDEX {label}_{key} IF NOT EXISTS FOR (n:{label}) ON (n.{key})" for label, key in INDEXED),
        "CREATE FULLTEXT INDEX ci_text IF NOT EXISTS FOR (n:CI|RetiredCI) "
        f"ON EACH [{', '.join(f'n.{name}' for name in SEARCHED)}] "
        "OPTIONS {indexConfig: {`fulltext.eventually_consistent`: true}}",
    ),
    ("CREATE CONSTRAINT RiskAcceptance_key IF NOT EXISTS FOR (n:RiskAcceptance) REQUIRE n.key IS UNIQUE",),
    (
        "CREATE INDEX SourceRecord_missing_since IF NOT EXISTS FOR (n:SourceRecord) ON (n.missing_since)",
        """
        MATCH (record:SourceRecord) WHERE record.no IS NULL
        WITH collect(record) AS records
        MERGE (head:Head {name: 'record'})
        WITH records, head, coalesce(head.value, 0) AS last
        SET head.value = last + size(records)
        WITH records, last UNWIND range(1, size(records)) AS place
        WITH records[place - 1] AS record, last + place AS no
        SET record.no = no
        """,
        "MATCH (identifier:Identifier) WHERE NOT (identifier)<-[:CLAIMS]-() DETACH DELETE identifier",
    ),
    (
        "MATCH (change:Change {kind: 'record'}) SET change.kind = 'source_record'",
        "CREATE CONSTRAINT Record_number IF NOT EXISTS FOR (n:Record) REQUIRE n.number IS UNIQUE",
        "CREATE CONSTRAINT Record_origin IF NOT EXISTS FOR (n:Record) REQUIRE n.origin IS UNIQUE",
        "CREATE CONSTRAINT LogEntry_key IF NOT EXISTS FOR (n:LogEntry) REQUIRE n.key IS UNIQUE",
        *(
            f"CREATE INDEX {label}_{keys.replace(', n.', '_')} IF NOT EXISTS FOR (n:{label}) ON (n.{keys})"
            for label, keys in (
                ("Record", "kind, n.opened_at"),
                ("Record", "kind, n.open"),
                ("LogEntry", "record"),
                ("LogEntry", "created"),
            )
        ),
        "CREATE FULLTEXT INDEX record_text IF NOT EXISTS FOR (n:Record) "
        "ON EACH [n.number, n.title, n.description, n.external_number] "
        "OPTIONS {indexConfig: {`fulltext.eventually_consistent`: true}}",
    ),
    (
        "CREATE CONSTRAINT Delegation_key IF NOT EXISTS FOR (n:Delegation) REQUIRE n.key IS UNIQUE",
        "CREATE INDEX ChangeRecord_ends IF NOT EXISTS FOR (n:ChangeRecord) ON (n.ends)",
    ),
    (
        "CREATE CONSTRAINT Alert_key IF NOT EXISTS FOR (n:Alert) REQUIRE n.key IS UNIQUE",
        "CREATE INDEX Alert_incident IF NOT EXISTS FOR (n:Alert) ON (n.incident)",
    ),
)
"""Statements that lead from version 0 to 1, from 1 to 2, … Each must be harmless when run again."""

SCHEMA_VERSION = len(MIGRATIONS)


def prepare(database: Database, relationship_types: Iterable[str]) -> None:
    """Bring the schema to this version; does nothing where it is there already.

    `relationship_types` are names as in the graph (`RUNS_ON`), checked by the catalogue.
    Raises Unavailable where a newer Linchpin has written the database.
    """
    wanted = sorted(relationship_types)
    rows = database.read(
        "MATCH (head:Head {name: 'schema'}) RETURN head.value AS version, head.types AS types"
    )
    version, types = (rows[0]["version"], rows[0]["types"]) if rows else (0, [])
    if version > SCHEMA_VERSION:
        raise Unavailable(
            f"The database has schema version {version}, this Linchpin knows {SCHEMA_VERSION}. "
            "A newer Linchpin has written it: upgrade this one."
        )
    if version == SCHEMA_VERSION and set(wanted) <= set(types):
        return
    for migration in MIGRATIONS[version:]:
        for statement in migration:
            database.define(statement)
    for name in wanted:
        database.define(f"CREATE INDEX created_{name} IF NOT EXISTS FOR ()-[r:{name}]-() ON (r.created)")
    database.define("CALL db.awaitIndexes(300)")
    _note(database, sorted({*wanted, *types}))


def _note(database: Database, types: list[str]) -> None:
    database.write(
        lambda tx: tx.run(
            "MERGE (head:Head {name: 'schema'}) SET head.value = $version, head.types = $types",
            version=SCHEMA_VERSION,
            types=types,
        ).consume()
    )
