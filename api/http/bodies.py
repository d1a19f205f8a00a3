"""Refuses bodies that are too large or not JSON before anything reads them."""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import problem

LARGEST_BODY = 16 * 2**20
"""Bytes."""


class Bodies:
    """ASGI middleware that answers 413 and 415."""

    def __init__(self, app: ASGIApp, media_types: Sequence[str] = ("application/json",)) -> None:
        self._app = app
        self._media_types = media_types

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on unless its headers already rule it out; count what it then sends."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if refusal := self._refusal(Headers(scope=scope)):
            response = problem(scope["path"], *refusal)
            await response(scope, receive, send)
            return
        await self._app(scope, _counted(receive), send)

    def _refusal(self, headers: Headers) -> tuple[int, str, str] | None:
        length = headers.get("content-length", "0")
        if length.isdecimal() and int(length) > LARGEST_BODY:
            return 413, "Body too large", _too_large()
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        has_body = length != "0" or "transfer-encoding" in headers
        if has_body and media_type not in self._media_types:
            accepted = " or ".join(self._media_types)
            return 415, "Unsupported media type", f"Send {accepted}, and say so in Content-Type."
        return None


def _counted(receive: Receive) -> Receive:
    read = 0

    async def counted() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > LARGEST_BODY:
            raise HTTPException(413, _too_large())
        return message

    return counted


def _too_large() -> str:
    return f"At most {LARGEST_BODY // 2**20} MB fit; send it in parts."
