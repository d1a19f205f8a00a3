"""Letting time pass."""

from typing import Any

from fastapi import APIRouter

from api.http.dependencies import Sweeper, TheStore
from api.http.models.imports import Swept
from cmdb.runs import sweep

router = APIRouter(prefix="/sweep", tags=["Imports"])


@router.post("", summary="Sweep", response_model=Swept)
def sweep_(store: TheStore, author: Sweeper) -> Any:
    """Retire what has been missing for too long, and believe those less who said nothing for long."""
    return sweep(store.database, store.catalogue, author)
