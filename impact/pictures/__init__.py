"""What follows from failures, for the eye and for programs: pictures and tables of whole answers."""

from impact.pictures.export import export_impact
from impact.pictures.impact import impact_picture, whole_impact
from impact.pictures.table import IMPACT_COLUMNS, impact_batches

__all__ = ["IMPACT_COLUMNS", "export_impact", "impact_batches", "impact_picture", "whole_impact"]
