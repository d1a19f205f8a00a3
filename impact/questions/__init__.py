"""Questions about the graph, one a file: what is asked, what is computed and what is answered."""
