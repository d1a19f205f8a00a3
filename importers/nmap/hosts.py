"""Turns what a scan says of a host into observations."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from cmdb.reconciliation import Observation, Relation
from importers.hosts import full_name
from importers.nmap.kinds import CLASSES, SERVICES
from importers.shape import without_blanks


@dataclass(frozen=True, slots=True)
class Port:
    """An open port with the service that nmap takes it for, `ssl` where it is wrapped in TLS."""

    protocol: str
    number: int
    service: str
    product: str
    version: str

    def __str__(self) -> str:
        return f"{self.number}/{self.protocol} {self.service}".rstrip()


def address_of(host: Element) -> str:
    """The IP address of a host, empty where only its hardware address is known."""
    return _addresses(host, "ipv4") or _addresses(host, "ipv6")


def is_there(host: Element) -> bool:
    """Whether somebody answered: a host that was only declared to be up must have an open port."""
    status = host.find("status")
    if status is None or status.get("state") != "up":
        return False
    return status.get("reason") != "user-set" or any(True for _ in _open_ports(host))


def observe_host(host: Element, least_accuracy: int) -> Iterator[Observation]:
    """The host, and of a server what serves on it."""
    address, fqdn = address_of(host), _fqdn(host)
    os_name, class_ = _system(host, least_accuracy)
    mac = host.find("address[@addrtype='mac']")
    ports = list(_open_ports(host))
    serving = [port for port in ports if class_ == "server" and port.service in SERVICES]
    attributes = {
        "class": class_,
        "name": fqdn or _name(host) or address,
        "fqdn": fqdn,
        "ip_address": address,
        "mac_address": mac.get("addr", "").lower() if mac is not None else "",
        "mac_vendor": mac.get("vendor", "") if mac is not None else "",
        "os": os_name,
        "open_ports": [str(port) for port in ports if port not in serving],
    }
    yield Observation(address, without_blanks(attributes), ())
    for port in serving:
        yield _service(address, fqdn or address, port)


def _service(address: str, host: str, port: Port) -> Observation:
    attributes = {
        "class": SERVICES[port.service],
        "name": f"{port.service} {host}:{port.number}",
        "host": host,
        "port": port.number,
        "product": port.product,
        "version": port.version,
    }
    relation = Relation(type="runs_on", to=address)
    return Observation(f"{address}/{port.protocol}/{port.number}", without_blanks(attributes), (relation,))


def _addresses(host: Element, type_: str) -> str:
    found = host.find(f"address[@addrtype='{type_}']")
    return found.get("addr", "") if found is not None else ""


def _fqdn(host: Element) -> str:
    """What the DNS calls the address goes before what it was asked for by."""
    names = {name.get("type"): name.get("name", "") for name in reversed(host.findall("hostnames/hostname"))}
    return next(filter(None, (full_name(names.get(type_, "")) for type_ in ("PTR", "user"))), "")


def _name(host: Element) -> str:
    name = host.find("hostnames/hostname")
    return name.get("name", "") if name is not None else ""


def _system(host: Element, least_accuracy: int) -> tuple[str, str]:
    """The operating system and the class of the best guess that is sure enough."""
    guesses = [one for one in host.findall("os/osmatch") if int(one.get("accuracy", "0")) >= least_accuracy]
    if not guesses:
        return "", "server"
    best = max(guesses, key=lambda one: int(one.get("accuracy", "0")))
    kind = best.find("osclass")
    return best.get("name", ""), CLASSES.get(kind.get("type", "") if kind is not None else "", "server")


def _open_ports(host: Element) -> Iterator[Port]:
    for port in host.findall("ports/port"):
        state, service = port.find("state"), port.find("service")
        if state is None or state.get("state") != "open":
            continue
        told = service.attrib if service is not None else {}
        name = told.get("name", "")
        yield Port(
            port.get("protocol", ""),
            int(port.get("portid", "0")),
            "https" if name == "http" and told.get("tunnel") == "ssl" else name,
            told.get("product", ""),
            told.get("version", ""),
        )
