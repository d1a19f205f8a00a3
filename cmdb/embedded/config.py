"""What Neo4j and its JVM are told."""

from collections.abc import Sequence
from os import pathsep
from pathlib import Path

HOST = "127.0.0.1"

SETTINGS = {
    "server.default_listen_address": HOST,
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "dbms.usage_report.enabled": "false",
    "server.fleet_discovery.enabled": "false",
    "dbms.fleet_manager.enabled": "false",
    # The default writes every query with all its parameters.
    "db.logs.query.enabled": "OFF",
    "db.tx_log.rotation.size": "64M",
    "db.tx_log.rotation.retention_policy": "2 days 256M",
    # Neo4j waits twice five seconds after its databases are closed, for connections that are gone.
    "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
}

FLAGS = (
    "-XX:+UseG1GC",
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+DisableExplicitGC",
    "-Xlog:aot*=error",
    "-Dfile.encoding=UTF-8",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dlog4j2.disable.jmx=true",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
)
"""Flags of Neo4j's packaged configuration that apply here, and nothing that slows a warm server."""


def neo4j_conf(port: int, page_cache: str) -> str:
    """Text of `neo4j.conf`."""
    settings = SETTINGS | {
        "server.bolt.listen_address": f"{HOST}:{port}",
        "server.bolt.advertised_address": f"{HOST}:{port}",
        "server.memory.pagecache.size": page_cache,
    }
    return "".join(f"{key}={value}\n" for key, value in settings.items())


def java_arguments(class_path: Sequence[Path]) -> str:
    """Text of a Java argument file: 237 jars are more than some systems allow on a command line."""
    jars = pathsep.join(path.as_posix() for path in class_path)
    return "".join(f'"{argument}"\n' for argument in ("-cp", jars, *FLAGS))
