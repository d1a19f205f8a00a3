"""Reads a running cluster through the official client, page by page."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from kubernetes import client
from kubernetes import config as kubeconfig
from urllib3.exceptions import HTTPError

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.documents import parse_json

config: Any = kubeconfig
"""Without types."""

PAGE = 500
"""Objects in a page, as kubectl asks for."""
AT_ONCE = 4
"""Kinds that are read at once."""
PATIENCE = (10, 120)
"""Seconds to connect, and to read a page."""

LISTS = (
    ("CoreV1Api", "list_namespace", "Namespace"),
    ("CoreV1Api", "list_node", "Node"),
    ("CoreV1Api", "list_persistent_volume", "PersistentVolume"),
    ("CoreV1Api", "list_persistent_volume_claim_for_all_namespaces", "PersistentVolumeClaim"),
    ("CoreV1Api", "list_config_map_for_all_namespaces", "ConfigMap"),
    ("CoreV1Api", "list_pod_for_all_namespaces", "Pod"),
    ("CoreV1Api", "list_replication_controller_for_all_namespaces", "ReplicationController"),
    ("CoreV1Api", "list_service_for_all_namespaces", "Service"),
    ("AppsV1Api", "list_deployment_for_all_namespaces", "Deployment"),
    ("AppsV1Api", "list_stateful_set_for_all_namespaces", "StatefulSet"),
    ("AppsV1Api", "list_daemon_set_for_all_namespaces", "DaemonSet"),
    ("AppsV1Api", "list_replica_set_for_all_namespaces", "ReplicaSet"),
    ("BatchV1Api", "list_job_for_all_namespaces", "Job"),
    ("BatchV1Api", "list_cron_job_for_all_namespaces", "CronJob"),
    ("NetworkingV1Api", "list_ingress_for_all_namespaces", "Ingress"),
    ("PolicyV1Api", "list_pod_disruption_budget_for_all_namespaces", "PodDisruptionBudget"),
    ("AutoscalingV2Api", "list_horizontal_pod_autoscaler_for_all_namespaces", "HorizontalPodAutoscaler"),
)
"""API, method and kind of each list."""


def read_cluster(context: str, environment: Mapping[str, str]) -> tuple[str, list[Any | Gap]]:
    """The name of the cluster of a context (empty: the current one), and its lists of all kinds.

    Within a cluster the name is not known, and empty. What may not or cannot be read is a gap. Raises
    InvalidInput where nothing can be read.
    """
    name, connection = _connect(context, environment)
    with connection, ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda one: _read(connection, *one), LISTS))
    gaps = [answer for answer in answers if isinstance(answer, Gap)]
    if len(gaps) == len(answers):
        raise InvalidInput(f"Nothing can be read of the cluster. {gaps[0].what}")
    return name, [*gaps, *(page for answer in answers if not isinstance(answer, Gap) for page in answer)]


def _connect(context: str, environment: Mapping[str, str]) -> tuple[str, Any]:
    try:
        if "KUBERNETES_SERVICE_HOST" in environment and not context:
            config.load_incluster_config(settings := client.Configuration())
            return "", client.ApiClient(settings)
        file = environment.get("KUBECONFIG")
        contexts, current = config.list_kube_config_contexts(file)
        chosen = next((one for one in contexts if one["name"] == context), current)
        connection = config.new_client_from_config(file, context or None, persist_config=False)
    except config.ConfigException as error:
        raise InvalidInput(f"No cluster to read: {error}. Set KUBECONFIG, or name a context.") from error
    return str(chosen["context"]["cluster"]), connection


def _read(connection: Any, api: str, method: str, kind: str) -> list[Any] | Gap:
    """All pages of a list, or a gap: half of a list would make the rest look gone."""
    pages: list[Any] = []
    list_ = getattr(getattr(client, api)(connection), method)
    next_: dict[str, str] = {}
    try:
        while not pages or next_:
            # As JSON: the client's own classes refuse answers that are newer than they are.
            answer = list_(limit=PAGE, _preload_content=False, _request_timeout=PATIENCE, **next_)
            pages.append(
                {"kind": f"{kind}List"} | parse_json(answer.data.decode(), f"The list of kind {kind}")
            )
            token = pages[-1].get("metadata", {}).get("continue")
            next_ = {"_continue": token} if token else {}
    except client.ApiException as error:
        return Gap(f"Objects of kind {kind} cannot be read: {error.status} {error.reason}.")
    except (HTTPError, InvalidInput, UnicodeDecodeError) as error:
        return Gap(f"Objects of kind {kind} cannot be read: {error}.")
    return pages
