"""The network between terminal and backend, with the faults that real lines have."""

from simulation.network.forwarder import Forwarder, LineMode

__all__ = ["Forwarder", "LineMode"]
