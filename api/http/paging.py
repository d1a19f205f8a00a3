"""Cursors: opaque to clients, and the same for all lists."""

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Annotated, TypeVar

from fastapi import Query

from cmdb.errors import InvalidInput

T = TypeVar("T")

Limit = Annotated[int, Query(ge=1, le=1000, description="Most items of a page.")]
Cursor = Annotated[str | None, Query(max_length=16_000, description="`next` of the page before.")]


def opaque(text: str | None) -> str | None:
    """A cursor as clients get it."""
    return None if text is None else urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str | None) -> str | None:
    """What `opaque` was given; raises InvalidInput for anything else."""
    if cursor is None:
        return None
    try:
        return b64decode(cursor + "=" * (-len(cursor) % 4), altchars="-_", validate=True).decode()
    except ValueError:
        raise bad_cursor() from None


def read_offset(cursor: str | None) -> int:
    """How many items come before the page, where a cursor counts them."""
    text = read_cursor(cursor) or "0"
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise bad_cursor()
    return int(text)


def part(items: Sequence[T], cursor: str | None, limit: int) -> tuple[Sequence[T], str | None]:
    """A page of a list that is there as a whole, and the cursor of the next."""
    start = read_offset(cursor)
    end = start + limit
    return items[start:end], opaque(str(end)) if end < len(items) else None


def bad_cursor() -> InvalidInput:
    """The error for a cursor that this list never gave out."""
    return InvalidInput("The cursor is none that this list gave as `next`.")
