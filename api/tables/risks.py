"""Risk acceptances."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns
from cmdb.acceptance import Acceptance


def print_risks(console: Console, accepted: Sequence[Acceptance], names: Mapping[str, str]) -> None:
    """Print one line an acceptance; `names` has what the CIs are called."""
    today = datetime.now(UTC).date()
    table = columns("CI", "service", "accepted by", "until", "because")
    for one in accepted:
        service = names.get(one.service, one.service) if one.service else "all"
        until = f"[red]{one.until}, expired[/]" if one.expired(today) else str(one.until or "withdrawn")
        table.add_row(
            escape(names.get(one.ci, one.ci)), escape(service), escape(one.by), until, escape(one.reason)
        )
    console.print(table)
