"""The first words to an SSP device, before the first poll: SYNC, protocol version, key, channels.

Facts sheet ssp sections 4, 5 and 9. Nothing here touches the device's queue of events or a note in
escrow, so it may be said at any moment at which no answer is outstanding. It must never reset a
device and never enable anything.
"""

from enum import StrEnum
from typing import Final

from drivers.acceptors.contract import Note
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.ssp.codes import Command, UnitType
from drivers.acceptors.ssp.device_data import Setup, parse_setup
from drivers.acceptors.ssp.essp import (
    DEFAULT_FIXED_KEY,
    GENERATOR,
    MODULUS,
    Entropy,
    Secret,
    Session,
    new_secret,
    number,
    read_number,
    session_key,
)
from drivers.acceptors.ssp.link import Answered, Outcome, Request
from drivers.acceptors.ssp.timing import HostTiming

VERSIONS: Final = (8, 7, 6, 5, 4, 3)
"""Protocol versions that are asked for, in this order; above 8 events may have lengths that nobody
here knows.
"""
_PLAIN: Final = (Command.SYNC, Command.HOST_PROTOCOL, Command.SETUP_REQUEST)
_KEYED: Final = (
    Command.SYNC,
    Command.HOST_PROTOCOL,
    Command.SET_GENERATOR,
    Command.SET_MODULUS,
    Command.EXCHANGE_KEY,
    Command.SETUP_REQUEST,
)


class Encryption(StrEnum):
    """Whether the line is to be encrypted."""

    OFF = "off"
    PREFERRED = "preferred"
    """Where the device can do it and has POLL WITH ACK, which is what it is good for."""
    REQUIRED = "required"
    """A device that cannot do it is not used."""


