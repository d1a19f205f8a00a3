"""The graph as of a revision, read from Neo4j."""

from collections.abc import Mapping

from cmdb.database import Database
from cmdb.history import Revision
from impact.projection.present import read_all
from impact.projection.projection import Projection
from impact.projection.rewind import cis_at, read_settled_past, relationships_at


def load(database: Database, strengths: Mapping[str, str], revision: Revision) -> Projection:
    """Build the projection of the graph as it was after a revision; `strengths` as in `Projection`.

    What is there now is read first and what has changed since the revision afterwards: so the
    result is exact whatever is written meanwhile.
    """
    present = read_all(database)
    past = database.write(lambda tx: read_settled_past(tx, revision))
    return Projection.of(
        cis_at(present, past), relationships_at(present, past), strengths, revision, past.purged
    )
