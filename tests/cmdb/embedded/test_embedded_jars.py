"""Jars from a small Maven repository on the loopback: checked, resumed, refused."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from zipfile import ZipFile

import pytest

from cmdb.embedded.jars import Jars
from cmdb.embedded.pins import Pin, pinned
from cmdb.embedded.progress import silent
from cmdb.embedded.unsign import unsign
from cmdb.errors import Unavailable


@dataclass
class Repository:
    """Files in Maven's layout, and which of them were asked for."""

    folder: Path
    asked: list[str] = field(default_factory=list)

    def publish(self, artifact: str) -> Pin:
        content = artifact.encode() * 1000
        path = self.path(artifact)
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        coordinate = f"org.example:{artifact}:jar:1.0"
        return Pin(sha256(content).hexdigest(), len(content), coordinate)

    def path(self, artifact: str) -> Path:
        return self.folder / "org" / "example" / artifact / "1.0" / f"{artifact}-1.0.jar"


class Handler(SimpleHTTPRequestHandler):
    def __init__(self, repository: Repository, *arguments: object) -> None:
        self.repository = repository
        super().__init__(*arguments, directory=str(repository.folder))  # type: ignore[arg-type]

    def log_request(self, *_: object) -> None:
        self.repository.asked.append(Path(self.path).name)

    def log_error(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    repository = Repository(tmp_path / "repository")
    repository.folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, repository)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        configuration = tmp_path / "jgo.conf"
        url = f"http://127.0.0.1:{server.server_port}"
        configuration.write_text(f"[repositories]\nlocal = {url}\n")
        monkeypatch.setenv("JGO_CONFIG_FILE", str(configuration))
        yield repository
        server.shutdown()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "jars"
    folder.mkdir()
    return folder


def test_the_lock_names_every_jar_once_and_no_address() -> None:
    pins = pinned()
    assert len({pin.filename for pin in pins}) == len(pins) > 200
    assert all(len(pin.sha256) == 64 and "/" not in pin.coordinate for pin in pins)


def test_fetched_jars_are_not_fetched_again(repository: Repository, folder: Path) -> None:
    pins = [repository.publish(name) for name in ("one", "two")]
    steps: list[tuple[int | None, int | None]] = []
    jars = Jars(folder, pins, lambda _, done=None, total=None: steps.append((done, total)))
    expected = [folder / "one-1.0.jar", folder / "two-1.0.jar"]

    assert jars.class_path() == expected
    assert steps[0] == (0, 6000) and steps[-1] == (6000, 6000)
    repository.asked.clear()
    assert jars.class_path() == expected
    assert repository.asked == []


def test_a_jar_with_a_wrong_hash_is_refused_and_removed(repository: Repository, folder: Path) -> None:
    pin = repository.publish("altered")
    repository.path("altered").write_bytes(b"something else")
    with pytest.raises(Unavailable) as raised:
        Jars(folder, [pin], silent).class_path()

    assert pin.coordinate in raised.value.detail
    assert pin.sha256 in raised.value.detail
    assert sha256(b"something else").hexdigest() in raised.value.detail
    assert not list(folder.rglob("*.jar"))


def test_an_interrupted_fetch_goes_on_with_what_it_has(repository: Repository, folder: Path) -> None:
    pins = [repository.publish(name) for name in ("here", "later")]
    hidden = repository.path("later").rename(repository.folder / "hidden")
    with pytest.raises(Unavailable) as raised:
        Jars(folder, pins, silent).class_path()
    assert "later" in raised.value.detail and "start again" in raised.value.detail

    hidden.rename(repository.path("later"))
    repository.asked.clear()
    Jars(folder, pins, silent).class_path()
    assert "later-1.0.jar" in repository.asked
    assert "here-1.0.jar" not in repository.asked


def test_half_a_jar_is_not_taken_for_a_whole_one(repository: Repository, folder: Path) -> None:
    pin = repository.publish("cut")
    (folder / pin.filename).write_bytes(b"cu")
    left = folder / "partial" / repository.path("cut").relative_to(repository.folder)
    left.parent.mkdir(parents=True)
    left.write_bytes(b"cu")

    (jar,) = Jars(folder, [pin], silent).class_path()
    assert sha256(jar.read_bytes()).hexdigest() == pin.sha256


def test_a_jar_damaged_later_is_found_and_fetched_anew(repository: Repository, folder: Path) -> None:
    pins = [repository.publish(name) for name in ("sound", "rotten")]
    jars = Jars(folder, pins, silent)
    rotten = jars.class_path()[1]
    rotten.write_bytes(b"x" * rotten.stat().st_size)

    assert jars.drop_damaged() == ["rotten-1.0.jar"]
    jars.class_path()
    assert jars.drop_damaged() == []


def test_a_first_start_without_network_says_so(tmp_path: Path) -> None:
    """In a network name space of its own a process has no network at all."""
    isolated = ["unshare", "--net", "--map-root-user"]
    try:
        subprocess.run([*isolated, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("may not make a network name space")
    code = (
        "from cmdb.embedded import EmbeddedNeo4j; from cmdb.settings import Settings\n"
        "from cmdb.errors import Unavailable\n"
        "try: EmbeddedNeo4j(Settings()).start()\n"
        "except Unavailable as error: print(error.detail)"
    )
    result = subprocess.run(
        [*isolated, sys.executable, "-c", code],
        env=os.environ
        | {"CMDB_HOME": str(tmp_path), "CMDB_NEO4J_JARS": str(tmp_path), "CMDB_NEO4J_PORT": "0"},
        capture_output=True,
        text=True,
    )
    assert "needs the network once" in result.stdout, result.stderr
    assert not list(tmp_path.rglob("*.jar"))


def test_an_unsigned_copy_lacks_nothing_but_the_signature(tmp_path: Path) -> None:
    signed, copy = tmp_path / "signed.jar", tmp_path / "copy.jar"
    with ZipFile(signed, "w") as jar:
        for name in ("META-INF/MANIFEST.MF", "META-INF/X.SF", "META-INF/X.RSA", "a/B.class"):
            jar.writestr(name, name)
    unsign(signed, copy)
    with ZipFile(copy) as jar:
        assert {name: jar.read(name).decode() for name in jar.namelist()} == {
            name: name for name in ("META-INF/MANIFEST.MF", "a/B.class")
        }
