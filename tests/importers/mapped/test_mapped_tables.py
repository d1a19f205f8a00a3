"""Tables read by a mapping file: mistakes in it, and rows that do not fit."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.mapped import IMPORTER
from importers.mapped.cells import value_of, values_of
from importers.mapped.model import Source
from tests.importers.contract import Reading, read

PLAIN = '[[things]]\nnative_id = "Id"\nclass = "server"\nname = "Name"\n'
HOSTS = 'relations = [{ column = "On", type = "runs_on" }]\n'


def _origin(folder: Path, mapping: str, **tables: str) -> Origin:
    for name, content in tables.items():
        (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    return Origin(str(folder), {"mapping": str(folder / "m.toml")})


def _read(folder: Path, mapping: str, **tables: str) -> Reading:
    return read(IMPORTER, _origin(folder, mapping, **tables))


def _refusal(folder: Path, mapping: str, **tables: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        list(IMPORTER.read(_origin(folder, mapping, **tables)))
    return refused.value.detail


def test_all_mistakes_of_form_are_told_at_once(tmp_path: Path) -> None:
    told = _refusal(
        tmp_path,
        '[[things]]\nnative_id = "Id"\nname = { column = "a", constant = "b" }\nclas = "server"\n'
        '[[things]]\nnative_id = 5\nclass = "server"\nname = "n"\nskip = [{ column = "x" }]\n'
        'relations = [{ column = "y", type = "runs_on", strength = "harsh" }]\n',
    )
    assert told.splitlines() == [
        "Correct the mapping:",
        "  m.toml: things[1].class: is missing",
        "  m.toml: things[1].name: give one of column, columns, constant",
        "  m.toml: things[1].clas: no such key is known",
        "  m.toml: things[2].skip[1]: give one of values, other_than, empty",
        "  m.toml: things[2].native_id: Input should be a valid dictionary or instance of Source",
        "  m.toml: things[2].relations[1].strength: Input should be '', 'hard', 'soft', 'guard' or 'none'",
    ]


def test_all_mistakes_of_meaning_are_told_at_once(tmp_path: Path) -> None:
    told = _refusal(
        tmp_path,
        '[[things]]\nnative_id = "Id"\nclass = { column = "T", values = { a = "sever" } }\nname = "Name"\n'
        'attributes = { id = "Id" }\nwithin = { column = "W", among = "rak" }\nrelations = [\n'
        '{ column = "On", type = "run_on" },\n{ column = "On", type = "runs_on", group = "g", need = 0 },\n'
        '{ column = "On", type = "runs_on", group = "h", need = 1 },\n'
        '{ column = "On", type = "uses", group = "h", need = 2 }]\n'
        '[[links]]\ndependent = "A"\nprovider = "B"\ntype = "likes"\n',
    )
    lines = [line.removeprefix("  m.toml: ") for line in told.splitlines()[1:]]
    assert lines == [
        "things[1].class: No class is called 'sever'; did you mean 'server'?",
        "things[1].attributes.id: is not for attributes; native_id, class and name stand above",
        "things[1].within.among: No class is called 'rak'; did you mean 'rack'?",
        "things[1].relations[1]: No relationship type is called 'run_on'; did you mean 'runs_on'?",
        "things[1].relations[2]: need '0' is neither a count from 1 nor a percentage from 1% to 100%",
        "links[1].type: No relationship type is called 'likes'",
        "relations: group 'h': need is 1 and 2; all of a group must agree",
    ]


def test_columns_and_tables_that_are_not_there_are_told_at_once(tmp_path: Path) -> None:
    told = _refusal(
        tmp_path,
        '[[things]]\nfile = "a*"\nnative_id = "Id"\nclass = "server"\nname = { columns = ["Nam", "X"] }\n'
        'skip = [{ column = "State", empty = true }]\nrelations = [{ column = "On", type = "runs_on" }]\n'
        '[[things]]\nfile = "b*"\nnative_id = "Id"\nclass = "server"\nname = "Name"\n',
        assets="Id,Name,X,X\n1,a,b,c\n",
    )
    lines = [line.removeprefix("  m.toml: ") for line in told.splitlines()[1:]]
    assert lines == [
        "things[1].skip[1]: assets.csv has no column 'State'; it has Id, Name, X, X",
        "things[1].name: assets.csv has no column 'Nam'; it has Id, Name, X, X",
        "things[1].name: assets.csv has 2 columns 'X'; it has Id, Name, X, X",
        "things[1].relations[1]: assets.csv has no column 'On'; it has Id, Name, X, X",
        "things[2]: no table is called b*, sheet *",
    ]


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("things = [", "m.toml is not TOML"),
        ("", "things: is missing"),
        ("things = []", "things: holds nothing"),
    ],
)
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, mapping: str, message: str) -> None:
    assert message in _refusal(tmp_path, mapping, a="Id\n1\n")


def test_without_a_mapping_nothing_is_read(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="The option mapping is missing"):
        list(IMPORTER.read(Origin(str(tmp_path))))


def test_rows_that_do_not_fit_are_rejected_with_line_and_reason(tmp_path: Path) -> None:
    mapping = PLAIN.replace('"server"', '{ column = "T", default = "server" }')
    mapping += 'attributes = { ip_address = "Ip", purchased_on = { column = "Day", date = "%d.%m.%Y" } }\n'
    rows = (
        "1,a,,10.0.0.1,1.2.2024",
        ",b,,,",
        "3,c,robot,,",
        "4,d,,10.0.0.300,",
        "5,e,,,31.2.2024",
        "6,,,,",
        "7,g,,",
        "1,other,,,",
    )
    reading = _read(tmp_path, mapping, a="\n".join(("Id,Name,T,Ip,Day", *rows)))
    assert reading.things["1"].attributes == {
        **{"class": "server", "name": "a", "ip_address": "10.0.0.1", "purchased_on": "2024-02-01"}
    }
    assert [(r.line, r.reason.partition(",")[0].partition(";")[0]) for r in reading.rejected] == [
        (3, "native_id is empty"),
        (4, "No class is called 'robot'"),
        (5, "ip_address '10.0.0.300' must be an IP address without prefix"),
        (6, "purchased_on '31.2.2024' is not a date written as %d.%m.%Y"),
        (7, "name is required"),
        (8, "has 4 cells where the header has 5"),
        (9, "native_id '1' stands in a.csv"),
    ]


def test_a_reference_is_found_by_an_attribute_or_told(tmp_path: Path) -> None:
    mapping = PLAIN + 'attributes = { fqdn = "Fqdn" }\nrelations = [\n'
    mapping += '{ column = "On", type = "runs_on", finds = "name" },\n'
    mapping += '{ column = "Feeds", type = "uses", finds = "fqdn", reverse = true, separator = "," }]\n'
    rows = (
        "1,a,a.example.org,B,",
        "2,b,b.example.org,c,",
        '3,c,c.example.org,a,"A.example.org, z.example.org"',
        "4,c,,d,",
        "5,e,,e,",
    )
    reading = _read(tmp_path, mapping, a="\n".join(("Id,Name,Fqdn,On,Feeds", *rows)))
    assert reading.provides("1", "runs_on") == {"2"}
    assert reading.provides("1", "uses") == {"3"}  # c feeds a
    assert reading.provides("3", "runs_on") == {"1"}
    assert {r.line: r.reason for r in reading.rejected} == {
        3: "runs_on: name 'c' belongs to 2 things; say among which class",
        4: "uses: nothing has the fqdn 'z.example.org'",
        5: "runs_on: nothing has the name 'd'",
        6: "runs_on: '5' would depend on itself",
    }


def test_what_cannot_be_a_native_id_is_not_awaited(tmp_path: Path) -> None:
    reading = _read(tmp_path, PLAIN + HOSTS, a=f"Id,Name,On\n1,a,{'x' * 501}\n")
    assert [r.reason for r in reading.rejected] == ["runs_on: native_id has 501 characters, at most 500 fit"]
    assert not reading.dangling


def test_what_contains_comes_first_and_circles_contain_nothing(tmp_path: Path) -> None:
    mapping = PLAIN.replace('"server"', '"rack"') + 'within = { column = "In", finds = "name" }\n'
    reading = _read(tmp_path, mapping, a="Id,Name,In\n1,a,b\n2,b,c\n3,c,\n4,x,y\n5,y,x\n6,z,q\n")
    assert {key: one.within for key, one in reading.things.items()} == {
        **{"3": "", "2": "3", "1": "2"},
        **{"4": "", "5": "", "6": ""},
    }
    assert [r.reason for r in reading.rejected] == ["within: nothing has the name 'q'"]


def test_sheets_are_told_apart_and_dates_of_excel_need_no_form(tmp_path: Path) -> None:
    book = Workbook(write_only=True)
    servers = book.create_sheet("Servers")
    for row in (("Id", "Name", "Day"), (1, "a", date(2024, 3, 31)), (2, "b", "31/03/2024")):
        servers.append(row)
    book.create_sheet("Notes").append(("anything",))
    book.save(tmp_path / "list.xlsx")
    mapping = PLAIN.replace("[[things]]", '[[things]]\nsheet = "serv*"')
    reading = _read(tmp_path, mapping + 'attributes = { seen = { column = "Day", date = "%d/%m/%Y" } }\n')
    days = [one.attributes["seen"] for one in reading.things.values() if one.attributes]
    assert days == ["2024-03-31", "2024-03-31"]


@pytest.mark.parametrize(
    ("source", "cells", "expected"),
    [
        (Source(column="a", separator=";"), {"a": " x ;; y; x"}, ["x", "y"]),
        (Source(column="a", separator="\n", values={"X": "1"}, prefix="p:"), {"a": "x\ny"}, ["p:1", "p:y"]),
        (Source(column="a", separator=","), {"a": ""}, []),
        (Source(column="a", separator=",", default="none"), {"a": ""}, ["none"]),
        (Source(columns=("a", "b"), join="/"), {"a": "", "b": "y"}, ["y"]),
        (Source(constant="c", prefix="p"), {}, ["pc"]),
    ],
)
def test_values_of_cells(source: Source, cells: dict[str, str], expected: list[str]) -> None:
    assert values_of(source, cells) == expected


def test_a_date_with_a_time_keeps_it() -> None:
    source = Source(column="a", date="%d/%m/%Y %H:%M")
    assert value_of(source, {"a": "29/2/2016 01:16"}) == "2016-02-29T01:16:00"


ROWS = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["", "a", "b", "zz"])), min_size=1, max_size=12
)


@settings(max_examples=25, deadline=None)
@given(ROWS.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, orders: tuple[list[tuple[str, str]], list[tuple[str, str]]]
) -> None:
    def told(rows: list[tuple[str, str]]) -> set[tuple[object, ...]]:
        lines = [f"{key},{key},{on}" for key, on in rows]
        reading = _read(tmp_path_factory.mktemp("t"), PLAIN + HOSTS, a="\n".join(("Id,Name,On", *lines)))
        things = {
            (key, frozenset(r["to"] for r in one.relations or ())) for key, one in reading.things.items()
        }
        return {*things, *((r.row["Id"], r.reason) for r in reading.rejected)}

    rows, shuffled = orders
    expected = {
        *((key, frozenset(on for k, on in rows if k == key and on not in ("", key))) for key, _ in rows),
        *((key, f"runs_on: {key!r} would depend on itself") for key, on in rows if key == on),
    }
    assert told(rows) == told(shuffled) == expected


def test_tables_as_excel_saves_them_in_europe(tmp_path: Path) -> None:
    origin = _origin(tmp_path, PLAIN)
    (tmp_path / "a.csv").write_bytes("Id;Name\r\n1;Zürich, Süd\r\n".encode("windows-1252"))
    (tmp_path / "b.tsv").write_bytes("Id\tName\r\n2\tMünchen\r\n".encode("utf-16"))
    with pytest.raises(InvalidInput, match=r"a\.csv, line 2 is not UTF-8"):
        list(IMPORTER.read(origin))
    found = read(IMPORTER, Origin(origin.location, {**origin.options, "encoding": "windows-1252"}))
    names = {key: (one.attributes or {})["name"] for key, one in found.things.items()}
    assert names == {"1": "Zürich, Süd", "2": "München"}
