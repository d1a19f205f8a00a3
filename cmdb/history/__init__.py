"""History as an undo log: revisions, what each changed, and everything as of any of them."""

from cmdb.history.baseline import Baseline, baselines, set_baseline, set_baseline_within
from cmdb.history.difference import Difference, difference
from cmdb.history.feed import Event, events, recent, revisions
from cmdb.history.lookback import cis_at, relationships_at
from cmdb.history.moment import BEGINNING, latest, moment
from cmdb.history.past import Past, State, read_past
from cmdb.history.present import created_by, present, relationship_types
from cmdb.history.revision import Author, Draft, Kind, Revision, relationship_subject, revise
from cmdb.history.settled import settle
from cmdb.history.steps import Change, steps
from cmdb.history.timeline import Entry, timeline

__all__ = [
    "BEGINNING",
    "Author",
    "Baseline",
    "Change",
    "Difference",
    "Draft",
    "Entry",
    "Event",
    "Kind",
    "Past",
    "Revision",
    "State",
    "baselines",
    "cis_at",
    "created_by",
    "difference",
    "events",
    "latest",
    "moment",
    "present",
    "read_past",
    "recent",
    "relationship_subject",
    "relationship_types",
    "relationships_at",
    "revise",
    "revisions",
    "set_baseline",
    "set_baseline_within",
    "settle",
    "steps",
    "timeline",
]
