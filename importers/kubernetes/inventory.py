"""All objects of a cluster, found by kind and name, and what they are called in observations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cmdb.reconciliation import Observation
from importers.shape import known, mapping, mappings, text

REFERRED = {
    "Namespace": "kubernetes_namespace",
    "Node": "kubernetes_node",
    "Service": "kubernetes_service",
    "PersistentVolumeClaim": "volume",
}
"""Kinds that other objects name, and their classes."""

ENVIRONMENTS = {
    "prod": "production",
    "production": "production",
    "live": "production",
    "stage": "staging",
    "staging": "staging",
    "test": "test",
    "testing": "test",
    "dev": "development",
    "development": "development",
    "qa": "quality_assurance",
    "training": "training",
    "dr": "disaster_recovery",
    "sandbox": "sandbox",
}


@dataclass(frozen=True, slots=True)
class Object:
    """A Kubernetes object; `namespace` is empty where its kind has none."""

    kind: str
    namespace: str
    name: str
    body: Mapping[str, Any]

    @property
    def labels(self) -> Mapping[str, Any]:
        """Its own labels."""
        return mapping(self.body, "metadata", "labels")

    @property
    def controller(self) -> tuple[str, str] | None:
        """Kind and name of what made it and looks after it."""
        owners = mappings(self.body, "metadata", "ownerReferences")
        for owner in sorted(owners, key=lambda owner: owner.get("controller") is not True):
            if text(owner, "kind") and text(owner, "name"):
                return text(owner, "kind"), text(owner, "name")
        return None

    def says(self, *names: str) -> str:
        """The first of these labels or annotations that it has."""
        for name in names:
            for place in ("labels", "annotations"):
                if found := text(self.body, "metadata", place, name):
                    return found
        return ""


class Inventory:
    """The objects of one reading."""

    def __init__(self, cluster: str, objects: Iterable[Object]) -> None:
        self.cluster = cluster
        self._objects: dict[str, dict[str, dict[str, Object]]] = defaultdict(lambda: defaultdict(dict))
        self._referred: dict[str, Observation] = {}
        for one in objects:
            self._objects[one.kind][one.namespace][one.name] = one

    def of(self, *kinds: str) -> list[Object]:
        """All objects of these kinds, by namespace and name."""
        return [
            one
            for kind in kinds
            for _, named in sorted(self._objects[kind].items())
            for _, one in sorted(named.items())
        ]

    def within(self, kind: str, namespace: str) -> list[Object]:
        """The objects of a kind in a namespace, by name."""
        return [one for _, one in sorted(self._objects[kind].get(namespace, {}).items())]

    def find(self, kind: str, namespace: str, name: str) -> Object | None:
        """The object of that kind and name."""
        return self._objects[kind].get(namespace, {}).get(name)

    def native_id(self, kind: str, namespace: str, name: str) -> str:
        """Such as `prod/payments/Deployment/api`, or `prod/Node/n1` outside namespaces."""
        return "/".join(part for part in (self.cluster, namespace, kind, name) if part)

    def id_of(self, one: Object) -> str:
        """The native id of an object."""
        return self.native_id(one.kind, one.namespace, one.name)

    def refer(self, kind: str, namespace: str, name: str) -> str:
        """The native id of something that an object names, which is mentioned unless it is seen itself."""
        native_id = self.native_id(kind, namespace, name)
        attributes = self.identity(REFERRED[kind], kind, namespace, name)
        self._referred.setdefault(native_id, Observation(native_id, attributes, (), mentioned=True))
        return native_id

    def mentions(self, seen: set[str]) -> list[Observation]:
        """What objects named and nothing described."""
        return [one for native_id, one in sorted(self._referred.items()) if native_id not in seen]

    def identity(self, class_: str, kind: str, namespace: str, name: str) -> dict[str, Any]:
        """The attributes by which sources agree on one thing."""
        attributes = {"class": class_, "name": name, "cluster": self.cluster, "kind": kind}
        return attributes | {"namespace": namespace} if namespace else attributes

    def describe(self, class_: str, one: Object, **more: Any) -> dict[str, Any]:
        """What is said of any object, and more; what is unknown is left out."""
        attributes = {
            "uid": text(one.body, "metadata", "uid"),
            "version": one.says("app.kubernetes.io/version", "version"),
            "owner": one.says("owner", "team"),
            "environment": self._environment(one),
        } | more
        return self.identity(class_, one.kind, one.namespace, one.name) | known(attributes)

    def _environment(self, one: Object) -> str:
        around = self.find("Namespace", "", one.namespace)
        for teller in (one, around) if around else (one,):
            told = teller.says("environment", "env", "app.kubernetes.io/environment").lower()
            if told in ENVIRONMENTS:
                return ENVIRONMENTS[told]
        return ""
