"""A rack of things that alarm: a switch, two servers behind it, and a pod."""

from collections.abc import Collection, Mapping

import pytest

from cmdb.access import Actor, Role
from cmdb.alerts import AlertRules, Explains, load_alert_rules
from cmdb.history import Author
from cmdb.practices import open_desk
from cmdb.records import By, Desk
from cmdb.store import Store, create_cis

MONITOR = By(Actor("alertmanager", Role.OPERATOR), "test")
Rack = dict[str, str]


@pytest.fixture
def desk(store: Store) -> Desk:
    return open_desk(store)


@pytest.fixture
def rules(store: Store) -> AlertRules:
    return load_alert_rules(store.policies)


@pytest.fixture
def rack(store: Store) -> Rack:
    told = [
        {"class": "switch", "name": "sw1", "supported_by": "network"},
        {"class": "server", "name": "app1", "fqdn": "app1.example.org", "ip_address": "10.0.0.5"},
        {"class": "server", "name": "app2", "ip_address": "10.0.0.6"},
        {"class": "kubernetes_pod", "name": "web-1", "namespace": "shop"},
        {"class": "kubernetes_pod", "name": "web-1", "namespace": "blog"},
    ]
    ids, _ = create_cis(store, Author("test", "test"), told)
    return dict(zip(("sw1", "app1", "app2", "shop", "blog"), ids, strict=True))


def nothing_explains(failing: Mapping[str, str], among: Collection[str]) -> Collection[str]:
    return ()


def all_behind(rack: Rack) -> Explains:
    """The switch's failure explains that of both servers."""

    def explains(failing: Mapping[str, str], among: Collection[str]) -> Collection[str]:
        return {rack["app1"], rack["app2"]} & {*among} if rack["sw1"] in failing else ()

    return explains
