"""What a host's address or name tells of its identity."""

import re
from ipaddress import ip_address

FULL_NAME = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def address_of(text: str) -> str:
    """The text as an IP address in its usual form, empty where it is none."""
    try:
        return str(ip_address(text))
    except ValueError:
        return ""


def full_name(text: str) -> str:
    """The text as a fully qualified domain name, empty where it is an address, local, or no such name."""
    name = text.strip().lower().rstrip(".")
    if not FULL_NAME.fullmatch(name) or name.startswith("localhost.") or address_of(name):
        return ""
    return name


def identity_of(host: str) -> dict[str, str]:
    """The attributes that tell a host by its address or name: `ip_address`, `fqdn`, or none."""
    told = {"ip_address": address_of(host), "fqdn": full_name(host)}
    return {name: value for name, value in told.items() if value}


def is_loopback(host: str) -> bool:
    """Whether only the machine that says so can be meant."""
    address = address_of(host)
    if address:
        return ip_address(address).is_loopback
    return host == "localhost" or host.startswith("localhost.")
