"""What becomes of the resource types of Terraform's Azure provider. Identifiers are in lower case."""

from importers.cloud import Link, Shape, joins, on, part_of

SUBNETS = "subnets"
TARGETS = "targets"
ZONES = "zone|zones"

MACHINE = Shape(
    "virtual_machine",
    hosts=("private_ip_address", "public_ip_address"),
    values={
        "instance_type": "size|vm_size",
        "ip_address": "private_ip_address",
        "instance_uuid": "virtual_machine_id",
    },
    fixed={"manager": "azure"},
    links=(
        on("connects_to", "network_interface_ids", "network"),
        on("stored_on", "storage_os_disk.managed_disk_id", "volume"),
        on("stored_on", "storage_data_disk.managed_disk_id", "volume"),
    ),
    zones=ZONES,
)
SCALE_SET = Shape(
    "cluster",
    links=(
        on("connects_to", "network_interface.ip_configuration.subnet_id", "network", SUBNETS),
        part_of(
            "network_interface.ip_configuration.load_balancer_backend_address_pool_ids",
            "load_balancer_pool",
            TARGETS,
        ),
    ),
    zones=ZONES,
    remark="needs one of its zones; that is assumed",
)
WEB_APP = Shape(
    "application",
    hosts=("default_hostname", "default_site_hostname"),
    values={"url": "url", "namespace": "resource_group_name"},
    links=(
        on("runs_on", "service_plan_id|app_service_plan_id", "cluster"),
        on("depends_on", "app_settings.*"),
        on("depends_on", "connection_string.value"),
        on("connects_to", "virtual_network_subnet_id", "network"),
    ),
    remark="depends on what its settings name, if it is in the state",
)
FUNCTION_APP = Shape(
    "serverless_function",
    hosts=("default_hostname",),
    links=(*WEB_APP.links, on("stored_on", "storage_account_name", "object_bucket")),
)
PLAN = Shape("cluster", fixed={"product": "Azure App Service plan"})
DATABASE = Shape(
    "database",
    hosts=("fqdn", "fully_qualified_domain_name"),
    values={"host": "fqdn|fully_qualified_domain_name", "version": "version"},
    links=(on("connects_to", "delegated_subnet_id", "network"),),
    zones=ZONES,
)
SERVER_DATABASE = Shape("database", links=(on("depends_on", "server_id", "database"),))
PUBLIC_RECORD = Shape(
    "dns_record",
    hosts=("fqdn",),
    values={"answer": "record|records|target_resource_id", "ttl_seconds": "ttl", "zone": "zone_name"},
    links=(
        on("depends_on", "zone_name", "dns_record"),
        on("depends_on", "record|records|target_resource_id", "", "answers"),
    ),
)


def record(type_: str) -> Shape:
    """A DNS record of one type."""
    shape = PUBLIC_RECORD
    values = dict(shape.values) | ({"answer": "record.value"} if type_ == "TXT" else {})
    return Shape(
        shape.becomes, hosts=shape.hosts, values=values, links=shape.links, fixed={"record_type": type_}
    )


ZONE = Shape(
    "dns_record",
    known_as=("name",),
    values={"zone": "name"},
    fixed={"record_type": "SOA"},
    remark="the record at its head stands for the zone",
)

RECORDS = {
    f"azurerm_{private}dns_{type_.lower()}_record": record(type_)
    for private in ("", "private_")
    for type_ in ("A", "AAAA", "CNAME", "MX", "PTR", "SRV", "TXT")
}

