"""Download pinned jars from a Maven repository, refusing any that is not the pinned one."""

import shutil
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from hashlib import sha256
from pathlib import Path

from jgo.config import GlobalSettings
from jgo.maven import MavenContext
from requests import RequestException

from cmdb.embedded.pins import Pin
from cmdb.errors import Unavailable

CONNECTIONS = 8
ATTEMPTS = 3
TIMEOUT = 10
"""Seconds without an answer after which an attempt is given up."""


def fetch(pins: Sequence[Pin], folder: Path) -> Iterator[Pin]:
    """Put the jars into `folder`, each whole and checked or not at all; yield each that is."""
    repositories = GlobalSettings.load().repositories or None
    context = MavenContext(repo_cache=folder / "partial", remote_repos=repositories, timeout=TIMEOUT)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        running = {pool.submit(_fetch_one, context, pin, folder): pin for pin in pins}
        try:
            for done in as_completed(running):
                done.result()
                yield running[done]
        finally:
            pool.shutdown(cancel_futures=True)
    shutil.rmtree(context.repo_cache)


def _fetch_one(context: MavenContext, pin: Pin, folder: Path) -> None:
    partial = _download(context, pin)
    found = digest(partial)
    if found != pin.sha256:
        partial.unlink()
        raise Unavailable(
            f"The jar {pin.coordinate} was refused and removed: its SHA-256 should be {pin.sha256} "
            f"and is {found}. Something between the repository and this machine altered it, a "
            "proxy or a mirror. If it happens again, use another network or repository."
        )
    partial.replace(folder / pin.filename)


def _download(context: MavenContext, pin: Pin) -> Path:
    artifact = context.create_dependency(pin.coordinate).artifact
    for attempt in range(1, ATTEMPTS + 1):
        # What an interrupted download left, jgo would take for the whole jar.
        (context.repo_cache / artifact.component.path_prefix / artifact.filename).unlink(missing_ok=True)
        try:
            return artifact.resolve()
        except (RequestException, RuntimeError) as error:
            if attempt == ATTEMPTS:
                raise _unreachable(pin, error) from error
            time.sleep(attempt)
    raise AssertionError("unreachable")


def _unreachable(pin: Pin, error: Exception) -> Unavailable:
    return Unavailable(
        f"The jar {pin.coordinate} cannot be fetched: {error}. The first start needs the network "
        "once. Connect this machine, or set HTTPS_PROXY, or name a mirror under [repositories] in "
        "~/.config/jgo.conf, then start again: it goes on with what it has."
    )


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        hasher = sha256()
        while block := file.read(1 << 20):
            hasher.update(block)
    return hasher.hexdigest()
