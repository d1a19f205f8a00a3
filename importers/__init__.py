"""How the world is read: each module turns a file or an API into observations."""
