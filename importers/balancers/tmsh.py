"""Reads the syntax of bigip.conf: objects with a header of words and a body in braces.

    ltm pool /Common/web {
        members {
            /Common/web1:80 {
                address 10.0.0.1
            }
        }
        monitor /Common/http and /Common/tcp
    }

A statement is a line of words, of which some may be quoted over several lines, and may end in a body. The
bodies of scripts are Tcl, in which quotes do not hide braces, and stay text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cmdb.errors import InvalidInput

TCL = {
    ("ltm", "rule"),
    ("gtm", "rule"),
    ("cli", "script"),
    ("sys", "icall", "script"),
    ("sys", "application", "template"),
}
"""How the objects begin whose body is, or holds, a script."""

TOKEN = re.compile(
    r"""(?P<comment>^[ \t]*\#[^\n]*)|[ \t\r]+|(?P<line>\n)|(?P<open>\{)|(?P<close>\})
    |"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<word>[^\s{}"]+)""",
    re.S | re.M | re.X,
)
BRACE = re.compile(r"\\.|[{}]", re.S)
MOST_LEVELS = 200


@dataclass(slots=True)
class Statement:
    """Words, and the statements in the braces after them; `script` is such a body as text."""

    words: tuple[str, ...]
    line: int
    body: list["Statement"] = field(default_factory=list)
    script: str = ""

    @property
    def name(self) -> str:
        """The last word of an object's header, its name."""
        return self.words[-1]

    def get(self, word: str) -> "Statement | None":
        """The statement in the body that begins with the word."""
        return next((one for one in self.body if one.words[0] == word), None)

    def text(self, word: str) -> str:
        """What follows the word on its line; empty where it is not there or followed by `none`."""
        found = self.get(word)
        text = " ".join(found.words[1:]) if found else ""
        return "" if text == "none" else text

    def within(self, word: str) -> list["Statement"]:
        """What stands in the braces after the word."""
        found = self.get(word)
        return found.body if found else []

    def every(self, word: str) -> Iterator["Statement"]:
        """All statements that begin with the word, however deep."""
        for one in self.body:
            if one.words[0] == word:
                yield one
            yield from one.every(word)


def parse_tmsh(text: str, place: str) -> list[Statement]:
    """The objects of a file, in its order. Raises InvalidInput that names the line."""
    parser = _Parser(text, place)
    while parser.step():
        pass
    return parser.objects()


class _Parser:
    """Keeps the statements whose braces are open, outermost first, and the words of the current line."""

    def __init__(self, text: str, place: str) -> None:
        self._text, self._place = text, place
        self._at, self._line = 0, 1
        self._open = [Statement((), 0)]
        self._words: list[str] = []

    def step(self) -> bool:
        """Take in the next token; false at the end."""
        if self._at == len(self._text):
            return False
        match = TOKEN.match(self._text, self._at)
        if match is None:
            raise self._error("a quote that is never closed")
        line = self._line
        self._advance(match.end())
        match match.lastgroup:
            case "word":
                self._words.append(match["word"])
            case "quoted":
                self._words.append(re.sub(r"\\(.)", r"\1", match["quoted"], flags=re.S))
            case "line":
                self._end_line(line)
            case "open":
                self._begin_body()
            case "close":
                self._end_statement(line)
                self._end_body()
        return True

    def objects(self) -> list[Statement]:
        """All that was read. Raises InvalidInput where a brace is still open."""
        self._end_line(self._line)
        if len(self._open) > 1:
            raise self._never_closed(self._open[-1].line)
        return self._open[0].body

    def _end_line(self, line: int) -> None:
        if self._end_statement(line) and len(self._open) == 1:
            raise InvalidInput(f"{self._place}, line {line}: an object without braces. Is the file whole?")

    def _end_statement(self, line: int) -> Statement | None:
        if not self._words:
            return None
        statement = Statement(tuple(self._words), line)
        self._words = []
        self._open[-1].body.append(statement)
        return statement

    def _begin_body(self) -> None:
        statement = self._end_statement(self._line)
        if statement is None:
            raise self._error("a { without a name before it")
        if len(self._open) > MOST_LEVELS:
            raise self._error(f"more than {MOST_LEVELS} braces are open")
        if len(self._open) == 1 and not TCL.isdisjoint((statement.words[:2], statement.words[:3])):
            statement.script = self._script(statement.line)
        else:
            self._open.append(statement)

    def _end_body(self) -> None:
        if len(self._open) == 1:
            raise self._error("a } that closes nothing")
        self._open.pop()

    def _script(self, line: int) -> str:
        """The text up to the brace that closes, as Tcl counts braces."""
        start, depth = self._at, 1
        for match in BRACE.finditer(self._text, start):
            depth += {"{": 1, "}": -1}.get(match[0], 0)
            if depth == 0:
                self._advance(match.end())
                return self._text[start : match.start()]
        raise self._never_closed(line)

    def _advance(self, to: int) -> None:
        self._line += self._text.count("\n", self._at, to)
        self._at = to

    def _never_closed(self, line: int) -> InvalidInput:
        return InvalidInput(f"{self._place}, line {line}: a {{ that is never closed. Is the file whole?")

    def _error(self, what: str) -> InvalidInput:
        return InvalidInput(f"{self._place}, line {self._line}: {what}.")
