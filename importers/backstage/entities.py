"""Reads the entities of a catalogue, each with the place where it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap, Rejection
from cmdb.runs import unfit_native_id
from importers.documents import find_files, parse_json, parse_yaml, read_text

SUFFIXES = (".yaml", ".yml", ".json")


class Reference(NamedTuple):
    """What names an entity; as Backstage does, `entity` compares it without regard to case."""

    kind: str
    namespace: str
    name: str

    @property
    def entity(self) -> str:
        """The whole reference, such as `component:default/cart`."""
        return f"{self.kind}:{self.namespace}/{self.name}".lower()


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity, and the file and line where it stands (in JSON, its number)."""

    reference: Reference
    metadata: Mapping[str, Any]
    spec: Mapping[str, Any]
    table: str
    line: int

    def rejection(self, row: Mapping[str, Any], reason: str) -> Rejection:
        """What of it does not fit."""
        return Rejection(self.table, self.line, {"entity": self.reference.entity, **row}, reason)


def read_entities(path: Path) -> Iterator[Entity | Rejection | Gap]:
    """Yield the entities of a file, or of all files of a folder.

    Other documents are passed over, as a repository holds many. Raises InvalidInput where there is no entity.
    """
    files = find_files(path, *SUFFIXES)
    found = False
    for file in files:
        try:
            documents = _documents(read_text(file), file.name)
        except InvalidInput as error:
            if len(files) == 1:
                raise
            yield Gap(str(error))
            continue
        for line, document in documents:
            if _is_entity(document):
                found = True
                yield _entity(document, file.name, line)
    if not found:
        raise InvalidInput(f"{path} holds no entity of Backstage (apiVersion backstage.io/v1alpha1).")


def _documents(text: str, table: str) -> list[tuple[int, Any]]:
    if not table.removesuffix(".gz").endswith(".json"):
        documents = parse_yaml(text, table)
        return list(zip(_lines(text), documents, strict=True))
    match parse_json(text, table):
        case list(items) | {"items": list(items)}:
            return list(enumerate(items, 1))
        case document:
            return [(1, document)]


def _lines(text: str) -> list[int]:
    """The lines on which the documents begin, without empty ones."""
    events: Iterable[Any] = yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return [
        event.start_mark.line + 1
        for event, following in pairwise(events)
        if isinstance(event, yaml.DocumentStartEvent) and event.start_mark and not _is_empty(following)
    ]


def _is_empty(event: yaml.Event) -> bool:
    match event:
        case yaml.ScalarEvent(implicit=(True, _)):
            return event.value in ("", "~", "null", "Null", "NULL")
        case yaml.ScalarEvent():
            return bool(event.tag == "tag:yaml.org,2002:null")
    return False


def _is_entity(document: Any) -> bool:
    match document:
        case {"apiVersion": str(version)}:
            return version.startswith("backstage.io/")
    return False


def _entity(document: Mapping[str, Any], table: str, line: int) -> Entity | Rejection:
    match document:
        case {"kind": str(kind), "metadata": {"name": str(name)} as metadata}:
            namespace = metadata.get("namespace") or "default"
            reference = Reference(kind.lower(), str(namespace), name)
            if name and not unfit_native_id(reference.entity):
                spec = document.get("spec")
                return Entity(reference, metadata, spec if isinstance(spec, dict) else {}, table, line)
    return Rejection(table, line, document, "has no kind or no name that can be kept")
