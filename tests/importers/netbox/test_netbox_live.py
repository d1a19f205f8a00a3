"""A live server, read through pynetbox."""

from typing import Any

import pytest

from cmdb.errors import InvalidInput
from importers.importer import Origin
from importers.netbox import IMPORTER
from tests.importers.contract import read
from tests.importers.netbox.demo import DEMO, api_pages, needs_demo
from tests.importers.netbox.server import TOKEN, served

SITE: dict[str, Any] = {"id": 1, "url": "http://nb/api/dcim/sites/1/", "name": "LON1", "slug": "lon1"}


def origin(address: str, token: str = TOKEN) -> Origin:
    return Origin(address, environment={"NETBOX_TOKEN": token})


@needs_demo
def test_the_api_and_the_fixture_say_the_same() -> None:
    with served(api_pages("http://nb")) as address:
        live = read(IMPORTER, origin(address))
    fixture = read(IMPORTER, Origin(str(DEMO)))
    assert live.things == fixture.things
    assert live.teams == fixture.teams and live.gaps == [] and live.rejected == []


def test_a_forbidden_endpoint_is_a_gap_and_an_absent_one_is_not() -> None:
    with served({"dcim/sites": [SITE]}, forbidden=("dcim/devices", "ipam/services")) as address:
        reading = read(IMPORTER, origin(address))
    assert {gap.what for gap in reading.gaps} == {
        "dcim/devices: the token may not read it",
        "ipam/services: the token may not read it",
    }
    assert list(reading.things) == ["site:1"]


def test_a_page_that_repeats_objects_leaves_a_gap() -> None:
    with served({"dcim/sites": [SITE, SITE]}) as address:
        reading = read(IMPORTER, origin(address))
    assert [gap.what for gap in reading.gaps] == ["dcim/sites: 1 of 2 objects did not come"]


def test_a_wrong_token_is_told() -> None:
    with served({"dcim/sites": [SITE]}) as address, pytest.raises(InvalidInput, match="Invalid token"):
        list(IMPORTER.read(origin(address, "wrong")))


def test_a_token_that_may_read_nothing_is_told() -> None:
    with (
        served({}, forbidden=("dcim/sites",)) as address,
        pytest.raises(InvalidInput, match="dcim/sites: the token may not read it"),
    ):
        list(IMPORTER.read(origin(address)))


def test_no_token_is_told() -> None:
    with pytest.raises(InvalidInput, match="NETBOX_TOKEN is not set"):
        list(IMPORTER.read(Origin("https://netbox.example.org")))


def test_no_server_is_told() -> None:
    with served({}) as address:
        pass
    with pytest.raises(InvalidInput, match="cannot be read as a NetBox"):
        list(IMPORTER.read(origin(address)))
