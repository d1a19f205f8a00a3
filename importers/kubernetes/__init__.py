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
        Option(
            "cluster", f"Name of the cluster; by default {CLUSTER}, or of a running one as in the kubeconfig."
        ),
        Option("namespace", "Namespace of objects that name none.", NAMESPACE),
    ),
)

__all__ = ["IMPORTER"]
