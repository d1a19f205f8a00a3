"""What a source says of one thing: the only language importers speak."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypedDict

from cmdb.catalogue import MANUAL, RULE, Catalogue
from cmdb.errors import InvalidInput

STRENGTHS = ("hard", "soft", "guard", "none")
GROUP_TERMS = ("need", "strength", "failover", "assumed")
"""What a redundancy group has one of, so that all its relationships agree."""


class Relation(TypedDict, total=False):
    """What the thing depends on; `type` and `to` (a native id of the same source and scope) are required.

    `denied` is for people only: there is no such dependency, whatever a source says.
    """

    type: str
    to: str
    group: str
    need: int | str
    strength: str
    weight: int
    failover: int
    tolerates: int
    assumed: bool
    denied: bool


@dataclass(frozen=True, slots=True)
class Observation:
    """One thing as a source sees it.

    `attributes` include `class` and `name`. `relations` are all that the thing depends on, or with `adds`
    some more of it. None leaves either as the source said before. `within` is the native id of the thing
    that it is a part of and inside which its name means something, as an interface in its device.
    `mentioned`: the source only refers to it and knows it from elsewhere, so whoever describes it is
    believed first. `line` is where in the source it stands, for the report.
    """

    native_id: str
    attributes: Mapping[str, Any] | None = None
    relations: tuple[Relation, ...] | None = None
    within: str = ""
    mentioned: bool = False
    adds: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the source holds and could not be read, so that nothing can be told missing.

    `what` says what, and why, as a person would.
    """

    what: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row that could not be taken in, as it stood in the source."""

    table: str
    line: int
    row: Mapping[str, Any]
    reason: str


def names_by_id(source: str) -> bool:
    """Whether the native ids of a source are the ids of the CIs."""
    return source == MANUAL or source.startswith(RULE)


def source_key(source: str, scope: str, native_id: str) -> str:
    """What identifies a source record."""
    return f"{source}:{scope}:{native_id}"


def relation_identity(relation: Relation) -> tuple[str, str, str]:
    """What identifies a relation within its record: type, end and group."""
    return relation["type"], relation["to"], relation.get("group", "")


def relation_of(catalogue: Catalogue, row: Mapping[str, str]) -> Relation:
    """Turn a row of text with the columns of the exchange format into a relation.

    Raises InvalidInput that names the column, its value and the reason.
    """
    relation = Relation(type=catalogue.relationship(row["type"]).name, to=row["to"])
    if group := row.get("group"):
        relation["group"] = group
    if need := row.get("need"):
        relation["need"] = parse_need(need)
    if strength := row.get("strength"):
        if strength not in STRENGTHS:
            raise InvalidInput(f"strength {strength!r} is none of {', '.join(STRENGTHS)}")
        relation["strength"] = strength
    if weight := row.get("weight"):
        relation["weight"] = parse_count("weight", weight, 1)
    if failover := row.get("failover"):
        relation["failover"] = parse_count("failover", failover, 0)
    if tolerates := row.get("tolerates"):
        relation["tolerates"] = parse_count("tolerates", tolerates, 0)
    if parse_flag("assumed", row.get("assumed", "")):
        relation["assumed"] = True
    return relation


@lru_cache(1024)
def parse_need(text: str) -> int | str:
    """Parse a group's need: a count of at least 1 or a percentage such as `60%`."""
    if re.fullmatch(r"\d{1,9}", text) and int(text) >= 1:
        return int(text)
    if (match := re.fullmatch(r"(\d{1,3})%", text)) and 1 <= int(match[1]) <= 100:
        return text
    raise InvalidInput(f"need {text!r} is neither a count from 1 nor a percentage from 1% to 100%")


@lru_cache(1024)
def parse_count(column: str, text: str, least: int) -> int:
    """Parse a whole number of at least `least` and at most nine digits."""
    if re.fullmatch(r"\d{1,9}", text) and int(text) >= least:
        return int(text)
    raise InvalidInput(f"{column} {text!r} is not a whole number from {least} to 999999999")


def parse_flag(column: str, text: str) -> bool:
    """Parse yes or no; blank means no."""
    if text.lower() in ("true", "yes", "1"):
        return True
    if text.lower() in ("false", "no", "0", ""):
        return False
    raise InvalidInput(f"{column} {text!r} is neither true nor false")


def disagreements(relations: Iterable[Relation]) -> dict[str, str]:
    """Tell of each group whose relations disagree on what a group has one of: group → what."""
    seen: dict[str, Relation] = {}
    found: dict[str, str] = {}
    for relation in relations:
        if not (group := relation.get("group")):
            continue
        first = seen.setdefault(group, relation)
        if first is relation:
            continue
        for term in GROUP_TERMS:
            if first.get(term) != relation.get(term):
                found[group] = f"{term} is {first.get(term, 'blank')} and {relation.get(term, 'blank')}"
    return found
