"""Reads haproxy.cfg into its sections."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cmdb.errors import InvalidInput
from importers.balancers.words import lines_of_words
from importers.documents import find_files, read_text
from importers.importer import Origin

KINDS = {
    *("global", "defaults", "frontend", "listen", "backend", "peers", "resolvers", "mailers", "userlist"),
    *("cache", "program", "http-errors", "ring", "log-forward", "log-profile", "fcgi-app", "crt-store"),
    *("traces", "acme"),
}
"""The words that begin a section."""

PROXIES = {"frontend", "listen", "backend"}
"""Sections that have names."""

Line = tuple[int, list[str]]


@dataclass(slots=True)
class Section:
    """A section with its lines; `defaults` is the one it inherits from."""

    kind: str
    name: str
    line: int
    lines: list[Line] = field(default_factory=list)
    defaults: "Section | None" = None

    def all(self, word: str) -> Iterator[Line]:
        """Its own lines that begin with the word."""
        return ((number, words) for number, words in self.lines if words[0] == word)

    def last(self, word: str) -> list[str]:
        """What the last such line says after the word, else the defaults'."""
        own = [words[1:] for _, words in self.all(word)]
        return own[-1] if own else self.defaults.last(word) if self.defaults else []

    def has(self, *words: str) -> bool:
        """Whether any of its own lines begins with one of the words."""
        return any(line[0] in words for _, line in self.lines)


def read_sections(origin: Origin) -> Iterator[Section]:
    """All sections of a file, or of the `.cfg` files of a folder; defaults count for later files too."""
    section = Section("", "", 0)
    unnamed: Section | None = None
    named: dict[str, Section] = {}
    for file in find_files(origin.path, ".cfg"):
        for line, words in lines_of_words(read_text(file), file.name, origin.environment):
            if words[0] not in KINDS:
                section.lines.append((line, words))
                continue
            if words[0] in PROXIES and len(words) == 1:
                raise InvalidInput(f"{file.name}, line {line}: a {words[0]} without a name.")
            section = Section(words[0], "".join(words[1:2]), line)
            if words[2:3] == ["from"]:
                section.defaults = named.get("".join(words[3:4]))
            elif section.kind != "defaults":
                section.defaults = unnamed
            if section.kind == "defaults":
                unnamed = named[section.name] = section
            yield section
