"""Notes that the analyses as they are have been compiled, so that people are told when they have to wait."""

from hashlib import blake2b
from pathlib import Path

import numba

import impact.kernels

NAME = "compiled"


def is_compiled(home: Path) -> bool:
    """Whether these kernels have been compiled before."""
    try:
        return (home / NAME).read_text() == _digest()
    except OSError:
        return False


def note_compiled(home: Path) -> None:
    """Note that they are."""
    home.mkdir(parents=True, exist_ok=True)
    (home / NAME).write_text(_digest())


def _digest() -> str:
    """The same as long as numba and the sources of the kernels are."""
    digest = blake2b(numba.__version__.encode(), digest_size=16)
    for folder in map(Path, impact.kernels.__path__):
        for source in sorted(folder.glob("*.py")):
            digest.update(source.read_bytes())
    return digest.hexdigest()
