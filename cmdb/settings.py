"""Settings, read once at the entry point from `CMDB_…` environment variables."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that can be set, each from the variable `CMDB_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="CMDB_", frozen=True)

    home: Path = Field(
        default=Path.home() / ".linchpin",
        description="Folder of all state: server, data, password, logs.",
    )
    neo4j_uri: str | None = Field(
        default=None,
        description="Address of an existing Neo4j. Unset: Linchpin runs its own.",
    )
    neo4j_user: str = Field(default="neo4j", description="User on an existing Neo4j.")
    neo4j_password: SecretStr = Field(default=SecretStr(""), description="Password on an existing Neo4j.")
    neo4j_database: str = Field(default="neo4j", description="Name of the database.")
    neo4j_port: int = Field(
        default=7687, ge=0, le=65535, description="Bolt port of our own Neo4j; 0: any free one."
    )
    neo4j_heap: str | None = Field(
        default=None,
        description="Java heap of our own Neo4j, such as 2g. Unset: follows the memory.",
    )
    neo4j_page_cache: str | None = Field(
        default=None, description="Page cache of our own Neo4j. Unset: follows the memory."
    )
    neo4j_jars: Path | None = Field(
        default=None,
        description="Folder of our own Neo4j's jars, which homes may share. Unset: in `home`.",
    )
    catalogue: Path | None = Field(
        default=None,
        description="Folder with an organisation's own catalogue files.",
    )
    policies: Path | None = Field(
        default=None,
        description="Folder with an organisation's own policy files: life cycles, service levels, risk …",
    )
    smtp_host: str | None = Field(
        default=None, description="Server that notices are mailed by. Unset: they are shown to copy."
    )
    smtp_port: int = Field(default=25, ge=1, le=65535, description="Its port.")
    smtp_starttls: bool = Field(default=False, description="Whether to speak TLS with it.")
    smtp_user: str = Field(default="", description="User on it; empty: none is asked for.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Password on it.")
    smtp_from: str = Field(default="linchpin@localhost", description="Sender of notices.")
