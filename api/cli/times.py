"""Times on the command line."""

from datetime import UTC, datetime

from cmdb.errors import InvalidInput

TIME = "As 2026-12-24 or 2026-12-24T18:00Z; without a zone in UTC."


def time_of(text: str) -> datetime:
    """The instant that a text means; raises InvalidInput."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r} is no time: write 2026-12-24 or 2026-12-24T18:00Z.") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
