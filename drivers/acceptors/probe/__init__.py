"""Finding out what hangs on a port, by harmless questions alone."""

from drivers.acceptors.probe.look import Finding, Outcome, look_at
from drivers.acceptors.probe.talk import Identified

__all__ = ["Finding", "Identified", "Outcome", "look_at"]
