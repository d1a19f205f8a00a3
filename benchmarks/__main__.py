"""All benchmarks, one after the other: `python -m benchmarks`."""

import subprocess
import sys

BENCHMARKS = ("benchmarks.start_time", "benchmarks.import_rate")

for name in BENCHMARKS:
    subprocess.run([sys.executable, "-m", name], check=True)
