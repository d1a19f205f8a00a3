"""Reads SPDX 2.2 and 2.3, as JSON, YAML or tags and values."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from packageurl import PackageURL
from spdx_tools.spdx.model.actor import Actor
from spdx_tools.spdx.model.document import Document
from spdx_tools.spdx.model.package import Package, PackagePurpose
from spdx_tools.spdx.model.relationship import Relationship, RelationshipType
from spdx_tools.spdx.parser.error import SPDXParsingError
from spdx_tools.spdx.parser.jsonlikedict.json_like_dict_parser import JsonLikeDictParser
from spdx_tools.spdx.parser.tagvalue.parser import Parser

from cmdb.errors import InvalidInput
from importers.documents import parse_json, parse_yaml, read_text
from importers.sbom.bill import Bill, Edge, Part

SUFFIXES = (".spdx", ".tag", ".json", ".yaml", ".yml")

DOCUMENT = "SPDXRef-DOCUMENT"

FORWARD = {
    "DEPENDS_ON": ("depends_on", ""),
    "HAS_PREREQUISITE": ("depends_on", ""),
    "DYNAMIC_LINK": ("depends_on", ""),
    "STATIC_LINK": ("depends_on", ""),
    "CONTAINS": ("composed_of", ""),
}
"""By the type of relationship, where the first element is the dependent; then strength, if not the usual."""

TURNED = {
    "DEPENDENCY_OF": ("depends_on", ""),
    "RUNTIME_DEPENDENCY_OF": ("depends_on", ""),
    "PROVIDED_DEPENDENCY_OF": ("depends_on", ""),
    "PREREQUISITE_FOR": ("depends_on", ""),
    "CONTAINED_BY": ("composed_of", ""),
    "PACKAGE_OF": ("composed_of", ""),
    "OPTIONAL_DEPENDENCY_OF": ("uses", ""),
    "OPTIONAL_COMPONENT_OF": ("uses", ""),
    "BUILD_DEPENDENCY_OF": ("uses", "none"),
    "BUILD_TOOL_OF": ("uses", "none"),
    "DEV_DEPENDENCY_OF": ("uses", "none"),
    "DEV_TOOL_OF": ("uses", "none"),
    "TEST_DEPENDENCY_OF": ("uses", "none"),
    "TEST_TOOL_OF": ("uses", "none"),
}
"""The same, where the second element is the dependent."""


def read_spdx(file: Path) -> Bill:
    """Read one bill. Raises InvalidInput where it is none."""
    document = _document(file)
    bill = Bill(file.name)
    described = _described(document)
    for package in document.packages:
        if [package.spdx_id] == described:
            bill.application = _part(package, "application")
        else:
            bill.parts.append(_part(package, "software_component"))
    beyond = {DOCUMENT, *(one.spdx_id for one in document.files), *(one.spdx_id for one in document.snippets)}
    for relationship in document.relationships:
        if (edge := _edge(relationship)) and not beyond & {edge.dependent, edge.provider}:
            bill.edges.append(edge)
    return bill


def _document(file: Path) -> Document:
    text = read_text(file)
    tags = re.search(r"^SPDXVersion:", text, re.MULTILINE)
    source = {} if tags else _mapping(text, file.name)
    try:
        return _tags_and_values(text) if tags else _plain(source)
    except SPDXParsingError as error:
        raise InvalidInput(f"{file.name} is not sound SPDX: {error.messages[0]}") from error
    except Exception as error:  # the library lets through whatever it trips over
        raise InvalidInput(f"{file.name} is not sound SPDX: {error}.") from error


def _tags_and_values(text: str) -> Document:
    """Parse, with the tables of the grammar kept in memory and not written to the working directory."""
    parser: Any = Parser
    document: Document = parser(debug=False, write_tables=False).parse(text)
    return document


def _plain(source: Mapping[str, Any]) -> Document:
    parser: Any = JsonLikeDictParser
    document: Document = parser().parse(source)
    return document


def _mapping(text: str, place: str) -> Mapping[str, Any]:
    begin = text.lstrip()[:1]
    if begin == "<":
        raise InvalidInput(f"{place} is XML; SPDX is read as JSON, YAML or tags and values.")
    match [parse_json(text, place)] if begin == "{" else parse_yaml(text, place):
        case [dict() as document] if "spdxVersion" in document:
            return document
        case [{"@context": _, "@graph": _}]:
            raise InvalidInput(f"{place} is SPDX 3; SPDX 2.2 and 2.3 are read.")
    raise InvalidInput(f"{place} is not SPDX: it has no spdxVersion.")


def _described(document: Document) -> list[str]:
    """The elements that the document says it is of."""
    return [
        str(end)
        for one in document.relationships
        for kind, end in (
            (RelationshipType.DESCRIBES, one.related_spdx_element_id),
            (RelationshipType.DESCRIBED_BY, one.spdx_element_id),
        )
        if one.relationship_type is kind
    ]


def _edge(relationship: Relationship) -> Edge | None:
    first, second = relationship.spdx_element_id, relationship.related_spdx_element_id
    if not isinstance(second, str):
        return None  # it depends on none, or nobody knows
    type_ = relationship.relationship_type.name
    if type_ in FORWARD:
        return Edge(first, second, *FORWARD[type_])
    return Edge(second, first, *TURNED[type_]) if type_ in TURNED else None


def _part(package: Package, usual: str) -> Part:
    purpose = package.primary_package_purpose
    known = {None: usual, PackagePurpose.APPLICATION: "application"}
    return Part(
        ref=package.spdx_id,
        class_name=known.get(purpose, "software_component"),
        name=package.name,
        version=package.version or "",
        purl=next(_purls(package), None),
        lasting=False,
        more=(
            ("description", package.description or package.summary or ""),
            ("vendor", package.supplier.name if isinstance(package.supplier, Actor) else ""),
            ("licence", _licence(package)),
        ),
    )


def _purls(package: Package) -> Iterator[PackageURL]:
    for reference in package.external_references:
        if reference.reference_type == "purl":
            try:
                yield PackageURL.from_string(reference.locator)
            except ValueError:
                continue


def _licence(package: Package) -> str:
    """What was concluded, or else what was declared; neither may be NONE or NOASSERTION."""
    told = (str(one) for one in (package.license_concluded, package.license_declared) if one)
    return next((licence for licence in told if licence not in ("NONE", "NOASSERTION")), "")
