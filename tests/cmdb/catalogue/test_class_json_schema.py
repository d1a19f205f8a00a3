"""JSON Schemas of classes."""

import jsonschema_rs
import pytest

from cmdb.catalogue import Catalogue, check_attributes, json_schema, load_catalogue

VALUES = {
    "string": "text",
    "text": "two\nlines",
    "integer": "8",
    "number": "0.5",
    "boolean": "yes",
    "date": "2026-03-31",
    "datetime": "2026-03-31 22:00",
    "url": "https://example.org/",
    "ip": "192.0.2.7",
    "email": "ops@example.org",
    "team": "operations",
    "list": "a;b",
}
CLASSES = list(load_catalogue().classes)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.mark.parametrize("class_name", CLASSES)
def test_a_full_ci_of_the_class_fulfils_its_schema(catalogue: Catalogue, class_name: str) -> None:
    schema = json_schema(catalogue, class_name)
    jsonschema_rs.meta.validate(schema)
    attributes = catalogue.ci_class(class_name).attributes.values()
    row = {a.name: a.values[0] if a.values else VALUES[a.type] for a in attributes}
    checked = check_attributes(catalogue, class_name, row)
    assert checked.problems == []
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(checked.values)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"name": ""},
        {"name": "x", "cpu_count": "8"},
        {"name": "x", "cpu_count": -1},
        {"name": "x", "status": "gone"},
        {"name": "x", "ip_address": "192.0.2"},
        {"name": "x", "colour": "red"},
    ],
)
def test_what_the_class_does_not_allow_breaks_its_schema(
    catalogue: Catalogue, wrong: dict[str, object]
) -> None:
    schema = json_schema(catalogue, "virtual_machine")
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    assert not validator.is_valid(wrong)


def test_forms_learn_the_type_and_the_default(catalogue: Catalogue) -> None:
    status = json_schema(catalogue, "router")["properties"]["status"]
    assert (status["x-type"], status["default"]) == ("enum", "operational")
    assert "in_stock" in status["enum"]
