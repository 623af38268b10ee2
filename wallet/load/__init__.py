"""A fleet that is not there: simulated terminals with real keys, for load and for tests.

It works on this machine alone, and never with the keys of real terminals.
"""
