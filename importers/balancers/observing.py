"""Turns a balancer's configuration into observations."""

from collections.abc import Iterable, Iterator
from typing import Any

from cmdb.reconciliation import Observation, Relation
from importers.balancers.addresses import is_local
from importers.balancers.model import Address, Configuration, Device, Member, Pool, Virtual
from importers.hosts import identity_of
from importers.redundancy import redundant
from importers.shape import without_blanks

NOTES = {"active": "", "backup": " (backup)", "disabled": " (disabled)"}


def observe(configuration: Configuration) -> Iterator[Observation]:
    """Devices first, then the servers behind, the pools, and what clients reach."""
    ids = _Ids(configuration)
    for device in configuration.devices:
        yield _device(ids, configuration.device_class, device)
    yield from _servers(ids, configuration.pools)
    for pool in configuration.pools:
        yield _pool(ids, pool)
    for virtual in configuration.virtuals:
        yield _virtual(ids, virtual)


class _Ids:
    """Native ids within one balancer, so that several can share a source and scope."""

    def __init__(self, configuration: Configuration) -> None:
        self.manager = configuration.manager
        self.devices = [self.of("device", device.name) for device in configuration.devices]

    def of(self, kind: str, name: str) -> str:
        return f"{self.manager}/{kind}/{name.lstrip('/')}"

    def providers(self, member: Member) -> list[str]:
        return self.devices if member.local else [self.server(member)]

    def server(self, member: Member) -> str:
        return self.of("server", member.address.host.lower().rstrip("."))


def identity(host: str) -> dict[str, str]:
    """What tells a machine, F5's route domain beside the address."""
    bare, _, domain = host.partition("%")
    return identity_of(bare) | ({"route_domain": domain} if domain else {})


def _device(ids: _Ids, class_: str, device: Device) -> Observation:
    attributes = {"class": class_, "name": device.name} | identity(device.name) | dict(device.known)
    return Observation(ids.of("device", device.name), attributes, (), mentioned=not device.known)


def _servers(ids: _Ids, pools: Iterable[Pool]) -> Iterator[Observation]:
    seen: dict[str, Member] = {}
    for member in (member for pool in pools for member in pool.members if not member.local):
        seen.setdefault(ids.server(member), member)
    for native_id, member in seen.items():
        host = member.address.host
        attributes: dict[str, Any] = {"class": "server", "name": member.name or host} | identity(host)
        if member.several:
            attributes = {"class": "dns_record", "name": host.lower().rstrip(".")}
        yield Observation(native_id, attributes, (), mentioned=True)


def _pool(ids: _Ids, pool: Pool) -> Observation:
    attributes = {
        "class": "load_balancer_pool",
        "name": pool.name,
        "manager": ids.manager,
        "manager_id": pool.name,
        "method": pool.method,
        "monitors": list(pool.monitors),
        "members": [f"{member.address}{NOTES[member.state]}" for member in pool.members],
    }
    return Observation(ids.of("pool", pool.name), without_blanks(attributes), _members(ids, pool))


def _members(ids: _Ids, pool: Pool) -> tuple[Relation, ...]:
    """One member that is up will do; who is disabled could stand in, but does not."""
    able = _distinct(ids, (member for member in pool.members if member.state != "disabled"))
    disabled = _distinct(ids, (member for member in pool.members if member.state == "disabled"))
    idle = tuple(Relation(type="provided_by", to=end, strength="none") for end in disabled if end not in able)
    return (*redundant("provided_by", able, "members", assumed=False), *idle)


def _distinct(ids: _Ids, members: Iterable[Member]) -> list[str]:
    return list(dict.fromkeys(end for member in members for end in ids.providers(member)))


def _virtual(ids: _Ids, virtual: Virtual) -> Observation:
    first = next(iter(virtual.addresses), Address(""))
    known = {} if is_local(first.host) else identity(first.host)
    attributes = {
        "class": "virtual_server",
        "name": virtual.name,
        "description": virtual.description,
        "manager": ids.manager,
        "manager_id": virtual.name,
        "host": ids.manager,
        "port": first.port or None,
        "enabled": virtual.enabled,
        "addresses": [str(address) for address in virtual.addresses],
    }
    devices = redundant("runs_on", ids.devices, "balancers", assumed=False)
    relations = (*devices, *_pools(ids, virtual))
    return Observation(ids.of("virtual", virtual.name), without_blanks(attributes | known), relations)


def _pools(ids: _Ids, virtual: Virtual) -> Iterator[Relation]:
    """The pool for all that no rule sends elsewhere is vital; one that a rule chooses is missed.

    Without such a pool, the virtual server is down when all that rules may choose are.
    """
    chosen = [ids.of("pool", name) for name in dict.fromkeys(virtual.chosen) if name != virtual.pool]
    vital = [ids.of("pool", virtual.pool)] if virtual.pool else chosen
    missed = chosen if virtual.pool or len(chosen) > 1 else []
    yield from redundant("depends_on", vital, "pools", assumed=False)
    yield from (Relation(type="uses", to=end) for end in missed)
