"""Documents from files nobody vouches for: JSON, YAML and XML, of any encoding, of bounded size."""

from importers.documents.content import MOST_BYTES, find_files, read_bytes, read_text
from importers.documents.json import parse_json, read_json
from importers.documents.xml import read_xml
from importers.documents.yaml import parse_yaml, read_yaml

__all__ = [
    "MOST_BYTES",
    "find_files",
    "parse_json",
    "parse_yaml",
    "read_bytes",
    "read_json",
    "read_text",
    "read_xml",
    "read_yaml",
]
