"""Small estates to import, and what the graph then holds, in terms of native ids."""

import csv
from pathlib import Path
from typing import Any

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author
from cmdb.runs import Report
from importers import import_csv

BENCH = Path(__file__).parents[4] / "shared" / "bench"
AUTHOR = Author("tester", "test")

CIS = """\
native_id,class,name,environment
shop,business_service,Web shop,production
web1,virtual_machine,web-1,production
web2,virtual_machine,web-2,production
db,database,orders,
"""
RELATIONSHIPS = """\
from,type,to,group,need
shop,runs_on,web1,web,1
shop,runs_on,web2,web,1
shop,depends_on,db,,
"""
SYSTEM = {"id", "no", "created", "revision"}


def write(folder: Path, **tables: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in tables.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


def read(path: str | Path) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(database: Database, catalogue: Catalogue, path: Path, **options: Any) -> Report:
    parent = path if path.is_dir() else path.parent
    return import_csv(database, catalogue, AUTHOR, path, rejects=parent / "rejected", **options)


def revisions(database: Database) -> int:
    (row,) = database.read("MATCH (revision:Revision) RETURN count(revision) AS count")
    return int(row["count"])


def cis(database: Database, scope: str = "") -> dict[str, dict[str, Any]]:
    """Native id → attributes."""
    rows = database.read(
        """
        MATCH (record:SourceRecord {scope: $scope})-[:DESCRIBES]->(ci:CI)
        RETURN record.native_id AS native_id, properties(ci) AS properties
        """,
        scope=scope,
    )
    return {row["native_id"]: {k: v for k, v in row["properties"].items() if k not in SYSTEM} for row in rows}


def relationships(database: Database, scope: str = "") -> list[tuple[Any, ...]]:
    """From, type, to, group and need of each, sorted."""
    rows = database.read(
        """
        MATCH (record:SourceRecord {scope: $scope})-[:DESCRIBES]->(:CI)-[relationship]->(provider:CI)
        MATCH (provider)<-[:DESCRIBES]-(other:SourceRecord {scope: $scope})
        RETURN record.native_id AS dependent, toLower(type(relationship)) AS type,
               other.native_id AS provider, coalesce(relationship.group, '') AS group,
               coalesce(relationship.need, '') AS need
        """,
        scope=scope,
    )
    return sorted(
        (row["dependent"], row["type"], row["provider"], row["group"], str(row["need"])) for row in rows
    )
