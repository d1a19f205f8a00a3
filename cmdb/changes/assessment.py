"""What an assessment says of a change, and wherein two of them differ."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from cmdb.changes.level import Level
from cmdb.changes.plan import Part

Condition = Literal["down", "interrupted", "degraded", "exposed"]


class AssessmentPolicy(Part):
    """All of an `assessment.toml`."""

    interruption: int = Field(ge=0, description="Seconds that a service is away and counts as interrupted.")
    incidents_within: int = Field(ge=1, description="Days for which an incident is recent.")
    similar: int = Field(ge=0, description="Most earlier changes like one that are shown.")
    discovery_within: int = Field(ge=0, description="Hours by which discovery may be late.")


class Away(Part):
    """From when to when a service is away."""

    begin: str
    end: str | None = Field(default=None, description="Nothing: for good.")


class Hurt(Part):
    """A service that the change hurts, under the worst that happens to it."""

    id: str
    name: str
    condition: Condition
    seconds: int | None = Field(default=None, description="For how long; nothing: without end, or unknown.")
    criticality: str | None = None
    owner: str | None = None
    away: tuple[Away, ...] = Field(default=(), description="When it is down or interrupted.")

    @property
    def text(self) -> str:
        """`shop down for 300 s`."""
        lasting = "" if self.seconds is None else f" for {self.seconds:,} s"
        return f"{self.name} {self.condition}{lasting}"


class Met(Part):
    """Another change, or a freeze, that this one meets."""

    kind: str
    text: str
    changes: tuple[str, ...] = Field(default=(), description="Numbers of the others.")


class Factor(Part):
    """One thing that was weighed."""

    name: str
    points: float
    maximum: float
    known: bool
    text: str


class Risk(Part):
    """The risk, and what it was made of."""

    level: Level
    impact: float
    likelihood: float
    text: str
    factors: tuple[Factor, ...] = ()
    raised: tuple[str, ...] = ()


class Findings(Part):
    """What the graph and the records say of a plan."""

    planned: tuple[Hurt, ...] = Field(default=(), description="As planned, at each service's worst moment.")
    hurried: tuple[Hurt, ...] = Field(
        default=(),
        description="If each step is begun before the one before has recovered, where that differs.",
    )
    worst_case: tuple[Hurt, ...] = Field(default=(), description="If every step goes as badly as it can.")
    collisions: tuple[Met, ...] = ()
    freezes: tuple[str, ...] = ()
    contacts: tuple[str, ...] = Field(default=(), description="The teams to tell.")
    confidence: tuple[str, ...] = Field(default=(), description="What all this rests on without being known.")
    risk: Risk


class Needed(Part):
    """A team that must approve."""

    team: str
    persons: int = Field(default=1, ge=1)
    why: str


class Assessment(Part):
    """Findings as of a revision of the graph, and who must approve what was found."""

    at: str
    revision: int
    entries: int = Field(description="How long the log was: an assessment is of one moment of one record.")
    findings: Findings
    approvals: tuple[Needed, ...] = ()
    authorised_by: str | None = Field(
        default=None, description="The change whose approval in full covers this one too."
    )
    participants: tuple[str, ...] = Field(
        default=(), description="Who asked for the change or wrote its plan, and so cannot approve it."
    )


class Outlook(Part):
    """How an assessment compared with what would be found when the change was started."""

    at: str
    entries: int = Field(description="How long the log was: this is of one moment of one record.")
    differing: tuple[str, ...] = Field(description="What differed, a sentence each; empty: it held.")


def differences(before: Findings, now: Findings) -> list[str]:
    """What is no longer as it was found, a sentence each; none where an assessment still holds.

    Points of risk may move with the hour; a level that moves, and all that happens to services, count.
    """
    told = [*_hurt("", before.planned, now.planned)]
    told += _hurt("in a hurry ", before.hurried, now.hurried)
    told += _hurt("in the worst case ", before.worst_case, now.worst_case)
    told += _listed(
        "collision", [one.text for one in before.collisions], [one.text for one in now.collisions]
    )
    told += _listed("breach of a freeze", before.freezes, now.freezes)
    told += _listed("team to tell", before.contacts, now.contacts)
    if before.risk.level != now.risk.level:
        told.append(f"the risk is {now.risk.level}, not {before.risk.level}")
    return told


def _hurt(case: str, before: tuple[Hurt, ...], now: tuple[Hurt, ...]) -> Iterator[str]:
    was, is_ = ({one.id: one for one in hurt} for hurt in (before, now))
    for id_ in sorted(was.keys() | is_.keys()):
        old, new = was.get(id_), is_.get(id_)
        if old and new and old.text == new.text:
            continue
        told = new.text if new else f"{was[id_].name} not hurt"
        yield f"{case}{told}, which was {'found ' + old.text if old else 'not hurt'}"


def _listed(
    what: str, before: "tuple[str, ...] | list[str]", now: "tuple[str, ...] | list[str]"
) -> Iterator[str]:
    yield from (f"new {what}: {one}" for one in sorted({*now} - {*before}))
    yield from (f"no longer a {what}: {one}" for one in sorted({*before} - {*now}))
