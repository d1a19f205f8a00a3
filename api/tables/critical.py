"""What matters most: CIs and the services that fall with each."""

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns, plural, when
from impact import Critical, RankedPoint


def print_critical(console: Console, answer: Critical) -> None:
    """Print one line a CI, those that matter most first."""
    console.print(
        f"[bold]{plural(answer.count, 'CI')} that services fall with[/]  "
        f"[dim]{plural(answer.services, 'service')} · revision {answer.revision} · {when(answer.as_of)}[/]"
    )
    if not answer.items:
        return
    table = columns("weight", "services", "CI", "class", "owner", "among them", figures=slice(2))
    for item in answer.items:
        counts = f"{item.worth:,}", f"{item.services:,}"
        told = (f"[bold]{escape(item.name)}[/]", escape(item.class_), escape(item.owner or ""), _first(item))
        table.add_row(*counts, *told)
    console.print(table)
    if hidden := answer.count - len(answer.items):
        console.print(f"[dim]and {hidden:,} more: --limit lists them[/]")


def _first(item: RankedPoint) -> str:
    names = escape(", ".join(service.name for service in item.first))
    return names + ("…" if item.services > len(item.first) else "")
