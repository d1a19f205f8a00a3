"""Servers with a home of their own that share the jars of this machine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cmdb.embedded import EmbeddedNeo4j
from cmdb.embedded.files import Files
from cmdb.embedded.jars import Jars
from cmdb.embedded.pins import pinned
from cmdb.embedded.progress import silent
from cmdb.settings import Settings


@pytest.fixture(scope="session")
def jars() -> Path:
    """The folder that this user's own server uses too; filled by the first run on a machine."""
    folder = Files.of(Settings()).jars
    folder.mkdir(parents=True, exist_ok=True)
    Jars(folder, pinned(), silent).class_path()
    return folder


@pytest.fixture(scope="session")
def settings_of(jars: Path) -> Callable[[Path], Settings]:
    return lambda home: Settings(home=home, neo4j_port=0, neo4j_jars=jars)


@pytest.fixture
def settings(tmp_path: Path, settings_of: Callable[[Path], Settings]) -> Settings:
    return settings_of(tmp_path)


@pytest.fixture(scope="module")
def kept(
    tmp_path_factory: pytest.TempPathFactory, settings_of: Callable[[Path], Settings]
) -> Iterator[Settings]:
    """Settings of one server that the tests of a module start and stop by turns."""
    settings = settings_of(tmp_path_factory.mktemp("kept"))
    yield settings
    EmbeddedNeo4j(settings).stop()
