"""What a host's address or name tells of its identity."""

import pytest

from importers.hosts import identity_of, is_loopback


@pytest.mark.parametrize(
    ("host", "identity"),
    [
        ("192.0.2.1", {"ip_address": "192.0.2.1"}),
        ("2001:DB8:0::1", {"ip_address": "2001:db8::1"}),
        ("Web1.Example.com.", {"fqdn": "web1.example.com"}),
        ("web1", {}),
        ("web1.", {}),
        ("localhost.localdomain", {}),
        ("192.0.2.256", {"fqdn": "192.0.2.256"}),  # no address, so all it can be is a name
        (" web1.example.com\n", {"fqdn": "web1.example.com"}),
        ("Windows Server 2.0", {}),  # what people call a machine
        ("web1..example.com", {}),
        ("", {}),
    ],
)
def test_identity(host: str, identity: dict[str, str]) -> None:
    assert identity_of(host) == identity


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost", "localhost.localdomain"])
def test_a_loopback_is_the_machine_itself(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "::", "localhost-1", "web1.example.com", ""])
def test_others_are_not(host: str) -> None:
    assert not is_loopback(host)
