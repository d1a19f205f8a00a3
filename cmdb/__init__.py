"""What is: catalogue, store, history, reconciliation, people. Nothing else writes the graph."""
