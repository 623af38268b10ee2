"""The questions that a disabled SSP device is asked before it may take notes.

Facts sheet ssp section 5. None of them is indispensable: what a device will not tell is left empty.
They are asked while the device is at rest, so that its counter stands still.
"""

from typing import Final

from drivers.acceptors.contract import Identity
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.ssp.codes import Command
from drivers.acceptors.ssp.device_data import parse_counters
from drivers.acceptors.ssp.identity import read_identity
from drivers.acceptors.ssp.link import Answered, Outcome, Request

STEPS: Final = (
    Command.SERIAL_NUMBER,
    Command.UNIT_DATA,
    Command.FIRMWARE_VERSION,
    Command.COUNTERS,
)


def counted(outcome: Outcome) -> int | None:
    """Notes that the device ever stacked, by its answer to COUNTERS."""
    if not isinstance(outcome, Answered) or not outcome.is_ok:
        return None
    try:
        return parse_counters(outcome.data)["stacked"]
    except RemoteProtocolError:
        return None


class SetUp:
    """What is known about the device, and what to ask next."""

    def __init__(self) -> None:
        self._step = 0
        self._told: dict[Command, bytes] = {}
        self.counter: int | None = None

    @property
    def is_done(self) -> bool:
        """True when everything was asked."""
        return self._step >= len(STEPS)

    @property
    def identity(self) -> Identity:
        """Who it says it is."""
        return read_identity(
            self._told.get(Command.SERIAL_NUMBER, b""),
            self._told.get(Command.UNIT_DATA, b""),
            self._told.get(Command.FIRMWARE_VERSION, b""),
        )

    def restart(self) -> None:
        """Ask everything again."""
        self._step = 0
        self._told.clear()
        self.counter = None

    def request(self) -> Request | None:
        """The next question."""
        return None if self.is_done else Request(command=STEPS[self._step])

    def take(self, outcome: Outcome) -> None:
        """The outcome of one of the questions."""
        command = outcome.request.command
        if not self.is_done and STEPS[self._step] is command:
            self._step += 1
        if isinstance(outcome, Answered) and outcome.is_ok:
            self._told[command] = outcome.data
        if command is Command.COUNTERS:
            self.counter = counted(outcome)
