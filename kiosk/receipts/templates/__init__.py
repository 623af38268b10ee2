"""Templates of slips: the markup, the sandbox they run in, and the bundles they come in."""
