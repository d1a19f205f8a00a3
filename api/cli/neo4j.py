"""`cmdb up`, `down`, `status`: our own Neo4j."""

import typer

from api.cli.asking import JSON
from api.cli.terminal import err, out, print_json, progress
from api.opening import connect
from cmdb.embedded import EmbeddedNeo4j
from cmdb.history import latest
from cmdb.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(up)
    app.command()(down)
    app.command()(status)


def up() -> None:
    """Start our own Neo4j; the first time, fetch it. Does nothing where it runs."""
    settings = Settings()
    _require_own(settings)
    with progress() as tell:
        address = EmbeddedNeo4j(settings, tell).start()
    err().print(f"Neo4j runs at {address.uri}.")


def down() -> None:
    """Stop our own Neo4j; the data stays."""
    settings = Settings()
    _require_own(settings)
    stopped = EmbeddedNeo4j(settings).stop()
    err().print("Neo4j is stopped." if stopped else "Neo4j was not running.")


def status(as_json: bool = JSON) -> None:
    """Say whether Neo4j runs, where its data is, and how much it takes."""
    settings = Settings()
    if settings.neo4j_uri:
        facts: dict[str, object] = {"state": "external", "uri": settings.neo4j_uri}
    else:
        found = EmbeddedNeo4j(settings).status()
        facts = {name: getattr(found, name) for name in found.__dataclass_fields__}
    if facts["state"] in ("external", "running"):
        with connect(settings) as database:
            facts |= {"version": database.verify(), "revision": latest(database).seq}
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        if value is not None:
            out().print(f"{name.replace('_', ' '):>12}  {_readable(name, value)}")


def _readable(name: str, value: object) -> str:
    if name in ("data_size", "memory") and isinstance(value, int):
        return f"{value / 2**20:,.0f} MiB"
    return str(value).split(".")[0] if name == "uptime" else str(value)


def _require_own(settings: Settings) -> None:
    if settings.neo4j_uri:
        raise typer.BadParameter(
            f"CMDB_NEO4J_URI names another server, {settings.neo4j_uri}: start and stop it there.",
            param_hint="environment",
        )
