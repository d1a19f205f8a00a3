"""Splits the lines of haproxy.cfg into words, with its quotes, escapes and variables."""

import re
from collections.abc import Iterator, Mapping

from cmdb.errors import InvalidInput

PIECE = re.compile(
    r"""(?P<space>[ \t]+)|(?P<comment>\#.*)|'(?P<strong>[^']*)'|"(?P<weak>(?:[^"\\]|\\.)*)"
    |(?P<escaped>\\x[0-9a-fA-F]{2}|\\.)|(?P<bare>[^\s\#'"\\]+)""",
    re.X,
)
ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|.)")
VARIABLE = re.compile(r"(?<!\\)\$(?:(\w+)|\{([.\w]+)(?:\[\*\])?(?:-([^}]*))?\})")
CONTROL = {"n": "\n", "r": "\r", "t": "\t"}


def lines_of_words(text: str, place: str, variables: Mapping[str, str]) -> Iterator[tuple[int, list[str]]]:
    """The number and the words of each line that has some. Raises InvalidInput that names the line."""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            words = split_words(line, variables)
        except ValueError as error:
            raise InvalidInput(f"{place}, line {number}: {error}.") from error
        if words:
            yield number, words


def split_words(line: str, variables: Mapping[str, str]) -> list[str]:
    """The words of a line. Variables count within double quotes only; one that is not known is blank."""
    words, at, begun = [""], 0, False
    while at < len(line):
        match = PIECE.match(line, at)
        if match is None:
            raise ValueError("a quote or an escape that is never ended")
        at = match.end()
        if match.lastgroup == "comment":
            break
        if match.lastgroup == "space":
            words += [""] if begun else []
            begun = False
        else:
            words[-1] += _meaning(match, variables)
            begun = True
    return words if begun else words[:-1]


def _meaning(match: re.Match[str], variables: Mapping[str, str]) -> str:
    if match.lastgroup == "weak":
        return _unescape(VARIABLE.sub(lambda found: _value(found, variables), match["weak"]))
    text = match[str(match.lastgroup)]
    return _unescape(text) if match.lastgroup == "escaped" else text


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str:
    return variables.get(found[1] or found[2], found[3] or "")


def _unescape(text: str) -> str:
    return ESCAPE.sub(
        lambda found: chr(int(found[1][1:], 16)) if len(found[1]) == 3 else CONTROL.get(found[1], found[1]),
        text,
    )
