"""The jars Neo4j consists of, pinned by the committed `neo4j.lock`."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

LOCK = files(__package__) / "neo4j.lock"
SERVER = "org.neo4j:neo4j"


@dataclass(frozen=True)
class Pin:
    """One jar: its SHA-256 in hex, its size in bytes, its Maven coordinate."""

    sha256: str
    size: int
    coordinate: str

    @property
    def group(self) -> str:
        """Maven group, such as `org.neo4j`."""
        return self.coordinate.split(":")[0]

    @property
    def version(self) -> str:
        """Maven version, such as `2026.08.1`."""
        return self.coordinate.split(":")[-1]

    @property
    def filename(self) -> str:
        """Name as in a Maven repository: `artifact-version[-classifier].jar`."""
        _, artifact, kind, *classifier, version = self.coordinate.split(":")
        return "-".join([artifact, version, *classifier]) + f".{kind}"

    def __str__(self) -> str:
        return f"{self.sha256} {self.size:>9} {self.coordinate}"


def parse(text: str) -> list[Pin]:
    """Read a lock: one jar a line, `#` begins a comment."""
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return [Pin(sha256, int(size), coordinate) for sha256, size, coordinate in rows]


def pinned() -> list[Pin]:
    """All jars of the committed lock."""
    return parse(LOCK.read_text(encoding="utf-8"))


def server_version(pins: Sequence[Pin]) -> str:
    """Which Neo4j the pins make up."""
    return next(pin.version for pin in pins if pin.coordinate.startswith(f"{SERVER}:"))
