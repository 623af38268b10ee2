"""Ten thousand enrolled terminals with a heartbeat a minute, on a PostgreSQL of one's own.

Run it by hand (`python -m benchmarks.fleet_load [SECONDS [TERMINALS]]`): it takes minutes. It prints
what `wallet load --json` prints; `server.core_share` is processor time of the server's process by
the system's accounts, PostgreSQL's own not among it. It is no ratio to a baseline: what it is held
against is one core.
"""

import subprocess
import sys

from benchmarks.postgres_server import running_server


def main(seconds: str = "90", terminals: str = "10000") -> int:
    """Measure, and print JSON; the exit code of `wallet load`."""
    with running_server() as server:
        address = server.create("load")
        arguments = ["-m", "wallet", "load", "--json", "--database", address]
        arguments += ["--terminals", terminals, "--duration", seconds, "--heartbeat", "60"]
        arguments += ["--rate", "5", "--polls", "100"]
        return subprocess.run([sys.executable, *arguments], check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
