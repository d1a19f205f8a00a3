"""Kubernetes: manifests, dumps by kubectl, and running clusters."""

from importers.importer import Importer, Option
from importers.kubernetes.kinds import KINDS
from importers.kubernetes.reading import CLUSTER, NAMESPACE, read

IMPORTER = Importer(
    name="kubernetes",
    title="Kubernetes manifests, kubectl and Helm output, or a running cluster",
    read=read,
    kinds=KINDS,
    options=(
        Option("cluster", "Name of the cluster; of a running one by default as in the kubeconfig.", CLUSTER),
        Option("namespace", "Namespace of objects that name none.", NAMESPACE),
    ),
)

__all__ = ["IMPORTER"]
