"""Mistakes in catalogue files: all are collected, then told at once."""

from typing import NamedTuple

from cmdb.errors import CatalogueError


class Mistake(NamedTuple):
    """One mistake, named by file, key and reason."""

    file: str
    key: str
    reason: str

    def __str__(self) -> str:
        return ": ".join(filter(None, self))


class Mistakes:
    """Collects mistakes."""

    def __init__(self) -> None:
        self._found: list[Mistake] = []

    def add(self, file: str, key: str, reason: str) -> None:
        """Note one mistake; `key` is the dotted path in the file, empty for the file itself.

        What is wrong at a key where, or beneath which, something is wrong already only follows
        from that, and is not told.
        """
        if not any(m.file == file and f"{m.key}.".startswith(f"{key}.") for m in self._found):
            self._found.append(Mistake(file, key, reason))

    def tell(self) -> None:
        """Raise one `CatalogueError` for all; `extensions["mistakes"]` lists them."""
        if self._found:
            lines = "\n".join(f"  {mistake}" for mistake in self._found)
            raise CatalogueError(
                f"Correct these and start again:\n{lines}",
                mistakes=[mistake._asdict() for mistake in self._found],
            )
