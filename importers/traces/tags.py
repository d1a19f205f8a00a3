"""What the tags of spans and processes mean: OpenTelemetry's semantic conventions, then OpenTracing's.

Of several names for one thing the newest stands first.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from importers.traces.model import Peer, Process, Service, Workload

Tags = Mapping[str, str]

HOST = (
    "server.address",
    "net.peer.name",
    "peer.hostname",
    "network.peer.address",
    "net.peer.ip",
    "peer.ipv4",
)
PORT = ("server.port", "net.peer.port", "peer.port", "network.peer.port")
URL = ("url.full", "http.url")
SCHEME = ("url.scheme", "http.scheme")
DATABASE_SYSTEM = ("db.system.name", "db.system", "db.type")
DATABASE = ("db.namespace", "db.name", "db.instance")
DESTINATION = ("messaging.destination.name", "messaging.destination", "message_bus.destination")
UNSTABLE = ("messaging.destination.temporary", "messaging.destination.anonymous")
ENVIRONMENT = ("deployment.environment.name", "deployment.environment")

CACHES = {"redis", "memcached", "valkey"}
DEFAULT_PORTS = {
    "cassandra": 9042,
    "elasticsearch": 9200,
    "mariadb": 3306,
    "memcached": 11211,
    "microsoft.sql_server": 1433,
    "mongodb": 27017,
    "mssql": 1433,
    "mysql": 3306,
    "oracle": 1521,
    "oracle.db": 1521,
    "postgresql": 5432,
    "redis": 6379,
    "valkey": 6379,
}
"""Spans of databases leave out the port where it is the usual one."""

MOST_CHARACTERS = 2_000

WORKLOADS = {
    "k8s.deployment.name": "Deployment",
    "k8s.statefulset.name": "StatefulSet",
    "k8s.daemonset.name": "DaemonSet",
    "k8s.cronjob.name": "CronJob",
    "k8s.job.name": "Job",
}
"""By the tag that names them; the pods of a CronJob name both it and their Job, so the first one counts."""

ENVIRONMENTS = {
    "dev": "development",
    "dr": "disaster_recovery",
    "live": "production",
    "prd": "production",
    "prod": "production",
    "qa": "quality_assurance",
    "stage": "staging",
    "stg": "staging",
    "testing": "test",
}
"""What people write for the environments of the catalogue."""


def first(tags: Tags, names: tuple[str, ...]) -> str:
    """The first of the named tags that says something."""
    return next((value for name in names if (value := tags.get(name, ""))), "")


def clean(text: str) -> str:
    """What a name or a tag says; nothing, where nobody could print or keep it."""
    text = text.strip()
    return text if text.isprintable() and len(text) <= MOST_CHARACTERS else ""


def environment_of(text: str) -> str:
    """The catalogue's name of an environment, or the text as it stands."""
    lowered = text.strip().lower()
    return ENVIRONMENTS.get(lowered, lowered)


def process_of(name: str, tags: Tags, usual: Service) -> Process:
    """The service of that name; `usual` has namespace and environment for those that say none."""
    service = Service(
        name,
        tags.get("service.namespace", "") or usual.namespace,
        environment_of(first(tags, ENVIRONMENT)) or usual.environment,
    )
    return Process(service, tags.get("service.version", ""), _workload(tags))


def _workload(tags: Tags) -> Workload | None:
    cluster, namespace = tags.get("k8s.cluster.name", ""), tags.get("k8s.namespace.name", "")
    named = next(((kind, tags[tag]) for tag, kind in WORKLOADS.items() if tags.get(tag)), None)
    return Workload(cluster, namespace, *named) if named and cluster and namespace else None


def peer_of(tags: Tags, kind: str) -> Peer | None:
    """The other side of a call: a queue, database or cache, or a client's peer of unknown kind."""
    if kind in ("server", "internal"):
        return None
    if "messaging.system" in tags or "message_bus.destination" in tags:
        return _queue(tags)
    if kind in ("client", "") and (system := first(tags, DATABASE_SYSTEM).lower()):
        return _database(tags, system)
    if kind == "client":
        return _unknown(tags)
    return None


def _queue(tags: Tags) -> Peer | None:
    system = tags.get("messaging.system", "").lower()
    name = first(tags, DESTINATION)
    if any(tags.get(tag) == "true" for tag in UNSTABLE):
        name = tags.get("messaging.destination.template", "") or system
    return Peer("message_queue", system, name, _host(tags), _port(tags), "") if name else None


def _database(tags: Tags, system: str) -> Peer:
    host = _host(tags)
    kind = "cache" if system in CACHES else "database"
    name = first(tags, DATABASE) if kind == "database" else ""
    name = name or tags.get("peer.service", "") or system
    port = _port(tags) or DEFAULT_PORTS.get(system)
    return Peer(kind, system, name, host, port if host else None, "")


def _unknown(tags: Tags) -> Peer | None:
    url = _split(first(tags, URL))
    host, port = _host(tags) or url[1], _port(tags) or url[2]
    name = tags.get("peer.service", "")
    scheme = (first(tags, SCHEME) or url[0]).lower()
    return Peer("", "", name, host, port, scheme if scheme.isalpha() else "") if name or host else None


def _host(tags: Tags) -> str:
    host = first(tags, HOST).lower().rstrip(".")
    return "" if " " in host else host


def _port(tags: Tags) -> int | None:
    text = first(tags, PORT)
    return (
        int(text) if text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) < 65536 else None
    )


def _split(url: str) -> tuple[str, str, int | None]:
    try:
        parts = urlsplit(url)
        return parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        return "", "", None
