"""Who owns what."""

from collections.abc import Iterable, Iterator, Mapping

from cmdb.errors import InvalidInput
from cmdb.people import Team
from cmdb.reconciliation import Rejection
from importers.backstage.describe import text
from importers.backstage.entities import Entity, Reference
from importers.backstage.references import OWNER, OWNERS, refer, values


def own(
    things: Iterable[Entity], entities: Mapping[str, Entity]
) -> tuple[dict[str, Reference], list[Rejection]]:
    """Return the owner of each thing by its reference, and the owners that do not fit.

    One that is not in a catalogue which has groups is told of, and its name kept.
    """
    known = any(entity.reference.kind in OWNERS for entity in entities.values())
    owners: dict[str, Reference] = {}
    rejected: list[Rejection] = []
    for thing in things:
        for value in values(thing.spec, OWNER):
            try:
                owner = refer(thing, OWNER, value)
            except InvalidInput as error:
                rejected.append(thing.rejection({"owner": value}, str(error)))
                continue
            entity = entities.get(owner.entity)
            owners[thing.reference.entity] = entity.reference if entity else owner
            if known and not entity:
                reason = f"owner {value!r} is not in the catalogue; only its name is kept"
                rejected.append(thing.rejection({"owner": value}, reason))
    return owners, rejected


def teams(entities: Iterable[Entity], owners: Iterable[Reference]) -> Iterator[Team]:
    """Yield all groups, and the users that own something."""
    owning = set(owners)
    found: dict[str, Team] = {}
    for entity in entities:
        kind = entity.reference.kind
        if kind == "group" or (kind == "user" and entity.reference in owning):
            name = team_name(entity.reference)
            found.setdefault(name, Team(name, email=_email(entity)))
    yield from found.values()


def team_name(owner: Reference) -> str:
    """What a team is called: its name, with its namespace where that is not the usual one."""
    return owner.name if owner.namespace.lower() == "default" else f"{owner.namespace}/{owner.name}"


def _email(entity: Entity) -> str:
    profile = entity.spec.get("profile")
    return text(profile.get("email")) if isinstance(profile, dict) else ""
