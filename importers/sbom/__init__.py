"""Software bills of materials: what an application is built from, as CycloneDX or SPDX tell it."""

from importers.sbom.importer import CYCLONEDX, SPDX

__all__ = ["CYCLONEDX", "SPDX"]
