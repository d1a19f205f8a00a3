"""Options that commands share, those of questions about failure, and the scenario they come to."""

import functools
import inspect
import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer
from pydantic import ValidationError

from api.scenarios import NewRelationship, OldRelationship, Question
from cmdb.errors import InvalidInput
from cmdb.store import Store
from impact import Scenario

CI = "A CI by id, name, class:name or source/native_id."
MOMENT = "A time, a revision's number or a baseline's name; unset: now."
AS_OF = typer.Option(None, help=MOMENT)
JSON = typer.Option(False, "--json", help="Print JSON.")
REASON = typer.Option("", help="Why; kept in the history.")
UNITS = {"s": 1, "m": 60, "min": 60, "h": 3600, "d": 86400}


@dataclass
class Options:
    """The options of a scenario; the CIs that fail are each command's own."""

    degraded: Annotated[
        list[str], typer.Option(help="A CI that works worse than it should; may be repeated.")
    ] = field(default_factory=list)
    not_impacted: Annotated[
        list[str], typer.Option(help="A CI that stays up whatever happens; may be repeated.")
    ] = field(default_factory=list)
    already_down: Annotated[list[str], typer.Option(help="A CI that is down before; may be repeated.")] = (
        field(default_factory=list)
    )
    current: Annotated[
        bool,
        typer.Option(
            "--current", help="On top of what incidents, changes under way and maintenance say is so now."
        ),
    ] = False
    lasting: Annotated[
        str | None,
        typer.Option("--for", help="How long the failures last: 90s, 20m, 4h; unset: endlessly."),
    ] = None
    add: Annotated[
        list[str],
        typer.Option(
            metavar="'DEPENDENT TYPE PROVIDER [GROUP [NEED]]'",
            help="Imagine a relationship; may be repeated.",
        ),
    ] = field(default_factory=list)
    cut: Annotated[
        list[str],
        typer.Option(
            metavar="'DEPENDENT PROVIDER [TYPE]'", help="Imagine a relationship away; may be repeated."
        ),
    ] = field(default_factory=list)
    without: Annotated[list[str], typer.Option(help="Imagine a CI away; may be repeated.")] = field(
        default_factory=list
    )
    scenario: Annotated[
        Path | None,
        typer.Option(help="A file with a question as the API takes it, in JSON; options add to it."),
    ] = None
    as_of: Annotated[str | None, typer.Option(help=MOMENT)] = None
    types: Annotated[
        str, typer.Option(help="Relationship types that count, separated by commas; unset: all.")
    ] = ""
    ignore_redundancy: Annotated[
        bool, typer.Option("--ignore-redundancy", help="Count everything that can be reached.")
    ] = False

    def ask(self, store: Store, failed: Sequence[str]) -> Scenario:
        """The scenario in which some CIs fail, and all else is as the options say."""
        asked = read_question(self.scenario) if self.scenario else Question()
        asked.failed += failed
        asked.degraded += self.degraded
        asked.not_impacted += self.not_impacted
        asked.already_down += self.already_down
        asked.current |= self.current
        if self.lasting:
            asked.durations |= dict.fromkeys(failed, seconds(self.lasting))
        asked.imagined.relationships += map(_relationship, self.add)
        asked.imagined.without_relationships += map(_cut, self.cut)
        asked.imagined.without_cis += self.without
        asked.types += [name.strip() for name in self.types.split(",") if name.strip()]
        asked.ignore_redundancy |= self.ignore_redundancy
        asked.as_of = self.as_of or asked.as_of
        return asked.scenario(store)


def asks(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a scenario; it takes them together, as its parameter `options`."""
    own = inspect.signature(command)
    added = {option.name: option for option in fields(Options)}
    hints = {**get_type_hints(command, include_extras=True), **get_type_hints(Options, include_extras=True)}

    @functools.wraps(command)
    def run(**given: Any) -> None:
        told = {name: given.pop(name) for name in added}
        command(**given, options=Options(**told))

    kept = [parameter for parameter in own.parameters.values() if parameter.name != "options"]
    extra = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=_default(option))
        for name, option in added.items()
    ]
    run.__annotations__ = {parameter.name: hints[parameter.name] for parameter in (*kept, *extra)}
    run.__signature__ = own.replace(  # type: ignore[attr-defined]
        parameters=[
            parameter.replace(annotation=hints[parameter.name], kind=inspect.Parameter.KEYWORD_ONLY)
            for parameter in (*kept, *extra)
        ]
    )
    return run


def _default(option: "Field[Any]") -> Any:
    return [] if option.default is MISSING else option.default


def seconds(text: str) -> int:
    """`90s`, `20m`, `4h` or `2d` in seconds; raises InvalidInput for anything else."""
    match = re.fullmatch(r"([0-9]{1,6})\s*(s|m|min|h|d)", text.strip())
    if not match or not int(match[1]):
        raise InvalidInput(f"{text!r} is no duration. Write 90s, 20m, 4h or 2d.")
    return int(match[1]) * UNITS[match[2]]


def read_question(file: Path) -> Question:
    """The question in a file; raises InvalidInput for one that cannot be read or is none."""
    try:
        return Question.model_validate_json(file.read_bytes())
    except OSError as error:
        raise InvalidInput(f"{file} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise InvalidInput(f"{file} is no question: {where}: {first['msg']}.") from error


def _relationship(text: str) -> NewRelationship:
    """`DEPENDENT TYPE PROVIDER [GROUP [NEED]]`, names with spaces in quotation marks."""
    words = _words(text, 3, 5, "'DEPENDENT TYPE PROVIDER', and perhaps a group and its need")
    dependent, type_, provider, *terms = words
    group, need = (*terms, None, None)[:2]
    told = int(need) if need and need.isdecimal() else need
    return NewRelationship(dependent=dependent, type=type_, provider=provider, group=group, need=told)


def _cut(text: str) -> OldRelationship:
    """`DEPENDENT PROVIDER [TYPE]`, names with spaces in quotation marks."""
    dependent, provider, *type_ = _words(text, 2, 3, "'DEPENDENT PROVIDER', and perhaps a type")
    return OldRelationship(dependent=dependent, provider=provider, type=type_[0] if type_ else None)


def _words(text: str, fewest: int, most: int, expected: str) -> list[str]:
    try:
        words = shlex.split(text)
    except ValueError:
        words = []
    if not fewest <= len(words) <= most:
        raise InvalidInput(
            f"{text!r} is no relationship. Write {expected}; names with spaces in quotation marks."
        )
    return words
