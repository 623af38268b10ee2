"""Scenarios: files that say what a customer, the power and the network do, and what must come out."""
