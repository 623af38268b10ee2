"""The public keys of terminals: which are in force, and every way one comes or goes.

A token brings the first key and ends all before it; a key in force brings its successor, and ends
with the first request that the successor signs; a person ends them all. What was ended stays on
record. Each change is one transaction. Whether a request is really signed is judged elsewhere.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, bindparam, insert, select, update

from terminal_api.signing import key_id_of
from wallet.storage.driver import driving
from wallet.storage.turns import Turns
from wallet.terminals.tables import keys, tokens
from wallet.terminals.tokens import hash_of, token_of

_IN_FORCE: Final = select(keys.c.public_key, keys.c.replaces).where(
    keys.c.terminal_id == bindparam("of"),
    keys.c.key_id == bindparam("which"),
    keys.c.ended_at.is_(None),
)
_SETTLED: Final = (
    select(keys.c.terminal_id, keys.c.key_id, keys.c.public_key)
    .where(keys.c.ended_at.is_(None), keys.c.replaces.is_(None))
    .limit(bindparam("most"))
)
_ON_POSTGRES: Final = (
    "SELECT public_key, replaces FROM terminal_keys"
    " WHERE terminal_id = %s AND key_id = %s AND ended_at IS NULL"
)


class Ended(StrEnum):
    """Why a key is no longer in force."""

    ENROLLED = "enrolled"
    """The terminal was enrolled anew."""
    REPLACED = "replaced"
    REVOKED = "revoked"


class TokenRefusedError(Exception):
    """The token is not known, used up, too old, or of another terminal."""


class KeyRefusedError(Exception):
    """A key that ended cannot come back, and one that replaces itself replaces nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """A key that may sign. `replaces`: the key that brought it, if one did."""

    key: Ed25519PublicKey
    replaces: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownKey:
    """One key as people look at it."""

    terminal_id: str
    key_id: str
    added_at: datetime
    replaces: str | None
    ended_at: datetime | None
    ended_by: str | None


