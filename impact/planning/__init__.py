"""What planned changes do: to services, to one another, and to the windows that are agreed."""

from impact.planning.collisions import Collision, Collisions, JointLoss, collisions
from impact.planning.free import free_windows
from impact.planning.harm import Harms
from impact.planning.impact import plan_impact
from impact.planning.inheritance import Bonds, Breach
from impact.planning.models import Course, Moment, PlanImpact, ServiceFate, Stretch, WorstCase
from impact.planning.rivals import Planned
from impact.planning.windows import Freeze, Maintenance, WindowPolicy

__all__ = [
    "Bonds",
    "Breach",
    "Collision",
    "Collisions",
    "Course",
    "Freeze",
    "Harms",
    "JointLoss",
    "Maintenance",
    "Moment",
    "PlanImpact",
    "Planned",
    "ServiceFate",
    "Stretch",
    "WindowPolicy",
    "WorstCase",
    "collisions",
    "free_windows",
    "plan_impact",
]
