"""What differs between two states, in words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cmdb.history import Difference, Kind

BOOKKEEPING = frozenset({"id", "no", "sources", "dependent_no", "provider_no", "type"})


def ends(differences: Iterable[Difference]) -> set[str]:
    """The ids of the CIs that the relationships among them are between."""
    subjects = (one.subject.split(" ", 3) for one in differences if one.kind is Kind.RELATIONSHIP)
    return {id_ for dependent, _, provider, _ in subjects for id_ in (dependent, provider)}


def described(differences: Iterable[Difference], names: Mapping[str, str]) -> Iterator[str]:
    """One line a difference: what it is about, and which fields went from what to what.

    `names` gives CIs their names by id.
    """
    for one in differences:
        yield f"{_mark(one)} {_subject(one, names)}{_fields(one)}"


def _mark(one: Difference) -> str:
    if one.before is None:
        return "+"
    return "-" if one.after is None else "~"


def _subject(one: Difference, names: Mapping[str, str]) -> str:
    state: Mapping[str, Any] = one.after or one.before or {}
    if one.kind is Kind.CI:
        return f"{state['class']}:{state['name']}"
    dependent, type_, provider, group = one.subject.split(" ", 3)
    ends = names.get(dependent, dependent), names.get(provider, provider)
    return f"{ends[0]} {type_.lower()} {ends[1]}" + (f" in {group}" if group else "")


def _fields(one: Difference) -> str:
    if one.before is None or one.after is None:
        return ""
    changes = (
        f"{name}: {one.before.get(name, 'none')} → {one.after.get(name, 'none')}"
        for name in one.fields
        if name not in BOOKKEEPING or name == "sources"
    )
    return "  " + "; ".join(changes)
