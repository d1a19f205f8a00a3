"""Where the sample estate comes from: what is saved of each source, and how it is imported."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cmdb.catalogue import Catalogue
from cmdb.database import Database
from cmdb.history import Author
from cmdb.runs import Report
from importers import Origin, reading

ESTATE = Path(__file__).parent / "estate"

Tell = Callable[[str], None]
"""Called with what is being done."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A file or folder of the estate, what it knows, and by which importer and options it is read."""

    importer: str
    place: str
    knows: str
    scope: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """Where it is."""
        return ESTATE / self.place

    @property
    def title(self) -> str:
        """What people call the source."""
        return f"{self.importer} {self.scope}".rstrip()

    @property
    def command(self) -> str:
        """The command that imports it."""
        scope = f" --scope {self.scope}" if self.scope else ""
        options = "".join(f" -o {name}={value}" for name, value in self.options.items())
        return f"cmdb import {self.importer} {shown(self.path)}{scope}{options} --complete"


APPLIANCES = {"roles": "appliance=physical_server"}
"""A role of NetBox that does not tell the class by its name."""

NETBOX = Saved("netbox", "netbox", "sites, racks, power, cables, devices, VMs, lines", options=APPLIANCES)
LEEDS = Saved(
    "kubernetes", "kubernetes/lds-k8s-prod.json", "workloads", "lds-k8s-prod", {"cluster": "lds-k8s-prod"}
)
BRISTOL = Saved(
    "kubernetes", "kubernetes/brs-k8s-prod.json", "workloads", "brs-k8s-prod", {"cluster": "brs-k8s-prod"}
)
TERRAFORM = Saved("terraform", "terraform", "the cloud", "prod")
REGISTER = Saved("csv", "register", "business, services, applications, databases, storage")
SOURCES = (NETBOX, LEEDS, BRISTOL, TERRAFORM, REGISTER)

TONIGHT = Saved("terraform", "tonight", "the cloud, a day later", "prod")
BROKEN_OFF = Saved("netbox", "netbox/dcim-sites.json", "of NetBox only the sites", options=APPLIANCES)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of importing a source: its report, and how many CIs it was the first to see."""

    saved: Saved
    report: Report
    new: int

    @property
    def seen(self) -> int:
        """How many CIs it tells of."""
        return self.report.cis.total()

    @property
    def joined(self) -> int:
        """How many things it saw for the first time that were CIs already."""
        return self.report.cis["created"] - self.new


def import_estate(
    database: Database, catalogue: Catalogue, author: Author, tell: Tell = lambda _: None
) -> Iterator[Imported]:
    """Import the sources one after the other."""
    for saved in SOURCES:
        tell(f"importing {saved.place}")
        before = _cis(database)
        report = import_saved(database, catalogue, author, saved)
        yield Imported(saved, report, _cis(database) - before)


def import_saved(
    database: Database, catalogue: Catalogue, author: Author, saved: Saved, *, dry_run: bool = False
) -> Report:
    """Import one of them as complete, or say what that would do."""
    take_in = reading(saved.importer, Origin(str(saved.path), saved.options))
    return take_in(database, catalogue, author, scope=saved.scope, complete=True, dry_run=dry_run)


def _cis(database: Database) -> int:
    (row,) = database.read("MATCH (ci:CI) RETURN count(ci) AS count")
    return int(row["count"])


def shown(path: Path) -> Path:
    """A path as one types it here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
