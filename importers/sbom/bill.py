"""What every format of a software bill of materials comes down to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from packageurl import PackageURL

from cmdb.reconciliation import Rejection

HINTS = ("checksum", "download_url", "file_name", "vcs_url")
"""Qualifiers of a package URL that say where it came from, not which package it is."""

MOST_CHARACTERS = 2_000

RANDOM = re.compile(r"(urn:uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
"""References that are made anew with each bill."""


@dataclass(frozen=True, slots=True)
class Part:
    """A component, a service or the application itself.

    `ref` is what the bill calls it; `lasting` says that the next bill will call it so too.
    """

    ref: str
    class_name: str
    name: str
    group: str = ""
    version: str = ""
    purl: PackageURL | None = None
    lasting: bool = True
    more: tuple[tuple[str, str], ...] = ()

    @property
    def own_key(self) -> str:
        """What identifies it in any bill: its package URL, or else group, name and version; or nothing."""
        if self.purl:
            return package_url(self.purl)
        named = self.class_name == "software_component" and self.group and self.version
        return f"{self.full_name}@{self.version}" if named else ""

    @property
    def key(self) -> str:
        """What tells it from other parts of the bill, also of the next one."""
        if self.own_key:
            return self.own_key
        if self.ref and self.lasting and not RANDOM.fullmatch(self.ref):
            return self.ref
        return f"{self.full_name}@{self.version}" if self.version else self.full_name

    @property
    def full_name(self) -> str:
        """Group and name."""
        return f"{self.group}/{self.name}" if self.group else self.name

    @property
    def attributes(self) -> dict[str, str]:
        """What is known of it, without what is blank; packages without a URL are told apart by group."""
        namespace = "" if self.purl and self.class_name == "software_component" else self.group
        found = {
            "class": self.class_name,
            "name": self.name,
            "version": self.version,
            "namespace": namespace,
            "package_url": package_url(self.purl) if self.purl else "",
            **dict(self.more),
        }
        return {name: text for name, value in found.items() if (text := _line(value))}


class Edge(NamedTuple):
    """A dependency between two parts, by their references."""

    dependent: str
    provider: str
    type: str
    strength: str = ""


@dataclass(slots=True)
class Bill:
    """One bill: what it is of, if it says so, its parts, and what did not fit."""

    table: str
    application: Part | None = None
    parts: list[Part] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)

    def reject(self, row: dict[str, Any], reason: str) -> None:
        """Note what does not fit."""
        self.rejected.append(Rejection(self.table, 0, row, reason))

    @property
    def all_parts(self) -> Iterator[Part]:
        """The application, if there is one, and its parts."""
        if self.application:
            yield self.application
        yield from self.parts


def with_reference(part: Part) -> Part:
    """A part that the bill gives no reference goes by its key."""
    return part if part.ref else replace(part, ref=part.key)


def _line(value: str) -> str:
    """A text on one line, without what nobody can see."""
    return "".join(filter(str.isprintable, " ".join(value.split())))[:MOST_CHARACTERS]


def package_url(purl: PackageURL) -> str:
    """A package URL in its canonical form, without what says nothing of which package it is."""
    told = purl.qualifiers if isinstance(purl.qualifiers, dict) else {}
    qualifiers = {name: value for name, value in told.items() if name not in HINTS}
    if purl.type == "maven" and qualifiers.get("type") == "jar":
        del qualifiers["type"]
    return purl._replace(qualifiers=qualifiers).to_string()
