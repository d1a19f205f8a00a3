"""The sample estate, what discovery makes of it, and the questions that a change manager asks of it."""

from api.demo.discovery import tell_discovery
from api.demo.service_desk import tell_service_desk
from api.demo.sources import import_estate
from api.demo.story import tell_story
from api.demo.token import demo_token

__all__ = ["demo_token", "import_estate", "tell_discovery", "tell_service_desk", "tell_story"]
