"""Reads the configuration of an F5 BIG-IP: bigip.conf, and bigip_base.conf for the devices."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cmdb.errors import InvalidInput
from importers.balancers.devices import devices_of
from importers.balancers.model import Address, Configuration, Device, Member, Pool, Virtual
from importers.balancers.observing import observe
from importers.balancers.tmsh import Statement, parse_tmsh
from importers.documents import find_files, read_text
from importers.importer import Origin, Row

ANY = {"any", "any6", "0.0.0.0", "::"}
PORTS = {
    "any": None,
    "domain": 53,
    "ftp": 21,
    "http": 80,
    "https": 443,
    "imap": 143,
    "imaps": 993,
    "ldap": 389,
    "ldaps": 636,
    "ms-sql-s": 1433,
    "ms-wbt-server": 3389,
    "mysql": 3306,
    "ntp": 123,
    "pop3": 110,
    "pop3s": 995,
    "smtp": 25,
    "snmp": 161,
    "ssh": 22,
    "telnet": 23,
    "webcache": 8080,
}
"""Numbers of the services that a BIG-IP writes by name."""

MONITOR_WORDS = {"and", "min", "of", "none"}
DISABLED = {("session", "user-disabled"), ("state", "user-down")}
RULE_POOL = re.compile(r"\bpool\s+([\w./-]+)")
TCL_COMMENT = re.compile(r"^\s*#.*$", re.M)


def read_f5(origin: Origin) -> Iterator[Row]:
    """Read a file, or all `.conf` files of a folder as one configuration."""
    files = find_files(origin.path, ".conf")
    objects = _Objects.of(one for file in files for one in parse_tmsh(read_text(file), file.name))
    if not objects.virtuals and not objects.pools:
        raise InvalidInput(f"{origin.path.name} holds neither ltm virtual nor ltm pool; is it a bigip.conf?")
    pools = tuple(objects.pool(path, one) for path, one in objects.pools.items())
    virtuals = tuple(objects.virtual(path, one) for path, one in objects.virtuals.items())
    devices = devices_of(origin, objects.devices())
    yield from observe(Configuration(devices, "load_balancer", virtuals, pools))


def full_path(name: str, beside: str = "/Common/") -> str:
    """The name with its partition: that of the object that refers to it where it has none."""
    return name if name.startswith("/") else beside + name


@dataclass(frozen=True, slots=True)
class _Objects:
    """The objects of a configuration by their kind and full path."""

    by_kind: dict[tuple[str, ...], dict[str, Statement]]

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> "_Objects":
        by_kind: dict[tuple[str, ...], dict[str, Statement]] = {}
        for one in statements:
            by_kind.setdefault(one.words[:2], {})[full_path(one.name)] = one
        return cls(by_kind)

    def all(self, *kind: str) -> dict[str, Statement]:
        return self.by_kind.get(kind, {})

    @property
    def virtuals(self) -> dict[str, Statement]:
        return self.all("ltm", "virtual")

    @property
    def pools(self) -> dict[str, Statement]:
        return self.all("ltm", "pool")

    def devices(self) -> tuple[Device, ...]:
        """The devices of the failover group, else the one whose configuration this is."""
        devices = self.all("cm", "device")
        groups = [g for g in self.all("cm", "device-group").values() if g.text("type") == "sync-failover"]
        named = {full_path(one.words[0]) for group in groups for one in group.within("devices")}
        chosen = [
            d
            for path, d in devices.items()
            if path in named or (not named and d.text("self-device") == "true")
        ]
        if chosen:
            return tuple(map(_device, chosen))
        settings = self.all("sys", "global-settings").values()
        return tuple(Device(name, {}) for one in settings if (name := one.text("hostname")))

    def pool(self, path: str, pool: Statement) -> Pool:
        monitors = pool.get("monitor")
        words = [*monitors.words[1:], *(w for one in monitors.body for w in one.words)] if monitors else []
        rest = [word for word in words if word not in MONITOR_WORDS and not word.isdigit()]
        return Pool(
            path,
            tuple(self._member(one) for one in pool.within("members")),
            pool.text("load-balancing-mode") or "round-robin",
            tuple(full_path(word) for word in rest),
        )

    def _member(self, member: Statement) -> Member:
        name, port = split_port(member.words[0])
        node = self.all("ltm", "node").get(full_path(name), Statement(("",), 0))
        fqdn, label = _fqdn(node), name.rsplit("/", 1)[-1]
        host = member.text("address") or node.text("address")
        if not host or host in ANY:
            host = fqdn.text("name") or label
        several = any(_fqdn(one).text("autopopulate") == "enabled" for one in (member, node))
        return Member(Address(host, port), label, _state(member, node), several=several)

    def virtual(self, path: str, virtual: Statement) -> Virtual:
        pool = virtual.text("pool")
        return Virtual(
            path,
            tuple(self._destination(virtual.text("destination"))),
            full_path(pool, _folder(path)) if pool else "",
            tuple(self._chosen(path, virtual)),
            enabled=virtual.get("disabled") is None,
            description=virtual.text("description"),
        )

    def _destination(self, text: str) -> Iterator[Address]:
        if text:
            name, port = split_port(text)
            named = self.all("ltm", "virtual-address").get(full_path(name))
            host = (named.text("address") if named else "") or name.rsplit("/", 1)[-1]
            yield Address("" if host.partition("%")[0] in ANY else host, port)

    def _chosen(self, path: str, virtual: Statement) -> Iterator[str]:
        """The pools that the iRules and policies of a virtual server name."""
        for rule in virtual.within("rules"):
            rule_path = full_path(rule.words[0], _folder(path))
            if found := self.all("ltm", "rule").get(rule_path):
                names = RULE_POOL.findall(TCL_COMMENT.sub("", found.script))
                yield from self._known(names, _folder(rule_path))
        for policy in virtual.within("policies"):
            policy_path = full_path(policy.words[0], _folder(path))
            if found := self.all("ltm", "policy").get(policy_path):
                names = [one.words[-1] for one in found.every("pool")]
                yield from self._known(names, _folder(policy_path))

    def _known(self, names: Iterable[str], folder: str) -> Iterator[str]:
        for name in names:
            candidates = (full_path(name, folder), full_path(name))
            yield from [path for path in candidates if path in self.pools][:1]


def split_port(text: str) -> tuple[str, int | None]:
    """The name and the port of `name:port`, for an IPv6 address `address.port`."""
    name, _, port = text.rpartition("." if text.count(":") > 1 else ":")
    if not name:
        return text, None
    return name, int(port) if port.isdigit() and port != "0" else PORTS.get(port)


def _folder(path: str) -> str:
    return path[: path.rfind("/") + 1]


def _fqdn(statement: Statement) -> Statement:
    return statement.get("fqdn") or Statement(("fqdn",), 0)


def _state(*statements: Statement) -> str:
    """A node that is disabled takes its members along."""
    told = {one.words[:2] for statement in statements for one in statement.body}
    return "disabled" if told & DISABLED else "active"


def _device(device: Statement) -> Device:
    known = {
        "manufacturer": "F5",
        "model": device.text("marketing-name"),
        "serial_number": device.text("chassis-id"),
        "firmware_version": device.text("version"),
        "ip_address": device.text("management-ip"),
    }
    name = device.text("hostname") or device.name.rsplit("/", 1)[-1]
    return Device(name, {key: value for key, value in known.items() if value})
