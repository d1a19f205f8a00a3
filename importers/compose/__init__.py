"""Docker Compose: projects of services."""

from importers.compose.kinds import KINDS
from importers.compose.reading import read
from importers.importer import Importer, Option

IMPORTER = Importer(
    name="compose",
    title="Docker Compose files",
    read=read,
    kinds=KINDS,
    options=(
        Option("env_file", "File of variables; by default .env beside the Compose file."),
        Option("project", "Name of the project; by default as Compose would call it."),
        Option("environment", "What its work counts for, such as production."),
        Option("host", "Host name of the machine that its containers run on."),
    ),
)

__all__ = ["IMPORTER"]
