"""The HTTP API: routes under `/api/v1`, one error shape, tokens, and the document that describes it."""

from api.http.app import create_app
from api.http.serve import serve

__all__ = ["create_app", "serve"]
