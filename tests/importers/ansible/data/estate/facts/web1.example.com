{
  "ansible_facts": {
    "ansible_distribution": "Debian",
    "ansible_distribution_version": "12.11",
    "ansible_uptime_seconds": 12345,
    "ansible_processor": [
      "0",
      "GenuineIntel",
      "Intel(R) Xeon(R) Gold 6230",
      "1",
      "GenuineIntel",
      "Intel(R) Xeon(R) Gold 6230"
    ],
    "ansible_processor_vcpus": 2,
    "ansible_memtotal_mb": 3915,
    "ansible_memfree_mb": 411,
    "ansible_lo": {
      "device": "lo",
      "type": "loopback"
    },
    "ansible_fqdn": "Web1.Example.com",
    "ansible_hostname": "web1",
    "ansible_virtualization_role": "guest",
    "ansible_virtualization_type": "VMware",
    "ansible_product_uuid": "423A1B2C-0001-4D5E-8F90-ABCDEF012345",
    "ansible_product_serial": "VMware-42 3a",
    "ansible_system_vendor": "VMware, Inc.",
    "ansible_default_ipv4": {
      "address": "192.0.2.11",
      "gateway": "192.0.2.1",
      "interface": "ens192",
      "macaddress": "00:50:56:01:02:03"
    },
    "ansible_interfaces": [
      "lo",
      "ens192"
    ],
    "ansible_ens192": {
      "device": "ens192",
      "type": "ether",
      "macaddress": "00:50:56:01:02:03",
      "speed": 10000,
      "active": true,
      "ipv4": {
        "address": "192.0.2.11"
      }
    },
    "ansible_mounts": [
      {
        "mount": "/",
        "device": "/dev/sda1",
        "fstype": "ext4"
      },
      {
        "mount": "/srv/media",
        "device": "nas1.example.com:/media",
        "fstype": "nfs4"
      }
    ]
  },
  "changed": false
}
