"""The sample estate, and the questions that a change manager asks of it."""

from api.demo.story import ESTATE, SOURCE, tell_story
from api.demo.token import demo_token

__all__ = ["ESTATE", "SOURCE", "demo_token", "tell_story"]
