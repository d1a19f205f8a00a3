"""`cmdb sync` as a process of its own, importing nothing: `syncing.py FOLDER EVERY NAME…`.

Each run notes `begin` and `end` in FOLDER/journal; between the two it waits until FOLDER/go is there.
"""

import os
import sys
import time
from pathlib import Path

from api.sync import Alerter, Alerts, Runner, Source, run_on_schedule
from cmdb.runs import Report
from tests.api.sync.sources import report, source


def main(folder: Path, every: str, names: list[str]) -> None:
    def note(line: str) -> None:
        with (folder / "journal").open("a") as journal:
            journal.write(f"{line} {os.getpid()}\n")

    def run(of: Source) -> Report:
        note(f"begin {of.name}")
        while not (folder / "go").exists():
            time.sleep(0.01)
        note(f"end {of.name}")
        return report(of)

    def tell(line: str) -> None:
        print(line, flush=True)

    runner = Runner(folder / "state", run, Alerter(Alerts(), tell), tell)
    tell("started")
    run_on_schedule([source(name, every=every) for name in names], runner)
    tell("stopped")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
