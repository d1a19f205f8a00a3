"""Resource types that become nothing, and why."""

import re

from importers.importer import Kind

LEFT_OUT = (
    (
        "*_iam_*|aws_*_policy|aws_*_policy_attachment|google_service_account*|azurerm_role_*|azuread_*"
        "|azurerm_user_assigned_identity|aws_lambda_permission|google_folder*|google_project*|google_organization*",
        "a permission, identity or membership: nothing stops with it while it stands",
    ),
    (
        "aws_security_group*|aws_default_security_group|aws_vpc_security_group_*|aws_network_acl*|aws_default_network_acl|azurerm_network_security_*"
        "|azurerm_subnet_network_security_*|azurerm_network_interface_security_*|google_compute_firewall*|aws_wafv2_*|aws_lb_listener_*|aws_alb_listener_*",
        "a rule about traffic, not a thing that fails",
    ),
    (
        "aws_route|aws_route_table*|aws_main_route_table_association|aws_default_route_table|azurerm_route*|google_compute_route"
        "|azurerm_subnet_*|aws_internet_gateway_attachment|google_compute_router_*|aws_vpc_dhcp_options*|aws_vpc_endpoint*",
        "part of how a network is set up",
    ),
    (
        "aws_kms_*|aws_secretsmanager_*|aws_ssm_*|azurerm_key_vault*|google_kms_*|google_secret_manager_*|tls_*|aws_key_pair|vault_*"
        "|azurerm_ssh_public_key",
        "a key, secret or setting: kept by the provider, and never read into the graph",
    ),
    (
        "aws_s3_bucket_*|aws_s3_object|aws_s3_account_*|google_storage_bucket_*|azurerm_storage_container|azurerm_storage_blob",
        "a setting or an object of a bucket",
    ),
    (
        "aws_launch_*|google_compute_instance_template|aws_ami*|aws_ebs_snapshot*|aws_ecs_task_definition|aws_placement_group|azurerm_image"
        "|google_compute_snapshot|google_compute_image|aws_autoscaling_policy|aws_autoscaling_schedule|aws_appautoscaling_*"
        "|google_compute_autoscaler|google_compute_region_autoscaler",
        "a template or a rule by which other things are made",
    ),
    (
        "*_health_check|*_healthcheck|aws_cloudwatch_*|azurerm_monitor_*|google_monitoring_*|google_logging_*|aws_flow_log|aws_cloudtrail"
        "|azurerm_log_analytics_*|aws_config_*|aws_budgets_*",
        "watches or records; nothing fails with it",
    ),
    (
        "aws_api_gateway_*|aws_apigatewayv2_*|aws_acm_certificate_validation|aws_lambda_alias|aws_lambda_layer_version|aws_db_parameter_group"
        "|aws_rds_cluster_parameter_group|aws_db_option_group|aws_elasticache_parameter_group|aws_eks_addon|aws_ecr_*|aws_ecs_cluster_*"
        "|google_sql_user|azurerm_*_configuration|azurerm_*_firewall_rule|aws_sns_topic_policy|aws_sqs_queue_policy|azurerm_lb_rule"
        "|azurerm_lb_nat_*|azurerm_lb_outbound_rule|azurerm_lb_probe|azurerm_resource_group*|azurerm_availability_set"
        "|azurerm_virtual_machine_extension|azurerm_private_dns_zone_virtual_network_link",
        "a setting of another resource",
    ),
    ("github_*|gitlab_*", "a code host's repositories, teams and members: its own sources know them better"),
    (
        "null_*|random_*|local_*|template_*|time_*|archive_*|external*|http*|terraform_*|cloudinit_*",
        "a helper of Terraform itself",
    ),
    ("helm_*|kubernetes_*|kubectl_*", "told better by the Kubernetes importer"),
)
"""Patterns of types, `*` for anything, and the reason."""

KINDS = tuple(Kind(patterns.replace("|", ", "), "", reason) for patterns, reason in LEFT_OUT)
_ANY = re.compile("|".join(patterns.replace("*", ".*") for patterns, _ in LEFT_OUT))


def is_left_out(type_: str) -> bool:
    """Whether a resource type becomes nothing on purpose."""
    return bool(_ANY.fullmatch(type_))
