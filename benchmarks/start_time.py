"""The start of the embedded Neo4j with the JVM's start cache against without, in turns.

python -m benchmarks.start_time [--rounds 5]
"""

import argparse
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from cmdb.embedded import EmbeddedNeo4j
from cmdb.embedded.files import Files
from cmdb.settings import Settings

WITHOUT = "-XX:AOTMode=off"
GOAL = 0.5


@contextmanager
def environment(options: str) -> Iterator[None]:
    os.environ["JAVA_TOOL_OPTIONS"] = options
    try:
        yield
    finally:
        del os.environ["JAVA_TOOL_OPTIONS"]


def start_and_stop(settings: Settings) -> float:
    """Seconds from the call to the first answered handshake."""
    server = EmbeddedNeo4j(settings)
    begin = time.perf_counter()
    server.start()
    took = time.perf_counter() - begin
    server.stop()
    return took


def measure(rounds: int) -> dict[str, list[float]]:
    with TemporaryDirectory(prefix="linchpin-benchmark-") as home:
        settings = Settings(home=Path(home), neo4j_port=0, neo4j_jars=Files.of(Settings()).jars)
        start_and_stop(settings)  # records the cache where there is none
        times: dict[str, list[float]] = {"with cache": [], "without": []}
        for _ in range(rounds):
            times["with cache"].append(start_and_stop(settings))
            with environment(WITHOUT):
                times["without"].append(start_and_stop(settings))
    return times


def show(times: dict[str, list[float]]) -> None:
    table = Table(title=f"Start of the embedded Neo4j, {os.cpu_count()} cores")
    for column in ("start", "median s", "best s"):
        table.add_column(column, justify="left" if column == "start" else "right")
    for name, taken in times.items():
        table.add_row(name, f"{median(taken):.1f}", f"{min(taken):.1f}")
    console = Console()
    console.print(table)
    ratio = median(times["with cache"]) / median(times["without"])
    console.print(f"With against without: {ratio:.2f} (goal: at most {GOAL})")


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the start of the embedded Neo4j.")
    parser.add_argument("--rounds", type=int, default=5)
    show(measure(parser.parse_args().rounds))


if __name__ == "__main__":
    main()
