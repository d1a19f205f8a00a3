"""Cuts long lists into pieces."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def chunks(items: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The items in order, `size` at a time. (`itertools.batched`, from Python 3.12 on.)"""
    rest = iter(items)
    while chunk := tuple(islice(rest, size)):
        yield chunk
