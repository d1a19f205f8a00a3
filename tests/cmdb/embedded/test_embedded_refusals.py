"""What stands in the way of a start: said clearly, and nothing damaged."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from cmdb.embedded import EmbeddedNeo4j
from cmdb.embedded.files import Files
from cmdb.embedded.pins import pinned, server_version
from cmdb.errors import Unavailable
from cmdb.settings import Settings


def refusal(settings: Settings) -> str:
    with pytest.raises(Unavailable) as raised:
        EmbeddedNeo4j(settings).start()
    return raised.value.detail


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[Path]:
    """A file system of its own, where this user may mount one."""
    if not sys.platform.startswith("linux"):
        pytest.skip("needs tmpfs")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("may not mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_taken_port_names_its_holder_and_the_setting(settings: Settings) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as holder:
        port = holder.getsockname()[1]
        detail = refusal(settings.model_copy(update={"neo4j_port": port}))
        with closing(socket.create_connection(("127.0.0.1", port))):
            pass  # the holder is none the worse

    assert str(port) in detail
    assert psutil.Process().name() in detail
    assert "CMDB_NEO4J_PORT" in detail


def test_data_of_a_newer_neo4j_is_left_alone(settings: Settings) -> None:
    files = Files.of(settings)
    files.make()
    files.version.write_text("2099.01.0")
    detail = refusal(settings)

    assert "2099.01.0" in detail
    assert server_version(pinned()) in detail
    assert files.version.read_text() == "2099.01.0"


def test_a_lost_password_is_not_replaced_by_one_that_cannot_work(settings: Settings) -> None:
    files = Files.of(settings)
    files.make()
    files.databases.mkdir()
    assert str(files.password) in refusal(settings)
    assert not files.password.exists()


def test_a_disk_without_room_is_refused_before_anything_starts(
    tmp_path: Path, settings_of: Callable[[Path], Settings]
) -> None:
    with small_disk(tmp_path / "disk", "size=64m") as disk:
        settings = settings_of(disk)
        detail = refusal(settings)
        assert "64 MB" in detail or "67 MB" in detail
        assert "CMDB_HOME" in detail
        assert not Files.of(settings).databases.exists()


@pytest.mark.parametrize("inodes", [4, 11], ids=["for-us", "for-neo4j"])
def test_a_disk_that_fills_up_is_recognised(
    tmp_path: Path, settings_of: Callable[[Path], Settings], inodes: int
) -> None:
    """Inodes run out like bytes do, but the check beforehand cannot see it."""
    with small_disk(tmp_path / "disk", f"size=400m,nr_inodes={inodes}") as disk:
        detail = refusal(settings_of(disk))
        assert "full" in detail or "No space left" in detail
        assert "CMDB_HOME" in detail
