"""How each scene of the demo begins."""

from rich.console import Console
from rich.markup import escape
from rich.rule import Rule


def scene(console: Console, title: str, *commands: str) -> None:
    """Print the title, and the commands that ask the same."""
    console.print()
    console.print(Rule(f"[bold]{escape(title)}[/]", align="left", style="dim"))
    for command in commands:
        console.print(f"[dim]$ {escape(command)}[/]", soft_wrap=True)
