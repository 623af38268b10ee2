"""Opens PostgreSQL so that a commit that returned survives a power cut, or refuses to.

READ COMMITTED, and whoever writes for a terminal takes that terminal's turn first (`turns`). The
server's own settings are read at each connection: `fsync`, `full_page_writes` and
`synchronous_commit` switched off lose acknowledged payments (facts sheet storage D1), and are an
error at start. It must never change a setting of the server.
"""

from typing import Any, Final

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from wallet.storage.errors import DatabaseUnusableError

OLDEST: Final = 150000
"""PostgreSQL 15, as `server_version_num` has it."""

_MUST_BE_ON: Final = ("fsync", "full_page_writes", "synchronous_commit")
_ACCEPTED: Final = {"on", "remote_write", "remote_apply"}
"""`synchronous_commit` may promise more than `on`; `local` and `off` promise less. With
`remote_write` the local disk has it too."""
_OPTIONS: Final = (
    "-c timezone=UTC -c client_min_messages=warning"
    " -c lock_timeout=10s -c statement_timeout=60s -c idle_in_transaction_session_timeout=60s"
)
"""A client that hangs must not hold a terminal's turn for ever."""
_PLANS: Final = " -c enable_seqscan=off -c jit=off"
"""Whoever writes looks everything up by key. A plan is kept for long: one that was made while a table
was nearly empty, and reads all of it, would be kept too."""
_CONNECT_S: Final = 5


def writing_engine(address: URL, pool_size: int) -> Engine:
    """An engine with up to `pool_size` connections; nothing is opened yet. A connection that the
    server has dropped is replaced before it is used.
    """
    engine = create_engine(
        address,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=False,
        pool_use_lifo=True,
        hide_parameters=True,
        connect_args={**_arguments("wallet"), "options": _OPTIONS + _PLANS},
    )
    event.listen(engine, "connect", _check_server)
    return engine


def reading_engine(address: URL) -> Engine:
    """An engine that cannot write."""
    options = f"{_OPTIONS} -c default_transaction_read_only=on -c statement_timeout=0"
    return create_engine(
        address,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,
        isolation_level="REPEATABLE READ",  # one moment for all questions of a check
        connect_args={**_arguments("wallet reading"), "options": options},
    )


def _arguments(name: str) -> dict[str, Any]:
    return {
        "application_name": name,
        "connect_timeout": _CONNECT_S,
        "options": _OPTIONS,
        # The statements are few and fixed: each is planned once a connection.
        "prepare_threshold": 2,
    }


def _check_server(connection: Any, record: ConnectionPoolEntry) -> None:
    del record
    version = connection.info.server_version
    if version < OLDEST:
        raise DatabaseUnusableError(
            f"PostgreSQL {version // 10000} is too old; {OLDEST // 10000} or newer is needed"
        )
    for setting in _MUST_BE_ON:
        value = connection.execute(f"SHOW {setting}").fetchone()[0]
        if value not in _ACCEPTED:
            raise DatabaseUnusableError(
                f"the server has {setting} = {value}: a power cut would lose payments"
            )
    connection.rollback()
