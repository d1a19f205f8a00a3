"""What an importer is: it reads one kind of source, and knows nothing of the graph."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cmdb.errors import InvalidInput
from cmdb.people import Team
from cmdb.reconciliation import Gap, Observation, Rejection

Row = Observation | Rejection | Team | Gap
"""What an importer yields: things seen, rows that do not fit, people, and what could not be read."""

JOINTS = re.compile(r"( \([^)]*\)|, | or | → )")
"""What stands between the names in `Kind.becomes`."""

OPEN = ("any class", "any relationship type", "any attribute", "team")
"""What a kind may become that is no name in the catalogue."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that a person may tell an importer; `name` in lower case, words joined by _."""

    name: str
    description: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """What becomes of one type of thing or relation of a source.

    `becomes` names our class, relationship type or attribute, or one of `OPEN`: `database or cache`,
    `depends_on, uses`, `runs_on → server` with the end, `owner (team)` with a note in brackets. It is empty
    for what is left out, and then `remark` says why.
    """

    theirs: str
    becomes: str
    remark: str = ""

    @property
    def names(self) -> list[str]:
        """The names in `becomes`."""
        return [part for part in JOINTS.split(self.becomes)[::2] if part]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where to read: a path or an address, the options given, and variables that hold secrets."""

    location: str
    options: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_address(self) -> bool:
        """Whether the location is a web address rather than a path."""
        return self.location.startswith(("https://", "http://"))

    @property
    def path(self) -> Path:
        """The location as a path. Raises InvalidInput where nothing is there."""
        path = Path(self.location)
        if not path.exists():
            raise InvalidInput(f"{path} does not exist.")
        return path

    def secret(self, name: str) -> str:
        """The variable of that name. Raises InvalidInput where it is not set."""
        if value := self.environment.get(name):
            return value
        raise InvalidInput(f"The environment variable {name} is not set; {self.location} asks for it.")


@dataclass(frozen=True, slots=True)
class Importer:
    """One way to read the world.

    `read` yields rows with distinct native ids, whatever holds others (`within`) before what it holds.
    It raises InvalidInput where nothing can be read at all; a thing that does not fit is a Rejection, a
    part that cannot be read is a Gap. `kinds` documents what becomes of each type of the source.
    """

    name: str
    title: str
    read: Callable[[Origin], Iterator[Row]]
    kinds: tuple[Kind, ...]
    options: tuple[Option, ...] = ()

    def all_options(self, given: Mapping[str, str]) -> dict[str, str]:
        """Every option, as given or by default. Raises InvalidInput where it has no such option."""
        return all_options(self.name, self.options, given)


def all_options(name: str, options: Iterable[Option], given: Mapping[str, str]) -> dict[str, str]:
    """The options of what is called `name`, as given or by default.

    Raises InvalidInput where there is no such option.
    """
    known = {option.name: option.default for option in options}
    if unknown := sorted(given.keys() - known.keys()):
        have = f"it has {', '.join(known)}" if known else "it has none"
        raise InvalidInput(f"{name} has no option {', '.join(unknown)}; {have}.")
    return known | dict(given)
