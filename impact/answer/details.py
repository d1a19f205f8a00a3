"""What people want to read about a CI."""

from dataclasses import dataclass
from typing import Literal

from impact.projection import CIs, Profile

Role = Literal["owner", "supported_by", "used_by"]
ROLES: tuple[Role, ...] = ("owner", "supported_by", "used_by")


@dataclass(frozen=True, slots=True)
class Details:
    """What an answer says of a CI."""

    id: str
    name: str
    class_: str
    criticality: str | None
    environment: str | None
    owner: str | None
    """The team that answers for it."""

    @classmethod
    def of(cls, cis: CIs, ci: int) -> "Details":
        """The details of a CI by index."""
        profile = cis.described(ci)
        return cls(
            id=cis.uuid(ci),
            name=cis.name[ci],
            class_=profile.class_,
            criticality=profile.criticality,
            environment=profile.environment,
            owner=owner_of(profile),
        )


def owner_of(profile: Profile) -> str | None:
    """The team that answers for CIs of a profile; the first, should there be several."""
    return next(iter(_listed(profile.owner)), None)


def teams(profile: Profile) -> tuple[tuple[Role, str], ...]:
    """Role and name of each team that has to do with CIs of a profile, the owner first."""
    return tuple((role, team) for role in ROLES for team in _listed(getattr(profile, role)))


def _listed(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value or ()