class KeyRing:
    """Keys and tokens of all terminals. Every method blocks and is thread-safe.

    Args:
        turns: of the database.
        clock: aware UTC time.
    """

    def __init__(self, turns: Turns, clock: Callable[[], datetime]) -> None:
        self._turns = turns
        self._clock = clock

    def new_token(self, terminal_id: str, random: bytes, *, valid: timedelta) -> str:
        """A token with which this terminal can be enrolled once."""
        token = token_of(terminal_id, random)
        now = self._clock()
        row = {
            "terminal_id": terminal_id,
            "token_hash": hash_of(token),
            "made_at": now,
            "expires_at": now + valid,
        }
        with self._turns.write(terminal_id) as connection:
            connection.execute(insert(tokens), row)
        return token

    def enrol(self, terminal_id: str, token: str, key: Ed25519PublicKey) -> str:
        """Let this key be the terminal's only one; returns its id. The same token and key may come
        again, as after a lost answer.

        Raises:
            TokenRefusedError: see there.
            KeyRefusedError: the key was this terminal's before, and ended.
        """
        key_id = key_id_of(key)
        with self._turns.write(terminal_id) as connection:
            row = self._token(connection, terminal_id, token)
            if row.used_by == key_id and _in_force(connection, terminal_id, key_id) is not None:
                return key_id
            if row.used_by is not None:
                raise TokenRefusedError("used up")
            self._add(connection, terminal_id, key, replaces=None, ending=Ended.ENROLLED)
            used = {"used_at": self._clock(), "used_by": key_id}
            connection.execute(update(tokens).where(_is_token(terminal_id, token)).values(used))
        return key_id

    def add(self, terminal_id: str, key: Ed25519PublicKey, *, replaces: str) -> str:
        """Let this key be in force beside the one that brought it; returns its id.

        Raises:
            KeyRefusedError: see there.
        """
        key_id = key_id_of(key)
        with self._turns.write(terminal_id) as connection:
            known = _in_force(connection, terminal_id, key_id)
            if key_id == replaces or (known is not None and known.replaces != replaces):
                raise KeyRefusedError("the key is in force already")
            if known is None:
                self._add(connection, terminal_id, key, replaces=replaces, ending=None)
        return key_id

    def find(self, terminal_id: str, key_id: str) -> InForce | None:
        """The key in force of this terminal and id."""
        with self._turns.read() as connection:
            row = _looked_up(connection, terminal_id, key_id)
        if row is None:
            return None
        public, replaces = row
        return InForce(key=_key_of(public), replaces=replaces)

    def settled(self, most: int) -> list[tuple[str, str, InForce]]:
        """Up to so many keys in force that replace no other, with terminal id and key id."""
        with self._turns.read() as connection:
            rows = connection.execute(_SETTLED, {"most": most}).all()
        return [
            (row.terminal_id, row.key_id, InForce(key=_key_of(row.public_key), replaces=None))
            for row in rows
        ]

    def took_over(self, terminal_id: str, key_id: str) -> None:
        """The terminal has signed with this key: every other one ends."""
        with self._turns.write(terminal_id) as connection:
            others = keys.c.key_id != key_id
            self._end(connection, terminal_id, Ended.REPLACED, others)
            mine = (keys.c.terminal_id == terminal_id, keys.c.key_id == key_id)
            connection.execute(update(keys).where(*mine).values(replaces=None))

    def revoke(self, terminal_id: str) -> int:
        """End every key of this terminal, and every token that was not used; how many keys ended."""
        with self._turns.write(terminal_id) as connection:
            open_tokens = (tokens.c.terminal_id == terminal_id, tokens.c.used_at.is_(None))
            now = self._clock()
            connection.execute(update(tokens).where(*open_tokens).values(expires_at=now))
            return self._end(connection, terminal_id, Ended.REVOKED)

    def known(self, terminal_id: str | None = None) -> list[KnownKey]:
        """Every key that ever was, in order of terminal and time."""
        with self._turns.read() as connection:
            return list_keys(connection, terminal_id)

    def _token(self, connection: Connection, terminal_id: str, token: str) -> Any:
        row = connection.execute(select(tokens).where(_is_token(terminal_id, token))).first()
        if row is None or row.expires_at <= self._clock():
            raise TokenRefusedError("not known, or too old")
        return row

    def _add(
        self,
        connection: Connection,
        terminal_id: str,
        key: Ed25519PublicKey,
        *,
        replaces: str | None,
        ending: Ended | None,
    ) -> None:
        key_id = key_id_of(key)
        mine = (keys.c.terminal_id == terminal_id, keys.c.key_id == key_id)
        if connection.execute(select(keys.c.key_id).where(*mine)).first() is not None:
            raise KeyRefusedError("this key was the terminal's before")
        if ending is not None:
            self._end(connection, terminal_id, ending)
        row = {
            "terminal_id": terminal_id,
            "key_id": key_id,
            "public_key": key.public_bytes_raw().hex(),
            "added_at": self._clock(),
            "replaces": replaces,
        }
        connection.execute(insert(keys), row)

    def _end(self, connection: Connection, terminal_id: str, why: Ended, *which: Any) -> int:
        in_force = (keys.c.terminal_id == terminal_id, keys.c.ended_at.is_(None), *which)
        values = {"ended_at": self._clock(), "ended_by": why}
        return connection.execute(update(keys).where(*in_force).values(values)).rowcount


def list_keys(connection: Connection, terminal_id: str | None) -> list[KnownKey]:
    """Every key that ever was, of one terminal or of all."""
    columns = [keys.c[name] for name in KnownKey.__dataclass_fields__]
    query = select(*columns).order_by(keys.c.terminal_id, keys.c.added_at)
    if terminal_id is not None:
        query = query.where(keys.c.terminal_id == terminal_id)
    rows: Sequence[Any] = connection.execute(query).mappings().all()
    return [KnownKey(**row) for row in rows]


def _in_force(connection: Connection, terminal_id: str, key_id: str) -> Any | None:
    return connection.execute(_IN_FORCE, {"of": terminal_id, "which": key_id}).first()


def _looked_up(
    connection: Connection, terminal_id: str, key_id: str
) -> tuple[str, str | None] | None:
    """As `_in_force`; every request asks, so on PostgreSQL the driver is asked itself."""
    if connection.dialect.name != "postgresql":
        row = _in_force(connection, terminal_id, key_id)
        return None if row is None else (row.public_key, row.replaces)
    with driving(connection) as driver:
        found: Any = driver.execute(_ON_POSTGRES, (terminal_id, key_id)).fetchone()
    return None if found is None else (found[0], found[1])


def _key_of(public: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))


def _is_token(terminal_id: str, token: str) -> Any:
    return (tokens.c.terminal_id == terminal_id) & (tokens.c.token_hash == hash_of(token))
