"""Finds out what a location is, and opens it."""

from cmdb.errors import InvalidInput
from importers.documents import find_files, read_json
from importers.importer import Origin
from importers.netbox.fixture import is_fixture, read_fixture
from importers.netbox.inventory import Inventory
from importers.netbox.live import read_live
from importers.netbox.pages import read_pages


def open_inventory(origin: Origin) -> Inventory:
    """The inventory at an address, or in a file or folder. Raises InvalidInput where it is none."""
    if origin.is_address:
        return read_live(origin)
    documents = [read_json(file) for file in find_files(origin.path, ".json")]
    fixtures = [document for document in documents if is_fixture(document)]
    if fixtures and len(fixtures) < len(documents):
        raise InvalidInput(f"{origin.path} mixes fixtures and pages of the API; import them one by one.")
    place = origin.path.name
    return read_fixture(fixtures, place) if fixtures else read_pages(documents, place)
