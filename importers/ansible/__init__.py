"""Ansible: what facts say of machines, and inventories of their groups."""

from importers.ansible.observing import read_ansible
from importers.importer import Importer, Kind

__all__ = ["IMPORTER"]

IMPORTER = Importer(
    name="ansible",
    title="Ansible facts and inventory",
    read=read_ansible,
    kinds=(
        Kind("facts, virtualization_role guest", "virtual_machine", "of a container: server"),
        Kind("facts, virtualization_role host", "hypervisor", "of kvm only where libvirt has interfaces"),
        Kind("facts, virtualization_role NA", "physical_server"),
        Kind("facts without virtualization", "server"),
        Kind(
            "facts, ec2_…", "virtual_machine", "located_in availability_zone, mentioned in its cloud_region"
        ),
        Kind("facts, interfaces", "network_interface", "within the host"),
        Kind("facts, interface of type bonding, slaves", "composed_of → network_interface", "need 1"),
        Kind("facts, mounts of NFS and SMB", "stored_on → file_share", "soft unless the system stands on it"),
        Kind("facts, mounts of other file systems", "", "local disks fail with the machine"),
        Kind("facts, lvm and devices", "", "local disks fail with the machine"),
        Kind("facts, default gateway and dns", "", "an address tells neither which device nor which service"),
        Kind("facts, uptime, load, free memory", "", "change all the time"),
        Kind("inventory, host", "server", "mentioned, unless its facts are read too"),
        Kind("inventory, group", "tags", "of its hosts, and of those of its children"),
        Kind("inventory, variables", "", "ansible_host only; others are free of meaning, or secret"),
        Kind("group_vars, host_vars, roles", "", "say how machines are made, not what they are"),
    ),
)
