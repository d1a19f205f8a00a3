"""Reads policies: the shipped file, or the organisation's own of the same name in its place."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from cmdb.catalogue.files import read_whole
from cmdb.catalogue.mistakes import Mistakes

Policy = TypeVar("Policy", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Policies:
    """The policies of an organisation; `own` is its folder, None where it goes by the shipped ones."""

    own: Path | None = None

    def read(self, kind: type[Policy], shipped: Path) -> Policy:
        """What a policy file declares. An own file replaces the shipped one as a whole.

        Raises CatalogueError that tells all mistakes, each by file, key and reason.
        """
        mistakes = Mistakes()
        declared = read_whole(self._file(shipped), kind, mistakes)
        mistakes.tell()
        assert declared is not None  # else there was a mistake to tell
        return declared

    def _file(self, shipped: Path) -> Path:
        own = self.own and self.own / shipped.name
        return own if own and own.exists() else shipped
