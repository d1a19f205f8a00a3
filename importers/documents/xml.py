"""Reads XML without entities, which could pull in other files or swell without end."""

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from cmdb.errors import InvalidInput
from importers.documents.content import read_bytes


def read_xml(path: Path) -> Element:
    """The root element of a file. Raises InvalidInput where it is not XML, or declares entities."""
    try:
        root: Element = fromstring(read_bytes(path))
    except DefusedXmlException as error:
        raise InvalidInput(f"{path.name} declares entities, which are not read: {error}.") from error
    except (ParseError, ValueError) as error:
        raise InvalidInput(f"{path.name} is not XML: {error}. Is the file whole?") from error
    return root
