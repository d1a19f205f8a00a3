"""Reads the configuration of HAProxy."""

from collections.abc import Iterable, Iterator

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Rejection
from importers.balancers.addresses import is_local, is_socket, parse_address
from importers.balancers.devices import devices_of
from importers.balancers.model import Address, Configuration, Device, Member, Pool, Virtual
from importers.balancers.observing import observe
from importers.balancers.sections import Line, Section, read_sections
from importers.importer import Origin, Row

SERVERS = ("server", "server-template")
STATES = {
    "backup": ("backup", True),
    "no-backup": ("backup", False),
    "disabled": ("disabled", True),
    "enabled": ("disabled", False),
}
VALUED = {"cookie", "namespace", "resolvers", "track"}
"""Parameters of a server whose value may look like another parameter."""


def read_haproxy(origin: Origin) -> Iterator[Row]:
    """Read a file, or all `.cfg` files of a folder as one configuration."""
    sections = list(read_sections(origin))
    fronts = _by_name(one for one in sections if one.kind == "frontend" or _is_listen(one, "bind"))
    backs = _by_name(one for one in sections if one.kind == "backend" or _is_listen(one, *SERVERS))
    if not fronts and not backs:
        raise InvalidInput(f"{origin.path.name} has no frontend, listen or backend; is it a haproxy.cfg?")
    named = tuple(
        Device(name, {}) for one in sections if one.kind == "global" and (name := "".join(one.last("node")))
    )
    pools = tuple(map(_pool, backs.values()))
    virtuals = tuple(_virtual(one) for one in fronts.values())
    yield from observe(Configuration(devices_of(origin, named[:1]), "server", virtuals, pools))
    for one in sections:
        yield from _misfits(one, {id(kept) for kept in (*fronts.values(), *backs.values())})


def _is_listen(section: Section, *words: str) -> bool:
    return section.kind == "listen" and section.has(*words)


def _by_name(sections: Iterable[Section]) -> dict[str, Section]:
    """Sections by name, the first of each."""
    found: dict[str, Section] = {}
    for one in sections:
        found.setdefault(one.name, one)
    return found


def _pool(section: Section) -> Pool:
    method = section.last("balance")
    return Pool(section.name, tuple(_members(section)), "".join(method[:1]))


def _members(section: Section) -> Iterator[Member]:
    for line, parameters in _servers(section):
        member = _member(line[1], parameters)
        if member is not None:
            yield member


def _servers(section: Section) -> Iterator[tuple[Line, list[str]]]:
    """The lines of servers, and their parameters after those of the default-server lines before."""
    usual = _usual(section.defaults)
    for number, words in section.lines:
        if words[0] == "default-server":
            usual = usual + words[1:]
        elif words[0] in SERVERS:
            yield (number, words), usual + words[_position(words) + 1 :]


def _usual(defaults: Section | None) -> list[str]:
    if defaults is None:
        return []
    return _usual(defaults.defaults) + [
        word for _, words in defaults.all("default-server") for word in words[1:]
    ]


def _position(words: list[str]) -> int:
    """Where the address stands."""
    return 3 if words[0] == "server-template" else 2


def _member(words: list[str], parameters: list[str]) -> Member | None:
    """None where the address is missing, or any that the client asked for."""
    text = "".join(words[_position(words) :][:1])
    if is_local(text):
        return Member(Address(text), words[1], _state(parameters), local=True)
    address = parse_address(text)
    several = words[0] == "server-template"
    return Member(address, "", _state(parameters), several=several) if address.host else None


def _state(parameters: list[str]) -> str:
    """The last word counts. A weight of nought keeps new requests away."""
    told, before = {"backup": False, "disabled": False, "weightless": False}, ""
    for word in parameters:
        if before == "weight":
            told["weightless"] = word == "0"
        elif before not in VALUED and word in STATES:
            told.update([STATES[word]])
        before = word
    if told["disabled"] or told["weightless"]:
        return "disabled"
    return "backup" if told["backup"] else "active"


def _virtual(section: Section) -> Virtual:
    rules = [words[1:] for _, words in section.all("use_backend") if words[1:] and not _is_dynamic(words)]
    always = next((number for number, rule in enumerate(rules) if len(rule) == 1), len(rules))
    own = [section.name] if section.has(*SERVERS) else []
    rest = [rule[0] for rule in rules[always:]] or section.last("default_backend") or own
    return Virtual(
        section.name,
        tuple(_addresses(section)),
        "".join(rest[:1]),
        tuple(rule[0] for rule in rules[:always]),
        enabled=not section.has("disabled"),
        description=" ".join(section.last("description")),
    )


def _addresses(section: Section) -> Iterator[Address]:
    for _, words in section.all("bind"):
        yield from (parse_address(text) for text in "".join(words[1:2]).split(",") if not is_socket(text))


def _is_dynamic(words: list[str]) -> bool:
    return "%" in "".join(words[1:2])


def _misfits(section: Section, kept: set[int]) -> Iterator[Rejection]:
    """What is said and cannot be told as it is meant."""
    is_proxy = section.kind in ("frontend", "backend") or _is_listen(section, "bind", *SERVERS)
    if is_proxy and id(section) not in kept:
        reason = f"there is another {section.kind} of that name, which was read"
        yield Rejection(section.kind, section.line, {"name": section.name}, reason)
        return
    for number, words in section.all("use_backend"):
        if _is_dynamic(words):
            row = {"name": section.name, "use_backend": " ".join(words[1:])}
            yield Rejection("use_backend", number, row, "which backend it means is known only at run time")
    for (number, words), parameters in _servers(section) if section.kind in ("backend", "listen") else ():
        if _member(words, parameters) is None:
            row = {"name": section.name, "server": " ".join(words[1:])}
            yield Rejection("server", number, row, "it names no address: none, any, or a variable not set")
