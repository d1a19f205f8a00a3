"""Errors as problem details (RFC 9457): one shape for everything that goes wrong."""

import json
import logging
import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from cmdb.errors import LinchpinError, Unauthenticated

MEDIA_TYPE = "application/problem+json"
log = logging.getLogger(__name__)


class Problem(BaseModel):
    """What went wrong (RFC 9457). Some problems say more, such as `errors` or `candidates`."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "type": "urn:problem-type:linchpin:not-found",
                "title": "Not found",
                "status": 404,
                "detail": "There is no CI with id 0199.",
                "instance": "/api/v1/cis/0199",
            }
        },
    )

    type: str = Field(description="Kind of problem; the same for all problems with this title.")
    title: str = Field(description="Kind of problem in words.")
    status: int = Field(description="Status of the response.")
    detail: str = Field(description="What is wrong, where, and what to do.")
    instance: str = Field(description="Path of the request.")


def problem(
    path: str, status: int, title: str, detail: str, headers: dict[str, str] | None = None, **extensions: Any
) -> Response:
    """A response that tells of a problem."""
    kind = re.sub(r"[^a-z]+", "-", title.lower()).strip("-")
    content = {
        **extensions,
        "type": f"urn:problem-type:linchpin:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": path,
    }
    # ASCII, since what a client sent may hold halves of surrogate pairs, which UTF-8 cannot say.
    return Response(json.dumps(content, default=str), status, headers, MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Let the app answer every error with problem details."""
    app.add_exception_handler(LinchpinError, _raised_on_purpose)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _refused_by_framework)
    app.add_exception_handler(Exception, _unexpected)


def _raised_on_purpose(request: Request, error: Exception) -> Response:
    assert isinstance(error, LinchpinError)
    if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("%s %s: %s", request.method, request.url.path, error.detail)
    headers = {"WWW-Authenticate": "Bearer"} if isinstance(error, Unauthenticated) else None
    return problem(
        request.url.path, error.status, error.title, error.detail, headers, **_sound(error.extensions)
    )


def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = [
        {"at": "/".join(map(str, one["loc"])), "reason": one["msg"], "kind": one["type"]}
        for one in error.errors()
    ]
    detail = "; ".join(f"{one['at']}: {one['reason']}" for one in errors)
    return problem(request.url.path, 422, "Request not understood", detail, errors=errors)


def _refused_by_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    path = request.url.path
    details = {
        400: "The body cannot be read as JSON in UTF-8.",
        404: f"There is nothing at {path}; /openapi.json lists all paths.",
        405: f"{path} does not know {request.method}.",
    }
    headers = {"Allow": _allowed(request)} if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED else None
    title = HTTPStatus(error.status_code).phrase
    return problem(path, error.status_code, title, details.get(error.status_code, error.detail), headers)


def _allowed(request: Request) -> str:
    """All methods of a path; the framework names those of the first route alone."""
    app: FastAPI = request.app
    methods = {
        method.upper()
        for template, operations in app.openapi()["paths"].items()
        if compile_path(template)[0].match(request.url.path)
        for method in operations
    }
    return ", ".join(sorted(methods))


def _unexpected(request: Request, _: Exception) -> Response:
    return problem(
        request.url.path,
        500,
        "Internal error",
        "This is a mistake in Linchpin. The server's log has the details; please report them.",
    )


def _sound(value: Any) -> Any:
    """The value with numbers that JSON cannot say as text."""
    match value:
        case dict():
            return {str(name): _sound(one) for name, one in value.items()}
        case list() | tuple():
            return [_sound(one) for one in value]
        case float() if value != value or value in (float("inf"), float("-inf")):
            return str(value)
    return value
