"""The sample estate, and the questions that a change manager asks of it."""

from api.demo.story import ESTATE, SOURCE, tell_story

__all__ = ["ESTATE", "SOURCE", "tell_story"]
