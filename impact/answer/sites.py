"""The site at which each CI stands."""

from dataclasses import dataclass

import numpy as np

from cmdb.catalogue import Catalogue
from impact.arrays import Flags, Ints
from impact.kernels.sites import NOWHERE, SEVERAL, sites_of
from impact.projection import Projection

__all__ = ["NOWHERE", "SEVERAL", "Sites", "sites"]

SITE = "site"
PLACING = frozenset({"located_in", "runs_on", "composed_of"})
"""Types of relationships along which a CI stands where its provider does."""


@dataclass(frozen=True, slots=True)
class Sites:
    """Where some CIs stand."""

    of: Ints
    """By CI, an index into `cis`; or NOWHERE, if nothing tells, or SEVERAL, if several are equally near."""
    cis: Ints
    """The sites, as indices of CIs."""

    def among(self, ids: frozenset[str], projection: Projection) -> Flags:
        """Which of the CIs stand at one of some sites, named by id."""
        wanted = [projection.cis.uuid(ci) in ids for ci in self.cis.tolist()]
        return np.array([*wanted, False, False], dtype=np.bool_)[self.of]


def sites(projection: Projection, catalogue: Catalogue, among: Ints) -> Sites:
    """The nearest site of each of some distinct CIs; costs the relationships that tell where they stand."""
    classes, cis = catalogue.refining({SITE}), projection.cis
    is_site = np.array([profile.class_ in classes for profile in cis.profiles], dtype=np.bool_)
    places = np.array([terms.type in PLACING for terms in projection.groups.terms], dtype=np.bool_)
    with projection.scratch.borrow() as scratch:
        told, wiring = projection.groups.told, projection.wiring
        return Sites(*sites_of(wiring, scratch, told, places, cis.profile, is_site, among))
