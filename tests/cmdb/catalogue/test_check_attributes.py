"""Checking and typing attributes."""

import json
import tomllib
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmdb.catalogue import (
    Catalogue,
    Problem,
    Value,
    check_attributes,
    load_catalogue,
    unknown_attributes,
)
from cmdb.errors import InvalidInput

# A class with one attribute of each type.
SAMPLE = """
[classes.sample]
domain = "software"
attributes.string = {}
attributes.text = { type = "text" }
attributes.integer = { type = "integer" }
attributes.percent = { type = "number", minimum = 0, maximum = 100 }
attributes.at_least_one = { type = "integer", minimum = 1 }
attributes.number = { type = "number" }
attributes.boolean = { type = "boolean" }
attributes.date = { type = "date" }
attributes.datetime = { type = "datetime" }
attributes.url = { type = "url" }
attributes.ip = { type = "ip" }
attributes.email = { type = "email" }
attributes.enum = { type = "enum", values = ["in_stock", "Sold"] }
attributes.team = { type = "team" }
attributes.list = { type = "list" }
"""


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    own: Path = tmp_path_factory.mktemp("own")
    (own / "classes.toml").write_text(SAMPLE)
    return load_catalogue(own)


def _one(catalogue: Catalogue, attribute: str, value: object) -> Value | None:
    checked = check_attributes(catalogue, "sample", {"name": "x", attribute: value})
    assert checked.problems == []
    return checked.values.get(attribute)


def _reason(catalogue: Catalogue, attribute: str, value: object) -> str:
    checked = check_attributes(catalogue, "sample", {"name": "x", attribute: value})
    assert attribute not in checked.values
    (problem,) = checked.problems
    assert (problem.class_name, problem.attribute, problem.value) == ("sample", attribute, value)
    return problem.reason


