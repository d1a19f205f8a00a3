"""Cursors: where the next page begins, of which answer."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import astuple, dataclass
from hashlib import blake2b
from typing import Any

import orjson
from pydantic import BaseModel

from cmdb.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Cursor:
    """The next item of the answer to a question, at the revisions of the page before."""

    revisions: tuple[int, ...]
    offset: int
    question: str
    """Digest of the question."""

    def __str__(self) -> str:
        return urlsafe_b64encode(orjson.dumps(astuple(self))).decode()

    @classmethod
    def read(cls, text: str, question: str, moments: int) -> "Cursor":
        """The cursor that `text` is, if it belongs to the question about so many moments.

        Raises InvalidInput for anything else.
        """
        try:
            revisions, offset, asked = orjson.loads(urlsafe_b64decode(text))
            numbers = (*revisions, offset)
            sound = len(numbers) == moments + 1 and all(type(n) is int and n >= 0 for n in numbers)
        except (ValueError, TypeError):
            sound = False
        if not sound:
            raise InvalidInput("The cursor is none that an answer gave as `next`.")
        if asked != question:
            raise InvalidInput("The cursor belongs to the answer of another question.")
        return cls(tuple(revisions), offset, question)


def digest(*question: BaseModel) -> str:
    """The same for equal questions, in every process."""
    told = [_ordered(part.model_dump()) for part in question]
    return blake2b(orjson.dumps(told), digest_size=8).hexdigest()


def _ordered(value: Any) -> Any:
    """The same with each set in an order that does not differ between processes."""
    if isinstance(value, dict):
        return {name: _ordered(part) for name, part in sorted(value.items())}
    if isinstance(value, frozenset):
        return sorted(value)
    return [_ordered(part) for part in value] if isinstance(value, tuple) else value
