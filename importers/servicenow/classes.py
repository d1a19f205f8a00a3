"""Which of our classes each table of ServiceNow's CMDB becomes."""

from collections.abc import Mapping

from importers.importer import Kind

TABLES: Mapping[str, str] = {
    "business_process": "business_process",
    "business_service": "service service_business service_group business_service business_capability",
    "technical_service": "service_technical service_offering infra_service service_instance",
    "application_service": (
        "service_auto service_calculated service_discovered service_by_tags service_manual "
        "query_based_service facility_service_instance connection_service_instance "
        "operational_process_service_instance data_service_instance network_service_instance"
    ),
    "external_service": "cloud_service cloud_directory cloud_authentication",
    "application": (
        "appl app application application_software business_app business_application app_server "
        "app_server_tomcat app_server_tomcat_war app_server_jboss app_server_weblogic app_server_websphere "
        "app_server_ws_ear websphere_cell web_application web_site iisdirectory function_ai "
        "ai_model_deployment ad_controller vcenter docker_engine oslv_engine cloud_appserver cf_application "
        "pcf_appl email_server ftp_server dns_server db_ora_listener hmc_server lpar_resource group "
        "cluster_node win_cluster_node unix_cluster_node oracle_cluster_node mssql_cluster_node "
        "cassandra_cluster_node couchbase_cluster_node nsx_management_cluster_node avi_controller "
        "windows_service print_queue puppet_master nutanix_prism_central"
    ),
    "database": (
        "database db_instance db_catalog cloud_database cloud_public_database db_mssql_instance "
        "db_mssql_database db_mysql_instance db_mysql_catalog db_ora_instance db_ora_pdb_instance "
        "db_ora_catalog db_postgresql_instance db_mongodb_instance db_db2_instance db_db2_catalog "
        "db_syb_instance db_syb_catalog db_hbase_instance db_informix_instance cassandra_instance "
        "couchbase_instance mssql_ag_replica dynamodb_table aws_redshift appl_sap_hana_db"
    ),
    "message_queue": (
        "cloud_messaging_service cloud_topic cloud_queue_service appl_ibm_wmq appl_ibm_wmq_queue appl_msmq "
        "appl_tibco_message appl_tibco_queue appl_rabbitmq appl_ora_queue appl_activemq appl_kafka"
    ),
    "cache": "cloud_cache appl_redis appl_memcached",
    "web_server": (
        "web_server apache_web_server nginx_web_server microsoft_iis_web_server iplanet_web_server "
        "cloud_webserver"
    ),
    "api_endpoint": "web_service managed_api api api_frontend api_backend api_component",
    "batch_job": "batch_job appl_controlm db_mssql_int_job",
    "virtual_server": "lb_service cluster_vip mssql_ag_listener",
    "load_balancer_pool": "lb_pool kong_lb",
    "kubernetes_node": "kubernetes_node",
    "certificate": "certificate",
    "server": (
        "server computer hardware unclassed_hardware pc_hardware linux_server win_server windows_server "
        "unix_server aix_server solaris_server hpux_server osx_server netware_server tape_server "
        "chassis_server serverless_hardware lb_pool_member pool_member kong_target datapower_server"
    ),
    "physical_server": "ucs_blade ucs_rack_unit hpe_bladesystem_blade cohesity_node rubrik_node",
    "hypervisor": (
        "esx_server hyper_v_server rhv_server nutanix_host kvm virtualization_server cloud_host ibm_frame"
    ),
    "mainframe": "mainframe mainframe_hardware mainframe_lpar ibm_zos_server",
    "virtual_machine": (
        "vm_instance vm vm_object vmware_instance hyper_v_instance kvm_vm_instance kvm_instance "
        "rhv_vm_instance nutanix_vm_instance lpar_instance lpar solaris_instance instance "
        "nutanix_controller_vm avi_service_engine"
    ),
    "container": "docker_container oslv_container container",
    "cluster": (
        "cluster win_cluster unix_cluster application_cluster host_cluster storage_cluster firewall_cluster "
        "cloud_ecs_cluster nsx_management_cluster avi_controller_cluster rubrik_cluster instance_scale_set "
        "appl_rabbitmq_cluster availability_set azure_availability_set"
    ),
    "hypervisor_cluster": "vcenter_cluster vmware_cluster hyper_v_cluster rhv_cluster nutanix_cluster",
    "kubernetes_cluster": "kubernetes_cluster",
    "database_cluster": (
        "cloud_db_cluster oracle_cluster mssql_cluster mssql_ag couchbase_cluster cassandra_cluster "
        "dynamodb_global_table"
    ),
    "kubernetes_namespace": "kubernetes_namespace openshift_project",
    "kubernetes_workload": (
        "kubernetes_workload kubernetes_deployment kubernetes_replicaset kubernetes_daemonset "
        "kubernetes_statefulset kubernetes_job kubernetes_cronjob openshift_dep_conf cloud_ecs_service "
        "cloud_ecs_task"
    ),
    "kubernetes_pod": "kubernetes_pod",
    "kubernetes_service": "kubernetes_service",
    "kubernetes_ingress": "kubernetes_ingress openshift_route",
    "serverless_function": "cloud_function",
    "storage_array": (
        "storage_server storage_device storage_node_element storage_cluster_node storage_enclosure "
        "nas_storage san diskshelf_chassis msd"
    ),
    "datastore": "vcenter_datastore datastore storage_pool nutanix_storage_container nutanix_storage_pool",
    "volume": (
        "storage_volume storage_disk disk san_disk fc_disk iscsi_disk disk_partition file_system "
        "nas_file_system kubernetes_volume lvm_pool veritas_volume"
    ),
    "file_share": "storage_fileshare cloud_file_share cloud_file_service",
    "object_bucket": "cloud_object_storage cloud_object_service cloud_storage_account",
    "backup": "storage_vol_snapshot rubrik_sla_domain file_system_snapshot",
    "network_device": (
        "netgear ip_device ip_phone ip_camera voice_gateway modem_network hub_network wdm multiplexer "
        "storage_switch ni_telco_equipment nids inter_connect fabric_interconnect nsx_gateway_resource"
    ),
    "switch": "ip_switch multi_service_switch",
    "router": "ip_router cloud_gateway internet_gateway nat_gateway virtual_pvt_gateway customer_gateway",
    "firewall": "ip_firewall firewall_device firewall_network security",
    "load_balancer": "lb cloud_load_balancer appl_delivery_controler kong_gateway api_gateway",
    "access_point": "wap_network",
    "network_interface": "network_adapter nic ni_interface interface_card fc_port storage_hba",
    "network": (
        "ip_network ip_network_subnet subnet cloud_subnet managed_network lb_vlan vcenter_network "
        "hyper_v_network nsx_segment_resource"
    ),
    "cloud_network": "network vpc",
    "circuit": "circuit network_circuit network_link ni_logical_path cloud_direct_connect",
    "ip_address": (
        "ip_address allocated_ip_address cloud_public_ipaddress cloud_lb_ipaddress cloud_ip_address"
    ),
    "dns_record": (
        "dns_name dns_alias dns_resource_record dns_zone_a_record dns_zone_aaaa_record "
        "dns_zone_cname_record dns_zone_alias_record"
    ),
    "vpn": "vpn vpn_connection vpc_gateway_connection",
    "site": "site ni_site datacenter",
    "room": "computer_room room zone cage data_center_zone",
    "rack": "rack container_rack container_cabinet",
    "power_feed": "power_feed power_panel remote_power_panel circuit_breaker",
    "power_unit": (
        "ups pdu power_eq ups_power_eq generator_power_eq ats_power_eq transformer inverter rectifier "
        "rack_pdu"
    ),
    "cooling_unit": "hvac crac",
    "cloud_account": "cloud_service_account cmp_cloud_account azure_subscription gcp_project",
    "cloud_region": (
        "logical_datacenter aws_datacenter azure_datacenter google_datacenter ibm_datacenter oci_datacenter "
        "openstack_datacenter alibaba_datacenter"
    ),
    "availability_zone": "availability_zone",
    "workstation": "workstation thin_client",
    "mobile_device": "handheld_computing wearable mobile_device comm",
    "printer": "printer mfp_printer printing_hardware",
}
"""Our class, and the tables that become it, without `cmdb_ci_`."""

