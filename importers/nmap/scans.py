"""Reads scans, newest word last."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap, Rejection
from importers.documents import find_files, read_xml
from importers.importer import Option, Origin, Row
from importers.nmap.hosts import address_of, is_there, observe_host

ACCURACY = Option(
    "accuracy", "Percentage from which nmap's guess of an operating system is believed.", default="95"
)


def read_nmap(origin: Origin) -> Iterator[Row]:
    """Read a file, or all `.xml` files of a folder; of a host in several the newest scan counts."""
    accuracy = _accuracy(origin)
    scans, faults = _scans(origin.path)
    if not scans:
        raise faults[0]
    yield from (Gap(fault.detail) for fault in faults)
    hosts: dict[str, Element] = {}
    for name, scan in scans:
        yield from _gaps(name, scan)
        for host in scan.iter("host"):
            if address := address_of(host):
                hosts[address] = host
    for _, host in sorted(hosts.items()):
        yield from _observed(host, accuracy)


def _accuracy(origin: Origin) -> int:
    text = origin.options.get("accuracy") or ACCURACY.default
    if text.isdecimal() and int(text) <= 100:
        return int(text)
    raise InvalidInput(f"accuracy is a percentage from 0 to 100, not {text!r}.")


def _scans(path: Path) -> tuple[list[tuple[str, Element]], list[InvalidInput]]:
    """The scans in the order in which they began, and why other files are none."""
    scans, faults = [], []
    for file in find_files(path, ".xml"):
        try:
            scans.append((file.name, _scan(file)))
        except InvalidInput as fault:
            faults.append(fault)
    return sorted(scans, key=lambda scan: int(scan[1].get("start") or 0)), faults


def _scan(file: Path) -> Element:
    root = read_xml(file)
    if root.tag != "nmaprun":
        raise InvalidInput(f"{file.name} is <{root.tag}>, not <nmaprun>; write it with nmap -oX.")
    if not (root.get("start") or "0").isdecimal():
        raise InvalidInput(f"{file.name}: start is no time: {root.get('start')!r}.")
    return root


def _gaps(name: str, scan: Element) -> Iterator[Gap]:
    """Why what a scan did not see may be there all the same."""
    finished = scan.find("runstats/finished")
    if finished is None:
        yield Gap(f"{name} does not say that the scan finished")
    elif finished.get("exit", "success") != "success":
        yield Gap(f"{name}: the scan failed: {finished.get('errormsg') or 'no reason given'}")
    for host in scan.iter("host"):
        if host.get("timedout") == "true":
            yield Gap(f"{name}: {address_of(host)} took too long and was not scanned to its end")


def _observed(host: Element, accuracy: int) -> Iterator[Row]:
    """Nothing of a host that is not there, or of which something cannot be read."""
    try:
        yield from list(observe_host(host, accuracy)) if is_there(host) else ()
    except ValueError as error:
        yield Rejection("host", 0, {"address": address_of(host)}, f"a number was expected: {error}")
