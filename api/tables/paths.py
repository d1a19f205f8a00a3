"""How one CI depends on another, and what several share."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from api.tables.style import columns, heading, plural, when
from impact import CommonProviders, Link, Path, Paths, listing


def print_paths(console: Console, answer: Paths) -> None:
    """Print the shortest path and those that share nothing on the way, or that there is none."""
    dependent, provider = answer.dependent.name, answer.provider.name
    console.print(
        f"[bold]How {escape(dependent)} depends on {escape(provider)}[/]  "
        f"[dim]revision {answer.revision} · {when(answer.as_of)}[/]"
    )
    if answer.shortest is None:
        console.print(escape(f"{dependent} does not depend on {provider}, as far as is known."))
        if answer.opposite:
            heading(console, f"{provider} depends on {dependent}", plural(answer.opposite.length, "step"))
            _path(console, answer.opposite)
        return
    if answer.shortest not in answer.disjoint:
        heading(console, "The shortest path", plural(answer.shortest.length, "step"))
        _path(console, answer.shortest)
    _disjoint(console, answer.disjoint, answer.most)


def print_common(console: Console, answer: CommonProviders) -> None:
    """Print what the CIs share, the nearest first."""
    console.print(
        f"[bold]What {escape(listing(ci.name for ci in answer.cis))} share[/]  "
        f"[dim]revision {answer.revision} · {when(answer.as_of)}[/]"
    )
    if not answer.providers:
        console.print(f"Nothing, as far as is known, that at least {answer.at_least} of them depend on.")
        return
    table = columns("name", "class", "shared by", "steps from each", "dependents in all")
    for provider in answer.providers:
        steps = " ".join("·" if distance is None else str(distance) for distance in provider.distances)
        shared = f"{provider.shared_by} of {len(answer.cis)}"
        table.add_row(
            escape(provider.name), escape(provider.class_), shared, steps, f"{provider.dependents:,}"
        )
    console.print(table)
    hidden = answer.count - len(answer.providers)
    if hidden:
        console.print(f"[dim]and {hidden:,} more: --limit lists more[/]")


def _disjoint(console: Console, paths: Sequence[Path], most: int) -> None:
    for number, path in enumerate(paths, 1):
        heading(console, f"Path {number} of {len(paths)}", plural(path.length, "step"))
        _path(console, path)
    if len(paths) > 1:
        console.print("\n[dim]These share no CI on the way.[/]")
    if len(paths) < most:
        console.print("[dim]Every other path shares a CI with one of these.[/]")


def _path(console: Console, path: Path) -> None:
    for depth, hop in enumerate(path.hops):
        how = f"[dim]└ {escape(_how(hop.links))} ─[/] " if hop.links else ""
        console.print(f"{'  ' * depth}{how}{escape(hop.name)}  [dim]{escape(hop.class_)}[/]")


def _how(links: Sequence[Link]) -> str:
    """`runs_on, in hosts, which needs 1 of 2`, `calls, soft`."""
    first, more = links[0], len(links) - 1
    words = [first.relationship]
    if first.group:
        words.append(f"in {first.group}, which needs {first.need} of {first.of}")
    if first.strength != "hard":
        words.append(first.strength)
    return ", ".join(words) + (f" and {more} more" if more else "")
