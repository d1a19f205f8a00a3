"""Addresses as haproxy.cfg writes them."""

import re

from importers.balancers.model import Address
from importers.hosts import is_loopback

FAMILY = re.compile(r"(ipv4|ipv6|tcp|tcp4|tcp6|udp|udp4|udp6|quic4|quic6)@")
SOCKET = re.compile(r"/|(unix|abns|abnsz|fd|sockpair|rhttp)@")
ANY = {"*", "0.0.0.0", "::"}
PORT = re.compile(r"\d+")


def parse_address(text: str) -> Address:
    """What follows the last colon is the port, of a range the first; one that is relative is none."""
    bare = FAMILY.sub("", text, count=1)
    host, _, port = ("", "", "") if not bare else (bare, "", "") if _ends_host(bare) else bare.rpartition(":")
    host = host.strip("[]")
    number = PORT.match(port)
    return Address("" if host in ANY else host, int(number[0]) if number else None)


def _ends_host(text: str) -> bool:
    return ":" not in text or text.endswith("]")


def is_socket(text: str) -> bool:
    """Whether it is a socket of the machine itself."""
    return SOCKET.match(text) is not None


def is_local(text: str) -> bool:
    """Whether only the machine itself can be meant."""
    return is_socket(text) or is_loopback(parse_address(text).host)
