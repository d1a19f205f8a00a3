"""The projection in a file, so that a start need not read the whole graph.

A NumPy archive of the arrays, and of one JSON document with all else. What is damaged, of another format, of
other strengths or of another database is as good as none: such a file is ignored, and replaced by the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import BadZipFile

import numpy as np
import orjson

from cmdb.database import Database
from cmdb.errors import NotFound
from cmdb.history import Revision, moment
from impact.kernels.wiring import Wiring
from impact.projection.cis import CIs
from impact.projection.groups import Groups
from impact.projection.projection import Projection
from impact.projection.rows import Profile
from impact.projection.terms import Terms
from impact.projection.text import Text

MEANING = 2
"""Must change whenever what the arrays mean does."""
FORMAT = [
    MEANING,
    *([field.name for field in fields(part)] for part in (CIs, Groups)),
    *(list(part._fields) for part in (Wiring, Terms, Profile)),
]
REST = "rest"


@dataclass(frozen=True, slots=True)
class Saved:
    """The file of a projection."""

    path: Path

    def write(self, projection: Projection) -> None:
        """Replace the file at once: whoever reads it meanwhile gets the old or the new."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.path.parent, prefix=self.path.name, delete=False) as file:
            new = Path(file.name)
            try:
                np.savez(file, allow_pickle=False, **_arrays(projection))
            except BaseException:
                new.unlink()
                raise
        new.replace(self.path)

    def read(self, database: Database, strengths: Mapping[str, str]) -> Projection | None:
        """The projection, if it is one of this database.

        Revisions tell databases apart: no two have one of the same number, time and author.
        """
        try:
            with np.load(self.path, allow_pickle=False) as arrays:
                rest = orjson.loads(arrays[REST].tobytes())
                if (rest["format"], rest["strengths"]) != (FORMAT, strengths):
                    return None
                projection = _projection(arrays, rest)
            known = moment(database, str(projection.revision.seq))
        except (OSError, EOFError, BadZipFile, ValueError, KeyError, NotFound):
            return None
        return projection if known == projection.revision else None


def _rest(projection: Projection) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "strengths": dict(projection.strengths),
        "revision": projection.revision,
        "profiles": list(map(list, projection.cis.profiles)),
        "terms": list(map(list, projection.groups.terms)),
        "live": projection.groups.live,
    }


def _arrays(projection: Projection) -> dict[str, Any]:
    cis, groups = projection.cis, projection.groups
    parts = {
        "cis": {field.name: getattr(cis, field.name) for field in fields(cis)},
        "groups": {field.name: getattr(groups, field.name) for field in fields(groups)},
        "wiring": groups.wiring._asdict(),
        "name": {"data": cis.name.data, "bounds": cis.name.bounds},
        "labels": {"data": groups.labels.data, "bounds": groups.labels.bounds},
    }
    arrays = {
        f"{part}.{name}": value
        for part, values in parts.items()
        for name, value in values.items()
        if isinstance(value, np.ndarray)
    }
    return arrays | {REST: np.frombuffer(orjson.dumps(_rest(projection)), dtype=np.uint8)}


def _projection(file: Mapping[str, Any], rest: Mapping[str, Any]) -> Projection:
    parts: dict[str, dict[str, Any]] = {}
    for key in file:
        part, _, name = key.partition(".")
        parts.setdefault(part, {})[name] = file[key]
    cis = CIs(
        **parts["cis"],
        name=Text(**parts["name"]),
        profiles=tuple(Profile(*map(_hashable, values)) for values in rest["profiles"]),
    )
    groups = Groups(
        **parts["groups"],
        wiring=Wiring(**parts["wiring"]),
        labels=Text(**parts["labels"]),
        terms=tuple(Terms(*values) for values in rest["terms"]),
        live=rest["live"],
    )
    told = rest["revision"]
    revision = Revision(**{**told, "at": datetime.fromisoformat(told["at"])})
    return Projection(revision, 0, cis, groups, rest["strengths"])


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
