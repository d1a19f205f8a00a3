"""Duplicate cases: a list, and one with its records."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from api.duplicates import DuplicateCase
from api.tables.style import columns


def print_cases(console: Console, cases: Sequence[DuplicateCase]) -> None:
    """Print one line a case."""
    if not cases:
        console.print("None.")
        return
    table = columns("case", "CIs", "why it is a question")
    for case in cases:
        cis = dict.fromkeys(one.ci_name for one in case.records)
        table.add_row(escape(case.name), escape(", ".join(cis)), escape(case.reason))
    console.print(table)


def print_case(console: Console, case: DuplicateCase) -> None:
    """Print a case, its records by CI, and how to decide it."""
    console.print(f"[bold]{escape(case.name)}[/]  {escape(case.reason)}")
    for ci in case.cis:
        own = [one for one in case.records if one.ci == ci]
        console.print(f"\n{escape(own[0].ci_name)}  [dim]{ci}[/]")
        table = columns("record", "class", "identifiers; shared ones marked")
        for one in own:
            known = (f"{'● ' if key in case.shared else ''}{escape(key)}" for key in one.identifiers)
            table.add_row(escape(one.name), one.class_, "\n".join(known))
        console.print(table)
    console.print(
        "\n[dim]One thing: cmdb duplicates merge. Several: cmdb duplicates apart, or cmdb ci split.[/]"
    )
