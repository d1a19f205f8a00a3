"""Changes that know the graph: assessed, decided on, foretold and confirmed."""
