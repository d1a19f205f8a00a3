"""What bears on the risk of a change, from its plan, the graph and the records."""

from datetime import datetime, timedelta

from api.practices.change.bureau import Bureau
from api.practices.change.collisions import planned
from api.practices.change.effects import effect
from api.practices.change.hours import service_hours
from cmdb.changes import Hurt, closed_changes, model_name
from cmdb.database import Database
from cmdb.records import Record, instant
from impact.planning import Collisions
from impact.risk import Facts, Ledger, Origin


def facts(
    bureau: Bureau,
    record: Record,
    as_planned: tuple[Hurt, ...],
    worst_case: tuple[Hurt, ...],
    found: Collisions,
    freezes: tuple[str, ...],
    doubts: int,
    at: datetime,
) -> Facts:
    """What is known of a change at a time; only what was closed by then counts as its past."""
    plan, store = planned(record).plan, bureau.store
    past = closed_changes(store.database, at)
    ledger = Ledger((Origin(one.model, one.team, one.cis), one.failed) for one in past)
    back_out = plan.back_out
    since = at - timedelta(days=bureau.policy.assessing.incidents_within)
    known = Facts(
        planned=effect(as_planned),
        worst_case=effect(worst_case),
        test_evidence="full" if plan.test_evidence else "none",
        back_out_tested=back_out is not None and back_out.tested,
        back_out_fits=back_out is not None and plan.fits,
        changed_cis=len(plan.cis),
        steps=len(plan.steps),
        collisions=len(found.collisions),
        doubts=doubts,
        recent_incidents=incidents_on(store.database, plan.cis, since),
        lead_hours=max(0.0, (plan.window.start - at) / timedelta(hours=1)),
        service_hours=service_hours(store, plan.window, as_planned),
        freezes=freezes,
        joint_losses=_critical(store.database, found),
    )
    return ledger.told(known, Origin(model_name(record), record.values.get("team"), plan.cis))


def incidents_on(database: Database, cis: frozenset[str], since: datetime) -> int:
    """How many incidents on any of some CIs have been opened since."""
    (row,) = database.read(
        """
        UNWIND $cis AS id
        MATCH (:CI {id: id})<-[:CONCERNS]-(incident:Record {kind: 'incident'})
        WHERE incident.opened_at >= $since
        RETURN count(DISTINCT incident) AS count
        """,
        cis=sorted(cis),
        since=instant(since),
    )
    return int(row["count"])


def _critical(database: Database, found: Collisions) -> tuple[str, ...]:
    """The critical services that overlapping changes take down only together, by name."""
    rows = database.read(
        """
        UNWIND $ids AS id
        MATCH (ci:CI {id: id}) WHERE ci.criticality = 'critical'
        RETURN DISTINCT ci.name AS name ORDER BY name
        """,
        ids=[ci.id for loss in found.joint_losses for ci in loss.down.first],
    )
    return tuple(row["name"] for row in rows)
