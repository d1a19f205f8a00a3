"""Where everything of the embedded Neo4j lies."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from cmdb.settings import Settings


@dataclass(frozen=True)
class Files:
    """All files of one server below `root`, and the `jars` that several servers may share."""

    root: Path
    jars: Path

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Place them below `CMDB_HOME`, the jars where `CMDB_NEO4J_JARS` says."""
        root = settings.home.expanduser().absolute() / "neo4j"
        return cls(root, (settings.neo4j_jars or root / "jars").expanduser().absolute())

    def make(self) -> None:
        """Create the folders that do not exist; what they hold is the owner's alone."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in (self.jars, self.conf, self.data, self.logs):
            folder.mkdir(parents=True, exist_ok=True)

    @property
    def conf(self) -> Path:
        """Folder of the generated configuration."""
        return self.root / "conf"

    @property
    def data(self) -> Path:
        """Folder of the database: the one to back up."""
        return self.root / "data"

    @property
    def databases(self) -> Path:
        """Exists once the server has run."""
        return self.data / "databases"

    @property
    def initial_password(self) -> Path:
        """Hash of the first password, written by Neo4j's own command."""
        return self.data / "dbms" / "auth.ini"

    @property
    def version(self) -> Path:
        """Says which version of Neo4j wrote the data."""
        return self.data / "neo4j-version"

    @property
    def logs(self) -> Path:
        """Folder of Neo4j's logs."""
        return self.root / "logs"

    @property
    def log(self) -> Path:
        """What the server printed since it was started last."""
        return self.logs / "console.log"

    @property
    def password(self) -> Path:
        """The password of the user `neo4j`, readable by its owner only."""
        return self.root / "password"

    @property
    def record(self) -> Path:
        """Which process serves, and where."""
        return self.root / "server.json"

    @property
    def lock(self) -> Path:
        """Held by whoever starts or stops the server."""
        return self.root / "lock"
