"""What a projection is built from: a row a CI or relationship, or many in one block of columns."""

from typing import NamedTuple

import pyarrow as pa

from impact.arrays import Ints
from impact.projection.need import Need
from impact.projection.terms import Terms
from impact.projection.text import Octets


class Profile(NamedTuple):
    """What is the same of very many CIs; teams by name, `owner` and the like as in the graph."""

    class_: str
    status: str
    criticality: str | None = None
    environment: str | None = None
    owner: str | tuple[str, ...] | None = None
    supported_by: str | tuple[str, ...] | None = None
    used_by: str | tuple[str, ...] | None = None
    unverified: bool = False
    """No source but a person ever described it, and nobody confirmed it since."""


NOT_IN_USE = frozenset({"planned", "in_stock", "retired"})


class CIBlock(NamedTuple):
    """CIs in columns: index into `profiles`, number, UUID (n by 16) and name of each."""

    profiles: tuple[Profile, ...]
    profile: Ints
    nos: Ints
    ids: Octets
    names: pa.StringArray


class RelationshipBlock(NamedTuple):
    """Relationships on the same terms, from the numbers of dependents to those of providers.

    `groups` are the names of their groups; None where each is a group of its own.
    """

    terms: Terms
    dependents: Ints
    providers: Ints
    groups: pa.StringArray | None


class CIRow(NamedTuple):
    """A CI by itself."""

    no: int
    class_: str
    status: str
    name: str = ""
    id: str = "00000000-0000-0000-0000-000000000000"
    criticality: str | None = None
    owner: str | None = None


class RelationshipRow(NamedTuple):
    """A relationship by itself; see `Terms`."""

    dependent: int
    provider: int
    type: str
    group: str | None = None
    need: Need = None
    strength: str | None = None
    weight: int | None = None
    assumed: bool = False
    failover: int | None = None
    tolerates: int | None = None

    @property
    def terms(self) -> Terms:
        """All but the ends and the group."""
        return Terms(
            self.type, self.need, self.strength, self.weight, self.failover, self.tolerates, self.assumed
        )
