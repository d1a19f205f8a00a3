"""Reads a live NetBox through pynetbox."""

import pynetbox
import requests

from cmdb.errors import InvalidInput
from cmdb.reconciliation import Gap
from importers.importer import Origin
from importers.netbox.inventory import Inventory
from importers.netbox.models import ENDPOINTS
from importers.netbox.pages import add_object

PAGE = 500
"""Objects asked for at a time."""
WORKERS = 4
"""Pages asked for at once."""
UNREADABLE = (pynetbox.RequestError, pynetbox.ContentError, requests.RequestException)


def read_live(origin: Origin) -> Inventory:
    """The inventory of a server. Raises InvalidInput where nothing of it can be read."""
    token = origin.secret("NETBOX_TOKEN")
    api = pynetbox.api(origin.location, token=token, threading=True, max_workers=WORKERS)
    try:
        api.version  # noqa: B018 asks the server whether it is a NetBox, and lets us in
    except UNREADABLE as error:
        raise InvalidInput(f"{origin.location} cannot be read as a NetBox: {error}") from error
    inventory = Inventory()
    for model, endpoint in ENDPOINTS.items():
        if gap := _read(api, inventory, model, endpoint):
            inventory.gaps.append(Gap(f"{endpoint}: {gap}"))
    if not any(map(inventory.count, ENDPOINTS)):
        reasons = "; ".join(gap.what for gap in inventory.gaps) or "it is empty"
        raise InvalidInput(f"Nothing can be read from {origin.location}: {reasons}.")
    return inventory


def _read(api: pynetbox.api, inventory: Inventory, model: str, endpoint: str) -> str:
    """Read one table; tell why it is not whole. A release that has no such table misses nothing."""
    app, _, name = endpoint.partition("/")
    request = getattr(getattr(api, app), name.replace("-", "_")).all(limit=PAGE).request
    try:
        for one in request.get():  # as the server sent them, without a call for each missing field
            add_object(inventory, model, one)
    except pynetbox.RequestError as error:
        return {403: "the token may not read it", 404: ""}.get(error.req.status_code, str(error))
    except UNREADABLE as error:
        return str(error)
    missing = request.count - inventory.count(model)
    return f"{missing} of {request.count} objects did not come" if missing > 0 else ""
