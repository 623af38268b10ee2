"""The proof: whole terminals under simulated time against a hostile world, and a judge."""
