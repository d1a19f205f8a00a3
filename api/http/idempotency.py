"""`Idempotency-Key`: a POST that is sent twice is carried out once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from api.http.dependencies import TheActor, TheStore
from cmdb.access import Answer, once


@dataclass(frozen=True, slots=True)
class Made:
    """What a POST made, and how to answer it."""

    body: BaseModel
    status: int = 201
    headers: Mapping[str, str] = field(default_factory=dict)

    def answer(self) -> Answer:
        """The answer as it is kept and sent."""
        return Answer(self.status, self.headers, self.body.model_dump_json(by_alias=True))


class _Once:
    def __init__(
        self,
        request: Request,
        store: TheStore,
        actor: TheActor,
        idempotency_key: Annotated[
            str | None,
            Header(
                min_length=1,
                max_length=200,
                description="Any text that is new with each request you mean: sent again within 24 hours, "
                "the request is not carried out again, and gets the answer it got before.",
                examples=["7f9c2ba4-e88f-4f1d-8f5d-111e1c6d6a42"],
            ),
        ] = None,
    ) -> None:
        self._request = request
        self._store = store
        self._actor = actor
        self._key = idempotency_key

    def __call__(self, body: BaseModel | None, carry_out: Callable[[], Made]) -> Response:
        """Carry out what the request means, unless it was already."""
        if self._key is None:
            answer = carry_out().answer()
        else:
            answer = once(
                self._store.database,
                f"{self._actor.name}\n{self._key}",
                self._fingerprint(body),
                lambda: carry_out().answer(),
            )
        return Response(answer.body, answer.status, dict(answer.headers), "application/json")

    def _fingerprint(self, body: BaseModel | None) -> str:
        """The same for the same request, whatever its JSON looks like."""
        url = self._request.url
        said = body.model_dump_json(by_alias=True) if body else ""
        return sha256(f"{self._request.method} {url.path}?{url.query}\n{said}".encode()).hexdigest()


Once = Annotated[_Once, Depends(_Once)]
