"""Refuse early where the disk has no room, and say so where it ran out."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cmdb.errors import Unavailable

WORKING_ROOM = 256 * 1024**2
"""Bytes that a start must find free: transaction logs, logs, start cache."""

ADVICE = "Nothing was damaged. Free some space, or set CMDB_HOME to a folder on a larger disk."


def check_room(folder: Path, needed: int) -> None:
    """Raise `Unavailable` unless `needed` bytes are free where the folder lies."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Unavailable(
            f"The disk of {folder} is full: {free / 1e6:.0f} MB are free, "
            f"the embedded Neo4j needs {needed / 1e6:.0f} MB. {ADVICE}"
        )


REASONS = {
    errno.ENOSPC: f"its disk is full. {ADVICE}",
    errno.EDQUOT: f"its disk quota is used up. {ADVICE}",
    errno.EACCES: "this user has no right to. Set CMDB_HOME to a folder of your own.",
    errno.EROFS: "its disk is read-only. Set CMDB_HOME to a folder that can be written.",
}


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn what the operating system says about a folder it cannot write to into `Unavailable`."""
    try:
        yield
    except OSError as error:
        reason = REASONS.get(error.errno or 0)
        if reason is None:
            raise
        raise Unavailable(f"Neo4j's folder {folder} cannot be written: {reason}") from error
