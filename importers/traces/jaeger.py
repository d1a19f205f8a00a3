"""Reads what Jaeger's query service answers: dependencies and traces."""

from collections.abc import Iterator, Mapping
from typing import Any

from cmdb.reconciliation import Rejection
from importers.traces.model import Fact, Link, Process, Service, Span, SpanId
from importers.traces.tags import clean, peer_of, process_of


def read_dependencies(rows: list[Any], table: str, usual: Service) -> Iterator[Fact]:
    """Yield a link for each `{"parent", "child", "callCount"}`."""
    for line, row in enumerate(rows, 1):
        match row:
            case {"parent": str(parent), "child": str(child), "callCount": int(calls)} if (
                clean(parent) and clean(child) and calls >= 0 and not isinstance(calls, bool)
            ):
                yield Link(usual._replace(name=clean(parent)), usual._replace(name=clean(child)), calls)
            case _:
                reason = "is no call: parent and child are names, callCount is a number from 0"
                yield Rejection(table, line, as_row(row), reason)


def read_traces(traces: list[Any], table: str, usual: Service) -> Iterator[Fact]:
    """Yield the spans of each `{"spans": […], "processes": {…}}`."""
    for line, trace in enumerate(traces, 1):
        match trace:
            case {"spans": list(spans), "processes": dict(processes)}:
                known = {key: found for key, one in processes.items() if (found := _process(one, usual))}
                yield from known.values()
                for span in spans:
                    yield _span(span, known) or Rejection(
                        table, line, as_row(span), "is no span: it lacks traceID, spanID or a named process"
                    )
            case _:
                yield Rejection(table, line, as_row(trace), "is no trace: it lacks spans or processes")


def as_row(value: Any) -> Mapping[str, Any]:
    """A value as a row of a report."""
    return value if isinstance(value, dict) else {"value": value}


def _process(process: Any, usual: Service) -> Process | None:
    match process:
        case {"serviceName": str(name)} if clean(name):
            return process_of(clean(name), _tags(process.get("tags")), usual)
    return None


def _span(span: Any, processes: Mapping[str, Process]) -> Span | None:
    match span:
        case {"traceID": str(trace), "spanID": str(id_), "processID": str(process)} if process in processes:
            tags = _tags(span.get("tags"))
            kind = tags.get("span.kind", "").lower()
            parent = _parent(span.get("references"))
            return Span(SpanId(trace, id_), parent, processes[process], kind, peer_of(tags, kind))
    return None


def _parent(references: Any) -> SpanId | None:
    """The span that this one is a child of, or else one that it follows from."""
    found: dict[str, SpanId] = {}
    for reference in references if isinstance(references, list) else []:
        match reference:
            case {"refType": str(type_), "traceID": str(trace), "spanID": str(span)}:
                found.setdefault(type_, SpanId(trace, span))
    return found.get("CHILD_OF") or found.get("FOLLOWS_FROM")


def _tags(tags: Any) -> dict[str, str]:
    found = {}
    for tag in tags if isinstance(tags, list) else []:
        match tag:
            case {"key": str(key), "value": bool(value)}:
                found[key] = str(value).lower()
            case {"key": str(key), "value": str() | int() as value}:
                found[key] = clean(str(value))
    return found
