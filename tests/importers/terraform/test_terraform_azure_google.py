"""Azure and Google resources of a state."""

from pathlib import Path

from tests.importers.terraform.states import many, one, read_states, state

GROUP = "/subscriptions/S1/resourceGroups/Shop/providers"
LOWER = "/subscriptions/s1/resourcegroups/shop/providers"
NETWORK = f"{GROUP}/Microsoft.Network"
COMPUTE = f"{GROUP}/Microsoft.Compute"

PROJECT = "projects/shop"
LINK = "https://www.googleapis.com/compute/v1/projects/shop"


def test_an_azure_machine_is_reached_through_its_interface(tmp_path: Path) -> None:
    subnet = f"{NETWORK}/virtualNetworks/main/subnets/app"
    card = f"{NETWORK}/networkInterfaces/web"
    machine = f"{COMPUTE}/virtualMachines/web"
    pool = f"{NETWORK}/loadBalancers/lb/backendAddressPools/web"
    disk = f"{COMPUTE}/disks/data"
    network = {"id": f"{NETWORK}/virtualNetworks/main", "name": "main"}
    reading = read_states(
        tmp_path,
        s=state(
            one("azurerm_virtual_network", "main", location="West Europe", **network),
            one("azurerm_subnet", "app", id=subnet, name="app", virtual_network_name="main"),
            one(
                "azurerm_network_interface",
                "web",
                id=card,
                virtual_machine_id=machine,
                ip_configuration=[{"subnet_id": subnet}],
            ),
            one(
                "azurerm_linux_virtual_machine",
                "web",
                id=machine.upper().replace("/SUBSCRIPTIONS", "/subscriptions"),
                name="web",
                zone="2",
                location="West Europe",
                network_interface_ids=[card],
            ),
            one("azurerm_managed_disk", "data", id=disk, name="data", disk_size_gb=64),
            one(
                "azurerm_virtual_machine_data_disk_attachment",
                "data",
                id="x",
                managed_disk_id=disk,
                virtual_machine_id=machine,
            ),
            one(
                "azurerm_lb_backend_address_pool",
                "web",
                id=pool,
                name="web",
                loadbalancer_id=f"{NETWORK}/loadBalancers/lb",
            ),
            one(
                "azurerm_network_interface_backend_address_pool_association",
                "web",
                id="y",
                network_interface_id=card,
                backend_address_pool_id=pool,
            ),
        ),
    )
    web = f"{LOWER}/microsoft.compute/virtualmachines/web"
    assert reading.provides(web, "connects_to") == {
        f"{LOWER}/microsoft.network/virtualnetworks/main/subnets/app"
    }
    assert reading.provides(web, "stored_on") == {f"{LOWER}/microsoft.compute/disks/data"}
    assert reading.provides(web, "located_in") == {"azure/zone/westeurope-2"}
    assert reading.provides("azure/zone/westeurope-2", "located_in") == {"azure/region/westeurope"}
    assert reading.provides(web, "belongs_to") == {"azure/account/s1"}
    assert reading.provides(pool.lower(), "composed_of") == {web}
    # the machine, subnet, network, disk and pool of the state; the balancer that the pool names, and the
    # machine's zone, region and account around them
    assert sum(reading.classes.values()) == 9


def test_a_scale_set_needs_one_of_its_zones(tmp_path: Path) -> None:
    scale_set = f"{COMPUTE}/virtualMachineScaleSets/web"
    reading = read_states(
        tmp_path,
        s=state(
            one(
                "azurerm_linux_virtual_machine_scale_set",
                "web",
                id=scale_set,
                name="web",
                location="westeurope",
                zones=["1", "2", "3"],
            )
        ),
    )
    zones = [r for r in reading.things[scale_set.lower()].relations or () if r["type"] == "located_in"]
    assert [(r["to"], r["group"], r["need"], r["assumed"]) for r in zones] == [
        (f"azure/zone/westeurope-{n}", "zones", 1, True) for n in (1, 2, 3)
    ]


def test_a_google_balancer_leads_through_proxy_and_url_map_to_its_instances(tmp_path: Path) -> None:
    manager = f"{LINK}/zones/europe-west1-b/instanceGroupManagers/web"
    group = f"{LINK}/zones/europe-west1-b/instanceGroups/web"
    backend = f"{LINK}/global/backendServices/web"
    url_map = f"{LINK}/global/urlMaps/web"
    proxy = f"{LINK}/global/targetHttpProxies/web"
    rule = f"{LINK}/global/forwardingRules/web"
    reading = read_states(
        tmp_path,
        s=state(
            one(
                "google_compute_instance_group_manager",
                "web",
                self_link=manager,
                instance_group=group,
                name="web",
                zone="europe-west1-b",
                project="shop",
            ),
            one(
                "google_compute_backend_service",
                "web",
                self_link=backend,
                name="web",
                backend=[{"group": group}],
            ),
            one("google_compute_url_map", "web", self_link=url_map, name="web", default_service=backend),
            one("google_compute_target_http_proxy", "web", self_link=proxy, name="web", url_map=url_map),
            one(
                "google_compute_global_forwarding_rule",
                "web",
                self_link=rule,
                name="web",
                target=proxy,
                ip_address="203.0.113.7",
            ),
            one(
                "google_dns_record_set",
                "web",
                id=f"{PROJECT}/managedZones/z/rrsets/shop.example.com./A",
                type="A",
                name="shop.example.com.",
                managed_zone="z",
                rrdatas=["203.0.113.7"],
                project="shop",
            ),
        ),
    )
    balancer = f"{PROJECT}/global/forwardingRules/web"
    pool = f"{PROJECT}/global/backendServices/web"
    instances = f"{PROJECT}/zones/europe-west1-b/instanceGroupManagers/web"
    assert reading.provides(balancer, "depends_on") == {pool}
    assert reading.provides(pool, "composed_of") == {instances}
    assert reading.provides(instances, "located_in") == {"gcp/zone/europe-west1-b"}
    record = f"{PROJECT}/managedZones/z/rrsets/shop.example.com./A"
    assert balancer in reading.provides(record, "depends_on")


def test_a_google_instance_is_named_by_link_or_path_alike(tmp_path: Path) -> None:
    disks = many(
        "google_compute_disk",
        "data",
        *(
            {"id": f"{PROJECT}/zones/europe-west1-b/disks/d{n}", "name": f"d{n}", "zone": "europe-west1-b"}
            for n in (1, 2)
        ),
    )
    machine = f"{PROJECT}/zones/europe-west1-b/instances/web"
    reading = read_states(
        tmp_path,
        s=state(
            disks,
            one(
                "google_compute_instance",
                "web",
                id=machine,
                name="web",
                zone="europe-west1-b",
                project="shop",
                boot_disk=[{"source": f"{LINK}/zones/europe-west1-b/disks/d1"}],
            ),
            one(
                "google_compute_attached_disk",
                "d2",
                id="a",
                instance=f"{LINK}/zones/europe-west1-b/instances/web",
                disk=f"{PROJECT}/zones/europe-west1-b/disks/d2",
            ),
        ),
    )
    assert reading.provides(machine, "stored_on") == {
        f"{PROJECT}/zones/europe-west1-b/disks/d1",
        f"{PROJECT}/zones/europe-west1-b/disks/d2",
    }
