"""Why a start failed, in the words of Neo4j's own log."""

import re
from pathlib import Path

from cmdb.embedded.disk import ADVICE

GAVE_UP = re.compile(r"Failed to start Neo4j.*Stopped\.", re.DOTALL)
DECISIVE = re.compile(r"\bERROR\b|Caused by:|^Error|OutOfMemoryError|No space left")
LINES = 6


def read(log: Path) -> str:
    """What the server printed so far."""
    return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""


def explanation(printed: str) -> str:
    """The lines that tell the reason, else the last ones; with advice for a full disk."""
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    decisive = [line for line in lines if DECISIVE.search(line)] or lines
    told = "\n".join(dict.fromkeys(decisive[-LINES:])) or "it printed nothing"
    return f"{told}\n{ADVICE}" if "No space left" in printed else told
