"""What the other sheets of RVTools add to machines, hosts and datastores."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from importers.vmware.estate import Way
from importers.vmware.sheets import Line, Sheets

T = TypeVar("T")

Name = tuple[str, str]
"""A vCenter, and a name or key in it."""

IN_DATASTORE = re.compile(r"\[([^\]]+)\]")
"""The datastore of a path such as `[ds1] web/web.vmx`."""
UNIT = re.compile(r":L\d+$")
"""The logical unit at the end of a path such as `vmhba2:C0:T1:L7`; the way before it serves many."""
MOST_PATHS = 8


def machine_key(line: Line) -> str:
    """The key of the machine that a line is about."""
    return line.get("VM ID", "VM UUID") or f"machine {line.get('VM')}"


def datastores_in(line: Line) -> list[str]:
    """The datastores that paths in a line lie on."""
    return IN_DATASTORE.findall(line.get("Path", "Disk Path"))


class Details:
    """Looks up what belongs to a thing."""

    def __init__(self, sheets: Sheets) -> None:
        self._disks = _gathered(sheets.get("vdisk", ()), machine_key, datastores_in)
        self._cards = _gathered(sheets.get("vnetwork", ()), machine_key, lambda line: [line.get("Network")])
        paths = sheets.get("vmultipath", ())
        self._extents = _gathered(paths, lambda line: line.get("Datastore"), lambda line: [line.get("Disk")])
        self._ways = _gathered(paths, lambda line: line.get("Host"), lambda line: [_ways(line)])
        self._vlans = {
            (line.manager, line.get("Port Group", "Port")): line.get("VLAN")
            for sheet in ("vport", "dvport")
            for line in sheets.get(sheet, ())
        }

    def datastores(self, line: Line) -> list[str]:
        """The datastores of a machine: of its configuration file, then of its disks."""
        return list(dict.fromkeys([*datastores_in(line), *self._disks[line.manager, machine_key(line)]]))

    def networks(self, line: Line) -> list[str]:
        """The networks of a machine."""
        return [name for name in self._cards[line.manager, machine_key(line)] if name]

    def extents(self, manager: str, datastore: str) -> list[str]:
        """The disks below a datastore."""
        return [disk for disk in self._extents[manager, datastore] if disk]

    def ways(self, manager: str, host: str) -> tuple[tuple[Way, ...], ...]:
        """The sets of ways by which a host reaches disks that it reaches in several."""
        found = {ways for ways in self._ways[manager, host] if len(ways) > 1}
        return tuple(tuple(map(Way, ways)) for ways in sorted(found))

    def vlan(self, manager: str, network: str) -> str:
        """The VLAN of a network."""
        return self._vlans.get((manager, network), "")


def _ways(line: Line) -> tuple[str, ...]:
    paths = (line.get(f"Path {number}") for number in range(1, MOST_PATHS + 1))
    return tuple(sorted({UNIT.sub("", path) for path in paths if path}))


def _gathered(
    lines: Iterable[Line], key: Callable[[Line], str], values: Callable[[Line], list[T]]
) -> dict[Name, dict[T, None]]:
    """The distinct values of the lines of each key, in their order."""
    found: dict[Name, dict[T, None]] = defaultdict(dict)
    for line in lines:
        found[line.manager, key(line)].update(dict.fromkeys(values(line)))
    return found
