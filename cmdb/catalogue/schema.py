"""JSON Schema (draft 2020-12) of a class, for forms and for the documentation of the API."""

from typing import Any

from cmdb.catalogue.attribute import Attribute, AttributeType
from cmdb.catalogue.convert import MAX_STRING
from cmdb.catalogue.model import Catalogue

_LINE: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": MAX_STRING}

_TYPES: dict[AttributeType, dict[str, Any]] = {
    "string": _LINE,
    "text": {"type": "string", "minLength": 1},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "url": _LINE | {"format": "uri"},
    "ip": {"type": "string", "anyOf": [{"format": "ipv4"}, {"format": "ipv6"}]},
    "email": _LINE | {"format": "email"},
    "enum": {"type": "string"},
    "team": _LINE,
    "list": {"type": "array", "items": _LINE},
}


def json_schema(catalogue: Catalogue, class_name: str) -> dict[str, Any]:
    """The schema that the typed attributes of a CI of the class fulfil.

    Each property carries the catalogue's own type as `x-type`: a form may show a `text` larger than
    a `string`.
    """
    ci_class = catalogue.ci_class(class_name)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": ci_class.title,
        "description": ci_class.description,
        "type": "object",
        "properties": {name: _property(a) for name, a in ci_class.attributes.items()},
        "required": list(ci_class.required),
        "additionalProperties": False,
    }


def _property(attribute: Attribute) -> dict[str, Any]:
    stated = {
        "description": attribute.description or None,
        "enum": list(attribute.values) or None,
        "minimum": attribute.minimum,
        "maximum": attribute.maximum,
        "default": attribute.default,
    }
    given = {keyword: value for keyword, value in stated.items() if value is not None}
    return _TYPES[attribute.type] | {"x-type": attribute.type} | given
