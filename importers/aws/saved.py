"""Reads saved answers of the AWS command line, and snapshots of AWS Config."""

import re
from collections.abc import Iterator
from pathlib import Path

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.aws.documents import Document, is_known
from importers.aws.snapshots import snapshot_items
from importers.cloud import Place
from importers.documents import find_files, read_json
from importers.importer import Origin

_GIVEN = (
    (re.compile(r"target-health-(.+)"), "target_group"),
    (re.compile(r"records-(\w+)"), "hosted_zone_id"),
)
"""What was asked for, by the name of the file: the answer itself does not tell."""


def saved_documents(origin: Origin) -> Iterator[Document | Gap]:
    """The documents of a file or a folder. Raises InvalidInput where a file alone is none."""
    path = origin.path
    place = Place("aws", origin.options.get("account", ""), origin.options.get("region", ""))
    found = 0
    for file in find_files(path, ".json"):
        try:
            yield _document(file, place)
            found += 1
        except InvalidInput as error:
            if file == path:
                raise
            yield Gap(str(error))
    if not found:
        raise InvalidInput(
            f"{path} holds no answer of AWS that can be read; save what aws … describe-* writes."
        )


def _document(file: Path, place: Place) -> Document:
    content = read_json(file)
    if not isinstance(content, dict) or not (is_known(content) or snapshot_items(content)):
        told = ", ".join(list(content)[:5]) if isinstance(content, dict) else type(content).__name__
        raise InvalidInput(
            f"{file.name} is neither an answer of AWS nor a snapshot of AWS Config that is read; "
            f"it holds {told}."
        )
    stem = file.name.partition(".json")[0]
    given = {name: match[1] for form, name in _GIVEN if (match := form.fullmatch(stem))}
    return Document(content, file.name, place, given)
