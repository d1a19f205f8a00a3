import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.addresses import hosts_in, hosts_in_arguments


@pytest.mark.parametrize(
    ("setting", "value", "hosts"),
    [
        ("CART_ADDR", "cart:7070", ["cart"]),
        ("ANY", "http://cart/path?to=x", ["cart"]),
        ("ANY", "jdbc:postgresql://db.data:5432/shop", ["db.data"]),
        ("ANY", "postgres://user:secret@db/shop", ["db"]),
        ("ANY", "amqp://user:5672@mq", ["mq"]),  # a password of digits is no port
        ("ANY", "mongodb://a:1,b:2", ["a", "b"]),
        ("ANY", "see Db.Data.svc.cluster.local.", ["db.data.svc.cluster.local"]),
        ("REDIS_HOST", "redis", ["redis"]),
        ("KAFKA_BROKERS", "one, two", ["one", "two"]),
        ("bootstrap.servers", "one,two", ["one", "two"]),
        ("MODE", "redis", []),  # a word where no host is expected
        ("WEBHOSTING", "redis", []),
        ("TIME", "at noon", []),
        ("LISTEN", ":8080", []),
    ],
)
def test_hosts_are_found_where_they_are_addressed(setting: str, value: str, hosts: list[str]) -> None:
    assert hosts_in(setting, value) == hosts


def test_an_argument_is_a_setting_and_its_value() -> None:
    assert hosts_in_arguments(["serve", "--redis-host=cache", "--upstream=http://api:80/?a=b"]) == [
        "cache",
        "api",
    ]


@given(st.text(), st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True), st.integers(1, 65535))
def test_a_host_with_its_port_is_found_in_any_text(before: str, host: str, port: int) -> None:
    assert host.rstrip(".") in hosts_in("ANY", f"{before} {host}:{port}")
