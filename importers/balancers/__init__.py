"""Load balancers: F5 BIG-IP and HAProxy, from their configuration."""

from importers.balancers.devices import DEVICE
from importers.balancers.f5 import read_f5
from importers.balancers.haproxy import read_haproxy
from importers.importer import Importer, Kind

__all__ = ["F5", "HAPROXY"]

F5 = Importer(
    name="f5",
    title="F5 BIG-IP configuration (bigip.conf)",
    read=read_f5,
    options=(DEVICE,),
    kinds=(
        Kind("ltm virtual", "virtual_server"),
        Kind("ltm virtual, pool", "depends_on → load_balancer_pool"),
        Kind("ltm virtual, rules and policies", "uses → load_balancer_pool", "pools that their text names"),
        Kind("ltm pool", "load_balancer_pool"),
        Kind("ltm pool, members", "provided_by → server", "one group of need 1, whatever their priority"),
        Kind(
            "ltm pool, members that are disabled", "provided_by → server", "strength none: they do not count"
        ),
        Kind("ltm node", "server", "mentioned; one whose name fills in its members is a dns_record"),
        Kind("ltm virtual-address", "", "its address is that of the virtual servers"),
        Kind("ltm monitor", "", "named on the pool; what it checks says nothing about dependencies"),
        Kind("ltm pool, min-active-members", "", "says when the next priority joins in, not what is needed"),
        Kind("ltm rule", "", "only the pools that it names"),
        Kind("ltm policy", "", "only the pools that it names"),
        Kind("ltm persistence, profile, snatpool", "", "how traffic is handled, not what it depends on"),
        Kind("sys file ssl-cert", "", "the certificate itself is not in the configuration"),
        Kind("cm device", "load_balancer", "of the failover group, else the device itself"),
        Kind("cm device-group, sync-failover", "runs_on → load_balancer", "one group of need 1"),
    ),
)

HAPROXY = Importer(
    name="haproxy",
    title="HAProxy configuration (haproxy.cfg)",
    read=read_haproxy,
    options=(DEVICE,),
    kinds=(
        Kind("frontend, listen with bind", "virtual_server"),
        Kind("backend, listen with servers", "load_balancer_pool"),
        Kind("default_backend, use_backend without condition", "depends_on → load_balancer_pool"),
        Kind("use_backend with a condition", "uses → load_balancer_pool"),
        Kind("use_backend of a pattern", "", "rejected: which backend it means is known only at run time"),
        Kind("server", "server", "mentioned; provided_by, one group of need 1, backups included"),
        Kind("server, disabled or of weight 0", "server", "provided_by of strength none: it does not count"),
        Kind("server on a socket or loopback", "provided_by → server", "the balancer itself"),
        Kind("server-template", "dns_record", "a name that stands for as many servers as it resolves to"),
        Kind("global, node", "server", "the balancer, unless the option device names it"),
        Kind("bind, crt", "", "names a file; the certificate itself is not in the configuration"),
        Kind("use-server, stick-table, cookie", "", "choose among servers that a pool has anyway"),
        Kind("peers, resolvers, mailers, log", "", "HAProxy serves without them"),
    ),
)
