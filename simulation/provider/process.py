"""The demo provider as a process: its address on the first line, then commands, one a line.

`fault NAME [times N] [code N] [command C]` for the next requests, `stand NAME [...]` until further
notice, `well` ends all faults, `paid` tells what was credited as JSON. It ends by a signal or, with
`stdin`, when standard input does.
"""

import contextlib
import dataclasses
import json
import os
import select
import signal
import sys
import threading
from pathlib import Path
from typing import Any

from simulation.provider.faults import Fault
from simulation.provider.server import DemoProvider

_LOOK_S = 0.2


def run_demo_provider(*, memory: Path, port: int, stdin: bool) -> int:
    """Serve until SIGTERM, SIGINT or the end of standard input; return the exit code."""
    leaving = threading.Event()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: leaving.set())
    with DemoProvider(memory, port) as provider:
        print(provider.url, flush=True)
        _take_commands(provider, leaving, stdin=stdin)
    return 0


def obey(provider: DemoProvider, line: str) -> dict[str, Any]:
    """Do one command and say what came of it; an unknown one changes nothing."""
    words = line.split()
    match words:
        case ["paid"]:
            return {"paid": [dataclasses.asdict(it) for it in provider.memory.credits()]}
        case ["well"]:
            provider.plan.stand(None)
            return {"ok": True}
        case [("fault" | "stand") as verb, name, *rest] if len(rest) % 2 == 0:
            told = dict(zip(rest[::2], rest[1::2], strict=True))
            try:
                fault, code = Fault(name), int(told.get("code", "1"))
                times, command = int(told.get("times", "1")), told.get("command", "pay")
            except ValueError:
                return {"error": f"faults: {', '.join(Fault)}"}
            if verb == "stand":
                provider.plan.stand(fault, code=code, command=command)
            else:
                provider.plan.add(fault, times=times, code=code, command=command)
            return {"ok": True}
        case _:
            return {"error": "fault NAME [times N] [code N] [command C] | stand NAME | well | paid"}


def _take_commands(provider: DemoProvider, leaving: threading.Event, *, stdin: bool) -> None:
    waiting = b""
    source = sys.stdin.fileno() if stdin else None
    while not leaving.is_set():
        if source is None:
            leaving.wait(_LOOK_S)
            continue
        with contextlib.suppress(InterruptedError):
            if not select.select([source], [], [], _LOOK_S)[0]:
                continue
        read = os.read(source, 4096)
        if not read:
            return
        *lines, waiting = (waiting + read).split(b"\n")
        for line in lines:
            if line.strip():
                print(json.dumps(obey(provider, line.decode("utf-8", "replace"))), flush=True)
