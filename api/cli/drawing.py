"""Answers as drawings and files: `--format NAME`, `--NAME` for short, and `--output FILE`."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import typer
from typer.core import TyperCommand

from api.formats import BINARY, FormatName
from cmdb.errors import InvalidInput

if TYPE_CHECKING:
    from impact.drawing import Picture

NAMES: tuple[FormatName, ...] = get_args(FormatName)

FORMAT = typer.Option(
    None, "--format", help="A drawing or a file; --svg is short for --format svg, and so on."
)
OUTPUT = typer.Option(
    None, help="Where to write it; the end of the name tells the format, unless --format does."
)


class Drawable(TyperCommand):
    """A command that takes `--svg` for `--format=svg`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Spell the short options out, then read them as usual."""
        short = {f"--{name}": f"--format={name}" for name in NAMES}
        return super().parse_args(ctx, [short.get(word, word) for word in args])


@dataclass(frozen=True, slots=True)
class Target:
    """Which format is wanted, and where: in a file, or else on standard output."""

    format: FormatName
    file: Path | None

    def write(self, parts: Iterable[bytes]) -> None:
        """Write all parts, each as soon as it is there."""
        if self.file is None:
            sys.stdout.buffer.writelines(parts)
            return
        try:
            with self.file.open("wb") as file:
                file.writelines(parts)
        except OSError as error:
            raise InvalidInput(f"{self.file} cannot be written: {error.strerror}.") from error

    def draw(self, picture: "Picture") -> None:
        """Write a picture."""
        from impact.drawing import draw

        self.write([draw(picture, self.format)])


def wanted(format_: FormatName | None, file: Path | None) -> Target | None:
    """What the options ask for; None if they do not. Refuses what is wrong before the question is asked."""
    name = format_ or (_told_by(file) if file else None)
    if name in BINARY and file is None and sys.stdout.isatty():
        raise typer.BadParameter(f"{name} is not for the eye: give --output FILE, or send it on with | or >")
    return Target(name, file) if name else None


def _told_by(file: Path) -> FormatName:
    """The format that the end of a file's name stands for."""
    from impact.drawing import FORMATS

    for name in NAMES:
        if FORMATS[name].suffix == file.suffix:
            return name
    known = ", ".join(dict.fromkeys(FORMATS[name].suffix for name in NAMES))
    raise typer.BadParameter(
        f"{file.name} does not tell the format: give --format NAME, or end it in {known}"
    )
