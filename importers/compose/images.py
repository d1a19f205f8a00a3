"""What the name of an image tells of the software in it."""

import re

CLASSES = {
    "database": "postgres postgis postgresql mysql mariadb mongo mongodb cassandra couchdb influxdb neo4j "
    "elasticsearch opensearch clickhouse cockroach timescaledb",
    "cache": "redis valkey memcached dragonfly varnish",
    "message_queue": "rabbitmq kafka cp-kafka redpanda nats activemq artemis eclipse-mosquitto pulsar",
    "web_server": "nginx httpd caddy traefik haproxy envoy",
}
"""Names of images, by the class of what they run."""

_CLASS_OF = {name: class_ for class_, names in CLASSES.items() for name in names.split()}


def class_of(image: str) -> str:
    """The class of a service that runs this image; an application service unless the image is well known."""
    return _CLASS_OF.get(product_of(image), "application_service")


def version_of(image: str) -> str:
    """The tag, unless it is one that moves."""
    tag = re.search(r":([\w][\w.-]*)(?:@|$)", image)
    return tag[1] if tag and tag[1] != "latest" else ""


def product_of(image: str) -> str:
    """The last part of its name, as `postgres`."""
    return re.split(r"[:@]", image.rpartition("/")[2])[0]
