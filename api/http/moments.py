"""How a request names a moment."""

from typing import Annotated

from fastapi import Query

AsOf = Annotated[
    str | None,
    Query(
        max_length=200,
        description="A revision's number, a time such as `2026-11-21T22:00Z`, or a baseline's name; "
        "unset: now.",
    ),
]
