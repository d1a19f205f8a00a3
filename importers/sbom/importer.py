"""The importers of software bills of materials."""

from collections.abc import Iterator

from importers.importer import Importer, Kind, Origin, Row
from importers.sbom import cyclonedx, spdx
from importers.sbom.files import read_bills


def _remark(strength: str, turned: bool) -> str:
    told = ["turned"] * turned + ["without effect"] * (strength == "none")
    return ", ".join(told)


CYCLONEDX_KINDS = (
    Kind("metadata.component", "application or software_component", "by its type, as all components"),
    Kind("component of type application", "application"),
    Kind("component of any other type", "software_component"),
    Kind("service", "technical_service", "mentioned"),
    Kind("dependency", "depends_on", "uses, where the provider is optional; calls, where it is a service"),
    Kind(
        "dependency on a component of scope excluded",
        "uses",
        "without effect: it is there for tests and builds",
    ),
    Kind("component within a component", "composed_of", "unless the outer one depends on it anyway"),
    Kind("hash, evidence, property, external reference", "", "tell of files and places, not of dependencies"),
    Kind(
        "vulnerability, composition, formulation, annotation", "", "tell of the bill, or are made anew daily"
    ),
)

SPDX_KINDS = (
    Kind("package that the document describes", "application", "unless its purpose is another"),
    Kind("package", "software_component", "of purpose APPLICATION an application"),
    *(Kind(type_, one, _remark(strength, False)) for type_, (one, strength) in spdx.FORWARD.items()),
    *(Kind(type_, one, _remark(strength, True)) for type_, (one, strength) in spdx.TURNED.items()),
    Kind("DESCRIBES, DESCRIBED_BY", "", "say which package is the application"),
    Kind("all other relationships", "", "tell of files, patches, tests and versions, not of dependencies"),
    Kind("file, snippet", "", "too many; their package stands for them"),
)


def _read_cyclonedx(origin: Origin) -> Iterator[Row]:
    return read_bills(origin.path, cyclonedx.SUFFIXES, cyclonedx.read_cyclonedx)


def _read_spdx(origin: Origin) -> Iterator[Row]:
    return read_bills(origin.path, spdx.SUFFIXES, spdx.read_spdx)


CYCLONEDX = Importer("cyclonedx", "CycloneDX bill of materials", _read_cyclonedx, CYCLONEDX_KINDS)
SPDX = Importer("spdx", "SPDX bill of materials", _read_spdx, SPDX_KINDS)
