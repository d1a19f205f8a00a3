{
  "changed": false,
  "msg": "Failed to connect to the host via ssh:\nNo route to host",
  "unreachable": true
}
