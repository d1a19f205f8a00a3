"""The OpenAPI document: what FastAPI derives, with errors as what they are."""

from typing import Any

from fastapi import FastAPI

from api.http.problems import MEDIA_TYPE

DESCRIPTION = """\
What your services are made of, and what really fails when something fails.

* **Token:** every request but `/health` needs `Authorization: Bearer TOKEN`; `cmdb token create` makes one.
* **Errors** are problem details (RFC 9457), `application/problem+json`, whatever went wrong.
* **Times** are UTC in ISO 8601. Unknown fields in a body are refused.
* **Long lists** come in pages: give `next` of one page as `cursor` to get the following.
"""

TAGS = [
    {"name": "CIs", "description": "Configuration items: what there is."},
    {"name": "Relationships", "description": "What depends on what, from the dependent to the provider."},
    {"name": "Impact", "description": "What follows from failures."},
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


def _correct(document: dict[str, Any]) -> None:
    for path in document["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
