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
    "ansible_fqdn": "web2.example.com",
    "ansible_virtualization_role": "guest",
    "ansible_virtualization_type": "kvm",
    "ansible_product_uuid": "NA",
    "ansible_default_ipv4": {
      "address": "192.0.2.12",
      "macaddress": "52:54:00:01:02:03"
    },
    "ansible_interfaces": [
      "eth0"
    ],
    "ansible_eth0": {
      "device": "eth0",
      "type": "ether",
      "speed": -1
    },
    "ansible_mounts": [
      {
        "mount": "/var",
        "device": "nas1.example.com:/var-web2",
        "fstype": "nfs"
      },
      {
        "mount": "/srv/media",
        "device": "nas1.example.com:/media",
        "fstype": "nfs4"
      },
      {
        "mount": "/mnt/win",
        "device": "//files/share",
        "fstype": "cifs"
      }
    ]
  },
  "changed": false
}
