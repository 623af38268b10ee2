"""A fleet that is not there: simulated terminals with real keys, for load and for tests."""
