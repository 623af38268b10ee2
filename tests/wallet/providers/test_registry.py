"""The registry of a day, and what differs from it."""

import contextlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.providers.payout_states import PayoutState
from wallet.providers.profile import Profile
from wallet.providers.reconciliation import Difference, Finding, reconcile
from wallet.providers.registry import (
    PaidPayment,
    RegistryError,
    RegistryLine,
    day_of_name,
    read_registry,
    registry_name,
    write_registry,
)

_PROFILE = Profile(url="http://127.0.0.1:9/", service_id="42")


def _paid(txn_id: int, minor: int = 15_000, account: str = "9161234567") -> PaidPayment:
    at = datetime(2026, 11, 22, 21, 1, 33, tzinfo=UTC)
    return PaidPayment(txn_id=txn_id, txn_at=at, account=account, sum_minor=minor)


def _line(txn_id: int, minor: int = 15_000, account: str = "9161234567") -> RegistryLine:
    return RegistryLine(txn_id=txn_id, at="23.11.2026 00:01:33", account=account, sum_minor=minor)


def test_the_file_has_a_line_for_each_payment_and_one_of_totals() -> None:
    assert write_registry(_PROFILE, [_paid(77000123), _paid(77000124, 5)]) == (
        b"77000123\t23.11.2026\t00:01:33\t9161234567\t150.00\r\n"
        b"77000124\t23.11.2026\t00:01:33\t9161234567\t0.05\r\n"
        b"Total:\t2\t150.05\r\n"
    )


def test_a_day_without_payments_has_its_totals() -> None:
    assert write_registry(_PROFILE, []) == b"Total:\t0\t0.00\r\n"
    assert read_registry(b"Total:\t0\t0.00\r\n") == ()


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_what_was_written_is_read_back_whatever_the_line_ends(line_end: str) -> None:
    written = write_registry(_PROFILE, [_paid(1), _paid(2, 7)]).decode()
    read = read_registry(written.replace("\r\n", line_end).encode())
    assert read == (_line(1), _line(2, 7))


def test_the_name_tells_service_day_and_number_of_the_file() -> None:
    name = registry_name(_PROFILE, date(2026, 11, 22), 1)
    assert name == "QIWI_42_202611221.csv"
    assert day_of_name(name) == date(2026, 11, 22)
    assert day_of_name("QIWI_42_202613991.csv") is None
    assert day_of_name("other.csv") is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no line of totals"),
        (b"1\t22.11.2026\t10:00:00\t5\t1.00\r\n", "no line of totals"),
        (b"1\t22.11.2026\t10:00:00\t5\t1.00\r\nTotal:\t2\t1.00\r\n", "do not fit"),
        (b"1\t22.11.2026\t10:00:00\t5\t1.00\r\nTotal:\t1\t1.01\r\n", "do not fit"),
        (b"1\t22.11.2026\t10:00:00\t5\t1,00\r\nTotal:\t1\t1.00\r\n", "line 1"),
        (b"1\t22.11.2026\t5\t1.00\r\nTotal:\t1\t1.00\r\n", "4 cells"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_what_is_no_registry_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(RegistryError, match=reason):
        read_registry(content)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_registry_or_none(content: bytes) -> None:
    with contextlib.suppress(RegistryError):
        read_registry(content)


def test_an_account_that_would_break_the_file_is_refused() -> None:
    with pytest.raises(RegistryError, match="tab"):
        write_registry(_PROFILE, [_paid(1, account="1\t2")])


def test_both_kinds_of_difference_are_found() -> None:
    ours = [_paid(1), _paid(2), _paid(3), _paid(4)]
    theirs = [_line(1), _line(3, 15_001), _line(4, account="9160000000"), _line(9), _line(9)]
    done = reconcile(ours, theirs, {9: PayoutState.MANUAL})
    assert (done.matched, done.matched_minor) == (1, 15_000)
    assert {(it.difference, it.txn_id) for it in done.findings} == {
        (Difference.ONLY_OURS, 2),
        (Difference.OTHER_SUM, 3),
        (Difference.OTHER_ACCOUNT, 4),
        (Difference.ONLY_THEIRS, 9),
        (Difference.LISTED_TWICE, 9),
    }
    assert (
        Finding(
            difference=Difference.ONLY_THEIRS,
            txn_id=9,
            theirs_minor=15_000,
            our_state=PayoutState.MANUAL,
        )
        in done.findings
    )


@given(st.dictionaries(st.integers(1, 10**18), st.integers(1, 10**9), max_size=30))
def test_a_provider_that_agrees_leaves_no_findings(sums: dict[int, int]) -> None:
    ours = [_paid(txn_id, minor) for txn_id, minor in sums.items()]
    done = reconcile(ours, read_registry(write_registry(_PROFILE, ours)), {})
    assert (done.matched, done.matched_minor, done.findings) == (len(sums), sum(sums.values()), ())
