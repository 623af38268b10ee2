"""Where everything is kept: the engine of each database, and what its tables share."""
