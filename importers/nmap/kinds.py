"""What nmap's names of devices and services mean to us."""

from importers.importer import Kind

CLASSES = {
    "general purpose": "server",
    "hypervisor": "server",
    "proxy server": "server",
    "terminal server": "server",
    "router": "router",
    "broadband router": "router",
    "switch": "switch",
    "hub": "network_device",
    "bridge": "network_device",
    "firewall": "firewall",
    "load balancer": "load_balancer",
    "WAP": "access_point",
    "printer": "printer",
    "print server": "printer",
    "storage-misc": "storage_array",
    "power-device": "power_unit",
    "phone": "mobile_device",
}
"""Types of an osclass; a host of any other, or of none that is sure enough, is a server of unknown kind."""

SERVICES = {
    **dict.fromkeys(("http", "https", "http-alt", "https-alt", "http-proxy"), "web_server"),
    **dict.fromkeys(("mysql", "postgresql", "ms-sql-s", "oracle", "oracle-tns", "ibm-db2"), "database"),
    **dict.fromkeys(("mongodb", "mongod", "cassandra", "couchdb", "firebird", "informix"), "database"),
    **dict.fromkeys(("redis", "memcached", "memcache"), "cache"),
    **dict.fromkeys(("amqp", "amqps", "kafka", "mqtt", "secure-mqtt", "activemq", "nats"), "message_queue"),
}
"""Services that are things of their own; others are listed with their host."""

KINDS = (
    Kind("host that is up", "server", "or the class that its osclass tells, if that is sure enough"),
    Kind("host that is down", "", "nobody was there"),
    Kind("host up by -Pn, without an open port", "", "nmap did not look whether anybody was there"),
    *(Kind(f"osclass {theirs}", ours) for theirs, ours in CLASSES.items()),
    *(Kind(f"service {theirs}", ours, "on a server; runs_on it") for theirs, ours in SERVICES.items()),
    Kind("other services, and those of devices", "open_ports", "an attribute of the host"),
    Kind("closed and filtered ports", "", "say nothing of what is there"),
    Kind("uptime, distance, traceroute, scripts", "", "change with every scan, or are prose"),
)
