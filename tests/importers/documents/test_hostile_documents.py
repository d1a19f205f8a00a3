"""Files nobody vouches for: each is read, or refused in words; none ends or fills the process."""

import gzip
import tracemalloc
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cmdb.errors import InvalidInput
from importers.documents import (
    find_files,
    parse_json,
    parse_yaml,
    read_bytes,
    read_json,
    read_text,
    read_xml,
    read_yaml,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "document"


def bomb(form: str, links: str) -> str:
    """Nine lines, each of which names the one before ten times."""
    lines = [f"a{n + 1}: &a{n + 1} {form % ', '.join([links % f'*a{n}'] * 10)}" for n in range(9)]
    return "\n".join(["a0: &a0 {k: x}", *lines])


def test_a_packed_file_that_swells_is_read_no_further_than_allowed(file: Path) -> None:
    file.write_bytes(gzip.compress(bytes(50_000_000)))
    tracemalloc.start()
    with pytest.raises(InvalidInput, match=r"document holds more than 1,000,000 bytes.*split it"):
        read_bytes(file, most=1_000_000)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_plain_file_that_is_too_large_is_refused(file: Path) -> None:
    file.write_bytes(bytes(11))
    assert read_bytes(file, most=11) == bytes(11)
    with pytest.raises(InvalidInput, match="more than 10 bytes"):
        read_bytes(file, most=10)


@pytest.mark.parametrize("cut", [5, 15, -9, -1])
def test_half_a_packed_file_is_refused(file: Path, cut: int) -> None:
    file.write_bytes(gzip.compress(b'{"a": [1, 2, 3]}' * 50)[:cut])
    with pytest.raises(InvalidInput, match="is not a whole gzip file"):
        read_bytes(file)


def test_a_packed_file_with_a_wrong_sum_is_refused(file: Path) -> None:
    packed = bytearray(gzip.compress(b"[1]"))
    packed[-8] ^= 1
    file.write_bytes(packed)
    with pytest.raises(InvalidInput, match="is not a whole gzip file"):
        read_bytes(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_tell_the_encoding(file: Path, encoding: str) -> None:
    content = '{"größe": "ß"}'
    file.write_bytes(content.encode(encoding))
    assert read_json(file) == {"größe": "ß"}
    assert read_yaml(file) == [{"größe": "ß"}]
    file.write_bytes(gzip.compress(content.encode(encoding)))
    assert read_text(file) == content


def test_big_endian_is_read(file: Path) -> None:
    file.write_bytes(b"\xfe\xff" + "ß".encode("utf-16-be"))
    assert read_text(file) == "ß"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a\nb\nß".encode("latin-1"), "document, line 3 is not utf-8; save it as UTF-8"),
        ("ß".encode("utf-16")[:-1], "line 1 is not utf-16"),
    ],
)
def test_a_wrong_encoding_is_told_with_its_line(file: Path, content: bytes, message: str) -> None:
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match=message):
        read_text(file)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "document, line 1, column 1 is not JSON"),
        ('{"a": [1,\n 2', "line 2.* is not JSON.*Is the file whole"),
        ("[" * 100_000, "is not JSON"),
        ("NaN", "is not JSON"),
        ("[" * 201 + "]" * 201, "nests values more than 200 deep"),
        ('{"a": [' * 101 + "]}" * 101, "nests values more than 200 deep"),
        ('"\\ud800"', "is not JSON"),
        ("9" * 400, "is not JSON"),
        ("{}".encode("utf-32").decode("latin-1"), "is not JSON"),
    ],
)
def test_what_is_no_json_is_refused(content: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        parse_json(content, "document")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: 1\nb: }\nc: 3", "document, line 2 is not YAML"),
        ("a: 1\n\tb: 2", "line 2 is not YAML"),
        ("a: \x00", "is not YAML"),
        ("2024-13-45", "is not YAML: month"),
        ("9" * 5_000, "is not YAML"),
        ("? [a]\n: 1", "unhashable key"),
        ("!!python/object/apply:os.system [ls]", "could not determine a constructor"),
        ("&a [*a]", "an alias that stands within itself"),
        ("&a {b: {c: *a}}", "an alias that stands within itself"),
        ("&a !!pairs [b: *a]", "an alias that stands within itself"),
        ("[" * 200_000, "nests values too deeply"),
        ("- " * 50_000 + "a", "nests values too deeply"),
        ("{a: " * 2_000 + "1" + "}" * 2_000, "nests values too deeply"),
        (bomb("[%s]", "%s"), "repeats aliases until it has"),
        (bomb("!!omap [%s]", "k: %s"), "repeats aliases until it has"),
        (bomb("{<<: [%s]}", "%s"), r"merges \(<<\) repeat more than 1,000,000 keys"),
    ],
)
def test_what_yaml_cannot_be_read_safely_is_refused(content: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        parse_yaml(content, "document")


def test_aliases_and_merges_of_good_will_are_read() -> None:
    text = "base: &b {x: 1, y: 2}\nmore: &m {<<: *b, y: 3}\nall: {<<: [*m, *b], z: 4}\nlist: [*b, *b]"
    assert parse_yaml(text, "document")[0] == {
        "base": {"x": 1, "y": 2},
        "more": {"x": 1, "y": 3},
        "all": {"x": 1, "y": 3, "z": 4},
        "list": [{"x": 1, "y": 2}, {"x": 1, "y": 2}],
    }


def test_a_pair_of_ports_is_text_and_other_numbers_are_numbers() -> None:
    assert parse_yaml("[22:22, 1:30.5, 8080, 0x1f, -1.5, .inf]", "document") == [
        ["22:22", "1:30.5", 8080, 31, -1.5, float("inf")]
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(st.lists(VALUES.filter(lambda value: value is not None), max_size=3))
def test_yaml_is_read_as_it_was_written(documents: list[object]) -> None:
    assert parse_yaml(yaml.safe_dump_all(documents), "document") == documents


@given(st.text(alphabet="ab:-?![]{}&*<#|> \n'\"", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        ours = parse_yaml(text, "document")
    except InvalidInput:
        return
    theirs = yaml.load_all(text, yaml.CSafeLoader)
    assert ours == [document for document in theirs if document is not None]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<a><b>", "document is not XML.*Is the file whole"),
        ("", "is not XML"),
        ("\x00\x00", "is not XML"),
        ('<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY % b SYSTEM "file:///etc/passwd"> %b;]><a/>', "declares entities"),
        ('<?xml version="1.0" encoding="nowhere"?><a/>', "is not XML: unknown encoding"),
        ('<?xml version="1.0" encoding="base64"?><a/>', "is not XML"),
        ("<a>" * 201 + "</a>" * 201, "nests elements more than 200 deep"),
        ("<a>" * 100_000 + "</a>" * 100_000, "nests elements more than 200 deep"),
    ],
)
def test_what_xml_cannot_be_read_safely_is_refused(file: Path, content: str, message: str) -> None:
    file.write_text(content)
    with pytest.raises(InvalidInput, match=message):
        read_xml(file)


def test_xml_is_read_in_its_own_encoding(file: Path) -> None:
    file.write_bytes('<?xml version="1.0" encoding="ISO-8859-1"?><a b="ß"/>'.encode("latin-1"))
    assert read_xml(file).get("b") == "ß"
    file.write_bytes(gzip.compress('<?xml version="1.0" encoding="utf-16"?><a b="ß"/>'.encode("utf-16")))
    assert read_xml(file).get("b") == "ß"


def test_files_are_found_in_order_packed_or_not(tmp_path: Path) -> None:
    for name in ("b.JSON", "a.json.gz", "c.yaml", "notes.txt", "deep/d.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in find_files(tmp_path, ".json")]
    assert found == ["a.json.gz", "b.JSON", "deep/d.json"]
    assert find_files(tmp_path / "notes.txt", ".json") == [tmp_path / "notes.txt"]
    with pytest.raises(InvalidInput, match=r"holds no file that ends in \.xml, \.csv \(nor with \.gz\)"):
        find_files(tmp_path, ".xml", ".csv")


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read: No such file"):
        read_bytes(tmp_path / "absent")
    with pytest.raises(InvalidInput, match="cannot be read: Is a directory"):
        read_bytes(tmp_path)
