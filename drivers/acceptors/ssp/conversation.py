"""Getting in touch with an SSP device and staying in touch: repeats, SYNC, key, memory.

Facts sheet ssp sections 2.1, 4 and 10. An answer to POLL that was not heard may hold a credit, and
the device gives it again only to the identical packet. So SYNC must never be said while such an
answer is outstanding, unless the device has not answered for long; with POLL WITH ACK nothing is
lost.
"""

from collections.abc import Callable
from dataclasses import replace

from drivers.acceptors.contract import AcceptorEvent
from drivers.acceptors.errors import RemoteProtocolError
from drivers.acceptors.ssp.codes import Command, Generic
from drivers.acceptors.ssp.episodes import Episodes
from drivers.acceptors.ssp.greeting import Greeting
from drivers.acceptors.ssp.link import Answered, HostLink, NoAnswer, Outcome, Request, Unanswered
from drivers.acceptors.ssp.memory import Remembered, Underway
from drivers.acceptors.ssp.packets import decode
from drivers.acceptors.ssp.timing import HostTiming


class Conversation:
    """Times in monotonic seconds.

    `remember` gets what a later life has to know, before the packet leaves to which it belongs.
    """

    def __init__(
        self,
        timing: HostTiming,
        greeting: Greeting,
        episodes: Episodes,
        known: Remembered,
        remember: Callable[[bytes], None] | None,
    ) -> None:
        self._timing = timing
        self._greeting = greeting
        self._episodes = episodes
        self._remember = remember
        self._remembered = known
        self.link = HostLink(timing)
        self.with_ack = False
        """Events are repeated by the device until they are acknowledged."""
        self.has_looked = False
        """Since the greeting it was seen whether a note waits in escrow: a poll is safe."""
        self._repeat_due = self._adopt(known.packet)
        self._unheard_since: float | None = None

    def _adopt(self, raw: bytes) -> bool:
        try:
            return bool(raw) and self.link.adopt(decode(raw))
        except RemoteProtocolError:
            return False

    @property
    def is_up(self) -> bool:
        """Everything is said that comes before the first poll."""
        return self._greeting.is_done and not self._repeat_due

    @property
    def poll(self) -> Request:
        """The poll that this device understands."""
        return Request(command=Command.POLL_WITH_ACK if self.with_ack else Command.POLL)

    def begin_anew(self) -> None:
        """Greet the device again, once nothing is outstanding."""
        self._greeting.restart()
        self.has_looked = False

    def line_lost(self) -> None:
        """What was on its way is lost; an answer that was not heard is asked for again."""
        self._repeat_due = self._repeat_due or self._may_hold_events(self.link)
        self.link.line_lost()
        self._unheard_since = None
        self.begin_anew()

    @staticmethod
    def _may_hold_events(link: HostLink) -> bool:
        asked = link.asked
        return link.is_waiting and asked is not None and asked.command is Command.POLL

    # --- speaking -------------------------------------------------------------------------------

    def speak(self, now: float) -> None:
        """Say what comes before everything else, if anything does and it is time."""
        if self._repeat_due:
            self._repeat_due = False
            if self._unheard_since is None:
                self._unheard_since = now
            self.link.repeat(now)
        elif request := self._greeting.request(now):
            self.send(request, now, None, keep_packet=False)

    def send(
        self, request: Request, now: float, underway: Underway | None, *, keep_packet: bool
    ) -> None:
        """Put a packet on the line; what a later life has to know of it is kept first."""
        self._unheard_since = now
        raw = self.link.send(request, now)
        plain_poll = request.command is Command.POLL and self.link.session is None
        packet = raw if keep_packet and plain_poll else b""
        self._keep(
            replace(
                self._remembered,
                underway=self._remembered.underway if not self.is_up else underway,
                packet=packet,
            )
        )

    def _keep(self, what: Remembered) -> None:
        if what != self._remembered and self._remember is not None:
            self._remember(what.to_bytes())
        self._remembered = what

    def next_deadline(self) -> float | None:
        """When `speak` has something to say; None when it is the host's turn."""
        if self._repeat_due:
            return 0.0
        return None if self._greeting.is_done else self._greeting.not_before

    # --- hearing --------------------------------------------------------------------------------

    def take(self, outcome: Outcome, now: float) -> tuple[Answered | None, list[AcceptorEvent]]:
        """What of this outcome is for the host, and what there is to tell the terminal."""
        if isinstance(outcome, Unanswered):
            self._episodes.no_answer(garbage=outcome.why is NoAnswer.GARBAGE)
            self._unanswered(outcome, now)
            return None, []
        self._episodes.heard(now)
        self._unheard_since = None
        if outcome.code is Generic.KEY_NOT_SET:
            self.begin_anew()
            return None, []
        greets = not self._greeting.is_done and outcome.request.command is not Command.POLL
        if not greets or outcome.again:
            return self._understood(outcome), []
        return None, self._greeted(outcome, now)

    def _understood(self, outcome: Answered) -> Answered | None:
        unknown = outcome.code is Generic.UNKNOWN_COMMAND
        if outcome.request.command is Command.POLL_WITH_ACK and unknown:
            # Without it a key is of no use, and an encrypted answer is lost to a later life.
            self.with_ack = False
            if self._greeting.without_key():
                self.has_looked = False
            return None
        return outcome

    def _greeted(self, outcome: Answered, now: float) -> list[AcceptorEvent]:
        fault = self._greeting.take(outcome, now)
        if self._greeting.is_done:
            self._begin()
        return self._episodes.set_up_fault(fault, self._greeting.raw_fault) if fault else []

    def _begin(self) -> None:
        self.link.session = self._greeting.session
        self.with_ack = self._greeting.session is not None
        self._keep(replace(self._remembered, setup=self._greeting.raw_setup))

    def _unanswered(self, outcome: Unanswered, now: float) -> None:
        since = self._unheard_since
        patient = since is None or now - since < self._timing.sync_after_s
        if outcome.request.command is Command.POLL and patient:
            self._repeat_due = True
        else:
            self.begin_anew()
