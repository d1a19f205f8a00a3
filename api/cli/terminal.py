"""What the commands share: where they print, how they report progress, and how they fail."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
from pydantic import BaseModel
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from cmdb.embedded import Progress
from cmdb.errors import LinchpinError
from cmdb.history import Revision

DONE, FAILED, WRONG_USAGE = 0, 1, 2
"""Exit codes; the last one is given by the parser of options."""


def out() -> Console:
    """Standard output; wide enough for tables where it is no terminal."""
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", 140))
    return Console(width=width, highlight=False, soft_wrap=False)


def err() -> Console:
    """Standard error, for progress, hints and errors."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def print_json(answer: Any) -> None:
    """Print an answer as one indented JSON document."""
    if isinstance(answer, BaseModel):
        answer = answer.model_dump(mode="json")
    sys.stdout.buffer.write(
        orjson.dumps(answer, default=str, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    )


def tell_revision(revision: Revision | None) -> None:
    """Print to standard error which revision was written, if any."""
    err().print(f"Revision {revision.seq}." if revision else "Nothing changed.")


def explain(error: LinchpinError) -> None:
    """Print an error's title and detail, as the API says them."""
    err().print(f"[bold red]{escape(error.title)}:[/] {escape(error.detail)}")


@contextmanager
def progress() -> Iterator[Progress]:
    """Show steps that take long, as they go; without a terminal, one line a step."""
    if not err().is_terminal:
        yield _lines()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bars(*columns, console=err(), transient=True) as bar:
        task: TaskID = bar.add_task("", total=None)

        def tell(step: str, done: int | None = None, total: int | None = None) -> None:
            bar.update(task, description=escape(step), completed=done or 0, total=total)

        yield tell


def _lines() -> Progress:
    last = ""

    def tell(step: str, done: int | None = None, total: int | None = None) -> None:
        nonlocal last
        tenths = 10 * (done or 0) // total if total else 0
        kind = f"{re.sub(r'[0-9.,]+', '', step)} {tenths}"
        if kind != last:
            err().print(step, markup=False)
            last = kind

    return tell
