"""Refuses bodies that are too large or of a kind that nothing reads, before anything reads them."""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import problem

LARGEST_BODY = 16 * 2**20
"""Bytes."""

MEDIA_TYPES = ("application/json", "text/csv")


class Bodies:
    """ASGI middleware that answers 413 and 415."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on unless its headers already rule it out; count what it then sends."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if refusal := _refusal(Headers(scope=scope)):
            status, detail = refusal
            response = problem(scope["path"], status, status.phrase, detail)
            await response(scope, receive, send)
            return
        await self._app(scope, _counted(receive), send)


def _refusal(headers: Headers) -> tuple[HTTPStatus, str] | None:
    length = headers.get("content-length", "0")
    if length.isdecimal() and int(length) > LARGEST_BODY:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _too_large()
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    has_body = length != "0" or "transfer-encoding" in headers
    if has_body and media_type not in MEDIA_TYPES:
        accepted = " or ".join(MEDIA_TYPES)
        return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send {accepted}, and say so in Content-Type."
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
