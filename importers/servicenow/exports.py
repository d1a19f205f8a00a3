"""Reads exported tables: CSV and Excel, JSON (`records`, `result`), XML."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from cmdb.errors import InvalidInput
from importers.documents import find_files, read_json, read_xml
from importers.servicenow.record import Cell, Record, cell_of, record_of
from importers.tables import SUFFIXES, open_tables

JSON, XML = ".json", ".xml"


def read_exports(path: Path, encoding: str) -> Iterator[Record]:
    """The records of a file, or of all files of a folder; `encoding` is that of text.

    Raises InvalidInput where one cannot be read.
    """
    for file in find_files(path, ".csv", ".xlsx", JSON, XML):
        name = file.name.lower().removesuffix(".gz")
        if name.endswith(JSON):
            yield from _from_json(file)
        elif name.endswith(XML):
            yield from _from_xml(file)
        elif file.name.lower().endswith(SUFFIXES):
            yield from _from_tables(file, encoding)
        else:
            raise InvalidInput(f"{file} is none of .csv, .xlsx, .json, .xml; export it as one of them.")


def table_name(file: Path) -> str:
    """The table that a file is named after: `cmdb_ci_server.json.gz`."""
    return file.name.partition(".")[0].lower()


def records_in(document: Any, place: str) -> list[Mapping[str, Any]]:
    """The records of a document of JSON. Raises InvalidInput where it holds none."""
    if isinstance(document, dict):
        document = document.get("result", document.get("records"))
    if not isinstance(document, list) or not all(isinstance(one, dict) for one in document):
        raise InvalidInput(f"{place} has no list of records under result or records; export the table again.")
    return document


def _from_json(file: Path) -> Iterator[Record]:
    for number, raw in enumerate(records_in(read_json(file), file.name), 1):
        yield record_of(table_name(file), number, {name: cell_of(value) for name, value in raw.items()})


def _from_xml(file: Path) -> Iterator[Record]:
    for number, element in enumerate(read_xml(file), 1):
        yield record_of(element.tag, number, {field.tag: _xml_cell(field) for field in element})


def _xml_cell(field: Element) -> Cell:
    value = (field.text or "").strip()
    return Cell(value, field.get("display_value", "").strip() or value)


def _from_tables(file: Path, encoding: str) -> Iterator[Record]:
    for table in open_tables(file, encoding):
        for line, cells in table.rows:
            named = zip(table.columns, map(str.strip, cells), strict=False)
            yield record_of(
                table.sheet.lower() or table_name(file),
                line,
                {name: Cell(text, text) for name, text in named},
            )
