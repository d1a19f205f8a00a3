"""Problems with what the graph knows: candidates, causes, whom to tell, and known errors to offer."""
