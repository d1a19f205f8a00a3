"""What an organisation's rules derive follows what CIs say, and is told as such."""

from pathlib import Path

import pytest

from cmdb.catalogue import load_catalogue
from cmdb.database import Database
from cmdb.runs import sweep
from cmdb.store import Store, Target, retire, update_cis
from tests.cmdb.conditions import assert_follows_records
from tests.cmdb.discovery import depends, revisions, run, says, thing
from tests.cmdb.graphs import AUTHOR

RULE = """
[rules.directory]
description = "A machine of a domain signs in at its directory."
type = "depends_on"
strength = "soft"
dependents = { class = "server", attributes = { domain_name = "*" } }
providers = { class = "infrastructure_service", attributes = { name = "Directory {domain_name}" } }
"""
CLASSES = """
[classes.server.attributes]
domain_name = { description = "Domain that it is a member of." }
"""


@pytest.fixture
def ruled(database: Database, tmp_path: Path) -> Store:
    (tmp_path / "rules.toml").write_text(RULE)
    (tmp_path / "classes.toml").write_text(CLASSES)
    return Store(database, load_catalogue(tmp_path))


MACHINES = [thing("a", domain_name="corp"), thing("b", domain_name="lab"), thing("c")]
SERVICES = [thing(f"Directory {domain}", class_="infrastructure_service") for domain in ("corp", "lab")]


def test_a_run_derives_what_follows_from_it(ruled: Store) -> None:
    report = run(ruled, [*MACHINES, *SERVICES])
    assert report.derived == 2
    assert depends(ruled) == {("a", "", "Directory corp"), ("b", "", "Directory lab")}
    (row,) = ruled.database.read("MATCH (:CI {name: 'a'})-[r]->(:CI) RETURN r.sources AS s, r.strength AS t")
    assert (row["s"], row["t"]) == (["rule:directory"], "soft")
    assert_follows_records(ruled)


def test_deriving_again_writes_nothing(ruled: Store) -> None:
    run(ruled, [*MACHINES, *SERVICES])
    count = revisions(ruled)
    assert run(ruled, [*MACHINES, *SERVICES], day=1).derived == 0
    assert revisions(ruled) == count


def test_what_no_longer_follows_is_withdrawn(ruled: Store) -> None:
    run(ruled, [*MACHINES, *SERVICES])
    update_cis(ruled, AUTHOR, [(Target(says(ruled, "a")["id"]), {"domain_name": "lab"})])
    retire(ruled, AUTHOR, [Target(says(ruled, "b")["id"])])
    sweep(ruled.database, ruled.catalogue, AUTHOR)
    assert depends(ruled) == {("a", "", "Directory lab")}


def test_without_the_rule_its_relationships_go(ruled: Store, store: Store) -> None:
    run(ruled, [*MACHINES, *SERVICES])
    sweep(store.database, store.catalogue, AUTHOR)
    assert depends(store) == set()
