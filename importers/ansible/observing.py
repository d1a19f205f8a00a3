"""Turns facts and inventory into observations."""

from collections.abc import Iterator
from typing import Any

from cmdb.reconciliation import Observation, Relation
from importers.ansible.files import Estate, read_estate
from importers.ansible.interfaces import observe_interfaces
from importers.ansible.machines import Facts, describe
from importers.hosts import identity_of
from importers.importer import Origin, Row

SHARES = {"nfs": "NFS", "nfs4": "NFS", "cifs": "SMB", "smb3": "SMB", "smbfs": "SMB"}
"""File systems that other machines hold."""

VITAL = {"/", "/usr", "/var", "/boot"}
"""Where a machine cannot do without what is mounted."""


def read_ansible(origin: Origin) -> Iterator[Row]:
    """Hosts with facts are described; those that only the inventory names are mentioned."""
    estate = read_estate(origin.path)
    yield from estate.gaps
    yield from _places(estate)
    yield from _shares(estate)
    groups = estate.inventory.groups_by_host()
    for host in sorted({*estate.facts, *estate.inventory.hosts}):
        yield from _host(estate, host, groups.get(host, []))


def _host(estate: Estate, host: str, groups: list[str]) -> Iterator[Observation]:
    facts, variables = estate.facts.get(host), estate.inventory.hosts.get(host, {})
    attributes = describe(host, facts) if facts else _named(host, variables)
    if groups:
        attributes["tags"] = groups
    relations = tuple(_relations(facts)) if facts else ()
    yield Observation(host_id(host), attributes, relations, mentioned=not facts)
    if facts:
        yield from observe_interfaces(host_id(host), facts)


def host_id(host: str) -> str:
    """The native id of a host."""
    return f"host/{host}"


def _named(host: str, variables: dict[str, Any]) -> dict[str, Any]:
    """What an inventory knows: a name, and where it is reached."""
    reached = str(variables.get("ansible_host", host))
    return {"class": "server", "name": host} | identity_of(reached) | identity_of(host)


def _relations(facts: Facts) -> Iterator[Relation]:
    """A share is vital where the machine itself stands on it, else the machine is worse off without."""
    mounted: dict[str, bool] = {}
    for mount in _mounts(facts):
        vital = str(mount.get("mount")) in VITAL
        mounted[mount["device"]] = mounted.get(mount["device"], False) or vital
    for device, vital in mounted.items():
        relation = Relation(type="stored_on", to=_share_id(device))
        yield relation if vital else Relation(**relation, strength="soft")
    if zone := facts.get("ec2_placement_availability_zone"):
        yield Relation(type="located_in", to=f"zone/{zone}")


def _mounts(facts: Facts) -> Iterator[dict[str, Any]]:
    for mount in facts.get("mounts") or ():
        if isinstance(mount, dict) and str(mount.get("fstype")) in SHARES:
            yield mount | {"device": str(mount.get("device"))}


def _share_id(device: str) -> str:
    return f"share/{device}"


def _shares(estate: Estate) -> Iterator[Observation]:
    seen = {mount["device"]: mount["fstype"] for facts in estate.facts.values() for mount in _mounts(facts)}
    for device, type_ in sorted(seen.items()):
        attributes = {"class": "file_share", "name": device, "path": device, "protocol": SHARES[type_]}
        yield Observation(_share_id(device), attributes, (), mentioned=True)


def _places(estate: Estate) -> Iterator[Observation]:
    """Regions and zones in which instances of EC2 run."""
    keys = ("ec2_placement_region", "ec2_placement_availability_zone", "ec2_placement_availability_zone_id")
    seen = {tuple(str(facts.get(key) or "") for key in keys) for facts in estate.facts.values()}
    for region in sorted({region for region, _, _ in seen if region}):
        attributes = {"class": "cloud_region", "name": region, "provider": "aws"}
        yield Observation(f"region/{region}", attributes, (), mentioned=True)
    for region, zone, zone_id in sorted(seen):
        if zone:
            attributes = {"class": "availability_zone", "name": zone, "provider": "aws"}
            attributes |= {"zone_id": zone_id} if zone_id else {}
            within = f"region/{region}" if region else ""
            yield Observation(f"zone/{zone}", attributes, (), within=within, mentioned=True)
