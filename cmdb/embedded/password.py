"""The password of our own server: random, set before its first start, kept in a file."""

import os
import secrets
import subprocess
from collections.abc import Sequence
from pathlib import Path

from cmdb.embedded.failure import explanation
from cmdb.embedded.files import Files
from cmdb.embedded.progress import Progress
from cmdb.errors import Unavailable

COMMAND = "org.neo4j.server.startup.Neo4jAdminCommand"


def set_up(files: Files, java: Sequence[str], progress: Progress) -> None:
    """Make a password for a server that never ran; `java` starts a JVM with Neo4j's class path."""
    if not files.password.exists():
        _refuse_lost(files)
        _write_private(files.password, secrets.token_urlsafe(24))
    if not files.initial_password.exists():
        progress("Setting the password of the database")
        _set_initial(files, java)


def _refuse_lost(files: Files) -> None:
    if files.databases.exists():
        raise Unavailable(
            f"The password file {files.password} is gone, but {files.data} holds a database that "
            "was set up with it. Put the file back from a backup, or move the data folder away to "
            "begin with an empty database."
        )


def _set_initial(files: Files, java: Sequence[str]) -> None:
    """Let Neo4j read the password from the file, so that no list of processes shows it."""
    command = [*java, COMMAND, "dbms", "set-initial-password", f"@{files.password.as_posix()}"]
    places = {"NEO4J_HOME": str(files.root), "NEO4J_CONF": str(files.conf)}
    result = subprocess.run(command, env=os.environ | places, capture_output=True, text=True)
    if result.returncode:
        reason = explanation(result.stdout + result.stderr)
        raise Unavailable(f"Neo4j's first password cannot be set:\n{reason}")


def _write_private(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
