"""What an answer rests on, and what nobody knows."""

from dataclasses import dataclass

import numpy as np

from impact.analysis.analysis import Analysis
from impact.arrays import Ints, ranges
from impact.projection import Projection
from impact.strength import Strength


@dataclass(frozen=True, slots=True)
class Basis:
    """CIs and groups, by index, that an answer should not be taken at its word for."""

    nothing_known: Ints
    """Causes on which nothing is known to depend."""
    assumed: Ints
    """Assumed groups that have impacted members."""
    capped: Ints
    """Groups that need more than they have."""
    empty: Ints
    """Groups all of whose members are planned or in stock."""
    unverified: Ints
    """Affected CIs that no source but a person ever described, and nobody confirmed since."""


def basis(analysis: Analysis, whole: Projection) -> Basis:
    """What the answer of an analysis rests on; `whole` has the relationships of all types."""
    groups, hurt, affected = analysis.groups, analysis.outcome.hurt, analysis.affected
    wiring = groups.wiring
    dependents = wiring.dependent[ranges(wiring.row[hurt][:, [0, 3]])]
    met = ranges(wiring.owned[np.union1d(affected, dependents)])
    met = met[wiring.strength[met] != Strength.NONE]
    assumed = met[groups.assumed[met]]
    empty = wiring.first[met] == wiring.first[met + 1]
    causes = np.union1d(analysis.scenario.down, analysis.scenario.degraded)
    causes = causes[causes < len(whole.cis)]  # whoever imagines a CI knows what depends on it
    return Basis(
        nothing_known=causes[whole.wiring.row[causes, 0] == whole.wiring.row[causes, 3]],
        assumed=assumed[[bool(np.isin(groups.members(group), hurt).any()) for group in assumed]],
        capped=met[groups.capped[met] & ~empty],
        empty=met[empty],
        unverified=affected[analysis.projection.cis.having(affected, lambda profile: profile.unverified)],
    )
