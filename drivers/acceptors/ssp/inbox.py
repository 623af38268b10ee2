"""The last poll answer, worked through event by event.

An event that is to be put on record holds up those behind it: they are looked at once it is settled,
so a note in escrow is never talked about before the one ahead of it is safe. It must never take the
repeat of an answer for news.
"""

from collections import deque

from drivers.acceptors.ssp.codes import Event
from drivers.acceptors.ssp.link import Answered
from drivers.acceptors.ssp.meanings import NEEDS_NO_ACK, NOTE_ENDS
from drivers.acceptors.ssp.poll_answer import PollAnswer, Said, read_poll_answer


class Inbox:
    """Events in the order in which the device said them."""

    def __init__(self) -> None:
        self._waiting: deque[Said] = deque()
        self._answer: PollAnswer | None = None
        self._last = b""
        self._told: frozenset[int] = frozenset()

    def take(self, answered: Answered, version: int) -> bool:
        """A good answer to a poll; False where it is the one before once more."""
        if answered.again and answered.data == self._last:
            return False
        self._last = answered.data
        self._answer = read_poll_answer(answered.data, version)
        self._waiting += self._answer.events
        self._told = self._answer.codes
        return True

    def next(self) -> Said | None:
        """The next event, None when all of the answer was taken."""
        return self._waiting.popleft() if self._waiting else None

    def picture(self) -> PollAnswer | None:
        """The whole answer, once, after its last event was taken."""
        answer, self._answer = self._answer, None
        return answer

    @property
    def shows_escrow(self) -> bool:
        """A recognised note is among the events that wait."""
        return any(said.code == Event.READ and said.channel for said in self._waiting)

    @property
    def tells_reset(self) -> bool:
        """The device was reset since the answer before."""
        return Event.SLAVE_RESET in self._told

    @property
    def tells_end(self) -> bool:
        """The answer says where a note went."""
        return bool(self._told & NOTE_ENDS)

    @property
    def needs_ack(self) -> bool:
        """With POLL WITH ACK the device would say it again."""
        unread = self._answer is not None and bool(self._answer.unread)
        return unread or bool(self._told - NEEDS_NO_ACK)
