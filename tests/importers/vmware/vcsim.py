"""A simulated vCenter: built once from govmomi by Go, kept in the test cache, a fresh one for each use."""

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from pyVim.connect import Disconnect, SmartConnect

from importers.importer import Origin

SOURCES = Path(__file__).parent / "simulator"
MINUTES = 10
"""For Go to fetch and compile govmomi, at most."""


def built(cache: pytest.Cache) -> Path:
    """The program, which is compiled if its sources are new. Skips the test where there is no Go."""
    if not (go := shutil.which("go")):
        pytest.skip("Go is not installed, which builds the simulator of vCenter")
    content = b"".join(file.read_bytes() for file in sorted(SOURCES.iterdir()))
    program = cache.mkdir("vcsim") / f"vcsim-{hashlib.sha256(content).hexdigest()[:12]}"
    with FileLock(f"{program}.lock"):
        if not program.exists():
            fresh = program.with_suffix(".new")
            subprocess.run(
                [go, "build", "-mod=readonly", "-o", fresh, "."],
                cwd=SOURCES,
                check=True,
                timeout=MINUTES * 60,
            )
            fresh.rename(program)
    return program


@contextmanager
def running(program: Path, **sizes: int) -> Iterator[Origin]:
    """A vCenter of that many data centres, clusters, hosts …, as an importer is told of it."""
    options = [f"-{name}={size}" for name, size in sizes.items()]
    with subprocess.Popen(
        [program, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout
        try:
            address = process.stdout.readline().strip()
            assert address, "the simulator did not start"
            secrets = {"VSPHERE_USER": "user", "VSPHERE_PASSWORD": "pass"}
            yield Origin(address, {"insecure": "yes"}, secrets)
        finally:
            process.stdin.close()


@contextmanager
def administered(origin: Origin) -> Iterator[Any]:
    """The vCenter's content, through a session of its own, to change things by."""
    host, _, port = origin.location.removeprefix("https://").partition(":")
    service: Any = SmartConnect(  # type: ignore[no-untyped-call]
        host=host, port=int(port), user="user", pwd="pass", disableSslCertValidation=True
    )
    try:
        yield service.RetrieveContent()
    finally:
        Disconnect(service)  # type: ignore[no-untyped-call]


def find(content: Any, type_: type, name: str) -> Any:
    """The object of that type and name."""
    view = content.viewManager.CreateContainerView(content.rootFolder, [type_], True)
    return next(one for one in view.view if one.name == name)
