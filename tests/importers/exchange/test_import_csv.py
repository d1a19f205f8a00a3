"""An import does what its report says, whatever the files are packed in."""

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.errors import InvalidInput
from cmdb.people import Team, teams
from importers import import_csv
from tests.importers.exchange.estates import (
    AUTHOR,
    CIS,
    RELATIONSHIPS,
    cis,
    load,
    read,
    relationships,
    revisions,
    write,
)

ROOT = Path(__file__).parents[3]
Pack = Callable[[Path], Path]

HELD = [
    ("shop", "depends_on", "db", "", ""),
    ("shop", "runs_on", "web1", "web", "1"),
    ("shop", "runs_on", "web2", "web", "1"),
]


def _gzip(folder: Path) -> Path:
    for path in list(folder.glob("*.csv")):
        (folder / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    return folder


def _workbook(folder: Path) -> Path:
    book = Workbook()
    for path in folder.glob("*.csv"):
        sheet = book.create_sheet(path.stem)
        for line in path.read_text(encoding="utf-8").splitlines():
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in line.split(",")])
    book.save(folder / "estate.xlsx")
    return folder / "estate.xlsx"


@pytest.mark.parametrize("pack", [lambda folder: folder, _gzip, _workbook])
def test_the_graph_holds_what_the_files_say(
    database: Database, catalogue: Catalogue, tmp_path: Path, pack: Pack
) -> None:
    report = load(database, catalogue, pack(write(tmp_path, cis=CIS, relationships=RELATIONSHIPS)))
    assert (report.cis, report.relationships) == ({"created": 4}, {"created": 3})
    assert (report.rejected, report.files, report.pending) == ([], [], [])
    assert relationships(database) == HELD
    assert cis(database)["web1"] == {
        **{"class": "virtual_machine", "name": "web-1", "environment": "production"},
        "status": "operational",
    }


def test_importing_again_writes_nothing(database: Database, catalogue: Catalogue, tmp_path: Path) -> None:
    folder = write(tmp_path, cis=CIS, relationships=RELATIONSHIPS, teams="name\nweb team\n")
    load(database, catalogue, folder)
    before = revisions(database)
    report = load(database, catalogue, folder)
    assert (report.cis, report.relationships) == ({"unchanged": 4}, {"unchanged": 3})
    assert report.first_revision is None
    assert revisions(database) == before


