"""Earlier incidents like a new one: around the same providers, in the same words, of the same kind."""

from impact.similarity.index import SimilarIncidents
from impact.similarity.models import Described, Parts, SharedCI, Similar
from impact.similarity.rules import SimilarityRules

__all__ = ["Described", "Parts", "SharedCI", "Similar", "SimilarIncidents", "SimilarityRules"]
