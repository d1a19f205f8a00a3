"""The way to Neo4j: connection, transactions, numbers that are never given twice, and the schema."""

from cmdb.database.connection import Database, LostRace, Work
from cmdb.database.schema import SCHEMA_VERSION, prepare

__all__ = ["SCHEMA_VERSION", "Database", "LostRace", "Work", "prepare"]
