"""From files, or what a cluster answers, to objects of the kinds that are read."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap, Rejection
from importers.documents import find_files, read_json, read_yaml
from importers.kubernetes.inventory import Object
from importers.shape import LONGEST, inner, key, mapping, text

GROUPS = {
    "ConfigMap": {""},
    "CronJob": {"batch"},
    "DaemonSet": {"apps", "extensions"},
    "Deployment": {"apps", "extensions"},
    "HorizontalPodAutoscaler": {"autoscaling"},
    "Ingress": {"networking.k8s.io", "extensions"},
    "Job": {"batch"},
    "Namespace": {""},
    "Node": {""},
    "PersistentVolume": {""},
    "PersistentVolumeClaim": {""},
    "Pod": {""},
    "PodDisruptionBudget": {"policy"},
    "ReplicaSet": {"apps", "extensions"},
    "ReplicationController": {""},
    "Service": {""},
    "StatefulSet": {"apps"},
}
"""The kinds that are read and their API groups: a Service of Knative is another thing."""

WITHOUT_NAMESPACE = {"Namespace", "Node", "PersistentVolume"}


def read_documents(path: Path) -> Iterator[Any | Gap]:
    """The documents of a file or folder; of several files, one that cannot be read is a gap."""
    files = find_files(path, ".yaml", ".yml", ".json")
    for file in files:
        try:
            yield from _read_file(file)
        except InvalidInput as error:
            if len(files) == 1:
                raise
            yield Gap(error.detail)


def _read_file(file: Path) -> list[Any]:
    if file.name.lower().removesuffix(".gz").endswith(".json"):
        return [read_json(file)]
    return read_yaml(file)


def objects_in(documents: Iterable[Any], namespace: str) -> Iterator[Object | Rejection]:
    """The objects of documents; `namespace` is that of objects that name none.

    Of several with one name the last is taken, as applying them would; those that wanted something else
    are rejected.
    """
    taken: dict[tuple[str, str, str], Object] = {}
    for document in documents:
        for body in _unlisted(document, ""):
            found = _object(body, namespace)
            if isinstance(found, Rejection):
                yield found
            elif found:
                place = found.kind, found.namespace, found.name
                if (other := taken.get(place)) and other.body.get("spec") != body.get("spec"):
                    yield _rejection(
                        other.body, "stands in the source again with another spec, which is taken"
                    )
                taken[place] = found
    yield from taken.values()


def _unlisted(document: Any, kind: str) -> Iterator[dict[str, Any]]:
    """The objects in a list, or the one that is none; the API itself leaves the kind of its items out."""
    if isinstance(document, list):
        for one in document:
            yield from _unlisted(one, kind)
    elif isinstance(document, dict):
        of = text(document, "kind") or kind
        if of.endswith("List") and isinstance(items := document.get("items"), list):
            yield from _unlisted(items, of.removesuffix("List"))
        elif of:
            yield {**document, "kind": of}


def _object(body: dict[str, Any], namespace: str) -> Object | Rejection | None:
    kind, group = body["kind"], text(body, "apiVersion").rpartition("/")[0]
    if kind not in GROUPS or ("apiVersion" in body and group not in GROUPS[kind]):
        return None
    if "helm.sh/hook" in mapping(body, "metadata", "annotations") and kind in ("Job", "Pod"):
        return None
    name, own = key(body, "metadata", "name"), inner(body, "metadata", "namespace")
    place = "" if kind in WITHOUT_NAMESPACE else namespace if own in (None, "") else key(own)
    if not name or len(name) + len(place) > LONGEST or (not place and kind not in WITHOUT_NAMESPACE):
        return _rejection(body, "has no name, or a name or namespace that cannot be one")
    return Object(kind, place, name, body)


def _rejection(body: Mapping[str, Any], reason: str) -> Rejection:
    metadata = mapping(body, "metadata")
    row = {name: str(metadata.get(name, "")) for name in ("namespace", "name")}
    return Rejection(body["kind"], 0, row, reason)
