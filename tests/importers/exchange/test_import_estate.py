"""A synthetic estate of ten thousand CIs imports without a reject, and nothing of it is lost."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from tests.importers.exchange.estates import BENCH, cis, load, read, relationships

SIZE = 10_000


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not BENCH.exists():
        pytest.skip(f"needs {BENCH}")
    folder = tmp_path_factory.mktemp("estate")
    command = [sys.executable, str(BENCH / "estate.py"), "--cis", str(SIZE), "--out", str(folder)]
    subprocess.run(command, check=True)
    return folder


def test_the_graph_holds_exactly_the_estate(database: Database, catalogue: Catalogue, estate: Path) -> None:
    report = load(database, catalogue, estate)
    expected = read(estate / "relationships.csv")
    assert (report.cis, report.relationships) == ({"created": SIZE}, {"created": len(expected)})
    assert report.pending == []
    held = relationships(database)
    assert held == sorted(tuple(row[c] for c in ("from", "type", "to", "group", "need")) for row in expected)
    stated = {
        row.pop("native_id"): {name: value for name, value in row.items() if value}
        for row in read(estate / "cis.csv")
    }
    assert cis(database) == stated
    (row,) = database.read(
        "MATCH (ci:CI)-[r]->() WITH ci, r.group AS group, count(r) AS members WHERE group IS NOT NULL "
        "RETURN count(*) AS groups, sum(members) AS members"
    )
    groups = Counter((row["from"], row["group"]) for row in expected if row["group"])
    assert (row["groups"], row["members"]) == (len(groups), groups.total())
