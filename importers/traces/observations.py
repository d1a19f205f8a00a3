"""Turns calls into observations."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from cmdb.reconciliation import Observation, Rejection, Relation
from importers.redundancy import redundant
from importers.traces.calls import Calls, Mention
from importers.traces.model import Process, Service, Workload
from importers.traces.tags import ENVIRONMENTS

KNOWN_ENVIRONMENTS = {*ENVIRONMENTS.values(), "disaster_recovery", "sandbox", "training"}
MOST_CHARACTERS = 500
"""What a native id may have."""

MOST_DIGITS = 9
"""Digits of the largest weight that a relation can have."""


def observe(calls: Calls, processes: set[Process], minimum: int) -> Iterator[Observation | Rejection]:
    """Yield what was seen, in order of native ids; calls fewer than `minimum` are left out."""
    for row in _observe(calls, processes, minimum):
        if len(row.native_id) <= MOST_CHARACTERS:
            yield row
        else:
            yield Rejection("services", 0, row.attributes or {}, "has names too long to tell it by")


def _observe(calls: Calls, processes: set[Process], minimum: int) -> Iterator[Observation]:
    relations: defaultdict[str, list[Relation]] = defaultdict(list)
    for (caller, callee), count in sorted(calls.counts.items()):
        if count >= minimum and len(callee) <= MOST_CHARACTERS:
            relations[caller].append(Relation(type="calls", to=callee, weight=magnitude(count)))
    seen: defaultdict[Service, set[Process]] = defaultdict(set)
    for process in processes:
        seen[process.service].add(process)
    yield from map(_workload, sorted({one.workload for one in processes if one.workload}))
    traced = {one.native_id: one for one in sorted(calls.services)}
    named = {one.native_id: one for one in sorted(calls.named) if one.native_id not in traced}
    for native_id, service in sorted(traced.items()):
        yield _service(service, seen[service], relations[native_id])
    for native_id, service in sorted(named.items()):
        yield _mentioned(native_id, {"class": "technical_service", **_portfolio(service)})
    for native_id, mentions in sorted(calls.mentions.items()):
        yield _mentioned(native_id, _peer(mentions))


def magnitude(count: int) -> int:
    """The power of ten at or below a count, which stays when traffic merely varies."""
    return int(10 ** (min(len(str(count)), MOST_DIGITS) - 1))


def _service(service: Service, processes: set[Process], calls: list[Relation]) -> Observation:
    versions = {process.version for process in processes} - {""}
    attributes = {"class": "application_service", **_portfolio(service)}
    if len(versions) == 1:
        attributes["version"] = versions.pop()
    workloads = sorted({process.workload.native_id for process in processes if process.workload})
    runs_on = redundant("runs_on", workloads, "workloads")
    return Observation(service.native_id, attributes, (*runs_on, *calls))


def _portfolio(service: Service) -> dict[str, Any]:
    attributes = {"name": service.name, "namespace": service.namespace}
    key = "environment" if service.environment in KNOWN_ENVIRONMENTS else "deployment_environment"
    return {name: value for name, value in {**attributes, key: service.environment}.items() if value}


def _workload(workload: Workload) -> Observation:
    return _mentioned(workload.native_id, {"class": "kubernetes_workload", **workload._asdict()})


def _peer(mentions: set[Mention]) -> dict[str, Any]:
    """What all mentions of a peer agree on, so that brokers of one queue do not take turns."""
    attributes = [_described(mention) for mention in mentions]
    return {
        name: value
        for name, value in attributes[0].items()
        if value and all(other[name] == value for other in attributes)
    }


def _described(mention: Mention) -> dict[str, Any]:
    peer = mention.peer
    if peer.kind:
        found = {"class": peer.kind, "name": peer.name, "product": peer.system, "host": peer.host}
        return {**found, "port": peer.port}
    url = f"{peer.scheme}://{peer.address}" if peer.scheme else ""
    return {"class": "api_endpoint", "name": peer.address, "url": url}


def _mentioned(native_id: str, attributes: dict[str, Any]) -> Observation:
    return Observation(native_id, attributes, (), mentioned=True)
