"""Whether Linchpin works."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api.http.dependencies import TheStore
from cmdb.database import SCHEMA_VERSION
from cmdb.history import latest

router = APIRouter(prefix="/health", tags=["Health"])


class ServerHealth(BaseModel):
    """It works: this is what it stands on."""

    status: Literal["ok"] = "ok"
    neo4j: str = Field(description="Version of the server.", examples=["2026.08.1"])
    revision: int = Field(description="Number of the newest revision.")
    schema_version: int = Field(description="Version of the graph's schema.")


@router.get("", summary="Health")
def health(store: TheStore) -> ServerHealth:
    """Asks Neo4j; takes no token."""
    return ServerHealth(
        neo4j=store.database.verify(),
        revision=latest(store.database).seq,
        schema_version=SCHEMA_VERSION,
    )
