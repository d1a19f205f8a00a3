"""The embedded Neo4j: one server below `CMDB_HOME`, whoever starts it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import psutil
from filelock import FileLock, Timeout

from cmdb.embedded import process
from cmdb.embedded.address import Address
from cmdb.embedded.disk import explained
from cmdb.embedded.files import Files
from cmdb.embedded.jars import Jars
from cmdb.embedded.launch import Launch
from cmdb.embedded.pins import pinned
from cmdb.embedded.process import Record
from cmdb.embedded.progress import Progress, silent
from cmdb.embedded.ready import wait_until_ready
from cmdb.embedded.startcache import adopt
from cmdb.embedded.status import Status
from cmdb.errors import Unavailable
from cmdb.settings import Settings


class EmbeddedNeo4j:
    """Starts, stops and describes a Neo4j that is a process of its own and outlives this one.

    Any number of processes may use the same `CMDB_HOME`: a file lock lets one of them start or stop
    the server while the others wait, so there is never more than one.
    """

    def __init__(self, settings: Settings, progress: Progress | None = None) -> None:
        self._settings = settings
        self._files = Files.of(settings)
        self._progress = progress or silent

    def start(self) -> Address:
        """Return the address of the running server, after starting it if need be.

        Raises `Unavailable` that says what to do.
        """
        with self._alone():
            record = self._running() or self._launch()
            address = wait_until_ready(record, self._files, self._jars)
            if not record.ready:
                replace(record, ready=True).write(self._files.record)
            return address

    def stop(self) -> bool:
        """Stop the server and wait until its process has ended; false if none ran."""
        with self._alone():
            record = self._running()
            if record:
                self._end(record)
            self._tidy()
            return record is not None

    def status(self) -> Status:
        """Describe the server without changing anything."""
        return Status.of(self._files)

    @cached_property
    def _jars(self) -> Jars:
        return Jars(self._files.jars, pinned(), self._progress)

    def _running(self) -> Record | None:
        record = Record.read(self._files.record)
        return record if record and process.find(record.pid, self._files.root) else None

    def _launch(self) -> Record:
        self._tidy()
        return Launch(self._settings, self._files, self._jars, self._progress).run()

    def _end(self, record: Record) -> None:
        self._progress(
            "Stopping Neo4j; once it also writes a cache that shortens later starts (20 s)"
            if record.training
            else "Stopping Neo4j"
        )
        try:
            server = psutil.Process(record.pid)
            server.terminate()
            server.wait(process.STOP_TIMEOUT)
        except psutil.NoSuchProcess:
            return
        except psutil.TimeoutExpired as error:
            raise Unavailable(
                f"Neo4j (process {record.pid}) has not ended after {process.STOP_TIMEOUT} seconds. "
                f"See {self._files.log}; wait, or end the process: its data survives that."
            ) from error

    def _tidy(self) -> None:
        """Forget a server that has ended, but keep the start cache it recorded."""
        record = Record.read(self._files.record)
        if record and record.ready and record.training and Path(record.training).exists():
            adopt(Path(record.training))
        self._files.record.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the lock of this `CMDB_HOME`; the system frees it when a holder dies."""
        with explained(self._files.root):
            self._files.make()
            lock = FileLock(self._files.lock)
            try:
                lock.acquire(timeout=0)
            except Timeout:
                self._progress("Waiting for another process that starts or stops Neo4j")
                lock.acquire()
            try:
                yield
            finally:
                lock.release()
