"""The importers that are installed, whoever wrote them."""

from importlib.metadata import entry_points

from cmdb.errors import InvalidInput
from importers.importer import Importer

GROUP = "linchpin.importers"
"""The group of entry points in which a package offers importers: `name = "module:IMPORTER"`."""


def importer_names() -> list[str]:
    """The names of all importers, in order."""
    return sorted({point.name for point in entry_points(group=GROUP)})


def importer(name: str) -> Importer:
    """The importer of that name, whose module is loaded now. Raises InvalidInput where there is none."""
    for point in entry_points(group=GROUP, name=name):
        found = point.load()
        assert isinstance(found, Importer), f"{point.value} is no Importer"
        return found
    raise InvalidInput(f"No importer is called {name!r}; there are {', '.join(importer_names())}.")
