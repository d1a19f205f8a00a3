"""A part of a long list."""

from typing import Generic, TypeVar

from pydantic import BaseModel, Field

T = TypeVar("T")


class Page(BaseModel, Generic[T]):
    """A part of a long list, in an order that has no ties."""

    items: list[T]
    next: str | None = Field(description="Give it as `cursor` to get the next page; null on the last.")
