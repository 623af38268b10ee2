"""The terminal's memory: the durable journal, what is derived from it, and delivery to the backend."""
