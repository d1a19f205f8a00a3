"""Which changes and freezes a change meets."""

from collections.abc import Iterator

from api.practices.change.bureau import Bureau
from cmdb.changes import Met, Plan, changes_between
from cmdb.records import Record
from impact.planning import Collision, Collisions, Planned


def planned(record: Record) -> Planned:
    """A change as the analyses take it."""
    return Planned(record.number, Plan.model_validate(record.values["plan"]), record.values.get("team"))


def collisions_of(bureau: Bureau, record: Record) -> Collisions:
    """All collisions of a change with others whose windows overlap and whose work is not over."""
    new = planned(record)
    others = changes_between(bureau.desk.database, new.plan.window)
    return bureau.engine.collisions(new, map(planned, others))


def met(found: Collisions) -> Iterator[Met]:
    """What an assessment says of collisions, a sentence each."""
    for one in found.collisions:
        yield Met(kind="collision", text=f"{one.number}: {'; '.join(reasons(one))}", changes=(one.number,))
    for loss in found.joint_losses:
        others = [number for number in loss.changes if number != found.number]
        names = [ci.name for ci in (*loss.down.first, *loss.degraded.first)]
        rest = loss.down.count + loss.degraded.count - len(names[:3])
        more = f" and {rest:,} more" if rest else ""
        text = f"with {', '.join(others)} it harms {', '.join(names[:3])}{more}, which each alone would not"
        yield Met(kind="joint loss", text=text, changes=tuple(others))


def reasons(one: Collision) -> list[str]:
    """Why two changes collide."""
    told = (
        (one.same_cis, f"{len(one.same_cis):,} of the same CIs"),
        (one.hit, f"this one can hit {len(one.hit):,} of its CIs"),
        (one.hit_by, f"it can hit {len(one.hit_by):,} CIs of this one"),
        (one.same_team, "the same team"),
    )
    return [text for holds, text in told if holds]
