"""What an operator asks about the server."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Self

import psutil

from cmdb.embedded import port
from cmdb.embedded.address import uri
from cmdb.embedded.files import Files
from cmdb.embedded.process import Record, find


class State(StrEnum):
    """Whether the server can be used."""

    STOPPED = "stopped"
    STARTING = "starting"
    RUNNING = "running"


@dataclass(frozen=True)
class Status:
    """State of the server at one moment; what only a process has is absent where there is none."""

    state: State
    home: Path
    data: Path
    data_size: int
    """Bytes of database and transaction logs."""
    log: Path
    pid: int | None = None
    uri: str | None = None
    version: str | None = None
    uptime: timedelta | None = None
    memory: int | None = None
    """Bytes resident."""

    @classmethod
    def of(cls, files: Files) -> Self:
        """Look at the record, the process and the port."""
        record = Record.read(files.record)
        process = find(record.pid, files.root) if record else None
        size = _size(files.data)
        if record is None or process is None:
            return cls(State.STOPPED, files.root, files.data, size, files.log)
        return cls(
            State.RUNNING if port.answers(record.port) else State.STARTING,
            files.root,
            files.data,
            size,
            files.log,
            record.pid,
            uri(record.port),
            record.version,
            _age(process),
            process.memory_info().rss,
        )


def _age(process: psutil.Process) -> timedelta:
    return datetime.now(UTC) - datetime.fromtimestamp(process.create_time(), UTC)


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
