"""The window at work and at rest, against a bare QML window of the same run.

From the lift of a finger on a key to the frame that shows the digit; resident memory of the whole
terminal at its home screen; memory after 2,000 visits against that after a tenth of them; processor
time of the whole terminal at rest, of the 1 % of one core that it may take.
"""

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.cold_start import environment_of, stand_of, started
from benchmarks.measure import Comparison, Pair, compare
from benchmarks.window_process import resident_kb

BARE = "bare PySide6 QML window (Rectangle and Text)"
IDLE_SHARE = 0.01


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Measure all four."""
    with TemporaryDirectory(dir=folder) as made, ExitStack() as stack:
        settings = stand_of(Path(made), stack)
        environment = environment_of(Path(made))
        kiosk = ["benchmarks.watched_kiosk", "run", "--config", str(settings)]
        rounds = 1 if quick else 3
        keys = [Pair(_told("keys", environment), _told("bare", environment)) for _ in range(rounds)]
        rests = [_at_rest(kiosk, environment, 5.0 if quick else 30.0) for _ in range(rounds)]
        visits = "200" if quick else "2000"
        early, late = _told("sessions", environment, visits)
    return (
        compare("window.key", "finger lifted from a key to the frame with the digit", BARE, keys),
        compare(
            "window.memory",
            "resident memory of the whole `kiosk run` at its home screen",
            BARE,
            [Pair((memory,), (bare,)) for memory, bare, _ in rests],
        ),
        compare(
            "window.visits",
            f"resident memory of the window after {visits} visits of eight screens",
            "after a tenth of them",
            [Pair((late,), (early,))],
        ),
        compare(
            "window.idle",
            "processor time of the whole `kiosk run` at its home screen",
            f"{IDLE_SHARE:.0%} of one core",
            [Pair((share,), (IDLE_SHARE,)) for _, _, share in rests],
        ),
    )


def _told(what: str, environment: dict[str, str], *more: str) -> tuple[float, ...]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.window_process", what, *more],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env=environment,
        timeout=900,
    )
    return tuple(float(line) for line in done.stdout.split())


def _at_rest(
    kiosk: list[str], environment: dict[str, str], watched_s: float
) -> tuple[float, float, float]:
    """Kilobytes of the terminal and of a bare window, and the terminal's share of one core."""
    with started(["benchmarks.bare_window", "--stay"], "frame", environment) as bare:
        bare_kb = resident_kb(bare.pid)
    with started(kiosk, "home", environment) as terminal:
        time.sleep(watched_s / 2)
        begin, used = time.monotonic(), _used_s(terminal.pid)
        time.sleep(watched_s)
        share = (_used_s(terminal.pid) - used) / (time.monotonic() - begin)
        return resident_kb(terminal.pid), bare_kb, share


def _used_s(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
