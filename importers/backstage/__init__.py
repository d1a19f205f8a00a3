"""Backstage: the components of a software catalogue, their owners, and what they depend on."""

from importers.backstage.importer import IMPORTER

__all__ = ["IMPORTER"]
