"""Spares the garbage collector millions of rows."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

LESS_OFTEN = 100


@contextmanager
def rarely_collecting() -> Iterator[None]:
    """Look for cycles a hundred times less often: rows make none, and looking took a fifth of an import."""
    youngest, *older = gc.get_threshold()
    gc.set_threshold(LESS_OFTEN * youngest, *older)
    try:
        yield
    finally:
        gc.set_threshold(youngest, *older)
