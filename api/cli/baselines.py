"""`cmdb baseline`: named moments."""

import typer

from api.cli.asking import JSON
from api.cli.session import session
from api.cli.terminal import err, out, print_json
from cmdb.history import baselines, moment, set_baseline

app = typer.Typer(
    name="baseline",
    help="Named moments; `cmdb diff NAME` says what drifted from one.",
    no_args_is_help=True,
)


@app.command("set")
def set_(
    name: str = typer.Argument(help="A name that is not in use."),
    at: str | None = typer.Option(None, help="A revision's number or a time; unset: now."),
    note: str = typer.Option("", help="What it stands for."),
) -> None:
    """Name the graph as it is, or as it was."""
    with session() as store:
        seq = moment(store.database, at).seq if at else None
        baseline = set_baseline(store.database, name, note, seq)
    err().print(f"{name} is revision {baseline.seq}.")


@app.command("list")
def list_(as_json: bool = JSON) -> None:
    """List baselines, oldest first."""
    with session() as store:
        found = baselines(store.database)
    if as_json:
        print_json(found)
        return
    for baseline in found:
        out().print(f"{baseline.seq:>8}  {baseline.name}  {baseline.note}", markup=False)
