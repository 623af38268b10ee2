"""What the command line's exit codes mean."""

from enum import IntEnum


class ExitCode(IntEnum):
    """0 only on success."""

    OK = 0
    FAILED = 1
    BAD_INPUT = 2
    """Settings, files or arguments are wrong; the message says which."""
    JOURNAL = 3
    """A journal is damaged or cannot be read, by the tools for it; nothing was changed. `kiosk run`
    shows a screen instead and tries again.
    """
    ALREADY_RUNNING = 4
    """Another process holds the journal; the message names it."""
    CRASHED = 70
    """A bug; the supervisor should start the terminal again, it recovers from the journal."""
