"""Random facts and policies, and for each fact what is better and worse."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import impact.risk
from cmdb.policy import Policies
from impact.risk import Effect, Facts, Past, RiskPolicy, Service, load_risk_policy
from impact.risk.facts import Condition

SHIPPED = load_risk_policy(Policies())
FILE = Path(impact.risk.__file__).with_name("risk.toml")

CRITICALITIES = ("low", "medium", "high", "critical")
CONDITIONS: tuple[Condition, ...] = ("exposed", "degraded", "interrupted", "down")
LEVELS = ("low", "medium", "high", "very high")
MANY = 10**9

services = st.builds(
    Service,
    st.text(st.characters(codec="utf-8"), max_size=3),
    st.sampled_from((*CRITICALITIES, None, "vital")),
)
effects = st.builds(Effect, *[st.lists(services, max_size=3).map(tuple)] * 4)
pasts = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda two: Past(min(two), max(two)))
names = st.lists(st.text(min_size=1, max_size=3), max_size=3).map(tuple)

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "planned": effects,
    "worst_case": effects,
    "overall": pasts,
    "model": pasts,
    "team": pasts,
    "cis": pasts,
    "test_evidence": st.sampled_from(("full", "partial", "none")),
    "back_out_tested": st.booleans(),
    "back_out_fits": st.booleans(),
    "changed_cis": st.integers(0, 300),
    "steps": st.integers(0, 100),
    "collisions": st.integers(0, 20),
    "doubts": st.integers(0, 50),
    "recent_incidents": st.integers(0, 20),
    "lead_hours": st.floats(-10, 500),
    "service_hours": st.floats(0, 1),
    "freezes": names,
    "joint_losses": names,
}

facts = st.builds(Facts, **{name: st.none() | value for name, value in VALUES.items()})

NEVER, ALWAYS = Past(0, MANY), Past(MANY, MANY)
GOOD, BAD = Effect(), Effect(down=(Service("bank", "critical"),))

BEST: dict[str, Any] = {
    "planned": GOOD,
    "worst_case": GOOD,
    "overall": NEVER,
    "model": NEVER,
    "team": NEVER,
    "cis": NEVER,
    "test_evidence": "full",
    "back_out_tested": True,
    "back_out_fits": True,
    "changed_cis": 0,
    "steps": 0,
    "collisions": 0,
    "doubts": 0,
    "recent_incidents": 0,
    "lead_hours": MANY,
    "service_hours": 0.0,
    "freezes": (),
    "joint_losses": (),
}

WORST: dict[str, Any] = {
    "planned": BAD,
    "worst_case": BAD,
    "overall": ALWAYS,
    "model": ALWAYS,
    "team": ALWAYS,
    "cis": ALWAYS,
    "test_evidence": "none",
    "back_out_tested": False,
    "back_out_fits": False,
    "changed_cis": MANY,
    "steps": MANY,
    "collisions": MANY,
    "doubts": MANY,
    "recent_incidents": MANY,
    "lead_hours": 0,
    "service_hours": MANY,
    "freezes": ("year end",),
    "joint_losses": ("bank",),
}


def _worse_effect(draw: st.DrawFn, better: Effect) -> Effect:
    condition = draw(st.sampled_from(CONDITIONS))
    worse = CONDITIONS[CONDITIONS.index(condition) :]
    moved, kept = draw(st.booleans()), better.services(condition)
    if not moved or not kept:
        return replace(better, **{condition: (*kept, draw(services))})
    to = draw(st.sampled_from(worse))
    emptied = replace(better, **{condition: kept[1:]})
    return replace(emptied, **{to: (*emptied.services(to), kept[0])})


def _worse_past(draw: st.DrawFn, better: Past) -> Past:
    return Past(draw(st.integers(better.failed, better.closed)), better.closed)


@st.composite
def pairs(draw: st.DrawFn, name: str) -> tuple[Any, Any]:
    """A better and a worse value of a fact."""
    better = draw(VALUES[name])
    if isinstance(better, Effect):
        return better, _worse_effect(draw, better)
    if isinstance(better, Past):
        return better, _worse_past(draw, better)
    if isinstance(better, tuple):
        return better, (*better, "more")
    order = {"full": 0, "partial": 1, "none": 2}
    two = sorted((better, draw(VALUES[name])), key=lambda value: order.get(value, value))
    falling = name in ("lead_hours", "back_out_tested", "back_out_fits")
    return (two[1], two[0]) if falling else (two[0], two[1])


shares = st.floats(0, 1)


@st.composite
def _scales(draw: st.DrawFn, *, falling: bool = False) -> list[tuple[float, float]]:
    values = sorted(draw(st.sets(st.integers(0, 100), min_size=1, max_size=4)))
    drawn = draw(st.lists(shares, min_size=len(values), max_size=len(values)))
    return list(zip(values, sorted(drawn, reverse=falling), strict=True))


@st.composite
def _matrices(draw: st.DrawFn) -> dict[str, list[str]]:
    ranks = [draw(st.lists(st.integers(0, 3), min_size=4, max_size=4)) for _ in LEVELS]
    for row in range(4):
        for column in range(4):
            above = ranks[row - 1][column] if row else 0
            before = ranks[row][column - 1] if column else 0
            ranks[row][column] = max(above, before, ranks[row][column])
    return {level: [LEVELS[rank] for rank in row] for level, row in zip(LEVELS, ranks, strict=True)}


@st.composite
def policies(draw: st.DrawFn) -> RiskPolicy:
    """Any policy that is accepted."""
    said: dict[str, Any] = SHIPPED.model_dump(mode="json")
    said["matrix"] = draw(_matrices())
    said["floors"] = {name: draw(st.sampled_from(LEVELS)) for name in said["floors"]}
    for table in (said["impact"], said["likelihood"]):
        begin = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
        table["levels"] = dict(zip(LEVELS[1:], begin, strict=True))
    points = sorted(draw(st.lists(st.integers(0, 100), min_size=4, max_size=4)))
    share = dict(zip(CRITICALITIES, sorted(draw(st.lists(shares, min_size=4, max_size=4))), strict=True))
    said["impact"] |= {
        "points": dict(zip(CONDITIONS, points, strict=True)),
        "criticality": {**share, "unknown": draw(st.floats(share["low"], share["critical"]))},
        "worst_case": draw(shares),
        "prior": draw(st.integers(0, int(points[-1] * share["critical"]))),
    }
    weighed = [name for name in said["likelihood"] if name != "levels"]
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=len(weighed) - 1, max_size=len(weighed) - 1)))
    for name, low, high in zip(weighed, (0, *cuts), (*cuts, 100), strict=True):
        table = said["likelihood"][name]
        table["points"] = high - low
        if "scale" in table:
            table["scale"] = draw(_scales(falling=name == "lead_time"))
            ends = (table["scale"][0][1], table["scale"][-1][1])
            if "prior" in table:
                table["prior"] = draw(st.floats(min(ends), max(ends)))
    return RiskPolicy.model_validate(said)
