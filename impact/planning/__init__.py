"""What planned changes do: to services, to one another, and to the windows that are agreed."""

from impact.planning.collisions import Collision, Collisions, JointLoss, Stretch, collisions
from impact.planning.harm import Harms
from impact.planning.impact import plan_impact
from impact.planning.models import Course, Moment, PlanImpact, ServiceFate, WorstCase
from impact.planning.rivals import Planned

__all__ = [
    "Collision",
    "Collisions",
    "Course",
    "Harms",
    "JointLoss",
    "Moment",
    "PlanImpact",
    "Planned",
    "ServiceFate",
    "Stretch",
    "WorstCase",
    "collisions",
    "plan_impact",
]
