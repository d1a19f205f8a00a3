"""How much memory Neo4j takes: an eighth for the heap, a twelfth for the page cache."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

from cmdb.settings import Settings

MIB = 1024**2
LEAST_HEAP, MOST_HEAP = 512, 16 * 1024
LEAST_PAGE_CACHE, MOST_PAGE_CACHE = 256, 16 * 1024

CGROUPS = Path("/sys/fs/cgroup")
MEMBERSHIP = Path("/proc/self/cgroup")
LIMITS = ("memory.max", "memory/memory.limit_in_bytes")
"""File of the limit in version 2 of control groups, and in version 1."""


@dataclass(frozen=True)
class Memory:
    """Sizes as the JVM and Neo4j read them, such as `3008m`."""

    heap: str
    page_cache: str

    @classmethod
    def of(cls, settings: Settings, machine: int | None = None) -> Self:
        """As set, else by the rule for a machine of `machine` bytes (default: this one)."""
        mib = (machine or available()) // MIB
        heap = min(max(mib // 8, LEAST_HEAP), MOST_HEAP)
        page_cache = min(max(mib // 12, LEAST_PAGE_CACHE), MOST_PAGE_CACHE)
        return cls(settings.neo4j_heap or f"{heap}m", settings.neo4j_page_cache or f"{page_cache}m")


def available() -> int:
    """Bytes of memory this process may use: the machine's, or less in a limited control group."""
    return min([psutil.virtual_memory().total, *_group_limits()])


def _group_limits() -> list[int]:
    own = _own_group()
    groups = [group for group in (own, *own.parents) if group.is_relative_to(CGROUPS)]
    files = [group / limit for group in groups for limit in LIMITS]
    texts = [file.read_text().strip() for file in files if file.is_file()]
    return [int(text) for text in texts if text.isdigit()]


def _own_group() -> Path:
    """Folder of this process's control group, of which every parent may set a limit too."""
    if not MEMBERSHIP.is_file():
        return CGROUPS
    return CGROUPS / MEMBERSHIP.read_text().splitlines()[-1].partition("::")[2].lstrip("/")
