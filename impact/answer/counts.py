"""How many CIs are in each state, in all and by what they have in common."""

from cmdb.catalogue import Catalogue
from impact.analysis import Analysis
from impact.answer.groupings import by_class, by_distance, by_site, by_team
from impact.answer.models import Counts, StateCounts
from impact.answer.order import services
from impact.answer.sites import Sites
from impact.answer.tally import tally
from impact.answer.writer import Writer
from impact.arrays import Ints


def count(analysis: Analysis, catalogue: Catalogue, affected: Ints, sites: Sites, writer: Writer) -> Counts:
    """The counts of an answer: of all affected CIs, in any order, which stand at `sites`."""
    cis = analysis.projection.cis
    states, before = analysis.states(affected), analysis.states_before(affected)
    profiles = cis.profile[affected]
    return Counts(
        **tally(states),
        before=StateCounts(**tally(before)),
        added=StateCounts(**tally(states[states > before])),
        recovered=int((states < before).sum()),
        services=StateCounts(**tally(states[services(affected, cis, catalogue)])),
        by_class=by_class(profiles, states, cis, catalogue),
        by_team=by_team(profiles, states, cis),
        by_site=by_site(states, sites, writer),
        by_distance=by_distance(analysis.distances(affected), states),
    )
