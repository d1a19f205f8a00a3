"""Freezes and maintenance windows: those that a change breaches, and when it could be done instead."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import impact.planning
from api.practices.change.bureau import Bureau
from api.practices.change.collisions import planned
from cmdb.changes import Plan, Window, changes_between
from cmdb.records import Record
from cmdb.store import Store, ci_names, find_ci
from impact.planning import Stretch
from impact.planning.inheritance import Breach
from impact.planning.windows import Freeze, Maintenance, WindowPolicy

SHIPPED = Path(impact.planning.__file__).with_name("windows.toml")
AHEAD = timedelta(days=90)
"""How far ahead others are looked for."""
Declared = TypeVar("Declared", Freeze, Maintenance)


def window_policy(store: Store) -> WindowPolicy:
    """The windows in force, whose file may name CIs as people do; raises CatalogueError and NotFound."""
    told = store.policies.read(WindowPolicy, SHIPPED)
    return WindowPolicy(
        freezes=tuple(_by_id(store, one) for one in told.freezes),
        maintenance=tuple(_by_id(store, one) for one in told.maintenance),
    )


def freezes_of(bureau: Bureau, plan: Plan) -> tuple[str, ...]:
    """What the window of a plan does not respect, a line each: its own, or of what stands above its CIs."""
    breaches = bureau.engine.breaches(plan, window_policy(bureau.store))
    names = ci_names(bureau.store.database, {ci for one in breaches for ci in one.cis})
    return tuple(sorted(_text(one, names) for one in breaches))


def windows_for(
    bureau: Bureau, record: Record, since: datetime | None = None, most: int = 5
) -> list[Stretch]:
    """The next windows in which a change could be done, without a breach or a collision."""
    since = since or datetime.now(UTC)
    others = changes_between(bureau.store.database, Window(start=since, end=since + AHEAD))
    policy = window_policy(bureau.store)
    return bureau.engine.free_windows(planned(record), list(map(planned, others)), policy, since, most)


def _by_id(store: Store, one: Declared) -> Declared:
    return one.model_copy(update={"cis": frozenset(find_ci(store.database, ci) for ci in one.cis)})


def _text(breach: Breach, names: dict[str, str]) -> str:
    of = ", ".join(sorted(names.get(ci, ci) for ci in breach.cis)) or "everything"
    return (
        f"{breach.name} ({'freeze' if breach.kind == 'freeze' else 'outside the maintenance window'} of {of})"
    )
