"""What each type of ServiceNow relation means: which of our types, and which end is the dependent.

A relation reads `parent, first descriptor, child`: [Tomcat] [Runs on] [Linux server] of the type
`Runs on::Runs`. Source: "CI relationships in the CMDB" and the tables of relations in the Discovery
and Service Graph Connector chapters of the ServiceNow documentation, release Australia. Those tables use
a few types both ways round (`Cluster of::Cluster`, `Members::Member of`), so that there the classes of
the ends decide.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from importers.importer import Kind

End = Literal["parent", "child"]
PARENT: End = "parent"
CHILD: End = "child"


class Way(NamedTuple):
    """Our type and the end that depends, where the ends are of these classes or domains."""

    type: str
    dependent: End
    parent: str = "any"
    child: str = "any"
    group: str = ""
    strength: Literal["", "soft", "guard"] = ""


MEMBERS = "members"
"""The group of what a cluster or pool consists of."""

CLUSTER_OF = (
    Way("composed_of", PARENT, parent="cluster", group=MEMBERS),
    Way("composed_of", CHILD, child="cluster", group=MEMBERS),
)
POOL = Way("composed_of", PARENT, parent="load_balancer_pool", child="compute", group=MEMBERS)
PLACES = tuple(
    Way("located_in", CHILD, parent=place)
    for place in ("site", "room", "rack", "availability_zone", "cloud_region")
)
HOSTED_IN = tuple(
    Way("located_in", PARENT, child=place)
    for place in ("site", "room", "rack", "availability_zone", "cloud_region")
)

WAYS: Mapping[str, tuple[Way, ...]] = {
    "Allocated to::Allocated from": (
        Way("stored_on", CHILD, parent="storage"),
        Way("depends_on", CHILD),
    ),
    "Attached to::Attaches": (Way("linked_to", PARENT),),
    "Authenticates::Authenticated by": (Way("uses", CHILD),),
    "Backed up by::Backs up": (Way("backed_up_to", PARENT),),
    "Cluster of::Cluster": (*CLUSTER_OF, Way("linked_to", PARENT)),
    "Connected by::Connects": (Way("connects_to", PARENT),),
    "Connects to::Connected by": (
        Way("linked_to", PARENT, parent="network_device", child="network_device"),
        Way("calls", PARENT, parent="business", child="software"),
        Way("calls", PARENT, parent="business", child="business"),
        Way("calls", PARENT, parent="software", child="software"),
        Way("calls", PARENT, parent="kubernetes_workload", child="kubernetes_service"),
        Way("connects_to", PARENT, child="network"),
        Way("connects_to", CHILD, parent="network"),
        Way("linked_to", PARENT),
    ),
    "Consumes::Consumed by": (Way("uses", PARENT),),
    "Contains::Contained by": (
        *PLACES,
        Way("belongs_to", CHILD, parent="cloud_account"),
        Way("belongs_to", CHILD, parent="kubernetes_namespace"),
        Way("belongs_to", CHILD, parent="kubernetes_cluster", child="kubernetes_namespace"),
        Way("composed_of", PARENT, parent="kubernetes_cluster", child="kubernetes_node", group=MEMBERS),
        Way("runs_on", CHILD, parent="kubernetes_cluster"),
        Way("composed_of", PARENT, parent="cluster", group=MEMBERS),
        Way("composed_of", PARENT, parent="kubernetes_pod"),
        POOL,
        Way("depends_on", PARENT, parent="virtual_server", child="load_balancer_pool"),
        Way("composed_of", PARENT, parent="business"),
        Way("runs_on", CHILD, parent="load_balancer", child="software"),
        Way("runs_on", CHILD, parent="software", child="software"),
        Way("runs_on", CHILD, parent="server", child="software"),
        Way("runs_on", CHILD, parent="server", child="virtual_machine"),
        Way("stored_on", CHILD, parent="storage", child="storage"),
        Way("connects_to", CHILD, parent="network", child="network_interface"),
        Way("connects_to", CHILD, parent="cloud_network"),
        Way("belongs_to", CHILD),
    ),
    "Controller for::Controlled by": (Way("uses", CHILD),),
    "Controls::Controlled by": (Way("uses", CHILD),),
    "Cools::Cooled by": (Way("cooled_by", CHILD),),
    "Defines resources for::Gets resources from": (Way("depends_on", CHILD),),
    "Depends on::Used by": (Way("depends_on", PARENT),),
    "Deployed on::Deploys": (Way("runs_on", PARENT),),
    "Distributes::Distributed by": (
        Way("composed_of", PARENT, parent="load_balancer_pool", group=MEMBERS),
        Way("depends_on", PARENT),
    ),
    "DR provided by::Provides DR for": (Way("replicates_to", PARENT),),
    "Exchanges data with::Exchanges data with": (Way("linked_to", PARENT),),
    "Exports to::Imports from": (Way("stored_on", CHILD),),
    "Feeds::Fed by": (
        Way("powered_by", CHILD, parent="power_feed"),
        Way("powered_by", CHILD, parent="power_unit"),
        Way("uses", CHILD),
    ),
    "Hosted on::Hosts": (
        Way("belongs_to", PARENT, child="cloud_account"),
        *HOSTED_IN,
        Way("belongs_to", PARENT, parent="kubernetes_namespace"),
        Way("composed_of", PARENT, parent="cluster", child="network_device", group=MEMBERS),
        Way("stored_on", PARENT, child="storage"),
        Way("runs_on", PARENT),
    ),
    "Impacts::Impacted by": (Way("depends_on", CHILD),),
    "In rack::Rack contains": (Way("located_in", PARENT),),
    "Installed on::Installs": (Way("runs_on", PARENT),),
    "Instantiates::Instantiated by": (Way("runs_on", PARENT),),
    "IP Connection::IP Connection": (Way("linked_to", PARENT),),
    "Load balanced by::Load balances": (Way("depends_on", PARENT),),
    "Located in::Houses": (Way("located_in", PARENT),),
    "Located in zone::Zone contains": (Way("located_in", PARENT),),
    "Managed by::Manages": (Way("belongs_to", PARENT),),
    "Members::Member of": (*CLUSTER_OF, POOL, Way("belongs_to", CHILD)),
    "Monitors::Monitored by": (Way("monitored_by", CHILD),),
    "Owns::Owned by": (POOL, Way("belongs_to", CHILD)),
    "Powers::Powered by": (Way("powered_by", CHILD),),
    "Protected by::Protects": (
        Way("backed_up_to", PARENT, child="backup"),
        Way("depends_on", PARENT, strength="guard"),
    ),
    "Provided by::Provides": (
        Way("stored_on", PARENT, parent="storage", child="storage"),
        Way("depends_on", PARENT),
    ),
    "Provides storage for::Stored on": (Way("stored_on", CHILD),),
    "Receives data from::Sends data to": (Way("uses", PARENT),),
    "Redundancy provided by::Provides redundancy for": (Way("replicates_to", PARENT),),
    "Registered on::Has registered": (Way("runs_on", PARENT),),
    "Replicates to::Replicated by": (Way("replicates_to", PARENT),),
    "Runs on::Runs": (Way("runs_on", PARENT),),
    "Secures::Secured by": (
        Way("secured_by", CHILD, parent="certificate"),
        Way("depends_on", CHILD, strength="guard"),
    ),
    "Serves::Served by": (Way("depends_on", CHILD),),
    "Subscribes to::Subscribed by": (Way("uses", PARENT),),
    "Uses::Used by": (
        Way("depends_on", PARENT, parent="virtual_server", child="load_balancer_pool"),
        Way("stored_on", PARENT, parent="virtual_machine", child="storage"),
        Way("uses", PARENT),
    ),
    "Virtualized by::Virtualizes": (Way("runs_on", PARENT),),
}
"""By the name of the type; the first way that fits the ends counts. The same holds the other way round."""

LEFT_OUT: Mapping[str, str] = {
    "Applicative Flow To::Applicative Flow From": "for internal use of Service Mapping",
    "Deployed as::Deployment of": "tells of design, not of what runs",
    "Detects::Detected by": "tells which scanner found it, not what it needs",
    "Extends::Extended by": "tells of models, not of what runs",
    "From template::Template for": "a template may go once it was used",
    "Implement End Point To::Implement End Point From": "for internal use of Service Mapping",
    "Implements::Implemented by": "tells of design, not of what runs",
    "Operationalizes::Operationalized by": "tells of planning, not of what runs",
    "Provisioned from::Provisioned": "a template may go once it was used",
    "Realizes::Realized by": "tells of planning, not of what runs",
    "Reference::Referenced by": "says nothing of failure",
    "Terminated::Terminated by": "tells of the past",
    "Upgrades::Upgraded by": "tells of the past",
    "Use End Point To::Use End Point From": "for internal use of Service Mapping",
}
"""Types that say nothing about failure, and why."""


def _folded(name: str) -> tuple[str, str]:
    first, _, second = name.lower().replace("virtualis", "virtualiz").partition("::")
    return " ".join(first.split()), " ".join(second.split())


_BY_NAME = {_folded(name): ways for name, ways in WAYS.items()} | {_folded(name): () for name in LEFT_OUT}
_BY_FIRST = {name[0]: name for name in reversed(_BY_NAME)}
_BY_SECOND = {name[1]: name for name in reversed(_BY_NAME)}


def ways_of(name: str) -> tuple[tuple[Way, ...], bool] | None:
    """The ways of a type, and whether its parent is what they call the child; None where it is unknown.

    A type whose own name is not known has the meaning of its first descriptor: `Runs on::Carries`.
    """
    first, second = _folded(name)
    if (first, second) in _BY_NAME:
        return _BY_NAME[first, second], False
    if (second, first) in _BY_NAME:
        return _BY_NAME[second, first], True
    if known := _BY_FIRST.get(first):
        return _BY_NAME[known], False
    if known := _BY_SECOND.get(first):
        return _BY_NAME[known], True
    return None


def _told(way: Way) -> str:
    other = CHILD if way.dependent == PARENT else PARENT
    return f"{way.type} ({way.dependent} → {other})"


KINDS = (
    *(Kind(name, ", ".join(dict.fromkeys(map(_told, ways)))) for name, ways in WAYS.items()),
    *(Kind(name, "", reason) for name, reason in LEFT_OUT.items()),
)
