"""What discovery does: several sources, one CI for each real thing."""

from collections.abc import Sequence

from rich.console import Console

from api.demo.scene import scene
from api.demo.sources import BROKEN_OFF, SOURCES, TONIGHT, Imported, import_saved
from api.duplicates import told
from api.tables.duplicates import print_case
from api.tables.report import print_changes
from api.tables.sources import print_sources
from api.tables.style import columns, plural
from cmdb.history import Author
from cmdb.identity import open_cases
from cmdb.store import Store, ci_names, find_ci, sources

MACHINE = "virtual_machine:lds-wk-1"


def tell_discovery(console: Console, store: Store, author: Author, imported: Sequence[Imported]) -> None:
    """Show what each source brought, whom to believe, what is in doubt, and what the next export would do."""
    console.print(
        "\n[bold]Tarn & Alder[/] sells outdoor clothing from two sites, Leeds and Bristol. What it runs is "
        "written down in four places, each of which knows a part."
    )
    scene(console, "Four sources, one CI for each real thing", *(saved.command for saved in SOURCES))
    _print_imports(console, imported)
    scene(console, "One machine as three of them see it", f"cmdb ci sources {MACHINE}")
    id_ = find_ci(store.database, MACHINE)
    print_sources(console, ci_names(store.database, [id_])[id_], sources(store, id_))
    console.print(
        "\nKubernetes only mentions the machine that a node runs on, so NetBox is believed; "
        "that NetBox is behind with the operating system stays visible."
    )
    for case in told(store, open_cases(store.database, store.catalogue)):
        title = "One thing or two? The same name, another serial number: a person decides"
        scene(console, title, f"cmdb duplicates show {case.name}")
        print_case(console, case)
    _tell_missing(console, store, author)


def _print_imports(console: Console, imported: Sequence[Imported]) -> None:
    table = columns("source", "what it knows", "CIs", "new", "joined", "as before", figures=slice(2, None))
    for one in imported:
        counts = (one.seen, one.new, one.joined, one.report.cis["unchanged"])
        table.add_row(one.saved.title, one.saved.knows, *(f"{count:,}" for count in counts))
    console.print(table)
    console.print(
        "[dim]Joined: known to another source already, by serial number, name, UUID, asset tag, cloud id …[/]"
    )


def _tell_missing(console: Console, store: Store, author: Author) -> None:
    """Rehearse two exports: one that lacks a thing, and one that broke off."""
    scene(console, "What the next Terraform state would change", f"{TONIGHT.command} --dry-run")
    report = import_saved(store.database, store.catalogue, author, TONIGHT, dry_run=True)
    print_changes(console, report.changes)
    console.print(
        f"{plural(report.missing, 'thing')} missing: to be retired if it stays away for longer than its "
        "class tolerates and no other source sees it."
    )
    scene(console, "What an export of NetBox that broke off would change", f"{BROKEN_OFF.command} --dry-run")
    report = import_saved(store.database, store.catalogue, author, BROKEN_OFF, dry_run=True)
    print_changes(console, report.changes)
    console.print(f"[bold red]Held:[/] {report.held}")
