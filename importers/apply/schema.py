"""JSON Schema of the document, for editors."""

from typing import Any

from cmdb.catalogue import Catalogue, json_schema
from importers.apply.entries import (
    CI_KEYS,
    CI_REQUIRED,
    RELATIONSHIP_KEYS,
    RELATIONSHIP_REQUIRED,
    TEAM_KEYS,
)

TEXT: dict[str, Any] = {"type": ["string", "integer"]}
TYPES: dict[str, dict[str, Any]] = {
    "attributes": {"type": "object"},
    "strength": {"enum": ["hard", "soft", "guard", "none"]},
    "weight": {"type": "integer", "minimum": 1},
    "failover": {"type": "integer", "minimum": 0},
    "tolerates": {"type": "integer", "minimum": 0},
    "assumed": {"type": "boolean"},
    "members": {"type": "array", "items": {"type": "string"}},
}


def document_schema(catalogue: Catalogue) -> dict[str, Any]:
    """The schema (draft 2020-12) of a document: each class with its attributes."""
    ci = _entry(CI_KEYS, CI_REQUIRED)
    ci["properties"]["class"] = {"enum": list(catalogue.classes)}
    ci["allOf"] = [_class(catalogue, name) for name in catalogue.classes]
    relationship = _entry(RELATIONSHIP_KEYS, RELATIONSHIP_REQUIRED)
    relationship["properties"]["type"] = {"enum": list(catalogue.relationships)}
    sections = {"teams": _entry(TEAM_KEYS, ("name",)), "cis": ci, "relationships": relationship}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "CIs, their relationships and teams",
        "type": "object",
        "properties": {name: {"type": "array", "items": entry} for name, entry in sections.items()},
        "additionalProperties": False,
    }


def _entry(keys: tuple[str, ...], required: tuple[str, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {key: TYPES.get(key, TEXT) for key in keys},
        "required": list(required),
        "additionalProperties": False,
    }


def _class(catalogue: Catalogue, name: str) -> dict[str, Any]:
    """What `attributes` may hold where the entry is of that class; its name stands beside them."""
    schema = json_schema(catalogue, name)
    attributes = {key: value for key, value in schema["properties"].items() if key != "name"}
    required = [key for key in schema["required"] if key != "name"]
    return {
        "if": {"properties": {"class": {"const": name}}, "required": ["class"]},
        "then": {
            "properties": {
                "attributes": {"properties": attributes, "required": required, "additionalProperties": False}
            }
        },
    }
