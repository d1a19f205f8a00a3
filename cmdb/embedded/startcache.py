"""The JVM's ahead-of-time cache: classes loaded, linked and profiled by an earlier run.

A server that finds no cache for its JVM, jars and flags records one (`-XX:AOTCacheOutput`) and
writes it when it stops; later ones map it (`-XX:AOTCache`). The name carries a digest of all three,
so that a cache never meets what it was not made for. Source: JEP 483, 514 and 515.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

COMPLAINT = "[error][aot]"


class StartCache:
    """The cache for one Java, one class path and one set of flags."""

    def __init__(self, folder: Path, java: Path, class_path: Sequence[Path], flags: Sequence[str]) -> None:
        modules = java.parents[1] / "lib" / "modules"
        self.path = folder / f"{_digest(*map(_identity, (modules, *class_path)), *flags)}.aot"

    def training(self, root: Path) -> Path | None:
        """The file into which the server of `root` shall record, or none where a cache exists."""
        if self.path.exists():
            return None
        return self.path.with_suffix(f".{_digest(root)}.training")

    def flag(self, training: Path | None) -> str:
        """What to tell the JVM."""
        if training:
            return f"-XX:AOTCacheOutput={training.as_posix()}"
        return f"-XX:AOTCache={self.path.as_posix()}"


def adopt(training: Path) -> None:
    """Make a recorded cache the one that starts use, and drop those of other versions."""
    path = training.with_suffix("").with_suffix(".aot")
    training.replace(path)
    _remove(set(path.parent.glob("*.aot")) - {path})


def drop_broken(printed: str, folder: Path) -> bool:
    """Remove the caches if the JVM complained of one, so that the next start records anew.

    A JVM that meets a cache cut short goes on without it; one that meets wrong bytes gives up.
    """
    broken = COMPLAINT in printed
    if broken:
        _remove(folder.glob("*.aot"))
    return broken


def _remove(caches: Iterable[Path]) -> None:
    for cache in caches:
        with suppress(OSError):  # Windows holds on to a file that another server maps
            cache.unlink()


def _identity(path: Path) -> tuple[str, int, int]:
    status = path.stat()
    return str(path), status.st_size, status.st_mtime_ns


def _digest(*parts: object) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:16]
