"""Tables from text: separators, lines, encodings, and damage that is told, never half-read."""

import gzip
from pathlib import Path

import pytest

from cmdb.errors import InvalidInput
from importers.tables import Row, Table, open_tables
from importers.tables.text import LONGEST_LINE


def _table(path: Path, content: bytes) -> Table:
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    (table,) = open_tables(path)
    return table


def _rows(path: Path, content: bytes) -> list[Row]:
    return list(_table(path, content).rows)


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "T.CSV"])
def test_rows_carry_the_line_on_which_they_begin(tmp_path: Path, name: str) -> None:
    content = b'a,b\r\n1,"two\r\nlines"\r\n\r\n,\r\n"say ""hi""","x,y"\r\n'
    table = _table(tmp_path / name, content)
    assert table.columns == ("a", "b")
    assert list(table.rows) == [(2, ["1", "two\r\nlines"]), (6, ['say "hi"', "x,y"])]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert _table(tmp_path / "t.csv", b"\xef\xbb\xbfa,b\n1,2\n").columns == ("a", "b")


def test_what_is_beyond_ascii_stays(tmp_path: Path) -> None:
    assert _rows(tmp_path / "t.csv", "a\nZürich ☃\n".encode()) == [(2, ["Zürich ☃"])]


@pytest.mark.parametrize("name", ["t.csv", "t.csv.gz"])
def test_another_encoding_is_told_by_line(tmp_path: Path, name: str) -> None:
    content = b"a\n" + b"fine\n" * 20_000 + "Zürich\n".encode("latin-1")
    with pytest.raises(InvalidInput, match="line 20002 is not UTF-8; save the file as 'CSV UTF-8'"):
        _rows(tmp_path / name, content)


@pytest.mark.parametrize(
    "content",
    [
        b"name;cost\r\nrouter, old;1,5\r\n",
        b'"name"\t"cost"\n"router, old"\t1,5\n',
        b'name,cost\n"router, old","1,5"\n',
    ],
)
def test_the_header_tells_the_separator(tmp_path: Path, content: bytes) -> None:
    table = _table(tmp_path / "t.csv", content)
    assert table.columns == ("name", "cost")
    assert [cells for _, cells in table.rows] == [["router, old", "1,5"]]


def test_a_separator_within_quotes_is_none(tmp_path: Path) -> None:
    assert _table(tmp_path / "t.csv", b'"a;b;c",d\n').columns == ("a;b;c", "d")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["t.txt", "t.csv.gz"])
def test_utf_16_with_its_mark_is_read_as_excel_saves_unicode_text(
    tmp_path: Path, name: str, encoding: str
) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    table = _table(tmp_path / name, f"{mark}Ort\tKöpfe\r\nZürich ☃\t3\r\n".encode(encoding))
    assert table.columns == ("Ort", "Köpfe")
    assert list(table.rows) == [(2, ["Zürich ☃", "3"])]


def test_half_a_character_of_utf_16_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="line 3 is not UTF-16"):
        _rows(tmp_path / "t.csv", "a\tb\n1\t2\n3\t4".encode("utf-16")[:-1])


def test_an_encoding_that_is_named_is_used(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("Ort;Preis\r\nZürich;5 €\r\n".encode("windows-1252"))
    with pytest.raises(InvalidInput, match="line 2 is not UTF-8"):
        list(open_tables(path)[0].rows)
    assert list(open_tables(path, "windows-1252")[0].rows) == [(2, ["Zürich", "5 €"])]


def test_a_mark_tells_more_than_what_is_named(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("\ufeffOrt\nZürich\n".encode())
    (table,) = open_tables(path, "windows-1252")
    assert (table.columns, list(table.rows)) == (("Ort",), [(2, ["Zürich"])])


@pytest.mark.parametrize(
    ("encoding", "message"), [("ascii", "line 2 is not ASCII"), ("excel", "No encoding is called 'excel'")]
)
def test_a_wrong_name_is_told(tmp_path: Path, encoding: str, message: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("a\nZürich\n".encode("windows-1252"))
    with pytest.raises(InvalidInput, match=message):
        list(open_tables(path, encoding)[0].rows)


@pytest.mark.parametrize("keep", [5, 60, -4])
def test_a_truncated_gzip_is_told(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(b"a\n" + bytes(range(48, 122)) * 200)[:keep])
    with pytest.raises(InvalidInput, match=r"t\.csv\.gz is not a whole gzip file"):
        list(open_tables(path)[0].rows)


def test_a_damaged_gzip_is_told(tmp_path: Path) -> None:
    content = bytearray(gzip.compress(b"a\n" + bytes(range(48, 122)) * 200))
    content[60] ^= 0xFF
    path = tmp_path / "t.csv.gz"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match="is not a whole gzip file"):
        list(open_tables(path)[0].rows)


def test_text_called_gzip_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(b"a,b\n")
    with pytest.raises(InvalidInput, match="is not a whole gzip file"):
        open_tables(path)


@pytest.mark.parametrize(
    ("content", "line"), [(b'a\n1\n"open\n2\n3\n', 3), (b'a\n"x"y\n', 2), (b'a\n1\n"x\n\n"y\n', 3)]
)
def test_a_quote_that_does_not_close_is_told_where_it_opens(
    tmp_path: Path, content: bytes, line: int
) -> None:
    with pytest.raises(InvalidInput, match=rf"t\.csv, line {line}: .* Correct the quotes"):
        _rows(tmp_path / "t.csv", content)


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,\n"])
def test_an_empty_file_is_told(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InvalidInput, match="is empty; the first line must name the columns"):
        _table(tmp_path / "t.csv", content)


@pytest.mark.parametrize("name", ["t.xls", "t.ods", "t.json", "t"])
def test_other_files_are_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput, match=r"is none of \.csv, \.tsv, \.txt, \.xlsx"):
        _table(tmp_path / name, b"a\n")


def test_a_folder_called_csv_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").mkdir()
    with pytest.raises(InvalidInput, match="cannot be read"):
        open_tables(tmp_path / "t.csv")


def test_a_line_without_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n" + b"a," * LONGEST_LINE, 1))
    (table,) = open_tables(path)
    with pytest.raises(InvalidInput, match=r"t\.csv\.gz, line 2 has over 16,777,216 characters"):
        list(table.rows)
