"""Answers: their shape in JSON, and the words in them."""

from impact.answer.cursor import Cursor, digest
from impact.answer.models import Explanation, Impact, Item, Reason
from impact.answer.report import Report

__all__ = ["Cursor", "Explanation", "Impact", "Item", "Reason", "Report", "digest"]
