"""All benchmarks, one after the other: `python -m benchmarks`."""

import subprocess
import sys

BENCHMARKS = (
    ("benchmarks.start_time",),
    ("benchmarks.import_rate",),
    ("benchmarks.record_import",),
    ("benchmarks.http_latency",),
    ("benchmarks.recurrence",),
    ("benchmarks.similar_incidents",),
    ("benchmarks.engine", "--neo4j"),
)
"""Modules with their options."""

for command in BENCHMARKS:
    subprocess.run([sys.executable, "-m", *command], check=True)
