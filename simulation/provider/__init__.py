"""A provider to pay to: strict about what it is asked, with a memory, and with faults at will."""
