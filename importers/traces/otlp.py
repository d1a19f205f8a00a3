"""Reads OTLP as JSON, as the OpenTelemetry collector writes it to files."""

from collections.abc import Iterator
from typing import Any

from cmdb.reconciliation import Rejection
from importers.traces.jaeger import as_row
from importers.traces.model import Fact, Process, Service, Span, SpanId
from importers.traces.tags import clean, peer_of, process_of

KINDS = ("", "internal", "server", "client", "producer", "consumer")
"""By the number that OTLP gives them."""


def read_resources(resources: list[Any], table: str, line: int, usual: Service) -> Iterator[Fact]:
    """Yield the spans of each element of `resourceSpans`."""
    for resource in resources:
        match resource:
            case {"resource": {"attributes": list(attributes)}, "scopeSpans": list(scopes)}:
                tags = _tags(attributes)
                if name := tags.get("service.name"):
                    yield from _read(scopes, process_of(name, tags, usual), table, line)
                else:
                    yield Rejection(table, line, {"resource": tags}, "has no service.name")
            case _:
                yield Rejection(table, line, as_row(resource), "lacks resource attributes or scopeSpans")


def _read(scopes: list[Any], process: Process, table: str, line: int) -> Iterator[Fact]:
    yield process
    for scope in scopes:
        match scope:
            case {"spans": list(spans)}:
                for span in spans:
                    reason = "is no span: it lacks traceId or spanId"
                    yield _span(span, process) or Rejection(table, line, as_row(span), reason)
            case _:
                yield Rejection(table, line, as_row(scope), "has no spans")


def _span(span: Any, process: Process) -> Span | None:
    match span:
        case {"traceId": str(trace), "spanId": str(id_)} if trace and id_:
            tags, kind = _tags(span.get("attributes")), _kind(span.get("kind"))
            above = span.get("parentSpanId")
            parent = SpanId(trace, above) if isinstance(above, str) and above.strip("0") else None
            return Span(SpanId(trace, id_), parent, process, kind, peer_of(tags, kind))
    return None


def _kind(kind: Any) -> str:
    match kind:
        case int() if 0 <= kind < len(KINDS):
            return KINDS[kind]
        case str():
            return kind.removeprefix("SPAN_KIND_").lower()
    return ""


def _tags(attributes: Any) -> dict[str, str]:
    found = {}
    for attribute in attributes if isinstance(attributes, list) else []:
        match attribute:
            case {"key": str(key), "value": {"stringValue": str(value)}}:
                found[key] = clean(value)
            case {"key": str(key), "value": {"intValue": str() | int() as value}}:
                found[key] = str(value)
            case {"key": str(key), "value": {"boolValue": bool(value)}}:
                found[key] = str(value).lower()
    return found
