"""Makes the sounds: `python -m ui.sounds.make`. Sines with soft ends, computed; nothing was recorded.

The files are committed, and a test makes them anew and compares. It must never be imported by the
running terminal.
"""

import math
from array import array

from ui.sounds.sound import Sound
from ui.sounds.wave_files import FOLDER, written

RATE = 22_050
ATTACK_S = 0.008
PEAK = 0.55
"""Of full scale: a cabinet's loudspeaker distorts before that."""

OCTAVE_SHARE = 0.22

Tone = tuple[float, float, float]
"""Begins at (seconds), lasts (seconds), pitch (hertz)."""

SCORES: dict[Sound, tuple[Tone, ...]] = {
    Sound.NOTE_TAKEN: ((0.0, 0.16, 659.26), (0.1, 0.3, 987.77)),
    Sound.NOTE_RETURNED: ((0.0, 0.2, 587.33), (0.15, 0.34, 440.0)),
    Sound.ERROR: ((0.0, 0.16, 311.13), (0.2, 0.3, 311.13)),
    Sound.SLIP_READY: ((0.0, 0.22, 523.25), (0.12, 0.22, 659.26), (0.24, 0.46, 783.99)),
    Sound.STILL_THERE: ((0.0, 0.3, 783.99), (0.22, 0.3, 659.26), (0.44, 0.5, 783.99)),
}
"""Up is good, down comes back, the same low tone twice is trouble."""


def samples_of(score: tuple[Tone, ...]) -> "array[int]":
    """Return the samples of a score."""
    whole = [0.0] * math.ceil(RATE * max(begin + length for begin, length, _ in score))
    for begin, length, pitch in score:
        first = int(begin * RATE)
        for index in range(int(length * RATE)):
            whole[first + index] += _tone(index / RATE, length, pitch)
    loudest = max(map(abs, whole))
    return array("h", (round(value / loudest * PEAK * 32_767) for value in whole))


def _tone(at_s: float, length_s: float, pitch: float) -> float:
    swell = min(1.0, at_s / ATTACK_S)
    fade = (1 - at_s / length_s) ** 2
    angle = 2 * math.pi * pitch * at_s
    return swell * fade * (math.sin(angle) + OCTAVE_SHARE * math.sin(2 * angle))


def main() -> None:
    """Write every sound."""
    for sound, score in SCORES.items():
        (FOLDER / f"{sound}.wav").write_bytes(written(samples_of(score), RATE))


if __name__ == "__main__":
    main()
