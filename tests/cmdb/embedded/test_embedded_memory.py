"""How much memory the server takes on which machine."""

import pytest

from cmdb.embedded.memory import Memory, available
from cmdb.settings import Settings

GIB = 1024**3


@pytest.mark.parametrize(
    ("machine", "heap", "page_cache"),
    [
        (2 * GIB, "512m", "256m"),
        (8 * GIB, "1024m", "682m"),
        (24 * GIB, "3072m", "2048m"),
        (1024 * GIB, "16384m", "16384m"),
    ],
)
def test_memory_follows_the_machine(machine: int, heap: str, page_cache: str) -> None:
    assert Memory.of(Settings(), machine) == Memory(heap, page_cache)


def test_what_is_set_is_taken() -> None:
    settings = Settings(neo4j_heap="2g", neo4j_page_cache="1g")
    assert Memory.of(settings, 8 * GIB) == Memory("2g", "1g")


def test_some_memory_is_available() -> None:
    assert available() > 0
