"""Short sounds for what a customer must not miss: made by a script of the house, played beside the
window by a process of the system, never in its way.
"""

from ui.sounds.listener import SoundListener
from ui.sounds.loudness import SILENT, Loudness
from ui.sounds.sound import Sound

__all__ = ["SILENT", "Loudness", "Sound", "SoundListener"]
