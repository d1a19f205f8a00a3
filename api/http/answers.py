"""Which errors an operation documents beyond those that every operation may end with."""

from typing import Any

from api.http.problems import Problem

Responses = dict[int | str, dict[str, Any]]

REASONS = {
    400: "The request says something that cannot be meant.",
    401: "No valid token.",
    403: "The token's role does not allow it.",
    404: "There is no such thing.",
    409: "The graph already says otherwise, or a name is ambiguous.",
    412: "Somebody else has changed it since.",
    413: "The body is too large.",
    415: "The body is of a type that nothing reads.",
    422: "The request is not understood, or attributes break the catalogue's rules.",
    500: "A mistake in Linchpin.",
    503: "Neo4j is not available.",
}
ALWAYS = (500, 503)
WITH_TOKEN = (401, 403, 422)
WITH_BODY = (400, 413, 415)


def problems(*statuses: int) -> Responses:
    """Responses that tell of a problem."""
    return {status: {"model": Problem, "description": REASONS[status]} for status in sorted(set(statuses))}
