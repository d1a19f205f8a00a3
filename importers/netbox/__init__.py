"""Reads NetBox: a Django fixture, saved pages of its REST API, or a live server."""

from collections.abc import Iterator

from importers.importer import Importer, Option, Origin, Row
from importers.netbox.kinds import KINDS
from importers.netbox.observe import observe
from importers.netbox.roles import parse_roles
from importers.netbox.source import open_inventory

__all__ = ["IMPORTER"]


def _read(origin: Origin) -> Iterator[Row]:
    roles = parse_roles(origin.options.get("roles", ""))
    return observe(open_inventory(origin), roles)


IMPORTER = Importer(
    name="netbox",
    title="NetBox: fixture, saved API pages, or live",
    read=_read,
    kinds=KINDS,
    options=(
        Option(
            "roles",
            "Classes of device roles that do not tell it by their name: slug=class, separated by commas.",
        ),
    ),
)
