"""What is: the catalogue, the store with its history, reconciliation, people. Nothing else writes the graph."""
