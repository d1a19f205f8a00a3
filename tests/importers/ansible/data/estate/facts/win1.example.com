{
  "ansible_facts": {
    "ansible_fqdn": "win1.example.com",
    "ansible_distribution": "Microsoft Windows Server 2022 Standard",
    "ansible_distribution_version": "10.0.20348.0",
    "ansible_interfaces": [
      {
        "connection_name": "Ethernet",
        "interface_name": "Intel(R) 82574L",
        "macaddress": "00:15:5D:00:00:01",
        "ipv4": {
          "address": "192.0.2.31"
        }
      }
    ]
  },
  "changed": false
}
