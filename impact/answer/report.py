"""An analysis as an answer, with the details of the CIs in it."""

from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from impact.analysis import Analysis
from impact.answer.contacts import contacts, fetch_channels, teams
from impact.answer.counts import count
from impact.answer.models import Asked, Confidence, Explanation, Impact, Listed
from impact.answer.order import ranked, services
from impact.answer.text import assumption, conclusion, gap, overreach
from impact.answer.writer import Writer
from impact.confidence import Basis, basis, fetch_unverified
from impact.details import Details, fetch_details
from impact.projection import Flags, Projection
from impact.scenario import Scenario
from impact.state import State
from impact.why import Barrier, barriers

SHOWN = 10
"""Barriers of an explanation, and doubts of each kind."""


class Report:
    """Turns one analysis into answers; `whole` is the projection with all relationships."""

    def __init__(
        self, database: Database, catalogue: Catalogue, whole: Projection, analysis: Analysis
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._whole = whole
        self._analysis = analysis
        self._details: dict[int, Details] = {}
        self._writer = Writer(analysis, self._details)

    @cached_property
    def ranked(self) -> list[int]:
        """All affected CIs by index, in the order of the answer."""
        self._know(self._analysis.affected.tolist())
        return ranked(self._analysis, self._details, self._services)

    def impact(self, scenario: Scenario, offset: int, limit: int) -> Impact:
        """The page of `limit` items that begins at `offset`."""
        page = self.ranked[offset : offset + limit]
        worst = [ci for ci in self.ranked if self._services[ci]][:limit]
        self._know(self._mentioned({*page, *worst}))
        told = teams(self._writer, self.ranked)
        return Impact(
            revision=self._whole.revision.seq,
            as_of=self._whole.revision.at,
            scenario=self._asked(scenario),
            counts=count(self._analysis, self._services, self._catalogue),
            services=[self._writer.item(ci) for ci in worst],
            contacts=contacts(told, fetch_channels(self._database, told)),
            confidence=self._confidence(basis(self._analysis, self._whole)),
            items=[self._writer.item(ci) for ci in page],
        )

    def explanation(self, ci: int) -> Explanation:
        """Why a CI has its state, and what keeps it from a worse one."""
        impacted = self._analysis.state(ci) >= State.DEGRADED
        found = [] if impacted else barriers(self._analysis, ci)
        self._know(self._mentioned([ci]))
        self._know(self._crossed(found[:SHOWN]))
        item = self._writer.item(ci)
        saved_by = Listed(count=len(found), first=[self._writer.saved(b) for b in found[:SHOWN]])
        return Explanation(
            revision=self._whole.revision.seq,
            as_of=self._whole.revision.at,
            item=item,
            text=conclusion(item, saved_by.first),
            saved_by=saved_by,
        )

    @cached_property
    def _services(self) -> Flags:
        return services(self._whole, self._catalogue)

    def _know(self, cis: Iterable[int]) -> None:
        """Fetch the details that are not known yet."""
        missing = set(self._whole.nos(cis)) - self._details.keys()
        self._details |= fetch_details(self._database, missing, self._whole.revision.seq)

    def _mentioned(self, cis: Iterable[int]) -> Iterator[int]:
        """The CIs, and all that the reasons for their states name."""
        for ci in cis:
            yield ci
            if self._analysis.state(ci) != State.UP:
                evidence = self._analysis.evidence(ci)
                yield from evidence.path
                for group in evidence.groups[-1:]:
                    yield from self._analysis.groups.members(group).tolist()

    def _crossed(self, found: Iterable[Barrier]) -> Iterator[int]:
        for barrier in found:
            yield from barrier.way.path
            yield from self._analysis.evidence(barrier.nearest).path
            yield from self._analysis.groups.members(barrier.group).tolist()

    def _asked(self, scenario: Scenario) -> Asked:
        causes, base = self._analysis.scenario, self._analysis.base
        named = (causes.down, causes.degraded, causes.pinned, base.down, base.degraded)
        self._know(ci for cis in named for ci in cis.tolist())
        failed, degraded, not_impacted, down, weak = map(self._writer.refs, named)
        return Asked(
            failed=failed,
            degraded=degraded,
            not_impacted=not_impacted,
            already_down=down,
            already_degraded=weak,
            types=sorted(scenario.types),
            ignore_redundancy=scenario.ignore_redundancy,
            as_of=scenario.as_of,
        )

    def _confidence(self, found: Basis) -> Confidence:
        writer, groups = self._writer, self._analysis.groups
        shown = (found.assumed[:SHOWN], found.capped[:SHOWN], found.empty[:SHOWN])
        doubtful = np.concatenate(shown)
        self._know(groups.owner[doubtful].tolist())
        self._know(ci for group in doubtful for ci in groups.members(group).tolist())
        unverified = fetch_unverified(self._database, self._whole.nos(self.ranked))
        return Confidence(
            nothing_known=writer.refs(found.nothing_known),
            unverified=Listed(
                count=len(unverified),
                first=writer.refs(self._whole.find(unverified[:SHOWN])),
            ),
            assumed=Listed(
                count=len(found.assumed),
                first=[writer.doubt(group, assumption) for group in found.assumed[:SHOWN]],
            ),
            defects=Listed(
                count=len(found.capped) + len(found.empty),
                first=[
                    *(writer.doubt(group, overreach) for group in found.capped[:SHOWN]),
                    *(writer.doubt(group, gap) for group in found.empty[:SHOWN]),
                ],
            ),
            purged=self._whole.purged,
        )
