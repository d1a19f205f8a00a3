"""Keeping what was found of a change, with who must approve it."""

from collections.abc import Iterable

from cmdb.changes.assessment import Assessment, Findings, Needed
from cmdb.changes.checks import model_of
from cmdb.changes.level import LEVELS
from cmdb.changes.models import model_name, template_hash
from cmdb.changes.plan import Plan
from cmdb.changes.practice import ChangePolicy
from cmdb.changes.rules import needed
from cmdb.errors import Outdated
from cmdb.history import Draft, revise
from cmdb.records import By, Changes, Desk, Record, locked, log_within, moved, participants

WRITTEN_BY_PARTICIPANTS = {"plan", "links", "requested_by", "model"}
"""Who changes one of these has a hand in what is asked for."""


def keep_assessment(
    desk: Desk, policy: ChangePolicy, by: By, read: Record, findings: Findings, at: str, revision: int
) -> Record:
    """Take a change to `assessed`, with what was found of it as it was read, at a revision of the graph.

    Raises Outdated where somebody has changed it since, and as `transition` does.
    """

    def work(draft: Draft) -> Record:
        record = locked(draft, read.number)
        if record.entries != read.entries:
            raise Outdated(f"{read.number} was changed while it was assessed. Assess it again.")
        authority = authorising(draft, policy, record, findings)
        told = Assessment(
            at=at,
            revision=revision,
            entries=record.entries,
            findings=findings,
            approvals=() if authority else approvals_needed(draft, policy, record, findings),
            authorised_by=authority,
            participants=tuple(sorted(participants(record, log_within(draft, record.number), _wrote))),
        )
        return moved(draft, desk, by, record, "assess", derived={"assessment": told.model_dump(mode="json")})

    return revise(desk.database, by.author, work)[0]


def approvals_needed(
    draft: Draft, policy: ChangePolicy, record: Record, findings: Findings
) -> tuple[Needed, ...]:
    """Who must approve what was found, by the rules."""
    cis = Plan.model_validate(record.values["plan"]).cis if "plan" in record.values else frozenset()
    return needed(policy.rules, findings, _supporters(draft, cis))


def authorising(draft: Draft, policy: ChangePolicy, record: Record, findings: Findings) -> str | None:
    """The change that was approved in full with the template of this one, the newest; None: it needs its own.

    The plan must be what the template of the model says, and the risk no higher than the model allows.
    """
    model = model_of(policy.models, record)
    template = model.template and template_hash(model.template)
    ceiling = LEVELS.index(model.pre_authorised_up_to)
    if template is None or template != record.values.get("template"):
        return None
    if LEVELS.index(findings.risk.level) > ceiling:
        return None
    rows = draft.run(
        """
        MATCH (other:ChangeRecord {template: $template, model: $model})
        WHERE other.authorised_by IS NULL AND other.number <> $number
          AND (other.outcome IS NULL OR other.outcome = 'successful')
          AND EXISTS { (entry:LogEntry {record: other.number}) WHERE entry.what = 'grant' }
        RETURN other.number AS number ORDER BY number DESC LIMIT 1
        """,
        template=template,
        model=model_name(record),
        number=record.number,
    )
    return rows[0]["number"] if rows else None


def _wrote(changes: Changes) -> bool:
    return bool(WRITTEN_BY_PARTICIPANTS & changes.keys())


def _supporters(draft: Draft, cis: Iterable[str]) -> list[str | None]:
    rows = draft.run(
        "MATCH (ci:CI) WHERE ci.id IN $cis RETURN DISTINCT ci.supported_by AS team ORDER BY team",
        cis=sorted(cis),
    )
    return [row["team"] for row in rows]
