"""Plays one sound after another in a thread of its own, by a player that the system has.

Whoever asks for a sound never waits and never fails: with no player, no device or a device that
hangs, the terminal is silent and says so once in the log. A sound that comes while another plays is
the last to be heard; what is older is dropped.
"""

import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Thread

from ui.late_log import LateLog
from ui.sounds.sound import Sound
from ui.sounds.wave_files import wave_of

PLAYERS = (
    ("aplay", "-q", "-"),
    ("pw-play", "-"),
    ("paplay",),
)
"""Commands that take a WAV file from their standard input: ALSA's, PipeWire's, PulseAudio's."""

PATIENCE_S = 4.0
"""Sounds last less than one second; a player that takes longer hangs."""

log = LateLog(__name__)

Play = Callable[[bytes], None]
"""Plays a whole WAV file and returns when it is heard. Raises PlayerError."""


class PlayerError(RuntimeError):
    """No sound came out; the message says why."""


def play_by_process(data: bytes) -> None:
    """Play by the first player that the system has. Raises PlayerError."""
    command = next((one for one in PLAYERS if shutil.which(one[0])), None)
    if command is None:
        raise PlayerError(f"none of {', '.join(one[0] for one in PLAYERS)} is installed")
    try:
        done = subprocess.run(  # noqa: S603 - the command is one of three fixed ones
            command, input=data, capture_output=True, timeout=PATIENCE_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise PlayerError(f"{command[0]} hangs") from None
    except OSError as error:
        raise PlayerError(f"{command[0]}: {error.strerror}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise PlayerError(f"{command[0]}: {said[-1] if said else done.returncode}")


class SoundPlayer:
    """The thread that plays.

    Args:
        percent: the loudness of this moment; 0 plays nothing.
        play: how a WAV file is heard.
    """

    def __init__(self, percent: Callable[[], int], play: Play = play_by_process) -> None:
        self._percent = percent
        self._play = play
        self._wanted: Queue[Sound | None] = Queue(maxsize=1)
        self._silent = False
        self._thread = Thread(target=self._run, name="sounds", daemon=True)
        self._thread.start()

    def want(self, sound: Sound) -> None:
        """Ask for a sound, from any thread; returns at once."""
        self._leave(sound)

    def stop(self) -> None:
        """Play nothing more. Does not wait for what sounds now: the thread dies with the process."""
        self._leave(None)

    def _leave(self, message: Sound | None) -> None:
        """Take the place of what is not played yet; of two threads at once either wins."""
        with suppress(Empty):
            self._wanted.get_nowait()
        with suppress(Full):
            self._wanted.put_nowait(message)

    def _run(self) -> None:
        while (sound := self._wanted.get()) is not None:
            percent = self._percent()
            if percent > 0:
                self._try(sound, percent)

    def _try(self, sound: Sound, percent: int) -> None:
        try:
            self._play(wave_of(sound, percent))
        except (PlayerError, OSError) as error:
            if not self._silent:
                log.warning("sounds_silent", why=str(error))
            self._silent = True
        else:
            self._silent = False
