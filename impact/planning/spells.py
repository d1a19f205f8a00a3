"""What a plan does to CIs, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from cmdb.changes import Effect, Plan, Step
from impact.analysis.propagation import Causes
from impact.arrays import NOBODY, Ints
from impact.planning.spans import FOREVER


@dataclass(frozen=True, slots=True)
class Spell:
    """CIs by index that a step takes down, or degrades, for some time; in seconds since 1970."""

    step: str
    cis: tuple[int, ...]
    effect: Effect
    begin: int
    end: int
    """FOREVER where nothing ends it."""


Spells = tuple[Spell, ...]


def planned(plan: Plan, found: Mapping[str, int], hurried: bool = False) -> Spells:
    """What the steps do as planned; `found` are the indices of the CIs that are known, by id."""
    return tuple(
        _spell(one.step, found, one.step.effect, one.begin, seconds(one.recovered))
        for one in plan.schedule(hurried)
        if one.step.effect != "none"
    )


def gone_wrong(plan: Plan, found: Mapping[str, int]) -> Iterator[tuple[tuple[Step, ...], Spells]]:
    """What each stage does when all of its steps go as badly as they can, and the change is backed out.

    The back-out begins when the work of the stage is done. Where there is none, nothing recovers.
    """
    begins = {one.step.name: one for one in plan.schedule()}
    for stage in plan.stages:
        ends = max(seconds(begins[step.name].end) for step in stage)
        spells = (
            _spell(step, found, step.worst, begins[step.name].begin, _undone(plan, step, ends))
            for step in stage
            if step.worst != "none"
        )
        yield stage, tuple(spells)


def causes(spells: Spells) -> Causes:
    """All of them at once, as if they never ended."""
    down, degraded = (_cis(spells, effect) for effect in ("down", "degraded"))
    return Causes(down, np.setdiff1d(degraded, down).astype(np.int32), NOBODY)


def at(spells: Spells, moment: int) -> Spells:
    """Those that last at a moment."""
    return tuple(spell for spell in spells if spell.begin <= moment < spell.end)


def seconds(moment: datetime | None) -> int:
    """Since 1970; None: FOREVER."""
    return FOREVER if moment is None else int(moment.timestamp())


def _undone(plan: Plan, step: Step, ends: int) -> int:
    if plan.back_out is None or step.lasting or not plan.can_back_out(step):
        return FOREVER
    return ends + plan.back_out.duration


def _spell(step: Step, found: Mapping[str, int], effect: Effect, begin: datetime, end: int) -> Spell:
    cis = sorted({found[ci] for ci in step.cis if ci in found})
    return Spell(step.name, tuple(cis), effect, seconds(begin), end)


def _cis(spells: Spells, effect: str) -> Ints:
    cis = {ci for spell in spells if spell.effect == effect for ci in spell.cis}
    return np.array(sorted(cis), dtype=np.int32)
