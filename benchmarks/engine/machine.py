"""What a benchmark runs on."""

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.engine.results import Machine

LIBRARIES = ("numpy", "numba", "networkx", "neo4j")


def today() -> str:
    """The day, in UTC."""
    return datetime.now(UTC).date().isoformat()


def this_machine() -> Machine:
    """The machine and the versions on it."""
    libraries = {name: version(name) for name in LIBRARIES}
    return Machine(
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory_gb=round(psutil.virtual_memory().total / 2**30),
        versions={"Python": platform.python_version(), **libraries},
    )


def _processor() -> str:
    """The model, where the system tells it; else the architecture."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    models = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(models, platform.machine())
