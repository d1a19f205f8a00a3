"""The reference page of the command line: `python -m api.cli.reference > docs/reference/cli.md`."""

import sys

import typer
from typer.cli import get_docs_for_click

from api.cli.app import app


def page() -> str:
    """The page in Markdown."""
    command = typer.main.get_command(app)
    context = typer.Context(command, info_name="cmdb")
    return get_docs_for_click(obj=command, ctx=context, name="cmdb", title="Command line").strip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
