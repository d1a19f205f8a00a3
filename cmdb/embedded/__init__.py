"""The embedded Neo4j: fetched, started, stopped and described without anybody installing it."""

from cmdb.embedded.address import Address
from cmdb.embedded.progress import Progress
from cmdb.embedded.server import EmbeddedNeo4j
from cmdb.embedded.status import State, Status

__all__ = ["Address", "EmbeddedNeo4j", "Progress", "State", "Status"]
