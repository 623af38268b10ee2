"""An automatic finger: touches the real window with real touch events and reads what it shows.

For the demo's scenarios and for tests; a terminal in the street never starts it.
"""

from ui.finger.finger import Finger, FingerError
from ui.finger.server import FingerServer

__all__ = ["Finger", "FingerError", "FingerServer"]
