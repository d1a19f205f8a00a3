"""The importer of traces."""

from collections.abc import Iterator

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap, Rejection
from importers.importer import Importer, Kind, Option, Origin, Row
from importers.traces.calls import Calls
from importers.traces.files import read_files
from importers.traces.model import Link, Process, Service, Span, SpanId
from importers.traces.observations import KNOWN_ENVIRONMENTS, observe
from importers.traces.tags import environment_of

KINDS = (
    Kind("service", "application_service", "named by serviceName, service.name, parent or child"),
    Kind("call of a service to another", "calls", "weight is the order of magnitude of the calls"),
    Kind("parent and child span of two services", "calls", "from the parent's service to the child's"),
    Kind("span with db.system", "database or cache", "mentioned; the service calls it"),
    Kind("span with messaging.system", "message_queue", "mentioned; producer and consumer call it"),
    Kind("peer.service that left no spans", "technical_service", "mentioned; the service calls it"),
    Kind("server.address that left no spans", "api_endpoint", "mentioned; the service calls it"),
    Kind("k8s.*.name with k8s.cluster.name", "kubernetes_workload", "mentioned; the service runs on it"),
    Kind("operation of a service", "", "too many and too short-lived; its service stands for it"),
    Kind("host, pod and container of a process", "", "come and go; Kubernetes or a cloud tells of them"),
    Kind("span link", "", "its ends name the queue between them in their own tags"),
    Kind("duration, status, log, event, metric", "", "tells of one moment, not of what depends on what"),
)

OPTIONS = (
    Option("minimum_calls", "Calls between two that are seen fewer times are left out.", "1"),
    Option("namespace", "Namespace of services that name none."),
    Option("environment", "Environment of services that name none, such as production."),
)


def read(origin: Origin) -> Iterator[Row]:
    """Read dependencies and traces of Jaeger and spans in OTLP, from a file or a folder of them."""
    minimum, usual = _minimum(origin), _usual(origin)
    calls = Calls()
    spans: dict[SpanId, Span] = {}
    processes: set[Process] = set()
    for fact in read_files(origin.path, usual):
        match fact:
            case Span():
                spans.setdefault(fact.id, fact)
            case Process():
                processes.add(fact)
            case Link():
                calls.add_link(fact)
            case Rejection() | Gap():
                yield fact
    calls.services |= {process.service for process in processes}
    calls.add_spans(spans)
    yield from observe(calls, processes, minimum)


def _minimum(origin: Origin) -> int:
    text = origin.options.get("minimum_calls") or "1"
    if text.isascii() and text.isdigit() and int(text) >= 1:
        return int(text)
    raise InvalidInput(f"minimum_calls {text!r} is not a whole number from 1.")


def _usual(origin: Origin) -> Service:
    environment = environment_of(origin.options.get("environment", ""))
    if environment and environment not in KNOWN_ENVIRONMENTS:
        known = ", ".join(sorted(KNOWN_ENVIRONMENTS))
        raise InvalidInput(f"environment {environment!r} is none of {known}.")
    return Service("", origin.options.get("namespace", "").strip(), environment)


IMPORTER = Importer("traces", "Jaeger and OpenTelemetry traces", read, KINDS, OPTIONS)
