"""Finds the format of each file of traces, and reads it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.documents import find_files, parse_json, read_text
from importers.traces.jaeger import read_dependencies, read_traces
from importers.traces.model import Fact, Service
from importers.traces.otlp import read_resources

SUFFIXES = (".json", ".jsonl", ".ndjson")


def read_files(path: Path, usual: Service) -> Iterator[Fact]:
    """Yield what the files hold; of several, one that holds no traces is a gap.

    Raises InvalidInput where none holds any.
    """
    found = False
    faults = []
    for file in find_files(path, *SUFFIXES):
        try:
            for fact in _read(read_text(file), file.name, usual):
                found = True
                yield fact
        except InvalidInput as error:
            faults.append(error)
    if not found:
        raise faults[0] if faults else InvalidInput(f"{path.name} holds neither calls nor spans.")
    yield from (Gap(str(fault)) for fault in faults)


def _read(text: str, table: str, usual: Service) -> Iterator[Fact]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) > 1 and _stands_alone(lines[0][1]):
        yield from _read_lines(lines, table, usual)
    else:
        yield from _read_document(parse_json(text, table), table, 1, usual)


def _stands_alone(line: str) -> bool:
    try:
        return isinstance(parse_json(line, ""), dict)
    except InvalidInput:
        return False


def _read_lines(lines: list[tuple[int, str]], table: str, usual: Service) -> Iterator[Fact]:
    """Read documents of a line each; one that is cut off, as the last one may be, is a gap."""
    for number, line in lines:
        try:
            document = parse_json(line, table)
        except InvalidInput:
            yield Gap(f"{table}, line {number} is not JSON; the spans on it are unknown.")
        else:
            yield from _read_document(document, table, number, usual)


def _read_document(document: Any, table: str, line: int, usual: Service) -> Iterator[Fact]:
    match document:
        case {"resourceSpans": list(resources)}:
            yield from read_resources(resources, table, line, usual)
        case {"resourceLogs": _} | {"resourceMetrics": _}:
            return
        case {"data": list(rows)}:
            yield from _read_rows(rows, table, usual)
        case {"spans": list()}:
            yield from read_traces([document], table, usual)
        case list():
            yield from _read_rows(document, table, usual)
        case _:
            raise InvalidInput(
                f"{table} holds no traces: a list of parent, child and callCount, Jaeger's data "
                "with spans, or OTLP's resourceSpans is expected."
            )


def _read_rows(rows: list[Any], table: str, usual: Service) -> Iterator[Fact]:
    traces = any(isinstance(row, dict) and "spans" in row for row in rows)
    yield from (read_traces if traces else read_dependencies)(rows, table, usual)
