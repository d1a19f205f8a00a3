"""The port that Neo4j shall listen on."""

import os
import socket
from contextlib import closing, suppress

import psutil

from cmdb.embedded.config import HOST
from cmdb.errors import Unavailable


def choose(port: int) -> int:
    """The given port, or any free one for 0; raises `Unavailable` when it is taken."""
    with closing(socket.socket()) as probe:
        if os.name == "posix":  # a port in TIME_WAIT counts as free there; on Windows any port would
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise Unavailable(
                f"Port {port} of {HOST} cannot be used: {error.strerror}{_holder(port)}. End that "
                "program, or set CMDB_NEO4J_PORT to another port (0: any free one)."
            ) from error
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether something listens on the port."""
    with suppress(OSError), closing(socket.create_connection((HOST, port), timeout=1)):
        return True
    return False


def _holder(port: int) -> str:
    with suppress(psutil.Error):
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,):
                name = psutil.Process(connection.pid).name() if connection.pid else "a program"
                return f", {name} (process {connection.pid or 'of another user'}) has it"
    return ""
