"""Reads the shipped sounds and makes them quieter: 16-bit mono WAV in, the same out.

The players of the system have no common way to be told a volume, so the samples themselves are
scaled.
"""

import sys
import wave
from array import array
from io import BytesIO
from pathlib import Path

from ui.sounds.sound import Sound

FOLDER = Path(__file__).parent


def wave_of(sound: Sound, percent: int) -> bytes:
    """Return a whole WAV file at `percent` of its loudness (0 to 100)."""
    with wave.open(str(FOLDER / f"{sound}.wav"), "rb") as file:
        rate, samples = file.getframerate(), array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return written(array("h", (sample * percent // 100 for sample in samples)), rate)


def written(samples: "array[int]", rate: int) -> bytes:
    """Return 16-bit mono samples as a WAV file."""
    if sys.byteorder == "big":
        samples.byteswap()
    buffer = BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
    return buffer.getvalue()
