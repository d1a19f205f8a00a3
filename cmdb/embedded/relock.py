"""Write `neo4j.lock` anew: `python -m cmdb.embedded.relock 2026.08.1`."""

import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from jgo.maven import Artifact, MavenContext

from cmdb.embedded.pins import LOCK, SERVER, Pin

HEADER = "# SHA-256, bytes and Maven coordinate of each jar; made by python -m cmdb.embedded.relock\n"


def pin(artifact: Artifact) -> Pin:
    """Download one artifact and note what came."""
    content = artifact.resolve().read_bytes()
    return Pin(sha256(content).hexdigest(), len(content), str(artifact))


def resolve(version: str, repository: Path) -> list[Pin]:
    """All jars that this version of the server needs at run time, sorted by coordinate."""
    context = MavenContext(repo_cache=repository)
    server = context.create_dependency(f"{SERVER}:{version}")
    direct, transitive = context.resolver.resolve([server])
    return sorted((pin(d.artifact) for d in direct + transitive), key=lambda p: p.coordinate)


def main() -> None:
    """Resolve the version named on the command line in an empty repository."""
    with TemporaryDirectory() as repository:
        pins = resolve(sys.argv[1], Path(repository))
    Path(str(LOCK)).write_text(HEADER + "".join(f"{p}\n" for p in pins), encoding="utf-8")
    print(f"{len(pins)} jars, {sum(p.size for p in pins) / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
