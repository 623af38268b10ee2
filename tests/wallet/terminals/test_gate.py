"""Whose request it is: signed by a key in force, freshly, once, and not too often."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from terminal_api import ErrorCode
from terminal_api.signing import Claim, key_id_of
from wallet.storage.database import open_for_writing
from wallet.storage.turns import turns_of
from wallet.terminals.gate import NotAdmittedError, SignedGate
from wallet.terminals.keyring import KeyRing
from wallet.terminals.rates import Rate, RateLimits
from wallet.terminals.replay import GuardFullError, MemoryGuard, TableGuard
from wallet.terminals.tables import nonces

from .conftest import T, key, signed

WINDOW = timedelta(seconds=120)
HOUR = timedelta(hours=1)


@pytest.fixture
def gate(ring, clock) -> SignedGate:
    ring.enrol(T, ring.new_token(T, bytes(32), valid=HOUR), key(1).public_key())
    limits = RateLimits(Rate(per_s=1.0, burst=3), lambda: clock.now.timestamp())
    guard = MemoryGuard(WINDOW, clock.now - HOUR)
    return SignedGate(ring, guard, limits, window=WINDOW, clock=clock)


def refused(call: Callable[[], object]) -> NotAdmittedError:
    with pytest.raises(NotAdmittedError) as error:
        call()
    return error.value


def test_a_signed_request_is_its_terminals(gate, clock) -> None:
    assert gate.admit(signed(key(1), clock.now)).terminal_id == T


def test_a_signature_counts_once(gate, clock) -> None:
    request = signed(key(1), clock.now)
    gate.admit(request)
    assert refused(lambda: gate.admit(request)).code is ErrorCode.REPLAYED
    assert gate.admit(signed(key(1), clock.now, nonce=2)).terminal_id == T


def test_a_replay_is_refused_for_as_long_as_it_would_be_fresh(gate, clock) -> None:
    request = signed(key(1), clock.now + WINDOW)
    gate.admit(request)
    clock.on(seconds=239)
    assert refused(lambda: gate.admit(request)).code is ErrorCode.REPLAYED
    clock.on(seconds=2)
    assert refused(lambda: gate.admit(request)).code is ErrorCode.CLOCK_SKEW


@pytest.mark.parametrize("off", [-121, 121, 86_400, -86_400])
def test_a_wrong_clock_is_told_the_time_here(gate, clock, off: int) -> None:
    error = refused(lambda: gate.admit(signed(key(1), clock.now + timedelta(seconds=off))))
    assert (error.code, error.server_time) == (ErrorCode.CLOCK_SKEW, clock.now)


def test_what_was_signed_before_this_life_began_is_refused(ring, clock, gate) -> None:
    later = SignedGate(
        ring,
        MemoryGuard(WINDOW, clock.now + timedelta(seconds=30)),
        RateLimits(Rate(), lambda: 0.0),
        window=WINDOW,
        clock=lambda: clock.now + timedelta(seconds=31),
    )
    error = refused(lambda: later.admit(signed(key(1), clock.now)))
    assert error.code is ErrorCode.CLOCK_SKEW
    assert later.admit(signed(key(1), clock.now + timedelta(seconds=31), nonce=2)).terminal_id == T


def test_keys_that_are_not_in_force_are_refused(gate, ring, clock) -> None:
    assert refused(lambda: gate.admit(signed(key(2), clock.now))).code is ErrorCode.KEY_UNKNOWN
    other = signed(key(1), clock.now, terminal_id="10000002")
    assert refused(lambda: gate.admit(other)).code is ErrorCode.KEY_UNKNOWN
    ring.revoke(T)
    assert refused(lambda: gate.admit(signed(key(1), clock.now))).code is ErrorCode.KEY_UNKNOWN


def test_the_first_request_of_a_successor_ends_the_key_before_it(gate, ring, clock) -> None:
    ring.add(T, key(2).public_key(), replaces=key_id_of(key(1).public_key()))
    assert gate.admit(signed(key(1), clock.now, nonce=1)).terminal_id == T
    assert gate.admit(signed(key(2), clock.now, nonce=2)).terminal_id == T
    assert refused(lambda: gate.admit(signed(key(1), clock.now, nonce=3))).code is (
        ErrorCode.KEY_UNKNOWN
    )


def test_too_many_requests_are_told_when_to_come(gate, clock) -> None:
    for nonce in range(3):
        gate.admit(signed(key(1), clock.now, nonce=nonce))
    error = refused(lambda: gate.admit(signed(key(1), clock.now, nonce=9)))
    assert (error.code, error.retry_after_s) == (ErrorCode.TOO_MANY, 1)
    clock.on(seconds=1)
    assert gate.admit(signed(key(1), clock.now, nonce=9)).terminal_id == T


def test_bad_signatures_take_no_permit_of_the_terminal_they_name(gate, clock) -> None:
    for _ in range(10):
        refused(lambda: gate.admit(signed(key(2), clock.now)))
    assert gate.admit(signed(key(1), clock.now)).terminal_id == T


def test_a_key_is_recognised_once_it_was_admitted(gate, clock) -> None:
    assert gate.recognised(signed(key(1), clock.now)) is None
    admitted = gate.admit(signed(key(1), clock.now))
    assert gate.recognised(signed(key(1), clock.now)) == admitted
    assert gate.recognised(signed(key(2), clock.now)) is None
    gate.forget(admitted)
    assert gate.recognised(signed(key(1), clock.now)) is None


def test_what_is_recognised_is_signed_of_now_and_not_too_often(gate, clock) -> None:
    gate.admit(signed(key(1), clock.now, nonce=1))
    good = signed(key(1), clock.now, nonce=2)
    other_body = replace(good, content=b"[]")
    assert refused(lambda: gate.recognised(other_body)).code is ErrorCode.SIGNATURE_INVALID
    late = signed(key(1), clock.now - timedelta(seconds=121), nonce=3)
    error = refused(lambda: gate.recognised(late))
    assert (error.code, error.server_time) == (ErrorCode.CLOCK_SKEW, clock.now)
    for _ in range(2):
        assert gate.recognised(good) is not None
    assert refused(lambda: gate.recognised(good)).code is ErrorCode.TOO_MANY


def test_a_key_that_replaces_another_is_not_recognised_until_it_took_over(
    gate, ring, clock
) -> None:
    ring.add(T, key(2).public_key(), replaces=key_id_of(key(1).public_key()))
    gate.admit(signed(key(2), clock.now, nonce=1))
    assert gate.recognised(signed(key(2), clock.now, nonce=2)) is None
    gate.admit(signed(key(2), clock.now, nonce=2))
    assert gate.recognised(signed(key(2), clock.now, nonce=3)) is not None


def test_a_newcomer_is_known_by_the_key_it_brings_and_by_no_other(gate, clock) -> None:
    request = signed(key(5), clock.now, terminal_id="10000009")
    assert gate.admit_newcomer(request, key(5).public_key()).terminal_id == "10000009"
    error = refused(lambda: gate.admit_newcomer(request, key(6).public_key()))
    assert error.code is ErrorCode.KEY_UNKNOWN


def test_a_full_memory_refuses_and_forgets_in_time(clock) -> None:
    guard = MemoryGuard(WINDOW, clock.now, most=2)

    def claim(nonce: str) -> Claim:
        return Claim(terminal_id=T, key_id="k", nonce=nonce, created=clock.now)

    assert guard.is_new(claim("a"), clock.now)
    assert guard.is_new(claim("b"), clock.now)
    with pytest.raises(GuardFullError):
        guard.is_new(claim("c"), clock.now)
    clock.on(seconds=241)
    assert guard.is_new(claim("c"), clock.now)


def test_a_guard_in_a_table_is_shared_and_swept(postgres, clock) -> None:
    engine = open_for_writing(postgres, 4)
    turns = turns_of(engine)
    ring = KeyRing(turns, clock)
    key_id = ring.enrol(T, ring.new_token(T, bytes(32), valid=HOUR), key(1).public_key())

    def claim(nonce: str) -> Claim:
        return Claim(terminal_id=T, key_id=key_id, nonce=nonce, created=clock.now)

    one, other = TableGuard(turns, WINDOW), TableGuard(turns, WINDOW)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(guard.is_new, claim("a"), clock.now) for guard in (one, other) * 8]
    assert sum(it.result() for it in asked) == 1
    clock.on(seconds=241)
    assert one.is_new(claim("b"), clock.now)
    with turns.read() as connection:
        assert connection.execute(select(nonces.c.nonce)).scalars().all() == ["b"]
    engine.dispose()


@pytest.fixture
def two_processes(postgres, clock) -> Iterator[tuple[KeyRing, SignedGate, SignedGate]]:
    """A key ring and the gates of two processes on one PostgreSQL, a terminal enrolled."""
    engine = open_for_writing(postgres, 4)
    turns = turns_of(engine)
    ring = KeyRing(turns, clock)
    ring.enrol(T, ring.new_token(T, bytes(32), valid=HOUR), key(1).public_key())

    def gate() -> SignedGate:
        limits = RateLimits(Rate(per_s=1.0, burst=3), lambda: clock.now.timestamp())
        return SignedGate(ring, TableGuard(turns, WINDOW), limits, window=WINDOW, clock=clock)

    yield ring, gate(), gate()
    engine.dispose()


def test_a_signature_counts_once_in_all_processes(two_processes, clock) -> None:
    _, one, other = two_processes
    request = signed(key(1), clock.now)
    assert one.admit(request).terminal_id == T
    assert refused(lambda: other.admit(request)).code is ErrorCode.REPLAYED
    assert other.admit(signed(key(1), clock.now, nonce=2)).terminal_id == T


def test_a_revoked_key_is_refused_at_once_by_processes_that_know_it(two_processes, clock) -> None:
    ring, one, other = two_processes
    for nonce, gate in enumerate((one, other)):
        gate.admit(signed(key(1), clock.now, nonce=nonce))
    ring.revoke(T)
    for gate in (one, other):
        late = signed(key(1), clock.now, nonce=5)
        assert refused(lambda gate=gate, late=late: gate.admit(late)).code is ErrorCode.KEY_UNKNOWN


def test_a_replaced_key_is_refused_by_a_process_that_knows_it(two_processes, clock) -> None:
    ring, one, other = two_processes
    other.admit(signed(key(1), clock.now, nonce=1))
    ring.add(T, key(2).public_key(), replaces=key_id_of(key(1).public_key()))
    one.admit(signed(key(2), clock.now, nonce=2))
    late = signed(key(1), clock.now, nonce=3)
    assert refused(lambda: other.admit(late)).code is ErrorCode.KEY_UNKNOWN
    assert other.admit(signed(key(2), clock.now, nonce=4)).terminal_id == T


def test_an_ended_key_takes_no_permits_of_the_terminal(two_processes, clock) -> None:
    ring, gate, _ = two_processes
    gate.admit(signed(key(1), clock.now, nonce=1))
    ring.enrol(T, ring.new_token(T, b"2" * 32, valid=HOUR), key(2).public_key())
    for nonce in range(10, 20):
        refused(lambda nonce=nonce: gate.admit(signed(key(1), clock.now, nonce=nonce)))
    assert gate.admit(signed(key(2), clock.now, nonce=2)).terminal_id == T


def test_a_statement_by_itself_leaves_no_trace_on_its_connection(postgres) -> None:
    engine = open_for_writing(postgres, 1)  # one connection: the next use is the same one
    turns = turns_of(engine)
    by_driver = turns.driver()
    assert by_driver is not None
    with by_driver as driver:
        driver.execute("SELECT 1")
        assert driver.autocommit
    with turns.write(None) as connection:
        assert not connection.connection.driver_connection.autocommit
    engine.dispose()


def test_a_connection_on_which_a_statement_failed_is_thrown_away(postgres) -> None:
    engine = open_for_writing(postgres, 1)
    turns = turns_of(engine)
    failing, good = turns.driver(), turns.driver()
    assert failing is not None
    assert good is not None
    with pytest.raises(OperationalError), failing as driver:
        driver.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    with good as driver:
        assert driver.execute("SELECT 2").fetchone() == (2,)
    engine.dispose()
