"""A PostgreSQL of one's own for benchmarks and tests: in a temporary folder, on a Unix socket.

Debian's binaries are used as they are, with `fsync` on. PostgreSQL refuses to run as root; then its
processes run as `postgres`. It must never touch a server that it did not start.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_PLACES = ("/usr/lib/postgresql", "/usr/local/lib/postgresql")
_PATIENCE_S = 60.0
_SETTINGS = {
    "listen_addresses": "''",
    "max_connections": "150",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "timezone": "'UTC'",
    "log_min_messages": "warning",
}


class PostgresMissingError(Exception):
    """PostgreSQL is not installed here."""


def binaries() -> Path:
    """Where the newest installed PostgreSQL has its programs.

    Raises:
        PostgresMissingError: nowhere.
    """
    found = [path for place in _PLACES for path in Path(place).glob("*/bin") if _whole(path)]
    if not found:
        raise PostgresMissingError(
            "PostgreSQL is not installed: apt-get install postgresql (requirements/debian-dev.txt)"
        )
    return max(found, key=lambda path: int(path.parent.name.split(".")[0]))


class PostgresServer:
    """One server. `url(name)` is the address of a database on it.

    Args:
        folder: where its data and its socket lie; it owns the folder.
        settings: written over the defaults.
    """

    def __init__(self, folder: Path, settings: dict[str, str] | None = None) -> None:
        self._folder = folder
        self._bin = binaries()
        self._data = folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            owner = pwd.getpwnam(self._user)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8")
        lines = {**_SETTINGS, "unix_socket_directories": f"'{folder}'", **(settings or {})}
        with (self._data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{key} = {value}\n" for key, value in lines.items())

    def url(self, database: str = "postgres") -> str:
        """The address of a database, as `wallet serve --database` takes it."""
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def conninfo(self, database: str = "postgres") -> str:
        """The same for libpq."""
        return f"host={self._folder} user=postgres dbname={database}"

    def start(self) -> None:
        """Start, and return when it answers.

        Raises:
            TimeoutError: it does not.
        """
        self._process = subprocess.Popen(
            [str(self._bin / "postgres"), "-D", str(self._data)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            user=self._user,
            start_new_session=True,
        )
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                psycopg.connect(self.conninfo(), connect_timeout=5).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise TimeoutError("PostgreSQL did not start") from None
                time.sleep(0.05)
            else:
                return

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT drops its clients, SIGQUIT leaves it as a sudden death does."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_PATIENCE_S)
            self._process = None

    def create(self, database: str, template: str = "template1") -> str:
        """Make a database; its address."""
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"'.encode())
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove a database, whoever is connected to it."""
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'.encode())

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._bin / program), *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self._user,
            cwd="/",
        )


@contextmanager
def running_server(settings: dict[str, str] | None = None) -> Iterator[PostgresServer]:
    """A server that is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="wallet-pg-"))
    try:
        server = PostgresServer(folder, settings)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _whole(path: Path) -> bool:
    return (path / "initdb").exists() and (path / "postgres").exists()
