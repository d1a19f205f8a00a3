"""Tables are found by name and told by header; mistakes in headers are all told at once."""

from pathlib import Path

import pytest
from openpyxl import Workbook

from cmdb.errors import InvalidInput
from importers.exchange.source import find_tables

HEADERS = {
    "cis": "native_id,class,name,site",
    "relationships": "from,type,to,group,need",
    "teams": "name,email",
}


def _write(folder: Path, **contents: str) -> Path:
    for name, content in contents.items():
        (folder / f"{name}.csv").write_text(content + "\n")
    return folder


def test_a_folder_holds_tables_by_name(tmp_path: Path) -> None:
    _write(tmp_path, **HEADERS, notes="not,ours")
    assert find_tables(tmp_path).keys() == HEADERS.keys()


@pytest.mark.parametrize("table", HEADERS)
def test_a_file_of_any_name_is_told_by_its_header(tmp_path: Path, table: str) -> None:
    _write(tmp_path, export=HEADERS[table])
    assert find_tables(tmp_path / "export.csv").keys() == {table}


def test_a_workbook_holds_tables_by_sheet(tmp_path: Path) -> None:
    book = Workbook()
    for name, header in (HEADERS | {"notes": "not,ours"}).items():
        book.create_sheet(name).append(header.split(","))
    book.save(tmp_path / "estate.xlsx")
    assert find_tables(tmp_path / "estate.xlsx").keys() == HEADERS.keys()


def test_a_sheet_of_any_name_is_told_by_its_header(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(HEADERS["relationships"].split(","))
    book.save(tmp_path / "cis.xlsx")
    assert find_tables(tmp_path).keys() == {"relationships"}


def test_one_table_in_two_files_is_told(tmp_path: Path) -> None:
    _write(tmp_path, cis=HEADERS["cis"], relationships=HEADERS["cis"])
    with pytest.raises(InvalidInput, match=r"both cis\.csv and relationships\.csv hold cis; remove one"):
        find_tables(tmp_path)


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"has no cis\.csv or relationships\.csv"):
        find_tables(_write(tmp_path, other=HEADERS["cis"]))


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="does not exist"):
        find_tables(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("header", "mistakes"),
    [
        ("class,name", ["'native_id' is missing"]),
        ("native_id", ["'class' is missing", "'name' is missing"]),
        ("native_id,class,name,,x", ["column 4 has no name"]),
        ("native_id,class,name,site,site", ["'site' stands there 2 times"]),
        ("native_id,class,name,id", ["'id' is a name that Linchpin keeps for itself"]),
        ("native_id,class,name,revision", ["'revision' is a name that Linchpin keeps for itself"]),
        ("from,to", ["'type' is missing"]),
        ("from,type,to,groop", ["'groop' is none of the columns of relationships"]),
        ("name,emial", ["'emial' is none of the columns of teams"]),
        ("a,b", ["the header must begin with native_id,class,name, or from,type,to"]),
        ("native_id|class|name", ["separated by commas", "native_id|class|name"]),
    ],
)
def test_mistakes_in_a_header_are_told(tmp_path: Path, header: str, mistakes: list[str]) -> None:
    _write(tmp_path, estate=header)
    with pytest.raises(InvalidInput) as caught:
        find_tables(tmp_path / "estate.csv")
    assert "estate.csv" in caught.value.detail
    assert [mistake for mistake in mistakes if mistake not in caught.value.detail] == []


def test_columns_of_rejected_rows_fit_every_table(tmp_path: Path) -> None:
    _write(tmp_path, **{name: f"reject_line,reject_reason,{h}" for name, h in HEADERS.items()})
    assert find_tables(tmp_path).keys() == HEADERS.keys()
