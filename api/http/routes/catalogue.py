"""The catalogue: classes and relationship types."""

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.http.answers import problems
from api.http.dependencies import TheStore
from cmdb.catalogue import Domain, Strength, json_schema
from cmdb.errors import NotFound
from cmdb.store import Store

router = APIRouter(prefix="/catalogue", tags=["Catalogue"])


class ClassSummary(BaseModel):
    """A class of CIs."""

    name: str = Field(examples=["virtual_machine"])
    title: str
    description: str
    domain: Domain
    parent: str | None = Field(description="The class it refines.")
    label: str = Field(description="Its label in the graph.", examples=["VirtualMachine"])
    is_service: bool = Field(description="Answers list services first.")


class RelationshipTypeSummary(BaseModel):
    """A type of relationship, read from the dependent to the provider."""

    name: str = Field(examples=["runs_on"])
    type: str = Field(description="Its type in the graph.", examples=["RUNS_ON"])
    inverse: str = Field(description="How it reads from the provider.", examples=["runs"])
    description: str
    strength: Strength = Field(description="What the dependent is without the provider.")
    usual_dependents: set[str]
    usual_providers: set[str]


@router.get("/classes", summary="List classes", response_model=list[ClassSummary])
def classes(store: TheStore) -> Any:
    """All classes of CIs."""
    return list(store.catalogue.classes.values())


@router.get("/classes/{name}", summary="Get a class", response_model=ClassSummary, responses=problems(404))
def get_class(name: str, store: TheStore) -> Any:
    """One class of CIs."""
    return store.catalogue.classes[_known(store, name)]


@router.get("/classes/{name}/schema", summary="JSON Schema of a class", responses=problems(404))
def schema(name: str, store: TheStore) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the attributes of its CIs."""
    return json_schema(store.catalogue, _known(store, name))


@router.get("/relationships", summary="List relationship types", response_model=list[RelationshipTypeSummary])
def relationship_types(store: TheStore) -> Any:
    """All types of relationships."""
    return list(store.catalogue.relationships.values())


def _known(store: Store, name: str) -> str:
    if name in store.catalogue.classes:
        return name
    raise NotFound(f"No class is called {name!r}; GET /api/v1/catalogue/classes lists all.")
