"""What identifies a thing, by class and values."""

import pytest

from cmdb.catalogue import load_catalogue
from cmdb.identity import claims

CATALOGUE = load_catalogue()


def test_claims_come_strongest_first() -> None:
    machine = {"cloud_id": "i-1", "fqdn": "A.example", "bios_uuid": "4C4C4544-1"}
    assert claims(CATALOGUE, "virtual_machine", machine) == (
        "compute:cloud_id|i-1",
        "compute:bios_uuid|4c4c4544-1",
        "compute:fqdn|a.example",
    )


def test_a_server_of_unknown_kind_and_a_physical_one_claim_the_same_key() -> None:
    known = claims(CATALOGUE, "physical_server", {"fqdn": "a.example"})
    assert claims(CATALOGUE, "server", {"fqdn": "a.example"}) == known


@pytest.mark.parametrize(
    "value",
    [
        "",
        "To Be Filled By O.E.M.",
        "localhost",
        "00000000-0000-0000-0000-000000000000",
        "FFFF",
        "0",
        "---",
        "N/A",
    ],
)
def test_placeholders_identify_nothing(value: str) -> None:
    assert claims(CATALOGUE, "server", {"bios_uuid": value}) == ()


def test_all_parts_of_a_rule_are_needed() -> None:
    assert claims(CATALOGUE, "physical_server", {"manufacturer": "Dell"}) == ()
    assert claims(CATALOGUE, "physical_server", {"manufacturer": "Dell", "serial_number": "7"}) == (
        "compute:manufacturer+serial_number|dell|7",
    )


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Dell Inc.", "Dell"),
        ("IBM Corporation", "IBM"),
        ("HUAWEI Technologies Co., Ltd.", "Huawei Technologies"),
    ],
)
def test_a_maker_is_one_with_and_without_its_legal_form(full: str, short: str) -> None:
    told = [
        claims(CATALOGUE, "switch", {"manufacturer": maker, "serial_number": "7"}) for maker in (full, short)
    ]
    assert told[0] == told[1] != ()


def test_a_maker_that_is_called_like_a_legal_form_keeps_its_name() -> None:
    assert claims(CATALOGUE, "switch", {"manufacturer": "AG", "serial_number": "7"})[0].endswith("|ag|7")


def test_nought_is_a_unit_number_and_a_short_name_is_a_name() -> None:
    assert claims(CATALOGUE, "volume", {"array": "a1", "lun": "0"}) == ("storage:array+lun|a1|0",)
    assert claims(CATALOGUE, "physical_server", {"site": "x", "name": "n"}) == ("compute:site+name|x|n",)


def test_names_inside_a_container_need_the_container() -> None:
    assert claims(CATALOGUE, "network_interface", {"name": "eth0"}) == ()
    assert claims(CATALOGUE, "network_interface", {"name": "eth0"}, "id-1") == (
        "network:container+name|id-1|eth0",
    )
