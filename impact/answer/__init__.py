"""Answers: their shape in JSON, and the words in them."""

from impact.answer.cursor import Cursor, digest
from impact.answer.models import (
    Confidence,
    Contact,
    Doubt,
    Explanation,
    Impact,
    Item,
    Listed,
    Reason,
    StateCounts,
    Step,
)
from impact.answer.report import Report
from impact.answer.selection import EVERYTHING, Selection

__all__ = [
    "EVERYTHING",
    "Confidence",
    "Contact",
    "Cursor",
    "Doubt",
    "Explanation",
    "Impact",
    "Item",
    "Listed",
    "Reason",
    "Report",
    "Selection",
    "StateCounts",
    "Step",
    "digest",
]
