"""The server's process: started so that it outlives us, found again, ended."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import psutil

STOP_TIMEOUT = 120
"""Seconds to wait for a server that was asked to stop."""


@dataclass(frozen=True)
class Record:
    """What we note about a server when it starts, for whoever looks for it later."""

    pid: int
    port: int
    version: str
    training: str | None
    """File of the start cache that it records."""
    ready: bool = False
    """Whether it ever answered."""

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The record, or none when there is none or it was cut off."""
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Keep it, whole or not at all."""
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(self)), encoding="utf-8")
        partial.replace(path)


def launch(command: Sequence[str], folder: Path, log: Path) -> int:
    """Start a process in a session of its own that prints into `log`; return its number."""
    with log.open("wb") as output:
        pid = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            **_detached(),
        ).pid
    _await_command_line(pid)
    return pid


def home_argument(root: Path) -> str:
    """By this argument a server is known as ours, whatever process has its number by now."""
    return f"--home-dir={root}"


def find(pid: int, root: Path) -> psutil.Process | None:
    """The process of that number if it is the living server of `root`."""
    try:
        process = psutil.Process(pid)
        ours = home_argument(root) in process.cmdline()
    except psutil.Error:
        return None
    return process if ours else None


def _await_command_line(pid: int) -> None:
    """For a moment after its start a process has none, and `find` would miss it."""
    with suppress(psutil.Error):
        while not psutil.Process(pid).cmdline():
            time.sleep(0.001)


def _detached() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}
