"""Cursors: where the next page begins, of which answer."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import astuple, dataclass
from hashlib import blake2b

import orjson

from cmdb.errors import InvalidInput
from impact.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Cursor:
    """The next item of the answer to a scenario, at the revision of the page before."""

    revision: int
    offset: int
    question: str
    """Digest of the scenario."""

    def __str__(self) -> str:
        return urlsafe_b64encode(orjson.dumps(astuple(self))).decode()

    @classmethod
    def read(cls, text: str, scenario: Scenario) -> "Cursor":
        """The cursor that `text` is, if it belongs to the scenario; else raises InvalidInput."""
        try:
            revision, offset, question = orjson.loads(urlsafe_b64decode(text))
            sound = type(revision) is type(offset) is int and min(revision, offset) >= 0
        except (ValueError, TypeError):
            sound = False
        if not sound:
            raise InvalidInput("The cursor is none that an answer gave as `next`.")
        if question != digest(scenario):
            raise InvalidInput("The cursor belongs to the answer of another scenario.")
        return cls(revision, offset, question)


def digest(scenario: Scenario) -> str:
    """The same for equal scenarios, in every process."""
    told = {
        name: sorted(value) if isinstance(value, list) else value
        for name, value in scenario.model_dump(mode="json", exclude={"base"}).items()
    }
    base = [sorted(scenario.base.down), sorted(scenario.base.degraded)]
    return blake2b(orjson.dumps([told, base]), digest_size=8).hexdigest()
