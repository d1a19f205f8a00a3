"""Turns targets into observations."""

from collections.abc import Iterable, Iterator
from typing import Any

from cmdb.reconciliation import Observation, Relation
from importers.importer import Option, Origin, Row
from importers.prometheus.documents import read_files
from importers.prometheus.live import read_live
from importers.prometheus.meaning import Thing, environment_of, is_application, thing_of
from importers.prometheus.target import Target
from importers.redundancy import redundant

SERVER = Option(
    "server", "Name of the Prometheus server. Default: the host of its address; of files: prometheus."
)
CLUSTER = Option("cluster", "Kubernetes cluster of targets without a label cluster.")


def read_prometheus(origin: Origin) -> Iterator[Row]:
    """Read an address, a file or a folder."""
    live = origin.is_address
    targets: list[Target] = []
    for one in read_live(origin) if live else read_files(origin.path):
        if isinstance(one, Target):
            targets.append(one)
        else:
            yield one
    host = Target(origin.location, {}).host if live else "prometheus"
    server = origin.options.get("server") or host
    yield Observation(
        server_id(server), _server(server, origin.location if live else ""), (), mentioned=not live
    )
    yield from _observe(targets, server, origin.options.get("cluster", ""))


def server_id(server: str) -> str:
    """The native id of a Prometheus server."""
    return f"prometheus/{server}"


def _server(server: str, url: str) -> dict[str, Any]:
    attributes = {"class": "application", "name": server, "product": "Prometheus"}
    return attributes | ({"url": url} if url else {})


def _observe(targets: Iterable[Target], server: str, cluster: str) -> Iterator[Observation]:
    """Everything that is monitored once, however many targets tell of it."""
    things: dict[str, tuple[Thing, set[str]]] = {}
    jobs: dict[str, tuple[set[str], set[str]]] = {}
    for target in targets:
        thing, environment = thing_of(target, cluster), environment_of(target)
        if thing:
            things.setdefault(thing.native_id, (thing, set()))[1].add(environment)
        if is_application(target, thing):
            machines, environments = jobs.setdefault(target.job, (set(), set()))
            machines.update([thing.native_id] if thing else [])
            environments.add(environment)
    watched = Relation(type="monitored_by", to=server_id(server))
    for native_id, (thing, environments) in sorted(things.items()):
        yield Observation(
            native_id, _placed(dict(thing.attributes), environments), (watched,), mentioned=True
        )
    for job, (machines, environments) in sorted(jobs.items()):
        attributes = _placed({"class": "application", "name": job}, environments)
        yield Observation(f"job/{job}", attributes, (watched, *_runs_on(machines)), mentioned=True)


def _placed(attributes: dict[str, Any], environments: set[str]) -> dict[str, Any]:
    """With the environment, where all targets agree on one."""
    agreed = next(iter(environments)) if len(environments) == 1 else ""
    return attributes | ({"environment": agreed} if agreed else {})


def _runs_on(machines: set[str]) -> list[Relation]:
    """That one of several machines will do is assumed: Prometheus does not know."""
    return redundant("runs_on", sorted(machines), "instances")