CLASSES: Mapping[str, str] = {
    table if table == "service_offering" else f"cmdb_ci_{table}": ours
    for ours, tables in TABLES.items()
    for table in tables.split()
}

PREFIXES: Mapping[str, str] = {
    "cmdb_ci_appl_": "application",
    "cmdb_ci_app_server_": "application",
    "cmdb_ci_db_": "database",
    "cmdb_ci_service_": "technical_service",
    "cmdb_ci_firewall_device_": "firewall",
    "cmdb_ci_firewall_cluster_": "cluster",
    "cmdb_ci_lb_": "load_balancer",
    "cmdb_ci_exchange_": "application",
    "cmdb_ci_email_server_": "application",
    "cmdb_ci_web_server_": "web_server",
}
"""Families of tables, told by how their names begin."""

SUFFIXES: Mapping[str, str] = {
    "_web_server": "web_server",
    "_esx_server": "hypervisor",
    "_vm_instance": "virtual_machine",
    "_cluster_node": "application",
    "_db_cluster": "database_cluster",
    "_cluster": "cluster",
    "_datacenter": "cloud_region",
    "_database": "database",
    "_api_gateway": "load_balancer",
    "_firewall": "firewall",
    "_router": "router",
    "_switch": "switch",
    "_server": "server",
    "_printer": "printer",
    "_application": "application",
}
"""Families of tables, told by how their names end."""

