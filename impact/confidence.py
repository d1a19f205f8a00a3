"""What an answer rests on, and what nobody knows."""

from dataclasses import dataclass

import numpy as np

from cmdb.database import Database
from cmdb.reconciliation import MANUAL
from impact.analysis import Analysis
from impact.projection import Ints, Projection, Strength
from impact.state import State


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


def basis(analysis: Analysis, whole: Projection) -> Basis:
    """What the answer of an analysis rests on; `whole` has the relationships of all types."""
    groups = analysis.groups
    impacted = np.flatnonzero(analysis.states >= State.DEGRADED).astype(np.int32)
    hit = np.unique(groups.containing(impacted)[0])
    hit = hit[groups.strength[hit] != Strength.NONE]
    concerned = np.zeros(len(analysis.projection.no), dtype=np.bool_)
    concerned[analysis.affected] = True
    concerned[groups.owner[hit]] = True
    met = concerned[groups.owner] & (groups.strength != Strength.NONE)
    return Basis(
        nothing_known=_without_dependents(analysis, whole),
        assumed=hit[groups.assumed[hit]],
        capped=np.flatnonzero(met & groups.capped & (groups.total > 0)).astype(np.int32),
        empty=np.flatnonzero(met & (groups.total == 0)).astype(np.int32),
    )


def _without_dependents(analysis: Analysis, whole: Projection) -> Ints:
    causes = np.union1d(analysis.scenario.down, analysis.scenario.degraded)
    return np.array(
        [
            ci
            for ci in causes
            if not (whole.groups.strength[whole.groups.containing(np.array([ci]))[0]] != Strength.NONE).any()
        ],
        dtype=np.int32,
    )


def fetch_unverified(database: Database, nos: list[int]) -> list[int]:
    """Those of the CIs that no source but a person ever described, and nobody confirmed since."""
    (record,) = database.read(
        """
        UNWIND $nos AS no
        MATCH (ci:CI {no: no})
        WHERE ci.verified_at IS NULL AND NOT EXISTS {
            MATCH (record:SourceRecord)-[:DESCRIBES]->(ci) WHERE record.source <> $person
        }
        RETURN collect(no) AS unverified
        """,
        nos=nos,
        person=MANUAL,
    )
    return list(record["unverified"])
