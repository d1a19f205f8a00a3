"""What becomes of the resource types of Terraform's Google provider."""

from importers.cloud import Link, Shape, joins, on, part_of

MEMBERS = "members"
TARGETS = "targets"
POOLS = "pools"
LINK = "self_link|id"
CALLED = ("id", "name")

GROUP_MANAGER = Shape(
    "cluster",
    cloud_id=LINK,
    known_as=("id", "instance_group", "name"),
    links=(on("depends_on", "target_pools", "load_balancer_pool"),),
    zones="distribution_policy_zones|zone",
    remark="needs one of its zones; that is assumed",
)
BACKEND = Shape(
    "load_balancer_pool",
    cloud_id=LINK,
    known_as=CALLED,
    links=(on("composed_of", "backend.group", "cluster", TARGETS),),
)
URL_MAP = Shape(
    cloud_id=LINK,
    known_as=CALLED,
    stands_for={"load_balancer_pool": "default_service"},
    remark="means the backend service it sends to by default",
)
PROXY = Shape(
    cloud_id=LINK,
    known_as=CALLED,
    stands_for={"load_balancer_pool": "url_map|backend_service"},
    remark="means the backend service of its URL map",
)
FORWARDING = Shape(
    "load_balancer",
    cloud_id=LINK,
    known_as=CALLED,
    hosts=("ip_address",),
    values={"ip_address": "ip_address"},
    links=(
        on("depends_on", "target|backend_service", "load_balancer_pool", POOLS),
        on("connects_to", "subnetwork", "network"),
    ),
)
FUNCTION = Shape(
    "serverless_function",
    cloud_id="id",
    known_as=("name",),
    values={"runtime": "runtime|build_config.runtime", "memory_mb": "available_memory_mb"},
    links=(
        on("depends_on", "environment_variables.*|service_config.environment_variables.*"),
        on("depends_on", "event_trigger.resource|event_trigger.pubsub_topic"),
    ),
    remark="depends on what its environment variables name, if it is in the state",
)

