"""Reads CycloneDX, as JSON or XML."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.model.service import Service

from cmdb.errors import InvalidInput
from importers.documents import parse_json, read_text, read_xml
from importers.sbom.bill import Bill, Edge, Part, with_reference

SUFFIXES = (".json", ".xml", ".cdx")
SCHEMA = "{http://cyclonedx.org/schema/bom/"

UNREAD = {
    "annotations", "author", "compositions", "declarations", "evidence", "externalReferences", "formulation",
    "hashes", "pedigree", "properties", "releaseNotes", "signature", "timestamp", "tools", "vulnerabilities",
}  # fmt: skip
"""Most of a JSON document, and none of it needed; a fault in there is no reason to refuse the rest."""

DEPENDENCY: dict[ComponentScope | None, tuple[str, str]] = {
    ComponentScope.OPTIONAL: ("uses", ""),
    ComponentScope.EXCLUDED: ("uses", "none"),
}
"""How others depend on a component of that scope, if not hard."""

HELD: dict[ComponentScope | None, str] = {ComponentScope.OPTIONAL: "soft", ComponentScope.EXCLUDED: "none"}
"""How a whole depends on a component of that scope that it holds, if not hard."""


class Held(NamedTuple):
    """A component, and the one that holds it if one does."""

    part: Part
    scope: ComponentScope | None
    whole: Part | None


def read_cyclonedx(file: Path) -> Bill:
    """Read one bill. Raises InvalidInput where it is none."""
    bom = _read(file)
    bill = Bill(file.name)
    held = list(_walk(bom.components, None))
    if bom.metadata.component:
        bill.application = _part(bom.metadata.component)
        held += _walk(bom.metadata.component.components, bill.application)
    services = [_service(service) for service in _services(bom.services)]
    bill.parts = [*(one.part for one in held), *services]
    bill.edges = [*_dependencies(bom, held, services), *_assemblies(held)]
    return bill


def _read(file: Path) -> Bom:
    reader: Any = Bom  # whose readers are made by a decorator, unknown to type checkers
    text = read_text(file)
    source = read_xml(file) if text.lstrip().startswith("<") else parse_json(text, file.name)
    try:
        match source:
            case {"bomFormat": "CycloneDX"}:
                bom = reader.from_json(_needed(source))
            case Element() if source.tag.startswith(SCHEMA):
                bom = reader.from_xml(source)
            case _:
                bom = None
    except Exception as error:  # the library lets through whatever it trips over
        raise InvalidInput(f"{file.name} is not sound CycloneDX: {error}.") from error
    if isinstance(bom, Bom):
        return bom
    raise InvalidInput(f"{file.name} is not CycloneDX: neither bomFormat nor an XML namespace says so.")


def _needed(value: Any) -> Any:
    match value:
        case dict():
            return {key: _needed(inner) for key, inner in value.items() if key not in UNREAD}
        case list():
            return [_needed(inner) for inner in value]
    return value


def _walk(components: Iterable[Component], whole: Part | None) -> Iterator[Held]:
    """All components, each before those within it."""
    for component in components:
        part = _part(component)
        yield Held(part, component.scope, whole)
        yield from _walk(component.components, part)


def _services(services: Iterable[Service]) -> Iterator[Service]:
    for service in services:
        yield service
        yield from _services(service.services)


def _dependencies(bom: Bom, held: list[Held], services: list[Part]) -> list[Edge]:
    ways = {one.part.ref: DEPENDENCY[one.scope] for one in held if one.scope in DEPENDENCY}
    ways |= {service.ref: ("calls", "") for service in services}
    return [
        Edge(str(one.ref.value), provider, *ways.get(provider, ("depends_on", "")))
        for one in bom.dependencies
        for provider in (str(other.ref.value) for other in one.dependencies)
    ]


def _assemblies(held: list[Held]) -> Iterator[Edge]:
    """A whole consists of what it holds."""
    for part, scope, whole in held:
        if whole:
            yield Edge(whole.ref, part.ref, "composed_of", HELD.get(scope, ""))


def _part(component: Component) -> Part:
    application = component.type is ComponentType.APPLICATION
    return with_reference(
        Part(
            ref=_said(component.bom_ref.value),
            class_name="application" if application else "software_component",
            name=_said(component.name),
            group=_said(component.group),
            version=_said(component.version),
            purl=component.purl,
            more=(
                ("description", _said(component.description)),
                ("vendor", _said(component.publisher)),
                ("licence", _licence(component)),
            ),
        )
    )


def _licence(component: Component) -> str:
    """All licences that are told, as one SPDX expression where their names are."""
    told = (
        one.value if isinstance(one, LicenseExpression) else one.id or one.name for one in component.licenses
    )
    return " AND ".join(filter(None, map(_said, told)))


def _said(value: Any) -> str:
    """A text, if it is one: the library takes any value for it."""
    return value if isinstance(value, str) else ""


def _service(service: Service) -> Part:
    endpoint = next((str(url) for url in service.endpoints), "")
    return with_reference(
        Part(
            ref=_said(service.bom_ref.value),
            class_name="technical_service",
            name=_said(service.name),
            group=_said(service.group),
            version=_said(service.version),
            more=(("url", endpoint if "://" in endpoint else ""),),
        )
    )
