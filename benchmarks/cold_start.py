"""The cold start of `kiosk run`, against a process that shows a bare QML window.

From the start of the process to the first frame, and to the first frame of the home screen that can
be touched. Offscreen, software renderer; acceptor and printer are simulated in processes of their
own and stay powered over all starts, so that the home screen comes the way it does after a restart
of the program: when both devices have answered. On both sides modules are compiled and the file
cache is warm.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer

from benchmarks.measure import Comparison, Pair, compare
from simulation.demo.children import Child
from simulation.demo.settings_file import demo_settings, write_toml

BASELINE = "process with a bare PySide6 QML window (Rectangle and Text), start to first frame"
PATIENCE_S = 40.0
NOBODY = "http://127.0.0.1:9"


class ColdStartError(Exception):
    """A process did not show what was waited for; what it said is on standard error."""


def run(*, quick: bool, folder: Path | None) -> tuple[Comparison, ...]:
    """Start both sides in turns, each time a new process."""
    with TemporaryDirectory(dir=folder) as made, ExitStack() as stack:
        settings, environment = stand_of(Path(made), stack), environment_of(Path(made))
        kiosk = ["benchmarks.watched_kiosk", "run", "--config", str(settings)]
        bare = ["benchmarks.bare_window"]
        _start(kiosk, "home", environment)  # makes the journal, compiles, warms the file cache
        _start(bare, "frame", environment)
        frames: list[Pair] = []
        homes: list[Pair] = []
        for _ in range(2 if quick else 9):
            window = _start(bare, "frame", environment)["frame"]
            terminal = _start(kiosk, "home", environment)
            frames.append(Pair((terminal["frame"],), (window,)))
            homes.append(Pair((terminal["home"],), (window,)))
    return (
        compare("cold_start.first_frame", "kiosk run: start to first frame", BASELINE, frames),
        compare(
            "cold_start.home",
            "kiosk run: start to a home screen that takes touches",
            BASELINE,
            homes,
        ),
    )


def stand_of(folder: Path, stack: ExitStack) -> Path:
    """Simulated devices and the settings of a terminal on them."""
    ports = {name: folder / f"{name}-port" for name in ("acceptor", "printer")}
    more = {"acceptor": [], "printer": ["--out", str(folder)]}
    for name, port in ports.items():
        arguments = [name, "simulate", "--link", str(port), *more[name]]
        child = Child(name, "kiosk", arguments, folder / f"{name}.log")
        stack.callback(child.stop)
        child.first_line()
    settings = folder / "terminal.toml"
    terminal = demo_settings(
        acceptor_port=ports["acceptor"],
        printer_port=ports["printer"],
        backend_url=NOBODY,
        journal=folder / "journal.db",
        changes={"log": {"path": str(folder / "kiosk.log")}},
    )
    write_toml(settings, terminal)
    return settings


def environment_of(folder: Path) -> dict[str, str]:
    """Offscreen, and with compiled modules as an installation has them, wherever this one runs."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QT_QUICK_BACKEND": "software",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def _start(arguments: list[str], last: str, environment: dict[str, str]) -> dict[str, float]:
    """Seconds from the start of the process to each thing it told of, the `last` one included."""
    told: dict[str, float] = {}
    with started(arguments, last, environment, told):
        return told


@contextmanager
def started(
    arguments: list[str],
    last: str,
    environment: dict[str, str],
    told: dict[str, float] | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """A process that has told of `last`; it is ended behind. `told` takes the seconds to each.

    Raises:
        ColdStartError: it ended, or took too long, before it told of `last`.
    """
    begin = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )
    impatience = Timer(PATIENCE_S, process.kill)
    impatience.start()
    seen = {} if told is None else told
    assert process.stdout is not None
    with process.stdout as lines:
        for line in lines:
            what, _, at = line.partition(" ")
            if what in ("frame", "home"):
                seen[what] = float(at) - begin
            if what == last:
                break
        impatience.cancel()
        try:
            if last not in seen:
                raise ColdStartError(f"{arguments[0]} did not come to {last} in {PATIENCE_S:g} s")
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_S)
