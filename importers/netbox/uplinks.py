"""What a device needs of the network."""

from itertools import chain

from cmdb.reconciliation import Relation
from importers.netbox.cabling import Path
from importers.netbox.inventory import redundant, relation
from importers.netbox.models import Key
from importers.netbox.ways import ETHERNET, Ways

LINES = "carriers"
"""The group of circuits of which one is enough."""


def uplinks(ways: Ways, device: Key) -> list[Relation]:
    """What it connects to, each once: one way of each medium will do."""
    found: list[Relation] = []
    for medium, paths in ways.inward(device).items():
        lines = [path for path in paths if path.end[0] == "circuit"]
        if medium == ETHERNET and ways.is_beyond_core(device) and _reaches_core_by_itself(paths):
            found += _needs([path for path in paths if path not in lines], medium) + _needs(lines, LINES)
        else:
            found += _needs(paths, medium)
    return list({(one["to"], one.get("group")): one for one in found}.values())


def _reaches_core_by_itself(paths: list[Path]) -> bool:
    """Whether it needs no circuit to the core, so that its circuits are the way out and no second way in."""
    return any("circuit" not in (path.end[0], *(key[0] for key in path.crosses)) for path in paths)


def _needs(paths: list[Path], group: str) -> list[Relation]:
    """Any one end will do, but what every way crosses is needed."""
    ends = list(dict.fromkeys(path.end for path in paths))
    crossed = [path.crosses for path in paths]
    shared = [
        key for key in dict.fromkeys(chain.from_iterable(crossed)) if all(key in each for each in crossed)
    ]
    needed = [key for key in shared if key not in ends]
    return (
        redundant("connects_to", ends, group)
        + [relation("connects_to", key) for key in needed]
        + redundant("connects_to", _alternatives(paths, needed), LINES)
    )


def _alternatives(paths: list[Path], needed: list[Key]) -> list[Key]:
    """The circuits of which each way crosses one, where no way does without and none is on all."""
    circuits = [[key for key in path.crosses if key[0] == "circuit"] for path in paths]
    if not all(circuits) or any(key[0] == "circuit" for key in needed):
        return []
    return list(dict.fromkeys(chain.from_iterable(circuits)))
