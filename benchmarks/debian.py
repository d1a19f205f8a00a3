"""Debian 12 as an estate, in the exchange format: python benchmarks/debian.py SOURCE_DIR OUT_DIR

Reads `nodes.csv.gz` and `edges.csv.gz`; writes `cis.csv` and `relationships.csv`:

- A package depends on a package: `depends_on`, also where Debian says PRE_DEPENDS.
- `a | b`: a group that needs one of its members.
- A virtual package is provided by packages: `provided_by`, one group, one needed. Where a package provides
  the name of a real one, the relationship is left out: the real package stands for itself.
- Relationships that say the same count once. A package may depend on another plainly and by an alternative.
"""

import csv
import gzip
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

CLASS = "software_component"
ATTRIBUTES = ("name", "version", "section", "priority", "essential", "kind")


class Relationship(NamedTuple):
    """A row of relationships.csv."""

    dependent: str
    type: str
    provider: str
    group: str = ""
    need: str = ""


def read(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def cis(source: Path) -> Iterator[tuple[str, ...]]:
    for node in read(source / "nodes.csv.gz"):
        yield node["id"], CLASS, *(node[name] for name in ATTRIBUTES)


def relationships(source: Path) -> list[Relationship]:
    real = {node["id"] for node in read(source / "nodes.csv.gz") if node["kind"] == "package"}
    found = (relationship(edge, real) for edge in read(source / "edges.csv.gz"))
    return list(dict.fromkeys(filter(None, found)))


def relationship(edge: dict[str, str], real: set[str]) -> Relationship | None:
    """What an edge says, from the dependent to the provider."""
    if edge["type"] == "PROVIDES":
        if edge["target"] in real:
            return None
        return Relationship(edge["target"], "provided_by", edge["source"], "providers", "1")
    group = edge["alternative_group"]
    return Relationship(edge["source"], "depends_on", edge["target"], group, "1" if group else "")


def write(path: Path, header: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def convert(source: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    write(out / "cis.csv", ("native_id", "class", *ATTRIBUTES), cis(source))
    write(
        out / "relationships.csv",
        ("from", "type", "to", "group", "need"),
        relationships(source),
    )


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    convert(Path(sys.argv[1]), Path(sys.argv[2]))
