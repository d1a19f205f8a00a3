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
    "ansible_fqdn": "hv1.example.com",
    "ansible_virtualization_role": "host",
    "ansible_virtualization_type": "kvm",
    "ansible_bios_version": "2.10.0",
    "ansible_product_uuid": "4C4C4544-0042-3510-8051-B4C04F4D3132",
    "ansible_product_serial": "B5QM12",
    "ansible_product_name": "PowerEdge R640",
    "ansible_system_vendor": "Dell Inc.",
    "ansible_chassis_asset_tag": "NA",
    "ansible_default_ipv4": {
      "address": "192.0.2.21",
      "macaddress": "24:6e:96:00:00:01"
    },
    "ansible_interfaces": [
      "lo",
      "eno1",
      "eno2",
      "bond0",
      "br-lan",
      "virbr0",
      "vnet0",
      "veth12ab"
    ],
    "ansible_eno1": {
      "device": "eno1",
      "type": "ether",
      "speed": 25000,
      "macaddress": "24:6e:96:00:00:01"
    },
    "ansible_eno2": {
      "device": "eno2",
      "type": "ether",
      "speed": 25000,
      "macaddress": "24:6e:96:00:00:02"
    },
    "ansible_bond0": {
      "device": "bond0",
      "type": "bonding",
      "mode": "802.3ad",
      "slaves": [
        "eno1",
        "eno2"
      ],
      "miimon": "100"
    },
    "ansible_br_lan": {
      "device": "br-lan",
      "type": "bridge",
      "interfaces": [
        "bond0",
        "vnet0"
      ],
      "ipv4": {
        "address": "192.0.2.21"
      }
    },
    "ansible_virbr0": {
      "device": "virbr0",
      "type": "bridge"
    },
    "ansible_vnet0": {
      "device": "vnet0",
      "type": "ether"
    },
    "ansible_mounts": [],
    "ansible_lvm": {
      "vgs": {
        "vg0": {
          "size_g": "900"
        }
      }
    }
  },
  "changed": false
}
