"""Scenario files that come with the program; see `docs/scenarios.md`."""
