"""Reads XML without entities, which could pull in other files or swell without end."""

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from cmdb.errors import InvalidInput
from importers.documents.content import read_bytes

MOST_DEPTH = 200
"""Elements within elements."""


def read_xml(path: Path) -> Element:
    """The root element of a file. Raises InvalidInput where it is not XML, or declares entities."""
    try:
        root: Element = fromstring(read_bytes(path))
    except DefusedXmlException as error:
        raise InvalidInput(f"{path.name} declares entities, which are not read: {error}.") from error
    except (ParseError, ValueError, LookupError) as error:
        raise InvalidInput(f"{path.name} is not XML: {error}. Is the file whole?") from error
    _check_depth(root, path.name)
    return root


def _check_depth(root: Element, place: str) -> None:
    level, depth = [root], 1
    while level := [inner for element in level for inner in element]:
        depth += 1
        if depth > MOST_DEPTH:
            raise InvalidInput(f"{place} nests elements more than {MOST_DEPTH} deep.")
