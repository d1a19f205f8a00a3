"""Relationships of a CI: list, add, remove."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from api.http.answers import WITH_BODY, problems
from api.http.dependencies import TheStore, Writer
from api.http.idempotency import Made, Once
from api.http.models import NewRelationship, Page, Relationship
from api.http.moments import AsOf
from api.http.paging import Cursor, Limit, part
from api.http.versions import Expected, revision_header, version_headers
from cmdb.database import Database
from cmdb.history import moment
from cmdb.store import (
    Link,
    find_ci,
    get_ci,
    get_ci_at,
    relate,
    relationships,
    relationships_of_ci_at,
    unrelate,
)
from cmdb.store import Relationship as Found

router = APIRouter(prefix="/cis/{ci}/relationships", tags=["Relationships"])


@router.get("", summary="List relationships", response_model=Page[Relationship], responses=problems(400, 404))
def list_(
    ci: str,
    store: TheStore,
    direction: Annotated[
        Literal["provider", "dependent"] | None,
        Query(description="Only providers, on which it depends, or only its dependents."),
    ] = None,
    as_of: AsOf = None,
    limit: Limit = 1000,
    cursor: Cursor = None,
) -> dict[str, Any]:
    """Its providers, then its dependents, each in order of type, group, name and id."""
    found = _found(store.database, ci, as_of)
    wanted = [one for one in found if direction in (None, one.direction)]
    items, following = part(wanted, cursor, limit)
    return {"items": items, "next": following}


@router.post(
    "",
    summary="Add a relationship",
    status_code=201,
    response_model=Relationship,
    responses=problems(404, 409, 412, *WITH_BODY),
)
def add(
    ci: str,
    body: NewRelationship,
    store: TheStore,
    author: Writer,
    expected: Expected,
    once: Once,
) -> Response:
    """State what the CI depends on. One that is there takes on the terms, and so does its group."""

    def carry_out() -> Made:
        provider = find_ci(store.database, body.provider)
        link = body.link(ci, provider, expected)
        revision = relate(store, author, [link])
        type_ = store.catalogue.relationship(body.type).type
        headers = version_headers(get_ci(store.database, ci), revision)
        return Made(_one(store.database, link, type_), headers=headers)

    return once(body, carry_out)


@router.delete(
    "/{type}/{provider}",
    summary="Remove a relationship",
    status_code=204,
    responses=problems(400, 404, 412),
)
def remove(
    ci: str,
    type_: Annotated[str, Path(alias="type", description="Such as `runs_on`.")],
    provider: str,
    store: TheStore,
    author: Writer,
    expected: Expected,
    response: Response,
    group: Annotated[str, Query(description="The group it stands in; empty: none.")] = "",
) -> None:
    """Take it back. One that a source asserts is denied for good, whatever the source says."""
    revision = unrelate(store, author, [Link(ci, type_, provider, group, revision=expected)])
    response.headers.update(revision_header(revision))


def _found(database: Database, id_: str, as_of: str | None) -> list[Found]:
    if as_of is None:
        get_ci(database, id_)
        return relationships(database, id_)
    seq = moment(database, as_of).seq
    get_ci_at(database, id_, seq)
    return relationships_of_ci_at(database, id_, seq)


def _one(database: Database, link: Link, type_: str) -> Relationship:
    wanted = ("provider", type_, link.provider, link.group)
    return next(
        Relationship.model_validate(one, from_attributes=True)
        for one in relationships(database, link.dependent)
        if (one.direction, one.type, one.other["id"], one.properties.get("group", "")) == wanted
    )