AZURE = {
    "azurerm_virtual_machine": MACHINE,
    "azurerm_linux_virtual_machine": MACHINE,
    "azurerm_windows_virtual_machine": MACHINE,
    "azurerm_linux_virtual_machine_scale_set": SCALE_SET,
    "azurerm_windows_virtual_machine_scale_set": SCALE_SET,
    "azurerm_network_interface": Shape(
        stands_for={"network": "ip_configuration.subnet_id", "virtual_machine": "virtual_machine_id"},
        remark="means its subnet or its machine",
    ),
    "azurerm_managed_disk": Shape("volume", values={"capacity_gb": "disk_size_gb"}, zones=ZONES),
    "azurerm_virtual_machine_data_disk_attachment": joins(
        Link(
            "stored_on",
            of="virtual_machine_id",
            of_class="virtual_machine",
            to="managed_disk_id",
            to_class="volume",
        )
    ),
    "azurerm_virtual_network": Shape("cloud_network", known_as=("name",), values={"prefix": "address_space"}),
    "azurerm_subnet": Shape(
        "network",
        known_as=("name",),
        values={"prefix": "address_prefixes|address_prefix", "vrf": "virtual_network_name"},
        links=(on("connects_to", "virtual_network_name", "cloud_network"),),
    ),
    "azurerm_public_ip": Shape(
        "ip_address",
        hosts=("ip_address", "fqdn"),
        values={"address": "ip_address", "dns_name": "fqdn"},
        zones=ZONES,
    ),
    "azurerm_nat_gateway": Shape("router", zones=ZONES),
    "azurerm_virtual_network_gateway": Shape(
        "router", links=(on("connects_to", "ip_configuration.subnet_id", "network"),)
    ),
    "azurerm_firewall": Shape(
        "firewall", links=(on("connects_to", "ip_configuration.subnet_id", "network"),), zones=ZONES
    ),
    "azurerm_express_route_circuit": Shape(
        "circuit", values={"supplier": "service_provider_name", "circuit_id": "service_key"}
    ),
    "azurerm_lb": Shape(
        "load_balancer",
        values={"ip_address": "private_ip_address|frontend_ip_configuration.private_ip_address"},
        links=(
            on("depends_on", "frontend_ip_configuration.public_ip_address_id", "ip_address", "addresses"),
            on("connects_to", "frontend_ip_configuration.subnet_id", "network", SUBNETS),
        ),
        zones="frontend_ip_configuration.zones",
    ),
    "azurerm_lb_backend_address_pool": Shape(
        "load_balancer_pool",
        links=(Link("depends_on", of="loadbalancer_id", of_class="load_balancer", group="pools"),),
    ),
    "azurerm_network_interface_backend_address_pool_association": joins(
        Link(
            "composed_of",
            of="backend_address_pool_id",
            of_class="load_balancer_pool",
            to="network_interface_id",
            to_class="virtual_machine",
            group=TARGETS,
        )
    ),
    "azurerm_application_gateway": Shape(
        "load_balancer",
        links=(
            on("connects_to", "gateway_ip_configuration.subnet_id", "network", SUBNETS),
            on("depends_on", "backend_address_pool.ip_addresses", "server", TARGETS),
            on("depends_on", "backend_address_pool.fqdns", "", TARGETS),
        ),
        zones=ZONES,
    ),
    "azurerm_service_plan": PLAN,
    "azurerm_app_service_plan": PLAN,
    "azurerm_app_service": WEB_APP,
    "azurerm_linux_web_app": WEB_APP,
    "azurerm_windows_web_app": WEB_APP,
    "azurerm_function_app": FUNCTION_APP,
    "azurerm_linux_function_app": FUNCTION_APP,
    "azurerm_windows_function_app": FUNCTION_APP,
    "azurerm_kubernetes_cluster": Shape(
        "kubernetes_cluster",
        values={"api_url": "kube_config.host", "version": "kubernetes_version"},
        links=(on("connects_to", "default_node_pool.vnet_subnet_id", "network", SUBNETS),),
        zones="default_node_pool.zones",
    ),
    "azurerm_kubernetes_cluster_node_pool": Shape(
        "cluster",
        links=(
            part_of("kubernetes_cluster_id", "kubernetes_cluster", "node pools"),
            on("connects_to", "vnet_subnet_id", "network", SUBNETS),
        ),
        zones=ZONES,
    ),
    "azurerm_storage_account": Shape(
        "object_bucket",
        known_as=("name",),
        hosts=("primary_blob_host", "primary_web_host", "primary_file_host"),
    ),
    "azurerm_storage_share": Shape(
        "file_share",
        values={"path": "url", "capacity_gb": "quota"},
        links=(on("stored_on", "storage_account_name", "object_bucket"),),
    ),
    "azurerm_mssql_server": DATABASE,
    "azurerm_sql_server": DATABASE,
    "azurerm_mssql_database": SERVER_DATABASE,
    "azurerm_postgresql_server": DATABASE,
    "azurerm_postgresql_flexible_server": DATABASE,
    "azurerm_mysql_server": DATABASE,
    "azurerm_mysql_flexible_server": DATABASE,
    "azurerm_cosmosdb_account": Shape("database", values={"host": "endpoint"}, hosts=("endpoint",)),
    "azurerm_redis_cache": Shape(
        "cache", hosts=("hostname",), values={"host": "hostname", "port": "ssl_port"}, zones=ZONES
    ),
    "azurerm_servicebus_namespace": Shape("message_queue", values={"host": "endpoint"}, hosts=("endpoint",)),
    "azurerm_eventhub_namespace": Shape("message_queue"),
    "azurerm_dns_zone": ZONE,
    "azurerm_private_dns_zone": ZONE,
    **RECORDS,
}
