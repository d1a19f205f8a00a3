"""Volume claims, the volumes that are bound to them, and what keeps these."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from cmdb.reconciliation import Observation, Relation
from importers.kubernetes.cluster import cluster_id
from importers.kubernetes.inventory import Inventory, Object
from importers.shape import key, mapping, mappings, text

GIB = 1 << 30
UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "P": 10**15}
UNITS |= {"Ki": 1 << 10, "Mi": 1 << 20, "Gi": GIB, "Ti": 1 << 40, "Pi": 1 << 50}


def _volume(provider: str, handle: str) -> dict[str, str]:
    return {"class": "volume", "provider": provider, "cloud_id": handle}


DRIVERS: Mapping[str, Callable[[str], dict[str, str]]] = {
    "ebs.csi.aws.com": lambda handle: _volume("aws", handle),
    "efs.csi.aws.com": lambda handle: _volume("aws", handle.split(":")[0]) | {"class": "file_share"},
    "disk.csi.azure.com": lambda handle: _volume("azure", handle.lower()),
    "pd.csi.storage.gke.io": lambda handle: _volume("gcp", handle),
}
"""Storage drivers whose handles are the provider's own ids."""


def claims_of(inventory: Inventory, namespace: str, spec: Mapping[str, Any]) -> list[str]:
    """The native ids of the claims that the specification of a pod names."""
    names = [key(volume, "persistentVolumeClaim", "claimName") for volume in mappings(spec, "volumes")]
    return [inventory.refer("PersistentVolumeClaim", namespace, name) for name in sorted({*names} - {""})]


def observe_storage(inventory: Inventory) -> Iterator[Observation]:
    """What keeps the data, once each, then the claims, then the volumes that no claim here is bound to."""
    volumes = {volume.name: volume for volume in inventory.of("PersistentVolume")}
    yield from {one.native_id: one for v in volumes.values() for one in _backing(inventory, v)}.values()
    claimants = {_claimant(volume): volume.name for volume in volumes.values()}
    for claim in inventory.of("PersistentVolumeClaim"):
        bound = text(claim.body, "spec", "volumeName") or claimants.get((claim.namespace, claim.name), "")
        place = Relation(type="belongs_to", to=inventory.refer("Namespace", "", claim.namespace))
        yield _kept(inventory, claim, volumes.pop(bound, None), place)
    for volume in volumes.values():
        yield _kept(inventory, volume, volume, Relation(type="belongs_to", to=cluster_id(inventory)))


def _claimant(volume: Object) -> tuple[str, str]:
    claim = mapping(volume.body, "spec", "claimRef")
    return text(claim, "namespace"), text(claim, "name")


def _kept(inventory: Inventory, one: Object, volume: Object | None, place: Relation) -> Observation:
    attributes = inventory.describe(
        "volume",
        one,
        capacity_gb=_gib(one),
        storage_class=text(one.body, "spec", "storageClassName"),
    )
    backing = _backing(inventory, volume) if volume else []
    stored = (Relation(type="stored_on", to=keeper.native_id) for keeper in backing)
    return Observation(inventory.id_of(one), attributes, (place, *stored))


def _backing(inventory: Inventory, volume: Object) -> list[Observation]:
    """The disk or share behind a volume, where what Kubernetes calls it means something outside."""
    attributes = _backing_attributes(mapping(volume.body, "spec"))
    if not attributes:
        return []
    handle = attributes.get("cloud_id") or attributes["path"]
    native_id = f"{inventory.cluster}/{attributes['class']}/{handle}"
    return [Observation(native_id, {"name": handle, **attributes}, (), mentioned=True)]


def _backing_attributes(spec: Mapping[str, Any]) -> dict[str, str]:
    handle = key(spec, "csi", "volumeHandle")
    if handle and (tell := DRIVERS.get(text(spec, "csi", "driver"))):
        return tell(handle)
    if handle := key(spec, "awsElasticBlockStore", "volumeID"):
        return _volume("aws", handle.rpartition("/")[2])
    if handle := key(spec, "azureDisk", "diskURI"):
        return _volume("azure", handle.lower())
    server, path = key(spec, "nfs", "server"), key(spec, "nfs", "path")
    return {"class": "file_share", "path": f"{server}:{path}", "protocol": "NFS"} if server and path else {}


def _gib(one: Object) -> float | None:
    """Its size, a Kubernetes quantity, in GiB: what it has, else what it asks for."""
    for place in (("status", "capacity"), ("spec", "capacity"), ("spec", "resources", "requests")):
        size = text(one.body, *place, "storage")
        if match := re.fullmatch(r"(\d{1,15}(?:\.\d{1,9})?)([A-Za-z]{0,2})", size):
            return round(float(match[1]) * UNITS[match[2]] / GIB, 3) if match[2] in UNITS else None
    return None
