"""What becomes of the kinds of objects of Kubernetes, for the reference."""

from importers.importer import Kind

KINDS = (
    Kind("cluster", "kubernetes_cluster", "known by the UID of the namespace kube-system, or by its name"),
    Kind("cluster → Node with a control plane role", "composed_of", "a majority, assumed"),
    Kind("cluster → other Node", "composed_of", "any one, assumed"),
    Kind("Namespace", "kubernetes_namespace"),
    Kind("object → its namespace", "belongs_to"),
    Kind("Node", "kubernetes_node"),
    Kind("Node → spec.providerID, systemUUID, host name", "runs_on → virtual_machine or server"),
    Kind("Node → topology.kubernetes.io/zone, region", "located_in → availability_zone", "AWS, Azure, GCP"),
    Kind("Deployment, StatefulSet, DaemonSet, Job", "kubernetes_workload", "a job until it has ended"),
    Kind("CronJob", "batch_job"),
    Kind(
        "ReplicaSet, ReplicationController", "kubernetes_workload", "folded into the Deployment that made it"
    ),
    Kind("Pod", "kubernetes_pod", "a slot of its workload; one that nobody made by its own name"),
    Kind("workload → Pod", "composed_of", "need from PodDisruptionBudget, or assumed"),
    Kind("Pod → Node", "runs_on"),
    Kind("workload without pods → cluster", "runs_on"),
    Kind("Service", "kubernetes_service"),
    Kind("Service → workload it selects", "provided_by", "of several any one, assumed"),
    Kind("Service → externalName", "provided_by → server", "mentioned, by its name"),
    Kind("Ingress", "kubernetes_ingress"),
    Kind("Ingress → Service", "depends_on", "of several any one, and calls to each"),
    Kind("address of a Service in env, args, ConfigMap", "calls"),
    Kind("PersistentVolumeClaim", "volume", "with the PersistentVolume that is bound to it"),
    Kind("PersistentVolume", "volume", "where no claim of the source is bound to it"),
    Kind("PersistentVolume → disk or share", "stored_on → volume or file_share", "EBS, EFS, Azure, GCP, NFS"),
    Kind("workload or Pod → PersistentVolumeClaim", "stored_on"),
    Kind("PodDisruptionBudget", "", "need of the group of pods of the workload that it selects"),
    Kind(
        "HorizontalPodAutoscaler",
        "",
        "its minimum is the workload's replicas, which would else follow the load",
    ),
    Kind("anti-affinity, topology spread", "", "attribute spread of the workload"),
    Kind("StorageClass", "", "attribute storage_class of the volume"),
    Kind("ConfigMap", "", "changes with its workload and does not fail; read for addresses"),
    Kind("Secret", "", "never read"),
    Kind("Job of a CronJob, pod of a job, ended Job or Pod", "", "short-lived"),
    Kind("Job or Pod that is a hook of Helm", "", "runs once, at the installation"),
    Kind("Endpoints, EndpointSlice, Lease, Event", "", "volatile; selectors say the same"),
    Kind("ServiceAccount, Role, NetworkPolicy and the like", "", "permission, not dependency"),
    Kind("custom resources", "", "unknown meaning; what owns pods becomes a workload that is mentioned"),
)
