"""Tables that hold all that a source knows: what they no longer say is missing or withdrawn."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.runs import Report
from importers import import_csv
from tests.importers.exchange.estates import AUTHOR, CIS, RELATIONSHIPS, relationships, revisions, write

Import = Callable[..., Report]


@pytest.fixture
def load(database: Database, catalogue: Catalogue, tmp_path: Path) -> Import:
    """Import tables as all that there is."""

    def run(**options: Any) -> Report:
        tables = {name: options.pop(name) for name in ("cis", "relationships") if name in options}
        folder = write(tmp_path / str(len(list(tmp_path.iterdir()))), **tables)
        rejects = tmp_path / "rejects"
        return import_csv(database, catalogue, AUTHOR, folder, complete=True, rejects=rejects, **options)

    return run


def test_a_dependent_without_rows_depends_on_nothing_any_more(load: Import, database: Database) -> None:
    load(cis=CIS, relationships=RELATIONSHIPS)
    header = RELATIONSHIPS.splitlines()[0]
    report = load(cis=CIS, relationships=f"{header}\n", retire_at_most=1)
    assert report.relationships == {"withdrawn": 3}
    assert relationships(database) == []


def test_a_lost_relationship_is_much_here_and_asks(load: Import, database: Database) -> None:
    load(cis=CIS, relationships=RELATIONSHIPS)
    rows = RELATIONSHIPS.splitlines(keepends=True)
    report = load(cis=CIS, relationships="".join(rows[:-1]))
    assert report.held is not None and "1 of 3 relationships (33%)" in report.held
    assert len(relationships(database)) == 3


def test_without_a_table_of_relationships_nothing_is_said_of_them(load: Import, database: Database) -> None:
    load(cis=CIS, relationships=RELATIONSHIPS)
    assert load(cis=CIS).held is None
    assert len(relationships(database)) == 3


def test_a_missing_row_is_noted(load: Import) -> None:
    load(cis=CIS)
    assert load(cis="".join(CIS.splitlines(keepends=True)[:-1]), retire_at_most=0.3).missing == 1


def test_all_of_it_again_writes_nothing(load: Import, database: Database) -> None:
    load(cis=CIS, relationships=RELATIONSHIPS)
    before = revisions(database)
    report = load(cis=CIS, relationships=RELATIONSHIPS)
    assert (report.cis, report.relationships) == ({"unchanged": 4}, {"unchanged": 3})
    assert revisions(database) == before


def test_relationships_alone_cannot_be_all_that_there_is(load: Import) -> None:
    with pytest.raises(InvalidInput, match="no table of CIs"):
        load(relationships=RELATIONSHIPS)
