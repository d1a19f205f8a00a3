"""Duplicate cases among records, without a database."""

from itertools import permutations

from cmdb.catalogue import load_catalogue
from cmdb.identity import Case, Claimant, Decision, find_cases
from cmdb.identity.claims import by_strength

CATALOGUE = load_catalogue()


def claimant(
    source: str, ci: str, *claims: str, class_: str = "virtual_machine", name: str = "x"
) -> Claimant:
    keys = by_strength(CATALOGUE, class_, [f"compute:{claim}" for claim in claims])
    return Claimant(f"{source}::{name}", source, "", class_, keys, ci)


def cases(*claimants: Claimant, decisions: tuple[Decision, ...] = ()) -> list[Case]:
    found = [find_cases(CATALOGUE, order, decisions) for order in permutations(claimants)]
    assert all(one == found[0] for one in found)
    return found[0]


CLOUD = claimant("aws", "1", "cloud_id|i-1", "fqdn|a")
HOST = claimant("ansible", "1", "fqdn|a", class_="server")


def test_records_that_share_one_identifier_are_no_question() -> None:
    assert cases(CLOUD, HOST, claimant("nmap", "1", "fqdn|a", class_="server")) == []


def test_a_chain_of_identifiers_is_a_question_though_all_describe_one_ci() -> None:
    (case,) = cases(CLOUD, HOST, claimant("kubernetes", "1", "cloud_id|i-1"))
    assert case.reason == "no identifier is common to all of them"
    assert [one.source for one in case.records] == ["ansible", "aws", "kubernetes"]
    assert case.shared == ("compute:cloud_id|i-1", "compute:fqdn|a")


def test_a_stronger_identifier_that_differs_is_a_question() -> None:
    (case,) = cases(CLOUD, claimant("vmware", "2", "cloud_id|i-2", "fqdn|a"))
    assert (case.reason, case.cis) == ("cloud_id differs", ["1", "2"])


def test_a_weaker_identifier_that_differs_is_none() -> None:
    assert cases(CLOUD, claimant("vmware", "1", "cloud_id|i-1", "fqdn|b")) == []


def test_what_one_source_tells_apart_is_a_question_if_it_shares_an_identifier() -> None:
    (case,) = cases(CLOUD, claimant("aws", "2", "fqdn|a", name="y"))
    assert case.reason == "aws tells them apart"


def test_classes_of_two_lines_are_a_question() -> None:
    (case,) = cases(HOST, CLOUD, claimant("netbox", "2", "fqdn|a", class_="physical_server"))
    assert case.reason == "virtual_machine and physical_server exclude each other"


def test_clones_of_one_source_are_no_question_but_which_of_them_another_source_means_is() -> None:
    clones = [claimant("vmware", str(n), "bios_uuid|u", name=str(n)) for n in range(2)]
    assert cases(*clones) == []
    (case,) = cases(*clones, claimant("ansible", "0", "bios_uuid|u", class_="server"))
    assert case.reason.startswith("clones share")


def decided(*groups: tuple[Claimant, ...]) -> tuple[Decision, ...]:
    return (Decision("d", tuple(frozenset(one.record for one in group) for group in groups)),)


def test_what_people_have_decided_is_no_question() -> None:
    other = claimant("vmware", "2", "cloud_id|i-2", "fqdn|a")
    assert cases(CLOUD, other, decisions=decided((CLOUD,), (other,))) == []
    merged = claimant("vmware", "1", "cloud_id|i-2", "fqdn|a")
    assert cases(CLOUD, merged, decisions=decided((CLOUD, merged))) == []


def test_a_decided_chain_takes_in_whoever_shares_an_identifier_with_it() -> None:
    node = claimant("kubernetes", "1", "cloud_id|i-1")
    late = claimant("nmap", "1", "fqdn|a", class_="server")
    assert cases(CLOUD, HOST, node, late, decisions=decided((CLOUD, HOST, node))) == []


def test_one_who_shares_an_identifier_with_two_set_apart_is_a_question() -> None:
    other = claimant("vmware", "2", "cloud_id|i-2", "fqdn|a")
    late = claimant("nmap", "3", "fqdn|a", class_="server")
    assert len(cases(CLOUD, other, late, decisions=decided((CLOUD,), (other,)))) == 1
