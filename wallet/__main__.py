"""`python -m wallet` and the `wallet` command."""

import os
import sys

from wallet.cli import app


def main() -> None:
    """Run the command line."""
    try:
        app()
    finally:
        _let_go_of_a_dead_log()


def _let_go_of_a_dead_log() -> None:
    """A log whose reader has gone must not turn an end in order into a failure: the interpreter
    would leave with 120 because it cannot flush.
    """
    try:
        sys.stderr.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


if __name__ == "__main__":
    main()
