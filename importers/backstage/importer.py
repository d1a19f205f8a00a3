"""The importer of Backstage catalogues."""

from collections.abc import Iterator, Mapping

from cmdb.reconciliation import Observation
from importers.backstage.describe import attributes_of
from importers.backstage.entities import Entity, read_entities
from importers.backstage.references import OWNERS, THINGS
from importers.backstage.relations import relate
from importers.backstage.teams import own, team_name, teams
from importers.importer import Importer, Kind, Origin, Row

LEFT_OUT = {"location", "template"}

KINDS = (
    Kind("Component", "application", "of type library or package a software_component, job a batch_job"),
    Kind("API", "api_endpoint", "its type, such as openapi or grpc, is the protocol"),
    Kind(
        "Resource",
        "infrastructure_service",
        "or what its type says: database, cache, bucket, queue, server …",
    ),
    Kind("System", "technical_service"),
    Kind("Domain", "business_service"),
    Kind("Group", "team", "with its e-mail address; its parent, children and members are left out"),
    Kind("User", "team", "only where it owns something"),
    Kind("Location", "", "says where other files are; import the folder that holds them"),
    Kind("Template", "", "makes new components, and is none"),
    Kind("dependsOn, dependencyOf", "depends_on"),
    Kind("consumesApis", "calls", "from the component to the API"),
    Kind(
        "providesApis",
        "provided_by",
        "from the API to the component; of several, one is assumed to be enough",
    ),
    Kind("subcomponentOf, system, domain, subdomainOf", "composed_of", "from the whole to the part, soft"),
    Kind("owner", "owner", "the name of the Group or User"),
)


def read(origin: Origin) -> Iterator[Row]:
    """Read the entities of a file or of a folder of them."""
    entities: dict[str, Entity] = {}
    for found in read_entities(origin.path):
        if not isinstance(found, Entity):
            yield found
        elif reason := _fault(found, entities):
            yield found.rejection({"spec": found.spec}, reason)
        else:
            entities.setdefault(found.reference.entity, found)
    yield from _rows(entities)


def _rows(entities: Mapping[str, Entity]) -> Iterator[Row]:
    things = [entity for entity in entities.values() if entity.reference.kind in THINGS]
    owners, unknown = own(things, entities)
    relations, unfit = relate(things, entities)
    yield from unknown + unfit
    yield from teams(entities.values(), owners.values())
    for thing in things:
        key = thing.reference.entity
        owner = team_name(owners[key]) if key in owners else ""
        yield Observation(key, attributes_of(thing, owner), tuple(relations.get(key, ())), line=thing.line)


def _fault(entity: Entity, known: Mapping[str, Entity]) -> str:
    """Why an entity is not taken in, if so."""
    kind = entity.reference.kind
    if kind not in THINGS | OWNERS | LEFT_OUT:
        return f"kind {kind!r} is not known"
    same = known.get(entity.reference.entity)
    if same and (same.metadata, same.spec) != (entity.metadata, entity.spec):
        return f"{same.table}, line {same.line} has another entity of that name; rename one"
    return ""


IMPORTER = Importer("backstage", "Backstage catalogue", read, KINDS)