@pytest.mark.parametrize(
    ("attribute", "given", "kept"),
    [
        ("string", " web01 ", "web01"),
        ("string", 12345.0, "12345"),
        ("string", "caf\u00e9\u00a0bar", "caf\u00e9\u00a0bar"),
        ("text", "two\nlines", "two\nlines"),
        ("integer", "8", 8),
        ("integer", "8.0", 8),
        ("integer", "-0", 0),
        ("integer", 8.0, 8),
        ("integer", str(2**63 - 1), 2**63 - 1),
        ("percent", "99.9", 99.9),
        ("number", 8, 8.0),
        ("boolean", "Yes", True),
        ("boolean", "0", False),
        ("boolean", 1, True),
        ("date", "20260331", "2026-03-31"),
        ("date", date(2026, 3, 31), "2026-03-31"),
        ("date", datetime(2026, 3, 31), "2026-03-31"),
        ("datetime", "2026-03-31T22:00:00+02:00", "2026-03-31T20:00:00Z"),
        ("datetime", "2026-03-31 22:00:00.9", "2026-03-31T22:00:00Z"),
        ("datetime", date(2026, 3, 31), "2026-03-31T00:00:00Z"),
        (
            "datetime",
            datetime(2026, 3, 31, 22, tzinfo=timezone(timedelta(hours=2))),
            "2026-03-31T20:00:00Z",
        ),
        ("url", "https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("ip", "2001:DB8:0:0::1", "2001:db8::1"),
        ("ip", "fe80::1%eth0", "fe80::1"),
        ("email", "ops@example.org", "ops@example.org"),
        ("enum", "In Stock", "in_stock"),
        ("enum", "sold", "Sold"),
        ("list", "a; b;;c", ["a", "b", "c"]),
        ("list", ["a", " b "], ["a", "b"]),
        ("list", [], []),
    ],
)
def test_values_are_converted(catalogue: Catalogue, attribute: str, given: object, kept: Value) -> None:
    converted = _one(catalogue, attribute, given)
    assert converted == kept
    assert type(converted) is type(kept)


@pytest.mark.parametrize("attribute", ["string", "integer", "enum", "list", "unheard_of"])
@pytest.mark.parametrize("nothing", [None, "", "  "])
def test_nothing_is_absent(catalogue: Catalogue, attribute: str, nothing: str | None) -> None:
    checked = check_attributes(catalogue, "sample", {"name": "x", attribute: nothing})
    assert checked.values == {"name": "x"}
    assert checked.unknown == {}
    assert checked.problems == []


@pytest.mark.parametrize(
    ("attribute", "given", "reason"),
    [
        ("string", "two\nlines", "must be one line of printable characters"),
        ("string", "half a \ud83d", "must be one line of printable characters"),
        ("string", True, "must be text"),
        ("string", {"a": 1}, "must be text"),
        ("string", "x" * 2001, "has 2001 characters, at most 2000 fit"),
        ("text", "a\x00b", "holds control characters"),
        ("integer", "eight", "must be a whole number"),
        ("integer", "8.5", "must be a whole number"),
        ("integer", "1_000", "must be a whole number"),
        ("integer", True, "must be a whole number"),
        ("integer", 2**63, "does not fit 64 bits"),
        ("integer", "9" * 5000, "must be a whole number"),
        ("number", "nan", "must be a finite number"),
        ("number", "1e999", "must be a finite number"),
        ("number", 10**400, "must be a number"),
        ("percent", "101", "must be from 0 to 100"),
        ("at_least_one", 0, "must be at least 1"),
        ("boolean", "perhaps", "must be true or false (or yes, no, on, off, 1, 0)"),
        ("date", "31.03.2026", "must be a date such as 2026-03-31"),
        ("date", datetime(2026, 3, 31, 12), "must be a date such as 2026-03-31"),
        ("datetime", "yesterday", "must be a time such as 2026-03-31T22:00:00Z"),
        (
            "datetime",
            "0001-01-01T00:00:00+14:00",
            "must be a time such as 2026-03-31T22:00:00Z",
        ),
        ("url", "example.org", "must be an address such as https://example.org/path"),
        (
            "ip",
            "192.0.2.0/24",
            "must be an IP address without prefix, such as 192.0.2.7",
        ),
        ("email", "ops", "must be an e-mail address"),
        ("enum", "in_stok", "must be one of in_stock, Sold; did you mean 'in_stock'?"),
        ("list", [["a"]], "must be text"),
    ],
)
def test_wrong_values_are_told_with_their_reason(
    catalogue: Catalogue, attribute: str, given: object, reason: str
) -> None:
    assert _reason(catalogue, attribute, given) == reason


def test_all_problems_of_a_row_are_told_at_once(catalogue: Catalogue) -> None:
    checked = check_attributes(catalogue, "virtual_machine", {"cpu_count": "x", "status": "gone"})
    assert {p.attribute for p in checked.problems} == {"cpu_count", "status", "name"}
    assert Problem("virtual_machine", "name", None, "is required") in checked.problems


def test_a_required_attribute_that_is_wrong_is_told_once(catalogue: Catalogue) -> None:
    checked = check_attributes(catalogue, "sample", {"name": "two\nlines"})
    assert [p.attribute for p in checked.problems] == ["name"]


def test_what_the_class_does_not_have_is_kept_apart(catalogue: Catalogue) -> None:
    row = {"name": "x", "cpu_cout": "8", "weight_kg": 1.5, "seen": date(2026, 3, 31)}
    checked = check_attributes(catalogue, "virtual_machine", row)
    assert checked.unknown == {"cpu_cout": "8", "weight_kg": 1.5, "seen": "2026-03-31"}
    assert checked.problems == []
    problem, *_ = unknown_attributes(catalogue.ci_class("virtual_machine"), checked.unknown)
    assert problem.reason == "virtual_machine has no such attribute; did you mean 'cpu_count'?"


@pytest.mark.parametrize("name", ["id", "no", "revision", "native_id"])
def test_reserved_names_are_refused(catalogue: Catalogue, name: str) -> None:
    assert _reason(catalogue, name, "1") == "is kept by Linchpin itself; give it another name"


@pytest.mark.parametrize("name", ["", " ", "a\nb", "\ud800"])
def test_what_is_no_name_is_refused(catalogue: Catalogue, name: str) -> None:
    assert _reason(catalogue, name, "1") == "is not a name for an attribute"


def test_what_the_graph_cannot_hold_is_refused(catalogue: Catalogue) -> None:
    assert _reason(catalogue, "nested", {"a": 1}) == "must be text"
    assert _reason(catalogue, "huge", 2**64) == "does not fit 64 bits"


def test_defaults_are_left_to_the_caller(catalogue: Catalogue) -> None:
    assert "status" not in check_attributes(catalogue, "sample", {"name": "x"}).values
    assert catalogue.ci_class("sample").defaults == {"status": "operational"}


def test_an_unknown_class_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(InvalidInput, match="No class is called 'sampel'; did you mean 'sample'"):
        check_attributes(catalogue, "sampel", {})


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.timezones())
)
NAMES = (*tomllib.loads(SAMPLE)["classes"]["sample"]["attributes"], "name", "unheard_of")
LIKELY = {
    "ip": st.ip_addresses().map(str),
    "date": st.dates().map(str),
    "datetime": st.datetimes(timezones=st.timezones()).map(str),
    "email": st.emails(),
    "integer": st.integers().map(str),
    "number": st.floats().map(str),
    "list": st.lists(st.text()),
}
ROWS = st.fixed_dictionaries(
    {},
    optional={
        name: SCALARS | LIKELY.get(name, st.lists(SCALARS)) | st.dictionaries(st.text(), SCALARS)
        for name in NAMES
    },
)


@settings(deadline=None)
@given(row=ROWS)
def test_what_was_kept_is_kept_as_it_is(catalogue: Catalogue, row: dict[str, object]) -> None:
    once = check_attributes(catalogue, "sample", row)
    again = check_attributes(catalogue, "sample", {**once.values, **once.unknown})
    assert (again.values, again.unknown) == (once.values, once.unknown)
    assert {p.attribute for p in again.problems} <= {"name"}


@settings(deadline=None)
@given(row=ROWS)
def test_what_was_kept_survives_json_exactly(catalogue: Catalogue, row: dict[str, object]) -> None:
    checked = check_attributes(catalogue, "sample", row)
    kept = {**checked.values, **checked.unknown}
    read = json.loads(json.dumps(kept))
    assert read == kept
    assert [type(value) for value in read.values()] == [type(value) for value in kept.values()]
    json.dumps(kept, ensure_ascii=False).encode()  # no half of a surrogate pair


@settings(deadline=None)
@given(row=ROWS)
def test_nothing_that_was_said_gets_lost(catalogue: Catalogue, row: dict[str, object]) -> None:
    checked = check_attributes(catalogue, "sample", row)
    told = {p.attribute for p in checked.problems} | {*checked.values, *checked.unknown}
    said = {name for name, value in row.items() if not _is_nothing(value)}
    assert said <= told <= said | {"name"}


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
