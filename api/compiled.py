"""Notes that the analyses of this version are compiled, so that people are told when they have to wait."""

from importlib.metadata import version
from pathlib import Path

NAME = "compiled"
PARTS = ("linchpin-cmdb", "numba", "numpy")


def is_compiled(home: Path) -> bool:
    """Whether these versions have been compiled before."""
    try:
        return (home / NAME).read_text() == _versions()
    except OSError:
        return False


def note_compiled(home: Path) -> None:
    """Note that they are; where that cannot be written, it is found out anew."""
    home.mkdir(parents=True, exist_ok=True)
    (home / NAME).write_text(_versions())


def _versions() -> str:
    return " ".join(f"{part}={version(part)}" for part in PARTS)
