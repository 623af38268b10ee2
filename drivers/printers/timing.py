"""Every wait of the printer's driver, in seconds (facts sheet receipts §2.8)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterTiming:
    """How patient the driver is.

    Attributes:
        poll_s: between two looks at a printer at rest.
        held_poll_s: between two looks while a slip waits to be taken.
        answer_s: for the answer to a real-time question.
        quiet_s: so long a line must be quiet before a question, or old bytes would answer it.
        retry_s: between a bad look and the second one.
        reopen_s: before a lost line is opened again.
        write_s: for a printer that has asked for silence within a slip.
        fence_s: for the end of a slip, besides what its bytes need on a slow line.
        fence_look_s: between two looks while the end of a slip is waited for.
        settle_s: for motor and presenter to stop after the end of a slip.
        xoff_s: a printer that asks for silence this long is no longer believed to be there.
        untaken_s: before a slip that nobody takes is removed.
        chunk: bytes sent at a time.
        slowest_line: bytes a second that the slowest line carries (9600 baud).
    """

    poll_s: float = 5.0
    held_poll_s: float = 1.0
    answer_s: float = 0.2
    quiet_s: float = 0.01
    retry_s: float = 0.3
    reopen_s: float = 2.0
    write_s: float = 10.0
    fence_s: float = 10.0
    fence_look_s: float = 1.0
    settle_s: float = 10.0
    xoff_s: float = 60.0
    untaken_s: float = 60.0
    chunk: int = 256
    slowest_line: int = 960

    def fence_limit_s(self, size: int) -> float:
        """How long the end of a slip of `size` bytes may take."""
        return self.fence_s + size / self.slowest_line
