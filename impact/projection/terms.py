"""The terms of a relationship: all that is the same on very many of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from impact.arrays import Bytes, Flags, Ints, Longs
from impact.projection.need import Need, share
from impact.strength import Strength


class Terms(NamedTuple):
    """On what terms a dependent depends on a provider, as the graph says.

    `type` is a name of the catalogue (`runs_on`). `need`, `strength` and `failover` hold for the whole
    group; None where the graph does not say: all members, as the type says, no time.
    """

    type: str
    need: Need = None
    strength: str | None = None
    weight: int | None = None
    failover: int | None = None
    tolerates: int | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class TermsTable:
    """Distinct terms in columns."""

    rank: Ints
    """Which of two relationships of a group to one provider counts: the heavier, then what tolerates less."""
    strength: Bytes
    weight: Ints
    failover: Ints
    tolerates: Ints
    assumed: Flags
    fixed: Longs
    """The need as a count; -1 where it is a share, `numerator / denominator` of the total."""
    numerator: Longs
    denominator: Longs

    @classmethod
    def of(cls, terms: Sequence[Terms], strengths: Mapping[str, str]) -> "TermsTable":
        """The table of some terms; `strengths` gives those of the types, where terms do not say.

        A type that it does not know is hard, since what is not known is not safe.
        """
        codes: dict[str, Strength] = {strength.label: strength for strength in Strength}
        shares = [share(t.need) for t in terms]
        order = sorted(
            range(len(terms)), key=lambda i: (-_weight(terms[i]), terms[i].tolerates or 0, repr(terms[i]))
        )
        rank = np.empty(len(terms), dtype=np.int32)
        rank[order] = np.arange(len(terms))
        return cls(
            rank=rank,
            strength=np.array([codes[t.strength or strengths.get(t.type, "hard")] for t in terms], np.int8),
            weight=np.array([_weight(t) for t in terms], np.int32),
            failover=np.array([t.failover or 0 for t in terms], np.int32),
            tolerates=np.array([t.tolerates or 0 for t in terms], np.int32),
            assumed=np.array([t.assumed for t in terms], np.bool_),
            fixed=np.array([t.need if isinstance(t.need, int) else -1 for t in terms], np.int64),
            numerator=np.array([part.numerator for part in shares], np.int64),
            denominator=np.array([part.denominator for part in shares], np.int64),
        )

    def asked(self, terms: Ints, totals: Longs) -> Longs:
        """What groups with these terms ask of the totals that they have; a share is rounded up."""
        shares = -(-totals * self.numerator[terms] // self.denominator[terms])
        return np.where(self.fixed[terms] >= 0, self.fixed[terms], shares)


def _weight(terms: Terms) -> int:
    return 1 if terms.weight is None else terms.weight
