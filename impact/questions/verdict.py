"""A comparison in one sentence."""

from collections.abc import Mapping

from impact.questions.changes import ChangeName

Counted = tuple[int, int]
"""Services, and CIs in all."""

SAID: Mapping[ChangeName, tuple[str, str]] = {
    "worse": ("fares worse", "fare worse"),
    "new": ("is new and affected", "are new and affected"),
    "gone": ("is no longer there", "are no longer there"),
    "better": ("fares better", "fare better"),
}


def verdict(more_down: int, counts: Mapping[ChangeName, Counted]) -> str:
    """`3 fewer services go down: 3 services and 14 other CIs fare better, nothing fares worse.`

    `more_down` is how many more services are down in the second; `counts` those that change, by how.
    """
    if not any(cis for _, cis in counts.values()):
        return "Nothing differs: every CI fares the same in both."
    parts = [
        f"{_counted(*counts[change])} {_verb(change, *counts[change])}"
        for change in SAID
        if counts[change][1]
    ]
    parts += [f"nothing {SAID[change][0]}" for change in ("better", "worse") if not counts[change][1]]
    return f"{_down(more_down)}: {', '.join(parts)}."


def _down(more: int) -> str:
    if not more:
        return "As many services go down in both"
    noun, verb = ("service", "goes") if abs(more) == 1 else ("services", "go")
    return f"{abs(more):,} {'more' if more > 0 else 'fewer'} {noun} {verb} down"


def _counted(services: int, cis: int) -> str:
    """`3 services and 14 other CIs`."""
    others = cis - services
    told = [f"{services:,} service{'s' * (services != 1)}"] if services else []
    if others:
        told.append(f"{others:,} {'other ' if services else ''}CI{'s' * (others != 1)}")
    return " and ".join(told)


def _verb(change: ChangeName, _: int, cis: int) -> str:
    return SAID[change][cis != 1]
