"""Traces: who calls whom, as Jaeger and OpenTelemetry saw it."""

from importers.traces.importer import IMPORTER

__all__ = ["IMPORTER"]
