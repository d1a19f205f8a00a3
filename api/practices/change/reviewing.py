"""What was foretold of a change against what came of it."""

from datetime import datetime, timedelta

from pydantic import BaseModel, Field

from api.practices.change.bureau import Bureau
from cmdb.changes import Hurt, Plan, assessment_of
from cmdb.database import Database
from cmdb.errors import Conflict
from cmdb.records import instant


class Happened(BaseModel):
    """An outage or an incident around a change."""

    number: str
    kind: str
    title: str
    state: str
    opened_at: str
    related: bool = Field(description="Linked to the change; else it only fell into its time and CIs.")
    cis: list[str] = Field(description="Names of the CIs of it that the change works on or was to hurt.")


class Comparison(BaseModel):
    """Foretold and actual."""

    number: str
    foretold: list[Hurt]
    worst_case: list[Hurt]
    likelihood: float | None = Field(description="Points of likelihood, as assessed.")
    actual: list[Happened]
    unforeseen: list[str] = Field(description="CIs that suffered and were not foretold to.")
    spared: list[str] = Field(description="Services foretold to be down that nobody reported.")


def compare(bureau: Bureau, number: str, after: timedelta = timedelta(days=2)) -> Comparison:
    """What happened in the window of a change and for some time after it, on its CIs and services.

    Raises Conflict where it has not been assessed.
    """
    record = bureau.change(number)
    assessment = assessment_of(record)
    if assessment is None:
        raise Conflict(f"{record.number} has not been assessed, so nothing was foretold.")
    plan, found = Plan.model_validate(record.values["plan"]), assessment.findings
    hurt = {one.id: one.name for one in (*found.planned, *found.worst_case)}
    told = {one.id for one in found.planned if one.condition in ("down", "interrupted")}
    window = plan.window
    actual = _happened(
        bureau.store.database, record.number, {*hurt, *plan.cis}, window.start, window.end + after
    )
    suffered = {name for one in actual for name in one.cis}
    names = {hurt[id_] for id_ in told}
    foreseen = {one.name for one in found.planned}
    services = {*hurt.values()}
    return Comparison(
        number=record.number,
        foretold=list(found.planned),
        worst_case=list(found.worst_case),
        likelihood=record.values.get("likelihood"),
        actual=actual,
        unforeseen=sorted((suffered & services) - foreseen),
        spared=sorted(names - suffered),
    )


def _happened(
    database: Database, number: str, cis: set[str], begin: datetime, end: datetime
) -> list[Happened]:
    """Outages and incidents linked to a change, and those that began in a time on any of some CIs.

    A planned outage is what was foretold, and a rejected one was none.
    """
    rows = database.read(
        """
        CALL () {
            MATCH (:Record {number: $number})-[:RELATES_TO]-(found:Record) RETURN found, true AS related
            UNION ALL
            UNWIND $cis AS id
            MATCH (:CI {id: id})<-[link:CONCERNS]-(found:Record)
            WHERE $begin <= coalesce(found.began, found.opened_at) < $end
              AND link.condition IN ['down', 'degraded', 'affected']
            RETURN found, false AS related
        }
        WITH found, max(related) AS related
        WHERE found.kind = 'incident'
           OR found.kind = 'outage' AND found.type <> 'planned' AND found.state <> 'rejected'
        RETURN found {.number, .kind, .title, .state, .opened_at} AS found, related,
               [(found)-[:CONCERNS]->(ci) WHERE ci.id IN $cis | ci.name] AS names
        ORDER BY found.opened_at, found.number
        """,
        number=number,
        cis=sorted(cis),
        begin=instant(begin),
        end=instant(end),
    )
    return [Happened(**row["found"], related=row["related"], cis=sorted({*row["names"]})) for row in rows]