LABELS: Mapping[str, str] = {
    "api": "cmdb_ci_api",
    "application": "cmdb_ci_appl",
    "application_service": "cmdb_ci_service_auto",
    "business_application": "cmdb_ci_business_app",
    "cloud_service_account": "cmdb_ci_cloud_service_account",
    "load_balancer": "cmdb_ci_lb",
    "load_balancer_pool": "cmdb_ci_lb_pool",
    "load_balancer_pool_member": "cmdb_ci_lb_pool_member",
    "load_balancer_service": "cmdb_ci_lb_service",
    "microsoft_sql_server_instance": "cmdb_ci_db_mssql_instance",
    "ms_sql_server_instance": "cmdb_ci_db_mssql_instance",
    "msft_sql_instance": "cmdb_ci_db_mssql_instance",
    "mysql_instance": "cmdb_ci_db_mysql_instance",
    "network_gear": "cmdb_ci_netgear",
    "oracle_instance": "cmdb_ci_db_ora_instance",
    "postgresql_instance": "cmdb_ci_db_postgresql_instance",
    "tomcat": "cmdb_ci_app_server_tomcat",
    "technology_management_service": "cmdb_ci_service_technical",
    "technical_service": "cmdb_ci_service_technical",
    "uninterruptible_power_supply": "cmdb_ci_ups",
    "virtual_machine_instance": "cmdb_ci_vm_instance",
    "vmware_virtual_machine_instance": "cmdb_ci_vmware_instance",
    "windows_cluster": "cmdb_ci_win_cluster",
    "windows_server": "cmdb_ci_win_server",
    "wireless_access_point": "cmdb_ci_wap_network",
}
"""Tables whose label, as an export with display values gives it, is not their name."""

TEMPLATE = "a template; it may go once it was used"
RULE = "a rule of the network, not a thing that fails"
DRAWING = "for internal use of Service Mapping"
FOLDER = "a folder; it cannot fail"
LEFT_OUT: Mapping[str, str] = {
    "cmdb_ci_spkg": "a package installed on many machines; bills of materials say which",
    **dict.fromkeys(
        ("cmdb_ci_os_template", "cmdb_ci_compute_template", "cmdb_ci_cloud_hardware_type",
         "cmdb_ci_cloud_os_image", "cmdb_ci_vmware_template", "cmdb_ci_instance_template",
         "cmdb_ci_docker_image", "cmdb_ci_docker_image_tag", "cmdb_ci_container_repository",
         "cmdb_ci_container_repository_entry", "cmdb_ci_disk_type", "cmdb_ci_cloud_ecs_task_definition"),
        TEMPLATE,
    ),
    **dict.fromkeys(
        ("cmdb_ci_compute_security_group", "cmdb_ci_compute_security_group_rule", "cmdb_ci_network_acl",
         "cmdb_ci_network_acl_rule", "cmdb_ci_web_acl", "cmdb_ci_route_table", "cmdb_ci_cloud_key_pair",
         "cmdb_ci_firewall_security_policy", "cmdb_ci_translation_rule"),
        RULE,
    ),
    **dict.fromkeys(
        ("cmdb_ci_endpoint", "cmdb_ci_endpoint_block", "cmdb_ci_endpoint_http", "cmdb_ci_endpoint_vnic",
         "cmdb_ci_qualifier", "cmdb_ci_topology", "cmdb_ci_storage_mapping"),
        DRAWING,
    ),
    **dict.fromkeys(
        ("cmdb_ci_resource_group", "cmdb_ci_vcenter_folder", "cmdb_ci_vcenter_datacenter",
         "cmdb_ci_esx_resource_pool", "cmdb_ci_cloud_org", "cmdb_ci_gcp_folder", "cmdb_ci_aws_org_unit"),
        FOLDER,
    ),
    "cmdb_ci_config_file": "a file; what it says is for tools that read it",
    "cmdb_ci_config_file_tracked": "a file; what it says is for tools that read it",
    "cmdb_ci_outage": "tells of a failure; it is no CI",
    "cmdb_ci_information_object": "tells of data, not of what runs",
}  # fmt: skip
"""Tables that are left out, and why."""


def table_of(name: str) -> str:
    """The table that `sys_class_name` names, be it the table's own name or its label."""
    folded = name.strip().lower().replace(" ", "_")
    if folded in CLASSES or folded in LEFT_OUT:
        return folded
    return LABELS.get(folded) or (f"cmdb_ci_{folded}" if f"cmdb_ci_{folded}" in CLASSES else folded)


def class_of(table: str, own: Mapping[str, str]) -> str | None:
    """Our class for a table; `own` are an organisation's choices. None where nothing tells it."""
    if found := own.get(table) or CLASSES.get(table):
        return found
    prefix = next((ours for begins, ours in PREFIXES.items() if table.startswith(begins)), None)
    return prefix or next((ours for ends, ours in SUFFIXES.items() if table.endswith(ends)), None)


KINDS = (
    *(Kind(table, ours) for table, ours in CLASSES.items()),
    *(Kind(f"{begins}*", ours) for begins, ours in PREFIXES.items()),
    *(Kind(f"*{ends}", ours) for ends, ours in SUFFIXES.items()),
    *(Kind(table, "", reason) for table, reason in LEFT_OUT.items()),
)
