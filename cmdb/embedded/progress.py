"""How a long step tells that it moves."""

from typing import Protocol


class Progress(Protocol):
    """Hears each step, and where it can be counted, how much of it is done."""

    def __call__(self, step: str, done: int | None = None, total: int | None = None) -> None:
        """Say the `step` in words, `done` of `total` bytes."""


def silent(step: str, done: int | None = None, total: int | None = None) -> None:
    """For those whom no step interests."""
