"""Variables: read from `.env` files, and filled in where a Compose file refers to them.

Source: https://docs.docker.com/reference/compose-file/interpolation/
"""

import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from dotenv import dotenv_values

from cmdb.errors import InvalidInput
from importers.documents import read_text

DEEPEST = 50
"""Defaults within defaults."""

_REFERENCE = re.compile(r"\$(?:(?P<escaped>\$)|(?P<name>[A-Za-z_]\w*)|(?P<braced>\{))")
_EXPRESSION = re.compile(r"([A-Za-z_]\w*)(?:(:?)([-?+])(.*))?", re.DOTALL)
_BRACE = re.compile(r"\$\{|\}")


class Variables:
    """Variables with their values; `missing` are those asked for in vain, with what to tell then."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.missing: dict[str, str] = {}

    def read(self, file: Path) -> dict[str, str]:
        """The variables of a file, which may refer to those above them and to what is known already."""
        own = Variables()
        own.values |= self.values
        told = dotenv_values(stream=StringIO(read_text(file)), interpolate=False)
        for name, value in told.items():
            own.values[name] = own.fill_in(file, value or "")
        self.missing |= own.missing
        return {name: own.values[name] for name in told}

    def fill_in(self, file: Path, value: Any) -> Any:
        """What a file holds, with all variables in it filled in. Raises InvalidInput that names the file."""
        try:
            return fill_all(value, self, {})
        except InvalidInput as error:
            raise InvalidInput(f"{file.name}: {error.detail}") from error
        except RecursionError as error:
            raise InvalidInput(f"{file.name} nests values too deeply to be read.") from error

    def fill(self, text: str, depth: int = 0) -> str:
        """The text with the values of the variables that it refers to; a missing one is empty.

        Raises InvalidInput where a reference is none that Compose knows.
        """
        if depth > DEEPEST:
            raise InvalidInput(f"A default stands within more than {DEEPEST} others: {text[:80]!r}.")
        filled, at = [], 0
        while match := _REFERENCE.search(text, at):
            filled.append(text[at : match.start()])
            at = match.end()
            if match["escaped"]:
                filled.append("$")
            elif match["name"]:
                filled.append(self._value(match["name"], ""))
            else:
                end = _closing(text, at)
                filled.append(self._expression(text[at:end], depth))
                at = end + 1
        return "".join([*filled, text[at:]])

    def _expression(self, expression: str, depth: int) -> str:
        match = _EXPRESSION.fullmatch(expression)
        if not match:
            raise InvalidInput(f"${{{expression}}} is no reference to a variable that Compose knows.")
        name, colon, operator, rest = match.groups(default="")
        is_set = bool(self.values.get(name)) if colon else name in self.values
        if operator == "+":
            return self.fill(rest, depth + 1) if is_set else ""
        if operator == "-" and not is_set:
            return self.fill(rest, depth + 1)
        if operator == "?" and not is_set:
            self.missing[name] = self.fill(rest, depth + 1)
            return ""
        return self._value(name, "")

    def _value(self, name: str, told: str) -> str:
        if name not in self.values:
            self.missing.setdefault(name, told)
        return self.values.get(name, "")


def _closing(text: str, at: int) -> int:
    """Where the brace that was opened before `at` is closed."""
    depth = 1
    for match in _BRACE.finditer(text, at):
        depth += 1 if match[0] == "${" else -1
        if not depth:
            return match.start()
    raise InvalidInput(f"A reference to a variable is not closed: {text[:80]!r}.")


def fill_all(value: Any, variables: Variables, filled: dict[int, Any]) -> Any:
    """A document with variables filled in; aliases, `filled` by identity, stay shared."""
    if isinstance(value, str):
        return variables.fill(value)
    if not isinstance(value, Mapping | list):
        return value
    if id(value) not in filled:
        filled[id(value)] = (
            [fill_all(one, variables, filled) for one in value]
            if isinstance(value, list)
            else {str(name): fill_all(one, variables, filled) for name, one in value.items()}
        )
    return filled[id(value)]
