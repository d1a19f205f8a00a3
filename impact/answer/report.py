"""An analysis as an answer, with the details of the CIs in it."""

from functools import cached_property

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from impact.analysis import Analysis
from impact.analysis.confidence import Basis, basis
from impact.analysis.why import Barriers, barriers
from impact.answer.asked import asked
from impact.answer.contacts import contacts, fetch_channels, parties
from impact.answer.counts import count
from impact.answer.models import Asked, Confidence, Contact, Explanation, Impact, Listed
from impact.answer.order import ranked, services
from impact.answer.selection import EVERYTHING, Selection, selected
from impact.answer.sites import Sites, sites
from impact.answer.text import assumption, conclusion, gap, overreach
from impact.answer.writer import Writer
from impact.arrays import Ints
from impact.projection import Projection
from impact.scenario import Scenario
from impact.state import State

SHOWN = 10
"""Barriers of an explanation, and doubts of each kind."""


class Report:
    """Turns one analysis into answers; `whole` is the projection with all relationships."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        whole: Projection,
        analysis: Analysis,
        scenario: Scenario,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._whole = whole
        self._analysis = analysis
        self._scenario = scenario
        self._writer = Writer(analysis)

    @property
    def analysis(self) -> Analysis:
        """What is reported."""
        return self._analysis

    @property
    def asked(self) -> Asked:
        """What was asked."""
        return asked(self._scenario, self._analysis, self._writer)

    @cached_property
    def ranked(self) -> Ints:
        """All affected CIs by index, in the order of the answer."""
        return ranked(self._analysis, self._catalogue)

    @cached_property
    def services(self) -> Ints:
        """The services among them."""
        return self.ranked[services(self.ranked, self._analysis.projection.cis, self._catalogue)]

    @cached_property
    def _standing(self) -> Sites:
        return sites(self._analysis.projection, self._catalogue, self.ranked)

    def listed(self, selection: Selection) -> Ints:
        """The affected CIs that a selection lets through, in the order of the answer."""
        if selection == EVERYTHING:
            return self.ranked
        passed = selected(selection, self._analysis, self._catalogue, self.ranked, self._standing)
        return self.ranked[passed]

    def impact(self, offset: int, limit: int, selection: Selection = EVERYTHING) -> Impact:
        """The page of `limit` items that begins at `offset`, of those that the selection lists."""
        listed = self.listed(selection)
        page = listed[offset : offset + limit].tolist()
        worst = self.services[:limit].tolist()
        items = {ci: self._writer.item(ci) for ci in {*page, *worst}}
        return Impact(
            revision=self._whole.revision.seq,
            as_of=self._whole.revision.at,
            scenario=self.asked,
            counts=count(self._analysis, self._catalogue, self.ranked, self._standing, self._writer),
            services=[items[ci] for ci in worst],
            contacts=self._contacts(),
            confidence=self._confidence(basis(self._analysis, self._whole)),
            matching=len(listed),
            items=[items[ci] for ci in page],
        )

    def explanation(self, ci: int) -> Explanation:
        """Why a CI has its state, and what keeps it from a worse one."""
        impacted = self._analysis.state(ci) >= State.DEGRADED
        found = Barriers(0, ()) if impacted else barriers(self._analysis, ci, SHOWN)
        item = self._writer.item(ci)
        saved_by = Listed(count=found.count, first=[self._writer.saved(b) for b in found.first])
        return Explanation(
            revision=self._whole.revision.seq,
            as_of=self._whole.revision.at,
            item=item,
            text=conclusion(item, saved_by.first),
            saved_by=saved_by,
        )

    def _contacts(self) -> list[Contact]:
        cis = self._analysis.projection.cis
        found = parties(cis.profiles, cis.profile[self.ranked], self._analysis.states(self.ranked))
        return contacts(found, self.ranked, self._writer, fetch_channels(self._database, found))

    def _confidence(self, found: Basis) -> Confidence:
        writer = self._writer
        return Confidence(
            nothing_known=writer.refs(found.nothing_known.tolist()),
            unverified=Listed(
                count=len(found.unverified),
                first=writer.refs(found.unverified[:SHOWN].tolist()),
            ),
            assumed=Listed(
                count=len(found.assumed),
                first=[writer.doubt(group, assumption) for group in found.assumed[:SHOWN].tolist()],
            ),
            defects=Listed(
                count=len(found.capped) + len(found.empty),
                first=[
                    *(writer.doubt(group, overreach) for group in found.capped[:SHOWN].tolist()),
                    *(writer.doubt(group, gap) for group in found.empty[:SHOWN].tolist()),
                ],
            ),
            purged=self._whole.purged,
        )
