"""The terminal's memory: the durable journal, what follows from it, and delivery to the backend."""
