"""Why a CI is impacted, or what saves it."""

from rich.console import Console
from rich.markup import escape

from api.tables.style import MARKS, heading, when
from impact import Explanation, Step

MOST_SAVIOURS = 5


def print_explanation(console: Console, answer: Explanation, most: int = MOST_SAVIOURS) -> None:
    """Print the verdict, the path that leads to it, and where failure stopped."""
    console.print(
        f"{MARKS[answer.item.state]}  [bold]{escape(answer.text)}[/]  "
        f"[dim]revision {answer.revision} · {when(answer.as_of)}[/]"
    )
    if answer.item.reason and answer.item.reason.path:
        console.print()
        _path(console, answer.item.reason.path)
    if answer.saved_by.first:
        hidden = answer.saved_by.count - min(most, len(answer.saved_by.first))
        heading(console, "What holds", f"and {hidden} more: --json lists them" if hidden else "")
        for saved in answer.saved_by.first[:most]:
            console.print(f"[green]✓[/] {escape(saved.text)}")


def _path(console: Console, path: list[Step]) -> None:
    for depth, step in enumerate(path):
        how = f"[dim]└ {step.relationship} ─[/] " if step.relationship else ""
        console.print(f"{'  ' * depth}{how}{escape(step.name)}  {MARKS[step.state]}")
