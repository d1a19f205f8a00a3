"""What follows: failure propagation over a projection of the graph. Reads only."""
