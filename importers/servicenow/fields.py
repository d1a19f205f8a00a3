"""What the columns of ServiceNow's CMDB become, and the words in them."""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "cidr": "prefix",
    "assigned_to": "user",
    "company": "organisation",
    "cpus": "cpu_count",
    "cpu_name": "cpu_model",
    "disk_space": "disk_gb",
    "k8s_uid": "uid",
    "location": "site",
    "memory": "memory_mb",
    "model_id": "model",
    "number": "portfolio_key",
    "rack_units": "height_units",
    "purchase_date": "purchased_on",
    "ram": "memory_mb",
    "short_description": "description",
    "speed": "speed_mbps",
    "subnet": "prefix",
    "tcp_port": "port",
    "valid_to": "expires",
    "vcenter_ref": "manager",
    "warranty_expiration": "warranty_until",
}
"""Columns that our classes call otherwise, where the class has that attribute; of two the first counts."""

BY_CLASS: Mapping[str, Mapping[str, str]] = {
    "ip_address": {"ip_address": "address"},
    "certificate": {"issuer_common_name": "issuer", "issuer_distinguished_name": "issuer"},
    "circuit": {"vendor": "supplier"},
    "external_service": {"vendor": "supplier"},
}
"""What some classes call otherwise."""

MANAGED = ("cmdb_ci_vmware_", "cmdb_ci_vcenter_", "cmdb_ci_esx_", "cmdb_ci_hyper_v_", "cmdb_ci_rhv_")
"""Tables whose `object_id` is the managing system's own; elsewhere it is the cloud provider's."""

OWNERS = ("managed_by_group", "owned_by")
SUPPORTERS = ("support_group", "assignment_group")
"""Columns that name a team, the best first."""

HOLDERS: Mapping[str, tuple[str, ...]] = {
    "network_interface": ("cmdb_ci", "computer", "vm_instance", "device"),
    "load_balancer_pool": ("load_balancer",),
    "virtual_server": ("load_balancer",),
    "container": ("host", "docker_engine"),
    "room": ("parent_location",),
    "rack": ("room",),
}
"""Columns that refer to the CI inside which the name means something."""

LABELS: Mapping[str, str] = {
    "class": "sys_class_name",
    "assigned_group": "assignment_group",
    "fully_qualified_domain_name": "fqdn",
    "is_virtual": "virtual",
    "model": "model_id",
    "operating_system": "os",
    "ram_(mb)": "ram",
    "relationship_type": "type",
    "serial": "serial_number",
    "status": "install_status",
    "system_id": "sys_id",
    "unique_id": "sys_id",
}
"""Columns under the labels that an export to Excel gives them."""

OMITTED = frozenset(
    {
        "assigned",
        "attestation_score",
        "attestation_status",
        "attested",
        "attested_by",
        "attested_date",
        "attributes",
        "can_print",
        "category",
        "change_control",
        "checked_in",
        "checked_out",
        "cost",
        "cost_cc",
        "cost_center",
        "delivery_date",
        "discovery_source",
        "due",
        "due_in",
        "duplicate_of",
        "fault_count",
        "first_discovered",
        "gl_account",
        "install_date",
        "invoice_number",
        "is_clustering_sys",
        "last_discovered",
        "life_cycle_stage",
        "life_cycle_stage_status",
        "managed_domain",
        "monitor",
        "most_frequent_user",
        "order_date",
        "po_number",
        "requires_verification",
        "schedule",
        "skip_sync",
        "start_date",
        "subcategory",
        "unverified",
        "virtual",
        "dns_domain",
        "host_name",
        "cpu_core_count",
        "cpu_core_thread",
        "support_group",
        "assignment_group",
        "managed_by_group",
        "name",
        "sys_class_name",
        "install_status",
        "operational_status",
        "used_for",
        "environment",
        "busines_criticality",
        "fqdn",
        "bios_uuid",
        "instance_uuid",
        "vm_instance_uuid",
    }
)
"""Columns that change with every scan, are about the record, or are read in a way of their own."""

STATUSES: Mapping[str, str] = {
    **dict.fromkeys(("1", "installed", "in use", "in production", "operational"), "operational"),
    **dict.fromkeys(("2", "on order", "4", "pending install", "implementing", "pipeline"), "planned"),
    **dict.fromkeys(("3", "in maintenance", "5", "pending repair"), "maintenance"),
    **dict.fromkeys(("6", "in stock"), "in_stock"),
    **dict.fromkeys(("7", "retired", "8", "stolen", "100", "absent"), "retired"),
}
"""`install_status`, by value or label."""

OPERATIONAL_STATUSES: Mapping[str, str] = {
    **dict.fromkeys(("1", "operational", "4", "dr standby"), "operational"),
    **dict.fromkeys(("2", "non-operational", "3", "repair in progress"), "maintenance"),
    **dict.fromkeys(("5", "ready", "7", "pipeline"), "planned"),
    **dict.fromkeys(("6", "retired"), "retired"),
}
"""`operational_status`, by value or label."""

GRAVEST = ("retired", "in_stock", "planned", "maintenance", "operational")
"""Where the two disagree, the first of these counts."""

ENVIRONMENTS: Mapping[str, str] = {
    **dict.fromkeys(("production", "prod", "live"), "production"),
    **dict.fromkeys(("staging", "pre-production", "preproduction", "uat"), "staging"),
    **dict.fromkeys(("test", "testing"), "test"),
    **dict.fromkeys(("development", "dev"), "development"),
    **dict.fromkeys(("qa", "quality assurance"), "quality_assurance"),
    **dict.fromkeys(("disaster recovery", "dr"), "disaster_recovery"),
    **dict.fromkeys(("sandbox", "demonstration", "demo"), "sandbox"),
}
"""`environment` or `used_for`, by label in lower case."""

CRITICALITIES: Mapping[str, str] = {"1": "critical", "2": "high", "3": "medium", "4": "low"}
"""`busines_criticality` (so spelt), by its first character: `1 - most critical`."""

UUIDS: Mapping[str, tuple[str, ...]] = {
    "bios_uuid": ("bios_uuid",),
    "instance_uuid": ("instance_uuid", "vm_instance_uuid"),
}
"""Attributes that are a UUID, and the columns that may hold it."""

SERVICES: Mapping[str, str] = {
    "technical service": "technical_service",
    "technology management service": "technical_service",
    "application service": "application_service",
    "service instance": "application_service",
}
"""`service_classification` in lower case, of the table cmdb_ci_service."""

VIRTUAL_MAKERS = ("vmware", "qemu", "xen", "nutanix", "red hat", "amazon ec2", "google")
"""How the manufacturers of virtual machines are called, in lower case."""
