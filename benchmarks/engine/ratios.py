"""What times mean against the limit of the machine."""

from benchmarks.engine.results import Asked

CALL_MS = 0.02
"""What a call from Python may cost by itself."""
GOAL, GOAL_OF_ALL = 1.5, 2.0
"""How many times C a kernel may take beyond that; and for the single points of all services."""


def ratio(asked: Asked, engine: str = "kernel") -> float | None:
    """How many times as long as C, without the call; None where either was too slow to tell."""
    ours, c = asked.ms.get(engine), asked.ms["c"]
    return None if ours is None or c is None else max(0.0, ours - CALL_MS) / c


def goal(asked: Asked) -> float:
    """The ratio that the kernel must not exceed."""
    return GOAL_OF_ALL if asked.name == "all_services" else GOAL
