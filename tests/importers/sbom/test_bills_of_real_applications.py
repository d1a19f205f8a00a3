"""Keycloak (Maven, flat, nothing told of the application) and Juice Shop (npm, nested, one cycle)."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from importers.importer import Origin
from importers.sbom import CYCLONEDX
from tests.importers.contract import Reading, read

SOURCE = Path(__file__).parents[4] / "shared/data/cyclonedx"

pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the sample data is not here")


class Document:
    """The figures of a bill, counted in its JSON."""

    def __init__(self, name: str) -> None:
        document = json.loads(gzip.decompress((SOURCE / name).read_bytes()))
        self.components = list(_walk(document["components"], ""))
        self.edges = {(one["ref"], to) for one in document["dependencies"] for to in one.get("dependsOn", [])}
        self.urls = {one["bom-ref"]: one["purl"].partition("?")[0] for one, _ in self.components}
        self.scope = {one["bom-ref"]: one.get("scope", "required") for one, _ in self.components}

    def pair(self, dependent: str, provider: str) -> tuple[str, str]:
        """What an edge is between, by package URL where there is one."""
        return self.urls.get(dependent, dependent), self.urls[provider]


def _walk(components: list[dict[str, Any]], whole: str) -> Iterator[tuple[dict[str, Any], str]]:
    for component in components:
        yield component, whole
        yield from _walk(component.get("components", []), component["bom-ref"])


def reading(name: str) -> Reading:
    return read(CYCLONEDX, Origin(str(SOURCE / name)))


def test_keycloak() -> None:
    found, document = reading("keycloak.cdx.json.gz"), Document("keycloak.cdx.json.gz")
    assert found.classes == {"application": 1, "software_component": 903}
    assert (len(document.components), len(document.edges)) == (903, 994)
    # Nothing says what the application depends on: it is what no component depends on.
    first = document.scope.keys() - {to for _, to in document.edges}
    assert len(first) == 175
    assert len(found.provides("org.keycloak/keycloak-parent", "depends_on")) == 175
    assert found.relations == {"depends_on": 994 + 175}
    assert (found.rejected, found.gaps, found.groups, found.dangling) == ([], [], set(), set())
    urls = {(one.attributes or {}).get("package_url") for one in found.things.values()}
    assert len(urls) == 904  # those of the components and the application's own all differ


def test_juice_shop() -> None:
    found, document = reading("juice-shop.cdx.json.gz"), Document("juice-shop.cdx.json.gz")
    # npm installs a package once for each place that needs another version of it: what is one package is one
    # thing, and depends on what any of its installations does.
    assert (len(document.components), len(document.edges)) == (1_115, 1_775)
    assert len(set(document.urls.values())) == 978
    assert found.classes == {"application": 1, "software_component": 978}
    # Where one is optional in one place and required in another, it is required.
    required = {document.pair(*edge) for edge in document.edges if document.scope[edge[1]] == "required"}
    optional = {document.pair(*edge) for edge in document.edges} - required
    assert (len(required), len(optional)) == (1_581, 79)
    held = [(whole, one["bom-ref"]) for one, whole in document.components if whole]
    assert len(held) == 278
    firmly = {document.pair(*pair) for pair in held if document.scope[pair[1]] == "required"}
    assert not firmly & optional  # what is held firmly would count more than what is an option
    inner = {document.pair(*pair) for pair in held} - required - optional
    assert found.relations == {"depends_on": 1_581, "uses": 79, "composed_of": len(inner)}
    assert len(inner) == 125
    assert len(found.provides("juice-shop", "depends_on") | found.provides("juice-shop", "uses")) == 71
    assert (found.rejected, found.gaps, found.groups, found.dangling) == ([], [], set(), set())
