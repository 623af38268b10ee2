"""What can go wrong at the demo provider, and when: for the next requests, or until further notice.

A fault hits one command (`pay` unless said otherwise), so that a check can pass before a pay fails.
"""

import threading
from collections import deque
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    """One way to fail. *After* = the payment was credited before the answer went wrong."""

    TIMEOUT_BEFORE = "timeout_before"
    TIMEOUT_AFTER = "timeout_after"
    DROP_BEFORE = "drop_before"
    """The connection ends without an answer."""
    DROP_AFTER = "drop_after"
    ERROR_500_BEFORE = "error_500_before"
    ERROR_500_AFTER = "error_500_after"
    EMPTY_BEFORE = "empty_before"
    EMPTY_AFTER = "empty_after"
    GARBAGE_BEFORE = "garbage_before"
    GARBAGE_AFTER = "garbage_after"
    TRUNCATED_AFTER = "truncated_after"
    HUGE_AFTER = "huge_after"
    REDIRECT = "redirect"
    OTHER_TXN_ID_AFTER = "other_txn_id_after"
    WRONG_TYPE = "wrong_type"
    """The right answer, called text/html: to be understood all the same."""
    WHITE_SPACE = "white_space"
    """The right answer behind empty lines: to be understood all the same."""
    MISSING_FIELDS = "missing_fields"
    """The right answer with nothing but `result`: to be understood all the same."""
    WINDOWS_1251 = "windows_1251"
    SLOW = "slow"
    REPEAT_300 = "repeat_300"
    """300 in answer to a pay whose number is credited already (seen at a real provider)."""
    CODE = "code"
    """A result code, nothing credited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A fault and what it needs: the result code for `code`."""

    fault: Fault
    code: int = 1
    command: str = "pay"


class FaultPlan:
    """Faults to come, in order. Any thread may use it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: deque[Planned] = deque()
        self._standing: Planned | None = None

    def add(self, fault: Fault, *, times: int = 1, code: int = 1, command: str = "pay") -> None:
        """Let the next `times` requests of this command fail so."""
        planned = Planned(fault=fault, code=code, command=command)
        with self._lock:
            self._next.extend([planned] * times)

    def stand(self, fault: Fault | None, *, code: int = 1, command: str = "pay") -> None:
        """Let every request of this command fail so, from now on; None ends all faults."""
        with self._lock:
            self._next.clear()
            self._standing = Planned(fault=fault, code=code, command=command) if fault else None

    def draw(self, command: str) -> Planned | None:
        """The fault of a request of this command, if any."""
        with self._lock:
            if self._next and self._next[0].command == command:
                return self._next.popleft()
            standing = self._standing
        return standing if standing is not None and standing.command == command else None
