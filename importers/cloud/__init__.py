"""What clouds have in common: resources as nested values, and tables that map and relate them."""

from importers.cloud.estate import Estate
from importers.cloud.paths import every, first
from importers.cloud.places import Place
from importers.cloud.resource import Resource
from importers.cloud.shape import Link, Shape, joins, kinds, on, part_of

__all__ = [
    "Estate",
    "Link",
    "Place",
    "Resource",
    "Shape",
    "every",
    "first",
    "joins",
    "kinds",
    "on",
    "part_of",
]
