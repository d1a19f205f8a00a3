"""How an import tells how far it is."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Called with the phase (`reading`, `writing`), the rows done in it, and of how many if that is known."""
