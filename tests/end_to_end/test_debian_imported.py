"""Debian 12, from its package index to an answer: converted, imported into Neo4j, asked."""

import json
from pathlib import Path

import pytest

from benchmarks.debian import convert
from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author
from cmdb.store import find_ci
from impact import ImpactEngine, Scenario
from importers import import_csv

SOURCE = Path(__file__).parents[3] / "shared" / "data" / "debian"

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="needs ../shared/data/debian")


def test_debian_is_imported_and_answers(database: Database, catalogue: Catalogue, tmp_path: Path) -> None:
    convert(SOURCE, tmp_path)
    report = import_csv(
        database, catalogue, Author("tester", "test"), tmp_path, source="debian", rejects=tmp_path / "rejects"
    )
    assert not report.rejected
    assert not report.pending
    assert report.cis == {"created": 107_171}
    assert report.relationships == {"created": 320_080}

    engine = ImpactEngine(database, catalogue)
    closures = json.loads((SOURCE / "expected_graph.json").read_text())["closures"]
    for package in ("libc6", "zlib1g"):
        ci = frozenset({find_ci(database, f"debian/pkg:{package}")})
        reached = engine.impact(
            Scenario(failed=ci, types=frozenset({"depends_on"}), ignore_redundancy=True), limit=1
        )
        assert reached.counts.down - 1 == closures[package]["rdeps_transitive"]

    exim = frozenset({find_ci(database, "debian/pkg:exim4-daemon-light")})
    really = engine.impact(Scenario(failed=exim), limit=1).counts
    assert (really.down - 1, really.at_risk) == (1, 44)
