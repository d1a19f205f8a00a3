"""What a reader of records is: a function from an origin to records with their history."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cmdb.arrivals import Foreign
from cmdb.policy import Policies
from cmdb.reconciliation import Rejection
from importers.importer import Option, Origin, all_options


@dataclass(frozen=True, slots=True)
class RecordReader:
    """One way to read records of another system.

    `read` yields records with distinct native ids, each once; what does not fit is a Rejection. It raises
    InvalidInput where nothing can be read at all, and CatalogueError for mistakes in policies.
    """

    name: str
    title: str
    read: Callable[[Origin, Policies], Iterator[Foreign | Rejection]]
    options: tuple[Option, ...] = ()

    def all_options(self, given: Mapping[str, str]) -> dict[str, str]:
        """Every option, as given or by default. Raises InvalidInput where it has no such option."""
        return all_options(self.name, self.options, given)
