"""Decides whose request it is, before anything in it is read: signature, age, permit, first use.

The order matters. Nothing of a terminal is touched before its signature is good; a replay takes no
place in memory that a good request needs; and a refusal for a wrong clock tells the right time, by
which a terminal signs again (never by which it keeps its journal). The gate must never look into a
body.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from terminal_api import ErrorCode
from terminal_api.signing import (
    Claim,
    SignatureFault,
    SignatureRefusedError,
    Unsigned,
    key_id_of,
    verify,
)
from wallet.terminals.keyring import InForce, KeyRing
from wallet.terminals.rates import RateLimits
from wallet.terminals.remembered_keys import RememberedKeys
from wallet.terminals.replay import GuardFullError, KeyEndedError, ReplayGuard

_CODES = {
    SignatureFault.MISSING: ErrorCode.SIGNATURE_MISSING,
    SignatureFault.MALFORMED: ErrorCode.SIGNATURE_INVALID,
    SignatureFault.INVALID: ErrorCode.SIGNATURE_INVALID,
    SignatureFault.KEY_UNKNOWN: ErrorCode.KEY_UNKNOWN,
}
_SAID = {
    ErrorCode.SIGNATURE_MISSING: "requests of terminals are signed",
    ErrorCode.SIGNATURE_INVALID: "the signature does not fit the request",
    ErrorCode.KEY_UNKNOWN: "no key in force of this terminal has this id",
    ErrorCode.CLOCK_SKEW: "the time of signing is too far from the time here",
    ErrorCode.REPLAYED: "this signature was used before",
    ErrorCode.TOO_MANY: "too many requests of this terminal",
    ErrorCode.BUSY: "try again later",
}


class NotAdmittedError(Exception):
    """The request is nobody's. `server_time` for a wrong clock, `retry_after_s` for too many."""

    def __init__(
        self,
        code: ErrorCode,
        *,
        terminal_id: str | None = None,
        server_time: datetime | None = None,
        retry_after_s: int | None = None,
    ) -> None:
        super().__init__(_SAID[code])
        self.code = code
        self.terminal_id = terminal_id
        self.server_time = server_time
        self.retry_after_s = retry_after_s


class Gate(Protocol):
    """Says whose request it is. Blocks; thread-safe."""

    def admit(self, request: Unsigned) -> Claim | None:
        """Who signed it; None where nobody signs and the body's word is taken.

        Raises:
            NotAdmittedError: see there.
        """


class OpenGate:
    """Takes every request's word for whose it is. For the proof, which runs the backend in its own
    process; never behind a socket that anybody else reaches.
    """

    def admit(self, request: Unsigned) -> Claim | None:
        """See `Gate`."""
        del request
        return None


class SignedGate:
    """Admits what is signed by a key in force, freshly, for the first time, and not too often.

    Args:
        keys: of all terminals.
        guard: of used signatures.
        limits: of requests.
        window: how far the time of signing may be from here, either way.
        clock: aware UTC time.
    """

    def __init__(
        self,
        keys: KeyRing,
        guard: ReplayGuard,
        limits: RateLimits,
        *,
        window: timedelta,
        clock: Callable[[], datetime],
    ) -> None:
        self._keys = keys
        self._remembered = RememberedKeys(keys)
        # What is remembered is enough where the guard says whether the key is still in force.
        self._find = self._remembered.find if guard.judges_keys else self._remembered.look_up
        self._guard = guard
        self._limits = limits
        self._window = window
        self._clock = clock

    def admit(self, request: Unsigned) -> Claim | None:
        """See `Gate`."""
        found: list[InForce] = []

        def find(terminal_id: str, key_id: str) -> Ed25519PublicKey | None:
            known = self._find(terminal_id, key_id)
            if known is None:
                return None
            found.append(known)
            return known.key

        claim = _read(request, find)
        self._must_be_fresh(claim)
        if found[0].replaces is not None:
            self._keys.took_over(claim.terminal_id, claim.key_id)
        return claim

    def recognised(self, request: Unsigned) -> Claim | None:
        """Who signed it, as far as can be told without the database; None where its key is not
        remembered. Never blocks. Whoever asks must find out, in the transaction in which the request
        is served, that the key is in force and the nonce new, and `forget` a key that is not.

        Raises:
            NotAdmittedError: see there.
        """
        missed = False

        def find(terminal_id: str, key_id: str) -> Ed25519PublicKey | None:
            nonlocal missed
            known = self._remembered.remembered(terminal_id, key_id)
            missed = known is None
            return None if known is None else known.key

        try:
            claim = _read(request, find)
        except NotAdmittedError:
            if missed:
                return None
            raise
        self._must_be_of_now(claim, self._clock())
        self._must_not_be_too_many(claim)
        return claim

    def remember_all(self) -> None:
        """Know every key before the first request, so that a start under load costs no more."""
        self._remembered.look_all_up()

    def forget(self, claim: Claim) -> None:
        """The key of this claim is not in force any more."""
        self._remembered.forget(claim.terminal_id, claim.key_id)

    def admit_newcomer(self, request: Unsigned, key: Ed25519PublicKey) -> Claim:
        """Who signed a request by a key that nobody knows yet: the one it brings.

        It takes no permit and no place in the guard's memory, which strangers could use up; a token
        is good once whatever comes twice.

        Raises:
            NotAdmittedError: see there.
        """
        claim = _read(request, lambda _, key_id: key if key_id == key_id_of(key) else None)
        self._must_be_of_now(claim, self._clock())
        return claim

    def _must_be_fresh(self, claim: Claim) -> None:
        now = self._clock()
        self._must_be_of_now(claim, now)
        self._must_not_be_too_many(claim)
        try:
            new = self._guard.is_new(claim, now)
        except GuardFullError:
            raise NotAdmittedError(ErrorCode.BUSY, retry_after_s=5) from None
        except KeyEndedError:
            self.forget(claim)
            raise NotAdmittedError(ErrorCode.KEY_UNKNOWN, terminal_id=claim.terminal_id) from None
        if not new:
            raise NotAdmittedError(ErrorCode.REPLAYED, terminal_id=claim.terminal_id)

    def _must_not_be_too_many(self, claim: Claim) -> None:
        wait_s = self._limits.wait_s(claim.terminal_id)
        if wait_s > 0:
            raise NotAdmittedError(
                ErrorCode.TOO_MANY, terminal_id=claim.terminal_id, retry_after_s=ceil(wait_s)
            )

    def _must_be_of_now(self, claim: Claim, now: datetime) -> None:
        begins = self._guard.begins
        if abs(now - claim.created) > self._window or (begins and claim.created < begins):
            raise NotAdmittedError(
                ErrorCode.CLOCK_SKEW, terminal_id=claim.terminal_id, server_time=now
            )


def _read(request: Unsigned, find: Callable[[str, str], Ed25519PublicKey | None]) -> Claim:
    try:
        return verify(request, find)
    except SignatureRefusedError as refused:
        raise NotAdmittedError(_CODES[refused.fault]) from None
