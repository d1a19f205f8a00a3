"""What a node's provider id tells of its machine.

Source: the cloud provider of each; the form is `provider://` and then as the provider likes,
https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/node-v1/
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Machine:
    """The class of a machine, the public cloud it is in, and what identifies it."""

    class_: str = "server"
    cloud: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


def machine_of(provider_id: str) -> Machine:
    """What a provider id such as `aws:///eu-west-1a/i-0abc` tells; of others, a server of unknown kind."""
    for pattern, tell in _TELLERS:
        if match := pattern.fullmatch(provider_id):
            return tell(match)
    return Machine()


def _cloud(name: str, cloud_id: str) -> Machine:
    return Machine("virtual_machine", name, {"provider": name, "cloud_id": cloud_id})


_TELLERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Machine]], ...] = (
    (re.compile(r"aws://.*/(i-[0-9a-f]+)"), lambda m: _cloud("aws", m[1])),
    (re.compile(r"azure://(/subscriptions/.+)"), lambda m: _cloud("azure", m[1].lower())),
    (
        re.compile(r"gce://([^/]+)/([^/]+)/([^/]+)"),
        lambda m: _cloud("gcp", f"projects/{m[1]}/zones/{m[2]}/instances/{m[3]}"),
    ),
    # On some hardware versions the firmware reports this UUID with its bytes in another order.
    (
        re.compile(r"vsphere://([0-9A-Fa-f-]{36})"),
        lambda m: Machine("virtual_machine", attributes={"bios_uuid": m[1].lower()}),
    ),
    (re.compile(r"openstack://[^/]*/([0-9a-f-]{36})"), lambda m: _private("openstack", m[1])),
    (re.compile(r"(digitalocean|hcloud|linode|exoscale|vultr)://([\w-]+)"), lambda m: _private(m[1], m[2])),
)


def _private(name: str, cloud_id: str) -> Machine:
    """A virtual machine of a cloud whose zones other sources do not describe."""
    return Machine("virtual_machine", attributes={"provider": name, "cloud_id": cloud_id})
