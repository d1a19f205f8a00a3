"""Collisions of a change with all others whose windows overlap its own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import numpy as np
from pydantic import Field

from cmdb.catalogue import Catalogue
from impact.answer.models import Answer, AtRevision, CIRef, Listed
from impact.answer.order import services, urgencies
from impact.planning.course import stretch
from impact.planning.harm import DEGRADED, DOWN, Harms
from impact.planning.joint import Joint, joint_losses
from impact.planning.models import Stretch
from impact.planning.rivals import Contact, Neighbourhood, Planned
from impact.planning.spells import planned
from impact.projection import Projection
from impact.questions.naming import refs
from impact.scenario import find_known

SHOWN = 100


class Collision(Answer):
    """Another change that has to do with this one, and whose window overlaps."""

    number: str
    begin: datetime = Field(description="Where the windows begin to overlap.")
    end: datetime
    same_cis: list[str] = Field(description="Ids of the CIs that both work on.")
    hit: list[str] = Field(description="Ids of its CIs that suffer if this change goes wrong.")
    hit_by: list[str] = Field(
        description="Ids of the CIs of this change that suffer if the other goes wrong."
    )
    same_team: bool = Field(description="One team has to do both.")


class JointLoss(Answer):
    """What several changes harm together, and fewer of them would not harm so much."""

    changes: list[str] = Field(description="Their numbers; none can be spared.")
    times: list[Stretch]
    services: int = Field(description="How many services are down or degraded by it.")
    down: Listed[CIRef] = Field(description="Services first, then by criticality.")
    degraded: Listed[CIRef]


class Collisions(AtRevision):
    """All collisions of a change."""

    number: str
    overlapping: int = Field(description="How many other changes have a window that overlaps.")
    collisions: list[Collision] = Field(description="By number.")
    joint_losses: list[JointLoss] = Field(description="Those that harm most services first.")
    complete: bool = Field(
        description="Whether the joint losses are all; no where a CI can be lost in hundreds of ways."
    )

    @property
    def free(self) -> bool:
        """Whether there is none."""
        return not self.collisions and not self.joint_losses


def collisions(harms: Harms, catalogue: Catalogue, new: Planned, others: Iterable[Planned]) -> Collisions:
    """Every collision of a new change with others, of which those by its own number do not count."""
    window = new.plan.window
    rivals = [other for other in others if other.number != new.number and other.plan.window.overlaps(window)]
    projection = harms.projection
    found = find_known(projection, {ci for one in (new, *rivals) for ci in one.plan.cis})
    neighbourhood = Neighbourhood(harms, found, new)
    contacts = ((other, neighbourhood.contact(other)) for other in rivals)
    work = {one.number: planned(one.plan, found) for one in (new, *rivals)}
    joint, complete = joint_losses(harms, new.number, work)
    losses = [_told(projection, catalogue, one) for one in joint]
    return Collisions(
        revision=projection.revision.seq,
        as_of=projection.revision.at,
        number=new.number,
        overlapping=len(rivals),
        collisions=sorted(
            (_collision(new, other, contact) for other, contact in contacts if contact),
            key=lambda one: one.number,
        ),
        complete=complete,
        joint_losses=sorted(losses, key=lambda one: (-one.services, -one.down.count, one.changes)),
    )


def _collision(new: Planned, other: Planned, contact: Contact) -> Collision:
    mine, theirs = new.plan.window, other.plan.window
    return Collision(
        number=other.number,
        begin=max(mine.start, theirs.start),
        end=min(mine.end, theirs.end),
        same_cis=sorted(contact.same),
        hit=sorted(contact.hit),
        hit_by=sorted(contact.hit_by),
        same_team=contact.same_team,
    )


def _told(projection: Projection, catalogue: Catalogue, joint: Joint) -> JointLoss:
    harmed = np.array(sorted(joint.harm), dtype=np.int32)
    down, degraded = (_listed(projection, catalogue, joint.harm, level) for level in (DOWN, DEGRADED))
    return JointLoss(
        changes=sorted(joint.changes),
        times=[stretch(span) for span in joint.times],
        services=int(services(harmed, projection.cis, catalogue).sum()),
        down=down,
        degraded=degraded,
    )


def _listed(
    projection: Projection, catalogue: Catalogue, harm: Mapping[int, int], level: int
) -> Listed[CIRef]:
    cis = projection.cis
    found = np.array(sorted(ci for ci, worst in harm.items() if worst == level), dtype=np.int32)
    order = np.lexsort((cis.rank[found], urgencies(found, cis), ~services(found, cis, catalogue)))
    shown: Sequence[int] = found[order][:SHOWN].tolist()
    return Listed(count=len(found), first=refs(cis, shown))
