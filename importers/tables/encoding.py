"""The encoding of tables, which a person may have to tell: text does not say it of itself."""

from importers.importer import Option, Origin

ENCODING = Option(
    "encoding", "The encoding of text without a byte order mark, such as windows-1252.", default="utf-8"
)


def encoding_of(origin: Origin) -> str:
    """The encoding that a person has told, or else the usual one."""
    return origin.options.get(ENCODING.name) or ENCODING.default
