"""The OpenAPI document: what FastAPI derives, with errors as what they are."""

import re
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from api.http.problems import MEDIA_TYPE

DESCRIPTION = """\
What your services are made of, and what really fails when something fails.

* **Token:** every request but `/health` needs `Authorization: Bearer TOKEN`; `cmdb token create` makes one.
* **Errors** are problem details (RFC 9457), `application/problem+json`, whatever went wrong.
* **Times** are UTC in ISO 8601. Unknown fields in a body are refused.
* **Long lists** come in pages: give `next` of one page as `cursor` to get the following.
* **Versions:** a CI comes with an `ETag`; sent as `If-Match`, it keeps you from undoing what others did.
* **Twice is once:** a POST with an `Idempotency-Key` may be sent again when its answer got lost.
* Every write tells the number of its revision in `X-Revision`, and takes a reason in `X-Reason`.
"""

TAGS = [
    {"name": "CIs", "description": "Configuration items: what there is."},
    {"name": "Relationships", "description": "What depends on what, from the dependent to the provider."},
    {"name": "Impact", "description": "What follows from failures."},
    {
        "name": "Records",
        "description": "Incidents, problems, changes, releases: what happened, and what is planned.",
    },
    {"name": "Incidents", "description": "Alerts, diagnosis, escalation, notices."},
    {"name": "Problems", "description": "What recurs, what causes it, and known errors."},
    {"name": "Releases", "description": "Versions, waves, and what takes them back."},
    {"name": "History", "description": "Who changed what, when and why; and how it was."},
    {"name": "Imports", "description": "What sources brought."},
    {"name": "Catalogue", "description": "Classes of CIs and types of relationships."},
    {"name": "Teams", "description": "Whom to tell."},
    {"name": "Health", "description": "Whether it works."},
]


def describe(app: FastAPI) -> None:
    """Let the app's document say that errors are problem details."""
    derived = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            _correct(derived())
        return derived()

    app.openapi = openapi  # type: ignore[method-assign]


def operation_id(route: APIRoute) -> str:
    """The summary as a name: `list_cis`."""
    return re.sub(r"[^a-z]+", "_", (route.summary or route.name).lower()).strip("_")


def _correct(document: dict[str, Any]) -> None:
    """Say of each error once what it is, and that it is a problem."""
    shared = document["components"].setdefault("responses", {})
    for path in document["paths"].values():
        for operation in path.values():
            responses = operation["responses"]
            for status in (status for status in responses if int(status) >= 400):
                content = responses[status]["content"]["application/json"]
                shared[status] = responses[status] | {"content": {MEDIA_TYPE: content}}
                responses[status] = {"$ref": f"#/components/responses/{status}"}
