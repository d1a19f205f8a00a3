"""`python -m api.http`: print the OpenAPI document, as `docs/reference/openapi.json` keeps it."""

import json
import sys

from api.http.app import create_app
from cmdb.catalogue import load_catalogue
from cmdb.database import Database
from cmdb.store import Store
from impact import ImpactEngine


def document() -> str:
    """The document as text. Nothing is connected to: a driver looks for its server when it is first used."""
    with Database("bolt://127.0.0.1", "", "") as nowhere:
        catalogue = load_catalogue()
        app = create_app(Store(nowhere, catalogue), ImpactEngine(nowhere, catalogue))
        return json.dumps(app.openapi(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
