"""The terminal as one single-threaded actor, and what it shows and hears."""
