"""The projection in a file, so that a start need not read the whole graph.

A NumPy archive of the arrays, and of one JSON document with all else. What is damaged, of another format, of
other strengths or of another database is as good as none: such a file is ignored, and replaced by the next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
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

FORMAT = 1
"""Must change whenever the arrays or what they mean do."""
REST = "rest"

Arrays = Mapping[str, Any]


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
        except (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError, NotFound):
            return None
        return projection if known == projection.revision else None


def _rest(projection: Projection) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "strengths": dict(projection.strengths),
        "revision": projection.revision,
        "profiles": projection.cis.profiles,
        "terms": projection.groups.terms,
        "live": projection.groups.live,
    }


def _arrays(projection: Projection) -> dict[str, Any]:
    cis, groups = projection.cis, projection.groups
    texts = {"name": cis.name, "labels": groups.labels}
    return {
        REST: np.frombuffer(orjson.dumps(_rest(projection)), dtype=np.uint8),
        **{name: getattr(cis, name) for name in CI_ARRAYS},
        **{name: getattr(groups, name) for name in GROUP_ARRAYS},
        **{f"wiring_{name}": array for name, array in groups.wiring._asdict().items()},
        **{f"{name}_data": text.data for name, text in texts.items()},
        **{f"{name}_bounds": text.bounds for name, text in texts.items()},
    }


CI_ARRAYS = ("no", "index", "id", "profile", "by_name")
GROUP_ARRAYS = ("told", "stated")


def _projection(arrays: Arrays, rest: Mapping[str, Any]) -> Projection:
    cis = CIs(
        **{name: arrays[name] for name in CI_ARRAYS},
        name=_text(arrays, "name"),
        profiles=tuple(Profile(*map(_hashable, values)) for values in rest["profiles"]),
    )
    groups = Groups(
        Wiring(**{name: arrays[f"wiring_{name}"] for name in Wiring._fields}),
        **{name: arrays[name] for name in GROUP_ARRAYS},
        labels=_text(arrays, "labels"),
        terms=tuple(Terms(*values) for values in rest["terms"]),
        live=rest["live"],
    )
    told = rest["revision"]
    revision = Revision(**{**told, "at": datetime.fromisoformat(told["at"])})
    return Projection(revision, 0, cis, groups, rest["strengths"])


def _text(arrays: Arrays, name: str) -> Text:
    return Text(arrays[f"{name}_data"], arrays[f"{name}_bounds"])


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
