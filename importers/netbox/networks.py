"""Providers, circuits, prefixes, and addresses that several devices share."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from cmdb.reconciliation import Observation, Relation
from importers.netbox.inventory import Inventory, native, redundant, reference, relation
from importers.netbox.models import Key, Row
from importers.netbox.words import Words, bare

HOLDERS = {"interface": "device", "vminterface": "virtual_machine"}
"""Model of an interface → the field that names what it belongs to."""


def observe_carriers(words: Words, links: Mapping[str, list[Relation]]) -> Iterator[Observation]:
    """Providers, the networks they offer, and circuits."""
    inventory = words.inventory
    for row in inventory.rows("provider"):
        yield words.observation("provider", row, "external_service", {"supplier": row.get("name")})
    for row in inventory.rows("providernetwork"):
        facts = {
            "supplier": inventory.name("provider", row.get("provider")),
            "circuit_or_tenant": row.get("service_id"),
        }
        yield words.observation("providernetwork", row, "external_service", facts, _supplied(row))
    beyond = _provider_networks(inventory)
    for row in inventory.rows("circuit"):
        relations = [*_supplied(row), *(relation("depends_on", key) for key in beyond.get(row["id"], ()))]
        yield _circuit(words, row, relations + links.get(native(("circuit", row["id"])), []))


def _supplied(row: Row) -> list[Relation]:
    provider = reference("provider", row.get("provider"))
    return [relation("depends_on", provider)] if provider else []


def _circuit(words: Words, row: Row, relations: list[Relation]) -> Observation:
    facts = {
        "name": row.get("cid"),
        "supplier": words.inventory.name("provider", row.get("provider")),
        "circuit_id": row.get("cid"),
        "bandwidth_mbps": float(row["commit_rate"]) / 1000 if row.get("commit_rate") else None,
        "contract_until": row.get("termination_date"),
    }
    return words.observation("circuit", row, "circuit", facts, relations)


def _provider_networks(inventory: Inventory) -> dict[int, list[Key]]:
    """The networks of providers in which circuits end, each once."""
    found: dict[int, dict[Key, None]] = defaultdict(dict)
    for row in inventory.rows("circuittermination"):
        end = row.get("provider_network")
        if row.get("termination_type") == "providernetwork":
            end = row.get("termination_id")
        if end is not None and row.get("circuit") is not None:
            found[row["circuit"]]["providernetwork", end] = None
    return {circuit: list(ends) for circuit, ends in found.items()}


def observe_prefixes(words: Words) -> Iterator[Observation]:
    """Prefixes in use; a container of others is only a plan."""
    for row in words.inventory.rows("prefix"):
        if row.get("status") == "container":
            continue
        facts = {
            "name": row.get("prefix"),
            "prefix": row.get("prefix"),
            "vrf": words.inventory.name("vrf", row.get("vrf")),
            "vlan": words.inventory.get("vlan", row.get("vlan")).get("vid"),
        }
        yield words.observation("prefix", row, "network", facts)


def observe_shared_addresses(words: Words) -> Iterator[Observation]:
    """Addresses that a group of devices answers by a first hop redundancy protocol: one is enough."""
    holders = _group_holders(words.inventory)
    for row in words.inventory.rows("ipaddress"):
        if row.get("assigned_object_type") == "fhrpgroup":
            facts = {
                "name": bare(row),
                "address": bare(row),
                "vrf": words.inventory.name("vrf", row.get("vrf")),
                "dns_name": row.get("dns_name"),
            }
            members = holders.get(row.get("assigned_object_id") or 0, ())
            relations = redundant("provided_by", members, "members", assumed=False)
            yield words.observation("ipaddress", row, "ip_address", facts, relations)


def _group_holders(inventory: Inventory) -> dict[int, list[Key]]:
    found: dict[int, list[Key]] = defaultdict(list)
    for row in inventory.rows("fhrpgroupassignment"):
        model = row.get("interface_type", "")
        field = HOLDERS.get(model, "")
        holder = inventory.get(model, row.get("interface_id")).get(field)
        if holder is not None and row.get("group") is not None:
            found[row["group"]].append((field.replace("_", ""), holder))
    return found
