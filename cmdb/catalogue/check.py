"""Checks attributes against the catalogue and types them. Runs for every row of an import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cmdb.catalogue.attribute import RESERVED, Value
from cmdb.catalogue.convert import plain
from cmdb.catalogue.model import Catalogue, CIClass
from cmdb.catalogue.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Problem:
    """An attribute that breaks a rule; `value` is what was given, `None` where nothing was."""

    class_name: str
    attribute: str
    value: object
    reason: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of the attributes of one CI; none is in two of the three."""

    values: dict[str, Value]
    """Typed values of attributes that the class has."""
    unknown: dict[str, Value]
    """Beyond the class: a finding to an import, an error to a person (`unknown_attributes`)."""
    problems: list[Problem]
    """Attributes that are missing, wrong or reserved."""


def check_attributes(catalogue: Catalogue, class_name: str, values: Mapping[str, object]) -> Checked:
    """Check and type all attributes of one CI.

    Text is converted to the attribute's type (`"8"` to `8`). `None` and empty text mean that the
    attribute is absent. Defaults are not filled in: see `CIClass.defaults`. To check a change,
    merge it into the current values first; values that were checked before come out as they are.
    An unknown class raises `InvalidInput`.
    """
    ci_class = catalogue.ci_class(class_name)
    converters = ci_class.converters
    checked = Checked({}, {}, [])
    typed = checked.values
    for name, value in values.items():
        if type(value) is str:
            value = value.strip()
        if value is None or value == "":
            continue
        convert = converters.get(name)
        try:
            if convert is not None:
                typed[name] = convert(value)
            else:
                checked.unknown[name] = _beyond(name, value)
        except ValueError as error:
            checked.problems.append(Problem(class_name, name, value, str(error)))
    _require(ci_class, values, checked)
    return checked


def unknown_attributes(ci_class: CIClass, names: Iterable[str]) -> list[Problem]:
    """The problems to tell a person who named attributes that the class does not have."""
    return [
        Problem(
            ci_class.name,
            name,
            None,
            f"{ci_class.name} has no such attribute{did_you_mean(name, ci_class.attributes)}",
        )
        for name in names
    ]


def _beyond(name: str, value: object) -> Value:
    if name in RESERVED:
        raise ValueError("is kept by Linchpin itself; give it another name")
    if not name.strip() or not name.isprintable():
        raise ValueError("is not a name for an attribute")
    return plain(value)


def _require(ci_class: CIClass, values: Mapping[str, object], checked: Checked) -> None:
    for name in ci_class.required:
        if name not in checked.values and not any(p.attribute == name for p in checked.problems):
            reason = "is required"
            checked.problems.append(Problem(ci_class.name, name, values.get(name), reason))
