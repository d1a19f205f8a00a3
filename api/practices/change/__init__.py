"""Changes that know the graph: assessed, decided on, foretold and confirmed."""

from api.practices.change.agenda import Agenda, Point, agenda, minute
from api.practices.change.brief import Brief, brief
from api.practices.change.bureau import Bureau, open_bureau
from api.practices.change.calendar import change_calendar
from api.practices.change.calibration import calibration
from api.practices.change.collisions import collisions_of
from api.practices.change.confirmation import unauthorised_changes, unconfirmed_changes
from api.practices.change.findings import assess, decide_on, find, outdated, start_change
from api.practices.change.freezes import freezes_of, windows_for
from api.practices.change.page import html, markdown
from api.practices.change.planning import WrittenPlan, plan_by_template, plan_change, read_plan
from api.practices.change.reviewing import Comparison, compare

__all__ = [
    "Agenda",
    "Brief",
    "Bureau",
    "Comparison",
    "Point",
    "WrittenPlan",
    "agenda",
    "assess",
    "brief",
    "calibration",
    "change_calendar",
    "collisions_of",
    "compare",
    "decide_on",
    "find",
    "freezes_of",
    "html",
    "markdown",
    "minute",
    "open_bureau",
    "outdated",
    "plan_by_template",
    "plan_change",
    "read_plan",
    "start_change",
    "unauthorised_changes",
    "unconfirmed_changes",
    "windows_for",
]
