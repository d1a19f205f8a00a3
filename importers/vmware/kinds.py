"""What becomes of each type of vSphere, live and in RVTools."""

from importers.importer import Kind

LEFT_OUT = (
    Kind("templates, placeholders of Site Recovery Manager", "", "no machines that run"),
    Kind("snapshots, CD drives, USB devices, VMware Tools", "", "states of a machine, not things"),
    Kind("resource pools, folders, vApps", "", "ways to divide and to show, which do not fail"),
    Kind("virtual switches, physical network adapters", "", "parts of a host; NetBox knows their cables"),
    Kind("licences, health messages, performance", "", "not what things are and stand on"),
)

VSPHERE_KINDS = (
    Kind("Datacenter", "datacenter (attribute)", "a folder by its nature, and rarely a place"),
    Kind("ClusterComputeResource", "hypervisor_cluster", "composed_of its hosts"),
    Kind("ComputeResource", "", "of a single host; the host stands for it"),
    Kind("HostSystem", "hypervisor"),
    Kind("HostSystem's paths", "storage_path", "over Fibre Channel and iSCSI; the host uses them"),
    Kind("Datastore", "datastore", "of a local disk: depends_on its host; of vSAN: provided_by its hosts"),
    Kind("Datastore on NFS", "file_share (mentioned)", "stored_on"),
    Kind("Datastore mounted by a host", "linked_to", "from the host to the datastore"),
    Kind("Network, DistributedVirtualPortgroup", "network", "port groups for uplinks left out"),
    Kind("VirtualMachine", "virtual_machine", "stored_on, connects_to, and runs_on its host or its cluster"),
    *LEFT_OUT,
)

RVTOOLS_KINDS = (
    Kind("vInfo", "virtual_machine", "runs_on its host, or with high availability its cluster"),
    Kind("vHost", "hypervisor"),
    Kind("vCluster", "hypervisor_cluster", "composed_of the hosts that name it"),
    Kind("vDatastore", "datastore", "linked_to by the hosts that mount it"),
    Kind("vDisk", "stored_on", "and the datastore of the machine's configuration file"),
    Kind("vNetwork", "connects_to", "and a network for each name in a data centre"),
    Kind("vPort, dvPort", "vlan (attribute)", "of the network"),
    Kind("vMultiPath", "storage_path", "of disks with more than one; and the disks below datastores"),
    Kind("vCPU, vMemory, vPartition, vHBA, vNIC, vSC_VMK, vSource", "", "said by vInfo and vHost, or parts"),
    *LEFT_OUT,
)
