"""The ways of a host to its storage over a fabric."""

from typing import Any

from pyVmomi import vim

from importers.vmware.estate import Way


def ways_of(storage: Any) -> tuple[tuple[Way, ...], ...]:
    """The distinct sets of ways by which a host reaches its disks, without disks of its own."""
    adapters = {one.key: one for one in getattr(storage, "hostBusAdapter", None) or ()}
    multipath = getattr(storage, "multipathInfo", None)
    found = {
        tuple(sorted({way for path in disk.path if (way := _way(path, adapters))}, key=lambda way: way.name))
        for disk in getattr(multipath, "lun", None) or ()
    }
    return tuple(sorted((ways for ways in found if ways), key=lambda ways: [way.name for way in ways]))


def _way(path: Any, adapters: dict[str, Any]) -> Way | None:
    adapter, transport = adapters.get(path.adapter), path.transport
    if isinstance(transport, vim.host.FibreChannelTargetTransport):
        initiator = _world_wide(getattr(adapter, "portWorldWideName", 0))
        target = _world_wide(transport.portWorldWideName)
    elif isinstance(transport, vim.host.InternetScsiTargetTransport):
        initiator, target = str(getattr(adapter, "iScsiName", "") or ""), str(transport.iScsiName)
    else:
        return None
    device = str(getattr(adapter, "device", "") or path.adapter)
    return Way(f"{device} → {target}", initiator, target)


def _world_wide(number: int) -> str:
    """A world wide name as 16 hexadecimal digits; vSphere gives it as a signed number of 64 bits."""
    return f"{number % (1 << 64):016x}" if number else ""
