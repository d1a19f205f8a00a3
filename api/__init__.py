"""How people and programs reach it: HTTP API, command line, served UI."""
