"""What an entity is, in the words of the catalogue of classes."""

from typing import Any

from importers.backstage.entities import Entity

CLASSES = {
    "component": "application",
    "api": "api_endpoint",
    "resource": "infrastructure_service",
    "system": "technical_service",
    "domain": "business_service",
}
"""By kind, unless the type tells better."""

TYPES = {
    ("component", "library"): "software_component",
    ("component", "package"): "software_component",
    ("component", "batch"): "batch_job",
    ("component", "cronjob"): "batch_job",
    ("component", "job"): "batch_job",
    ("resource", "bucket"): "object_bucket",
    ("resource", "s3-bucket"): "object_bucket",
    ("resource", "cache"): "cache",
    ("resource", "redis"): "cache",
    ("resource", "database"): "database",
    ("resource", "kubernetes-cluster"): "kubernetes_cluster",
    ("resource", "load-balancer"): "load_balancer",
    ("resource", "queue"): "message_queue",
    ("resource", "message-queue"): "message_queue",
    ("resource", "topic"): "message_queue",
    ("resource", "server"): "server",
    ("resource", "virtual-machine"): "virtual_machine",
    ("resource", "vm"): "virtual_machine",
}
"""Types are free text in Backstage; these are the ones that mean one thing."""

PORTFOLIO = {"application", "infrastructure_service", "technical_service", "business_service"}
"""Classes whose key in a portfolio is the reference of their entity."""

MOST_CHARACTERS = 2_000

REPOSITORY = ("backstage.io/source-location", "backstage.io/view-url")
DOCUMENTATION = "backstage.io/techdocs-ref"


def class_of(entity: Entity) -> str:
    """The class of an entity that becomes a CI."""
    kind = entity.reference.kind
    type_ = text(entity.spec.get("type")).lower().replace("_", "-").replace(" ", "-")
    return TYPES.get((kind, type_), CLASSES[kind])


def attributes_of(entity: Entity, owner: str) -> dict[str, Any]:
    """The attributes of an entity that becomes a CI, without blank ones."""
    found = {
        "class": class_of(entity),
        "name": entity.reference.name,
        "title": text(entity.metadata.get("title")),
        "description": text(entity.metadata.get("description")),
        "tags": _texts(entity.metadata.get("tags")),
        "owner": owner,
        "lifecycle": text(entity.spec.get("lifecycle")),
        "documentation": _url(entity, DOCUMENTATION),
        **_of_class(entity),
    }
    return {name: value for name, value in found.items() if value}


def _of_class(entity: Entity) -> dict[str, Any]:
    kind, type_ = entity.reference.kind, text(entity.spec.get("type"))
    found: dict[str, Any] = {"protocol" if kind == "api" else f"{kind}_type": type_}
    if class_of(entity) in PORTFOLIO:
        found["portfolio_key"] = entity.reference.entity
    if kind in ("component", "api", "system", "domain"):
        found["namespace"] = entity.reference.namespace
    if kind == "component":
        found["repository"] = next(filter(None, (_url(entity, name) for name in REPOSITORY)), "")
    return found


def _url(entity: Entity, annotation: str) -> str:
    """What an annotation such as `url:https://git.example.com/cart` locates."""
    annotations = entity.metadata.get("annotations")
    value = text(annotations.get(annotation)) if isinstance(annotations, dict) else ""
    url = value.removeprefix("url:")
    return url if url.startswith(("https://", "http://")) and " " not in url else ""


def text(value: Any) -> str:
    """What somebody wrote, on one line, without what nobody can see."""
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return "".join(filter(str.isprintable, words))[:MOST_CHARACTERS]


def _texts(value: Any) -> list[str]:
    return [said for one in value if (said := text(one))] if isinstance(value, list) else []