class Greeting:
    """What to say next, and what is known of the device. Times in monotonic seconds."""

    def __init__(
        self,
        currency: str,
        timing: HostTiming,
        entropy: Entropy,
        *,
        known_setup: bytes = b"",
        encryption: Encryption = Encryption.PREFERRED,
        fixed_key: int = DEFAULT_FIXED_KEY,
    ) -> None:
        self._currency = currency
        self._timing = timing
        self._entropy = entropy
        self._encryption = encryption
        self._fixed_key = fixed_key
        self._step = 0
        self._version_at = 0
        self._not_before = 0.0
        self._secret: Secret | None = None
        self.raw_fault = ""
        """What the device said of itself that keeps the greeting from ending, for the log."""
        self.raw_setup = b""
        self.setup: Setup | None = None
        self._denominations: tuple[Note, ...] = ()
        self._wish: frozenset[Note] | None = None
        self._mask = 0
        self.session: Session | None = None
        self.use_key = encryption is not Encryption.OFF
        """False once a device has shown that a key is of no use to it."""
        if known_setup:
            self._read(known_setup)

    @property
    def _steps(self) -> tuple[Command, ...]:
        return _KEYED if self.use_key else _PLAIN

    @property
    def is_done(self) -> bool:
        """The device may be polled."""
        return self._step >= len(self._steps)

    @property
    def not_before(self) -> float:
        """When `request` has something to say again."""
        return self._not_before

    @property
    def version(self) -> int:
        """Protocol version by which answers are read."""
        if self._version_at < len(VERSIONS):
            return VERSIONS[self._version_at]
        return self.setup.version if self.setup else VERSIONS[-1]

    @property
    def denominations(self) -> tuple[Note, ...]:
        """Notes of the configured currency, smallest first."""
        return self._denominations

    def note(self, channel: int) -> Note | None:
        """The note of a channel, of whatever currency."""
        return self.setup.notes.get(channel) if self.setup else None

    def mask(self, wanted: frozenset[Note]) -> int:
        """Channels that carry one of these notes, in the configured currency.

        Asked with every poll, so each wish is worked out once.
        """
        if wanted is not self._wish:
            notes = self.setup.notes.items() if self.setup else ()
            mine = (at for at, note in notes if note in wanted and note.currency == self._currency)
            self._wish, self._mask = wanted, sum(1 << channel - 1 for channel in mine)
        return self._mask

    def restart(self) -> None:
        """Say everything again."""
        self._step = self._version_at = 0
        self.session = None

    def without_key(self) -> bool:
        """The device does not know POLL WITH ACK; True when the line is to go on in plain."""
        if self._encryption is Encryption.REQUIRED:
            return False
        self.use_key = False
        self.restart()
        return True

    def request(self, now: float) -> Request | None:
        """The next word; None when all is said, or a pause is due before the next try."""
        if self.is_done or now < self._not_before:
            return None
        command = self._steps[self._step]
        return Request(command=command, data=self._data(command))

    def _data(self, command: Command) -> bytes:
        match command:
            case Command.HOST_PROTOCOL:
                return bytes([VERSIONS[self._version_at]])
            case Command.SET_GENERATOR:
                return number(GENERATOR)
            case Command.SET_MODULUS:
                return number(MODULUS)
            case Command.EXCHANGE_KEY:
                self._secret = new_secret(self._entropy)
                return number(self._secret.inter)
            case _:
                return b""

    def take(self, outcome: Outcome, now: float) -> FaultNumber | None:
        """The outcome of one of the words. Returns the fault that keeps the greeting from ending."""
        if self.is_done or outcome.request.command is not self._steps[self._step]:
            return None
        if not isinstance(outcome, Answered):
            return None  # The host begins anew.
        self.raw_fault = ""
        match outcome.request.command:
            case Command.HOST_PROTOCOL if not outcome.is_ok:
                self._version_at += 1
                self._step += self._version_at >= len(VERSIONS)
                return None
            case Command.SET_GENERATOR | Command.SET_MODULUS if not outcome.is_ok:
                return self._no_key(now)
            case Command.EXCHANGE_KEY:
                return self._key(outcome, now)
            case Command.SETUP_REQUEST:
                return self._setup(outcome, now)
            case _ if not outcome.is_ok:
                return self._later(FaultNumber.REFUSES_SET_UP, now)
            case _:
                self._step += 1
                return None

    def _no_key(self, now: float) -> FaultNumber | None:
        if self._encryption is Encryption.REQUIRED:
            return self._later(FaultNumber.NO_ENCRYPTION, now)
        self.use_key = False
        self._step = len(_PLAIN) - 1
        return None

    def _key(self, outcome: Answered, now: float) -> FaultNumber | None:
        try:
            inter = read_number(outcome.data)
        except RemoteProtocolError:
            return self._no_key(now)
        if not outcome.is_ok or self._secret is None:
            return self._no_key(now)
        key = session_key(self._fixed_key, self._secret.shared(inter))
        self.session = Session(key, self._entropy)
        self._step += 1
        return None

    def _setup(self, outcome: Answered, now: float) -> FaultNumber | None:
        if not outcome.is_ok or not self._read(outcome.data) or self.setup is None:
            return self._later(FaultNumber.REFUSES_SET_UP, now)
        if self.setup.unit_type != UnitType.VALIDATOR:
            self.raw_fault = f"{Command.SETUP_REQUEST:02X} {self.setup.unit_type:02X}"
            return self._later(FaultNumber.REFUSES_SET_UP, now)
        self._step += 1
        return None if self.denominations else FaultNumber.NO_USABLE_NOTES

    def _read(self, raw: bytes) -> bool:
        try:
            self.setup = parse_setup(raw)
        except RemoteProtocolError:
            return False
        self.raw_setup = raw
        notes = self.setup.notes.values()
        mine = {note for note in notes if note.currency == self._currency}
        self._denominations, self._wish = tuple(sorted(mine)), None
        return True

    def _later(self, fault: FaultNumber, now: float) -> FaultNumber:
        self.restart()
        self._not_before = now + self._timing.retry_s
        return fault