GOOGLE = {
    "google_compute_instance": Shape(
        "virtual_machine",
        cloud_id=LINK,
        known_as=("id", "instance_id", "name"),
        hosts=("network_interface.network_ip", "network_interface.access_config.nat_ip", "hostname"),
        values={
            "instance_type": "machine_type",
            "ip_address": "network_interface.network_ip",
            "fqdn": "hostname",
        },
        links=(
            on("connects_to", "network_interface.subnetwork", "network"),
            on("stored_on", "boot_disk.source", "volume"),
            on("stored_on", "attached_disk.source", "volume"),
        ),
        zones="zone",
    ),
    "google_compute_instance_group_manager": GROUP_MANAGER,
    "google_compute_region_instance_group_manager": GROUP_MANAGER,
    "google_compute_instance_group": Shape(
        "cluster",
        cloud_id=LINK,
        known_as=CALLED,
        links=(on("composed_of", "instances", "virtual_machine", MEMBERS),),
        zones="zone",
    ),
    "google_compute_disk": Shape(
        "volume", cloud_id=LINK, known_as=CALLED, values={"capacity_gb": "size"}, zones="zone"
    ),
    "google_compute_region_disk": Shape(
        "volume", cloud_id=LINK, known_as=CALLED, values={"capacity_gb": "size"}, zones="replica_zones"
    ),
    "google_compute_attached_disk": joins(
        Link("stored_on", of="instance", of_class="virtual_machine", to="disk", to_class="volume")
    ),
    "google_compute_network": Shape("cloud_network", cloud_id=LINK, known_as=CALLED),
    "google_compute_subnetwork": Shape(
        "network",
        cloud_id=LINK,
        known_as=CALLED,
        values={"prefix": "ip_cidr_range", "vrf": "network", "gateway": "gateway_address"},
        links=(on("connects_to", "network", "cloud_network"),),
    ),
    "google_compute_router": Shape(
        "router", cloud_id=LINK, known_as=CALLED, links=(on("connects_to", "network", "cloud_network"),)
    ),
    "google_compute_vpn_tunnel": Shape(
        "vpn",
        cloud_id=LINK,
        known_as=CALLED,
        values={"peer": "peer_ip"},
        links=(on("connects_to", "router", "router"),),
    ),
    "google_compute_address": Shape(
        "ip_address", cloud_id=LINK, known_as=CALLED, hosts=("address",), values={"address": "address"}
    ),
    "google_compute_global_address": Shape(
        "ip_address", cloud_id=LINK, known_as=CALLED, hosts=("address",), values={"address": "address"}
    ),
    "google_compute_forwarding_rule": FORWARDING,
    "google_compute_global_forwarding_rule": FORWARDING,
    "google_compute_target_http_proxy": PROXY,
    "google_compute_target_https_proxy": PROXY,
    "google_compute_target_tcp_proxy": PROXY,
    "google_compute_target_ssl_proxy": PROXY,
    "google_compute_url_map": URL_MAP,
    "google_compute_region_url_map": URL_MAP,
    "google_compute_backend_service": BACKEND,
    "google_compute_region_backend_service": BACKEND,
    "google_compute_target_pool": Shape(
        "load_balancer_pool",
        cloud_id=LINK,
        known_as=CALLED,
        links=(on("composed_of", "instances", "virtual_machine", TARGETS),),
    ),
    "google_container_cluster": Shape(
        "kubernetes_cluster",
        cloud_id=LINK,
        known_as=CALLED,
        values={"version": "master_version"},
        links=(on("connects_to", "subnetwork", "network"),),
        zones="node_locations",
    ),
    "google_container_node_pool": Shape(
        "cluster",
        cloud_id="id",
        known_as=("name",),
        links=(
            part_of("cluster", "kubernetes_cluster", "node pools"),
            on("composed_of", "instance_group_urls", "cluster", MEMBERS),
        ),
    ),
    "google_sql_database_instance": Shape(
        "database",
        cloud_id=LINK,
        known_as=("name", "connection_name"),
        hosts=("private_ip_address", "public_ip_address", "ip_address.ip_address"),
        values={
            "host": "private_ip_address|public_ip_address|ip_address.ip_address",
            "product": "database_version",
        },
        links=(
            on("connects_to", "settings.ip_configuration.private_network", "cloud_network"),
            Link("replicates_to", of="master_instance_name", of_class="database"),
        ),
        remark="with a standby (REGIONAL) or without, it is in its region: Terraform's zone is a wish",
    ),
    "google_sql_database": Shape(
        "database", cloud_id=LINK, links=(on("depends_on", "instance", "database"),)
    ),
    "google_redis_instance": Shape(
        "cache",
        cloud_id="id",
        known_as=("name",),
        hosts=("host",),
        values={"host": "host", "port": "port", "version": "redis_version"},
        links=(on("connects_to", "authorized_network", "cloud_network"),),
        zones="location_id",
    ),
    "google_storage_bucket": Shape(
        "object_bucket", cloud_id="gs://{name}", known_as=("id", "name", "self_link")
    ),
    "google_filestore_instance": Shape("file_share", cloud_id="id", known_as=("name",), zones="zone"),
    "google_cloudfunctions_function": FUNCTION,
    "google_cloudfunctions2_function": FUNCTION,
    "google_cloud_run_service": Shape(
        "application",
        cloud_id="id",
        known_as=("name",),
        values={"namespace": "project", "url": "status.url"},
        hosts=("status.url",),
        links=(on("depends_on", "template.spec.containers.env.value"),),
        remark="depends on what its environment variables name, if it is in the state",
    ),
    "google_pubsub_topic": Shape(
        "message_queue", cloud_id="id", known_as=("name",), fixed={"product": "Google Pub/Sub topic"}
    ),
    "google_pubsub_subscription": Shape(
        "message_queue",
        cloud_id="id",
        known_as=("name",),
        fixed={"product": "Google Pub/Sub subscription"},
        links=(on("depends_on", "topic", "message_queue"),),
    ),
    "google_bigquery_dataset": Shape(
        "database", cloud_id=LINK, name="dataset_id", fixed={"product": "BigQuery"}
    ),
    "google_spanner_instance": Shape("database_cluster", cloud_id="id", known_as=("name",)),
    "google_dns_managed_zone": Shape(
        "dns_record",
        cloud_id="id",
        name="dns_name",
        known_as=("name",),
        values={"zone": "name"},
        fixed={"record_type": "SOA"},
        remark="the record at its head stands for the zone",
    ),
    "google_dns_record_set": Shape(
        "dns_record",
        cloud_id="id",
        hosts=("name",),
        values={"record_type": "type", "answer": "rrdatas", "ttl_seconds": "ttl", "zone": "managed_zone"},
        links=(on("depends_on", "managed_zone", "dns_record"), on("depends_on", "rrdatas", "", "answers")),
    ),
}
