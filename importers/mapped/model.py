"""What a mapping file may say."""

from functools import cached_property
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Strength = Literal["", "hard", "soft", "guard", "none"]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Part):
    """Where a value comes from: a column, several joined, or a constant; a plain string is a column.

    `values` translate what stands there, without regard to case; `default` is for what is empty.
    `date` is how dates are written there, as Python's strptime tells; with `separator` it is a list.
    """

    column: str = ""
    columns: tuple[str, ...] = ()
    constant: str = ""
    join: str = " "
    prefix: str = ""
    values: dict[str, str] = {}
    default: str = ""
    date: str = ""
    separator: str = ""

    @model_validator(mode="before")
    @classmethod
    def _column_alone(cls, given: Any) -> Any:
        return {"column": given} if isinstance(given, str) else given

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(map(bool, (self.column, self.columns, self.constant))) != 1:
            raise ValueError("give one of column, columns, constant")
        return self

    @cached_property
    def translations(self) -> dict[str, str]:
        """The values without regard to case."""
        return {theirs.casefold(): ours for theirs, ours in self.values.items()}

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The columns that the table must have."""
        return (self.column, *self.columns) if self.column else self.columns


class ClassSource(Source):
    """As a Source, but a plain string is the class itself."""

    @model_validator(mode="before")
    @classmethod
    def _column_alone(cls, given: Any) -> Any:
        return {"constant": given} if isinstance(given, str) else given


class Reference(Source):
    """A cell that names other things: by native id, or by an attribute that it `finds` them by.

    `among` leaves only the things of that class, or of one that refines it.
    """

    finds: str = "native_id"
    among: str = ""


class Dependency(Reference):
    """A reference to what the row depends on, or with `reverse` to what depends on the row.

    Several in one `group` stand for one another: `need` of them must be up, a count or `60%`.
    """

    type: str
    reverse: bool = False
    group: str = ""
    need: str | int = ""
    strength: Strength = ""
    assumed: bool = False


class Condition(_Part):
    """What a column holds: one of `values`, none of `other_than`, or nothing."""

    column: str
    values: tuple[str, ...] = ()
    other_than: tuple[str, ...] = ()
    empty: bool = False

    @model_validator(mode="after")
    def _one_of_three(self) -> Self:
        if sum(map(bool, (self.values, self.other_than, self.empty))) != 1:
            raise ValueError("give one of values, other_than, empty")
        return self

    def holds(self, text: str) -> bool:
        """Whether the column's text fulfils it."""
        if self.empty:
            return not text
        folded = text.casefold()
        if self.values:
            return folded in map(str.casefold, self.values)
        return folded not in map(str.casefold, self.other_than)


class _Rows(_Part):
    """Which tables are meant, and which of their rows are skipped: `*` and `?` stand for any text."""

    file: str = "*"
    sheet: str = "*"
    skip: tuple[Condition, ...] = ()


class Things(_Rows):
    """Tables with one thing a row, or several rows of one."""

    native_id: Source
    class_: ClassSource = Field(alias="class")
    name: Source
    attributes: dict[str, Source] = {}
    within: Reference | None = None
    relations: tuple[Dependency, ...] = ()


class Links(_Rows):
    """Tables with one relation a row.

    `type` is one of ours, or a column with them; where the column holds one of `reversed`, what stands
    under `dependent` is the provider.
    """

    dependent: Reference
    provider: Reference
    type: ClassSource
    reversed: tuple[str, ...] = ()


class Mapping(_Part):
    """A whole mapping file."""

    things: tuple[Things, ...]
    links: tuple[Links, ...] = ()
