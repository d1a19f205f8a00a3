"""The folder of jars: complete, checked, and in the order of the class path."""

from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock

from cmdb.embedded.disk import WORKING_ROOM, check_room, explained
from cmdb.embedded.pins import Pin, server_version
from cmdb.embedded.progress import Progress
from cmdb.embedded.unsign import SIGNED_GROUPS, unsign


class Jars:
    """Pinned jars in a folder that several servers may share.

    A jar is moved into the folder only after its SHA-256 was checked, so a usual start compares
    sizes and leaves hashing 170 MB to `drop_damaged`, which is called when a start fails.
    """

    def __init__(self, folder: Path, pins: Sequence[Pin], progress: Progress) -> None:
        self._folder = folder
        self._pins = pins
        self._progress = progress

    @property
    def version(self) -> str:
        """Which Neo4j the jars make up."""
        return server_version(self._pins)

    def class_path(self) -> list[Path]:
        """All jars, fetched where missing; raises `Unavailable` when one cannot be had."""
        if not self._complete():
            with FileLock(self._folder / "lock"), explained(self._folder):
                self._fetch()
                self._unsign()
        return [self._path(pin) for pin in self._pins]

    def drop_damaged(self) -> list[str]:
        """Hash every jar, remove those that are not the pinned ones, and name them."""
        from cmdb.embedded.fetch import digest

        damaged = [pin for pin in self._present() if digest(self._original(pin)) != pin.sha256]
        for pin in damaged:
            self._original(pin).unlink()
            self._path(pin).unlink(missing_ok=True)
        return [pin.filename for pin in damaged]

    def _fetch(self) -> None:
        missing = self._missing()
        if not missing:
            return
        # jgo takes half a second to import, which only a first start should pay.
        from cmdb.embedded.fetch import fetch

        check_room(self._folder, sum(pin.size for pin in missing) + WORKING_ROOM)
        self._report()
        for _ in fetch(missing, self._folder):
            self._report()

    def _unsign(self) -> None:
        for pin in self._pins:
            if self._path(pin) != self._original(pin) and not self._path(pin).exists():
                unsign(self._original(pin), self._path(pin))

    def _report(self) -> None:
        present = self._present()
        done, total = (sum(pin.size for pin in pins) for pins in (present, self._pins))
        self._progress(
            f"Fetching Neo4j: jars {len(present)} of {len(self._pins)}, "
            f"{done / 1e6:.0f} of {total / 1e6:.0f} MB",
            done,
            total,
        )

    def _complete(self) -> bool:
        return not self._missing() and all(self._path(pin).exists() for pin in self._pins)

    def _present(self) -> list[Pin]:
        sizes = {path.name: path.stat().st_size for path in self._folder.glob("*.jar")}
        return [pin for pin in self._pins if sizes.get(pin.filename) == pin.size]

    def _missing(self) -> list[Pin]:
        present = set(self._present())
        return [pin for pin in self._pins if pin not in present]

    def _original(self, pin: Pin) -> Path:
        return self._folder / pin.filename

    def _path(self, pin: Pin) -> Path:
        """What the class path names: the jar, or its copy without a signature."""
        original = self._original(pin)
        return original.with_suffix(".unsigned.jar") if pin.group in SIGNED_GROUPS else original
