"""What the graph and the records say of a change right now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from api.practices.change.bureau import Bureau
from api.practices.change.collisions import collisions_of, met, planned
from api.practices.change.effects import hurt
from api.practices.change.facts import facts
from api.practices.change.freezes import freezes_of
from cmdb.changes import Findings, Risk, RiskFactor, assessment_of, decide, keep_assessment, start
from cmdb.changes import differences as differing
from cmdb.changes.decisions import Verdict
from cmdb.errors import Conflict
from cmdb.records import By, Record, instant
from impact import Scenario
from impact.answer import Impact
from impact.risk import Risk as Weighed
from impact.risk import assess_risk


@dataclass(frozen=True, slots=True)
class Found:
    """Findings, and the revision of the graph that they are of."""

    findings: Findings
    revision: int


def find(bureau: Bureau, record: Record, at: datetime | None = None) -> Found:
    """Work out what a change does, as the graph is now; `at` is the time that lead and past are counted from.

    Raises Conflict where it has no plan, and NotFound for CIs that are gone.
    """
    if "plan" not in record.values:
        raise Conflict(f"{record.number} has no plan: `cmdb change plan {record.number} FILE`.")
    plan = planned(record).plan
    at, most = at or datetime.now(UTC), bureau.policy.assessing.interruption
    impact = bureau.engine.plan_impact(plan)
    collisions = collisions_of(bureau, record)
    reach = bureau.engine.impact(Scenario(failed=plan.cis), limit=1)
    as_planned = hurt([impact.planned], most)
    worst_case = hurt((case.course for case in impact.worst_cases), most)
    freezes, doubts = freezes_of(bureau, plan), tuple(_doubts(reach, impact.unseen))
    weighed = assess_risk(
        facts(bureau, record, as_planned, worst_case, collisions, freezes, len(doubts), at), bureau.risk
    )
    findings = Findings(
        planned=as_planned,
        hurried=hurt([impact.hurried], most) if impact.hurried else (),
        worst_case=worst_case,
        collisions=tuple(met(collisions)),
        freezes=freezes,
        contacts=tuple(sorted(contact.team for contact in reach.contacts)),
        confidence=doubts,
        risk=_risk(weighed),
    )
    return Found(findings, impact.revision)


def assess(bureau: Bureau, by: By, number: str) -> Record:
    """Assess a change and keep what was found; raises as `find` and as taking the step does."""
    record = bureau.change(number)
    at = by.at or datetime.now(UTC)
    found = find(bureau, record, at)
    return keep_assessment(
        bureau.desk, bureau.policy, by, record, found.findings, instant(at), found.revision
    )


def outdated(bureau: Bureau, record: Record) -> list[str]:
    """What differs from the assessment that a change carries, a sentence each.

    Time that has passed is no difference: risks are compared as of the time of the assessment.
    """
    assessment = assessment_of(record)
    return differing(assessment.findings, _now(bureau, record)) if assessment else ["it is not assessed"]


def decide_on(bureau: Bureau, by: By, number: str, verdict: Verdict, conditions: str = "") -> Record:
    """Approve or reject a change; raises as `cmdb.changes.decide`."""
    record = bureau.change(number)
    if assessment_of(record) is None:
        raise Conflict(f"{record.number} has not been assessed: `cmdb change assess {record.number}`.")
    now = _now(bureau, record)
    return decide(bureau.desk, bureau.policy, by, record.number, verdict, now, conditions)


def start_change(bureau: Bureau, by: By, number: str) -> Record:
    """Start a change; on an assessment that is outdated only with a note. Raises as `cmdb.changes.start`."""
    record = bureau.change(number)
    looked_at = instant(datetime.now(UTC))
    return start(bureau.desk, by, record, looked_at, outdated(bureau, record))


def _now(bureau: Bureau, record: Record) -> Findings:
    return find(bureau, record, datetime.fromisoformat(record.values["assessed_at"])).findings


def _doubts(impact: Impact, unseen: list[str]) -> Iterator[str]:
    """What an answer rests on, a sentence each."""
    told = impact.confidence
    counted = (
        ([ci.name for ci in told.nothing_known], "nothing is known to depend on"),
        ([ci.name for ci in told.unverified.first], "no source but a person has confirmed"),
        ([doubt.ci.name for doubt in told.assumed.first], "redundancy is assumed of"),
        ([doubt.ci.name for doubt in told.defects.first], "the data of groups have defects:"),
        (unseen, "not in use, so nothing is worked out of:"),
    )
    yield from (f"{what} {name}" for names, what in counted for name in names)


def _risk(weighed: Weighed) -> Risk:
    return Risk(
        level=weighed.level.value,
        impact=weighed.impact.points,
        likelihood=weighed.likelihood.points,
        text=weighed.text,
        factors=tuple(
            RiskFactor(**one.model_dump(include={"name", "points", "maximum", "known", "text"}))
            for one in weighed.factors
        ),
        raised=weighed.raised,
    )