def test_rows_in_another_order_are_unchanged(
    database: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    load(database, catalogue, write(tmp_path, cis=CIS, relationships=RELATIONSHIPS))
    before = revisions(database)
    for name, content in (("cis", CIS), ("relationships", RELATIONSHIPS)):
        header, *rows = content.splitlines()
        write(tmp_path, **{name: "\n".join([header, *reversed(rows)])})
    load(database, catalogue, tmp_path)
    assert revisions(database) == before


def test_only_what_differs_is_written(database: Database, catalogue: Catalogue, tmp_path: Path) -> None:
    load(database, catalogue, write(tmp_path, cis=CIS, relationships=RELATIONSHIPS))
    before = revisions(database)
    write(tmp_path, cis=CIS.replace("orders", "orders-2") + "new,server,srv-1,\n")
    report = load(database, catalogue, tmp_path)
    assert report.cis == {"unchanged": 3, "changed": 1, "created": 1}
    assert report.relationships == {"unchanged": 3}
    assert revisions(database) == before + 1
    assert cis(database)["db"]["name"] == "orders-2"


def test_relationships_wait_for_cis_of_a_later_import(
    database: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    without_db = CIS.replace("db,database,orders,\n", "")
    folder = write(tmp_path, cis=without_db, relationships=RELATIONSHIPS)
    (pending,) = load(database, catalogue, folder).pending
    assert (pending.dependent, pending.type, pending.provider) == ("shop", "depends_on", "db")
    assert relationships(database) == HELD[1:]
    write(tmp_path, late="native_id,class,name\ndb,database,orders\n")
    report = load(database, catalogue, tmp_path / "late.csv")
    assert report.pending == []
    assert relationships(database) == HELD


def test_relationships_may_come_before_all_cis(
    database: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    write(tmp_path, cis=CIS, relationships=RELATIONSHIPS)
    assert len(load(database, catalogue, tmp_path / "relationships.csv").pending) == 3
    assert load(database, catalogue, tmp_path / "cis.csv").pending == []
    assert relationships(database) == HELD


FAULTY_CIS = """\
native_id,class,name,environment
shop,business_service,Web shop,production
web1,virtual_machin,web-1,production
web2,virtual_machine,,moon
db,database,orders,,
db2,database,a,
db2,database,b,
,database,c,
"""
FAULTY_RELATIONSHIPS = """\
from,type,to,group,need
shop,runs_on,web1,web,1
shop,runs_on,web2,web,2
shop,depend_on,db,,
"""


def test_rejected_rows_are_written_with_line_and_reason(
    database: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    folder = write(tmp_path, cis=FAULTY_CIS, relationships=FAULTY_RELATIONSHIPS)
    report = load(database, catalogue, folder)
    assert report.cis == {"created": 1, "rejected": 6}
    assert report.relationships == {"rejected": 3}
    assert len(report.rejected) == 9
    assert sorted(report.files) == [str(tmp_path / f"rejected/{t}.csv") for t in ("cis", "relationships")]
    told = {int(row["reject_line"]): row["reject_reason"] for row in read(tmp_path / "rejected/cis.csv")}
    assert told.keys() == {3, 4, 5, 6, 7, 8}
    assert "did you mean 'virtual_machine'" in told[3]
    assert "name" in told[4]
    assert "'moon'" in told[4]
    assert told[5] == "has 5 cells where the header has 4"


def test_corrected_rejects_import_cleanly(database: Database, catalogue: Catalogue, tmp_path: Path) -> None:
    load(database, catalogue, write(tmp_path, cis=FAULTY_CIS, relationships=FAULTY_RELATIONSHIPS))
    rejected = tmp_path / "rejected"
    again = load(database, catalogue, rejected)
    assert again.cis == {"rejected": 6}, "uncorrected rows are rejected again"
    text = (rejected / "cis.csv").read_text()
    rows = (
        text.replace("virtual_machin,", "virtual_machine,")
        .replace("virtual_machine,,moon", "virtual_machine,web-2,production")
        .replace("orders,,", "orders,")
        .splitlines()
    )
    kept = [row for row in rows if "db2" not in row and ",,database" not in row and "is empty" not in row]
    write(rejected, cis="\n".join(kept))
    text = (rejected / "relationships.csv").read_text()
    write(rejected, relationships=text.replace("web,2", "web,1").replace("depend_on,", "depends_on,"))
    (rejected / "rejected/cis.csv").unlink()
    (rejected / "rejected/relationships.csv").unlink()
    report = load(database, catalogue, rejected)
    assert (report.cis, report.relationships) == ({"created": 3}, {"created": 3})
    assert relationships(database) == HELD


def test_a_report_keeps_only_the_first_of_many_rejected_rows(
    database: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    rows = "".join(f"s{n},starship,Enterprise {n}\n" for n in range(100))
    report = load(database, catalogue, write(tmp_path, cis="native_id,class,name\n" + rows))
    assert (report.cis, len(report.rejected)) == ({"rejected": 100}, 20)
    assert len(read(report.files[0])) == 100


@pytest.mark.parametrize(
    "tables",
    [
        {"cis": CIS, "relationships": RELATIONSHIPS.replace("need", "needs")},
        {"cis": CIS, "relationships": RELATIONSHIPS + 'shop,uses,"db\n'},
        {"cis": CIS + "\udcff\n", "relationships": RELATIONSHIPS},
    ],
)
def test_nothing_is_written_where_a_file_has_a_problem(
    database: Database, catalogue: Catalogue, tmp_path: Path, tables: dict[str, str]
) -> None:
    for name, content in tables.items():
        (tmp_path / f"{name}.csv").write_text(content, errors="surrogateescape")
    with pytest.raises(InvalidInput):
        load(database, catalogue, tmp_path)
    assert (revisions(database), cis(database)) == (0, {})


def test_rejected_rows_never_overwrite_a_file(
    database: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    folder = write(tmp_path, cis=FAULTY_CIS)
    with pytest.raises(InvalidInput, match="is there already; name another folder"):
        import_csv(database, catalogue, AUTHOR, folder, rejects=folder)
    assert revisions(database) == 0


@pytest.mark.parametrize("source", ["manual", "a:b"])
def test_a_source_that_would_take_the_keys_of_others_is_refused(
    database: Database, catalogue: Catalogue, tmp_path: Path, source: str
) -> None:
    with pytest.raises(InvalidInput):
        load(database, catalogue, write(tmp_path, cis=CIS), source=source)


def test_scopes_keep_equal_native_ids_apart(database: Database, catalogue: Catalogue, tmp_path: Path) -> None:
    folder = write(tmp_path, cis=CIS, relationships=RELATIONSHIPS)
    for scope in ("east", "west"):
        assert load(database, catalogue, folder, scope=scope).cis == {"created": 4}
        assert relationships(database, scope) == HELD


def test_teams_are_saved_and_counted(database: Database, catalogue: Catalogue, tmp_path: Path) -> None:
    text = "name,email,phone\nweb,web@shop.example,\ndb,db@shop.example,0113\ndb,other@shop.example,\n"
    report = load(database, catalogue, write(tmp_path, teams=text))
    assert report.teams == {"saved": 1, "rejected": 2}
    assert teams(database) == [Team("web", "web@shop.example")]
    assert report.first_revision == report.last_revision == 1


def test_progress_tells_of_both_phases(database: Database, catalogue: Catalogue, tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    folder = write(tmp_path, cis=CIS, relationships=RELATIONSHIPS)
    load(database, catalogue, folder, progress=lambda *step: told.append(step))
    assert [step for step in told if step[0] == "reading"] == [("reading", 0, None)] * 2
    assert told[-1] == ("writing", 7, 7)


def test_the_example_in_the_documentation_imports(
    database: Database, catalogue: Catalogue, tmp_path: Path
) -> None:
    page = (ROOT / "docs/importers/csv.md").read_text(encoding="utf-8")
    cis_table, relationship_table = (
        "\n".join(line.strip() for line in block.splitlines())
        for block in re.findall(r"(?:^    (?:native_id|from),.*\n)(?:^    .*\n)+", page, re.MULTILINE)
    )
    report = load(database, catalogue, write(tmp_path, cis=cis_table, relationships=relationship_table))
    assert (report.cis, report.relationships) == ({"created": 4}, {"created": 3})
    assert relationships(database) == HELD
