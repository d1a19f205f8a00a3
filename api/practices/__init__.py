"""What combines the CMDB and its analyses for the command line and the API alike, one practice a module."""
