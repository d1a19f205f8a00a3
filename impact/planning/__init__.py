"""What planned changes do: to services, to one another, and to the windows that are agreed."""

from impact.planning.impact import plan_impact
from impact.planning.models import Course, Moment, PlanImpact, ServiceFate, WorstCase

__all__ = ["Course", "Moment", "PlanImpact", "ServiceFate", "WorstCase", "plan_impact"]
