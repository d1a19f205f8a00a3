"""Wait until a started server answers, or say why it does not."""

import time

from neo4j import GraphDatabase
from neo4j.exceptions import ClientError, DriverError

from cmdb.embedded import failure, port, process
from cmdb.embedded.address import USER, Address
from cmdb.embedded.files import Files
from cmdb.embedded.jars import Jars
from cmdb.embedded.startcache import drop_broken
from cmdb.errors import Unavailable

INTERVAL = 0.05
START_TIMEOUT = 300
"""Seconds; a server that was killed replays its transaction log first."""


def wait_until_ready(record: process.Record, files: Files, jars: Jars) -> Address:
    """Return the address once the server has accepted its password."""
    deadline = time.monotonic() + START_TIMEOUT
    while not port.answers(record.port):
        _check_alive(record, files, jars)
        if time.monotonic() > deadline:
            raise Unavailable(
                f"Neo4j does not answer after {START_TIMEOUT} seconds. It may still be recovering: "
                f"start again to wait longer, and see {files.log} for what it does."
            )
        time.sleep(INTERVAL)
    if not record.ready:
        drop_broken(failure.read(files.log), files.jars)
    return _checked(Address.of(record.port, files), files)


def _check_alive(record: process.Record, files: Files, jars: Jars) -> None:
    running = process.find(record.pid, files.root)
    printed = failure.read(files.log)
    if running and not failure.GAVE_UP.search(printed):
        return
    if running:
        running.kill()  # its databases are closed; it only writes a useless start cache
        running.wait()
    files.record.unlink(missing_ok=True)
    raise Unavailable(f"Neo4j did not start. {_reason(printed, files, jars)}")


def _reason(printed: str, files: Files, jars: Jars) -> str:
    """Why it did not start; what is found damaged and can be had again is removed."""
    if drop_broken(printed, files.jars):
        return "The cache that shortens starts was damaged. It was removed; start again."
    if damaged := jars.drop_damaged():
        names = ", ".join(damaged)
        return f"These jars were damaged: {names}. They were removed; start again to fetch them."
    return f"Its log {files.log} says:\n{failure.explanation(printed)}"


def _checked(address: Address, files: Files) -> Address:
    try:
        with GraphDatabase.driver(address.uri, auth=(USER, address.password)) as driver:
            driver.verify_connectivity()
    except ClientError as error:
        raise Unavailable(
            f"Neo4j at {address.uri} refuses the password in {files.password}: {error.message}. "
            "Somebody changed the file or the password; put the right one into the file. If it is "
            f"lost, stop the server and move {files.data} away to begin with an empty database."
        ) from error
    except DriverError as error:
        raise Unavailable(f"Neo4j at {address.uri} does not answer: {error}. See {files.log}.") from error
    return address
