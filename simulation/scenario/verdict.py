"""What must be true when any scenario is over: every note and every sum in its place.

Gathers what the terminal, the acceptor and the backend hold once the terminal has ended, and names
each contradiction. It must never mend anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.exc import DBAPIError

from offline_queue.journal import ChainKey
from offline_queue.journal.verify import verify
from simulation.demo.control import ControlError
from simulation.demo.stand import Stand, StandPaths
from simulation.scenario.summary import JournalView, PaymentSummary, journal_view, side_by_side


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is found when the terminal has ended; sums in kopecks.

    `exit_code` is None where the power was off and nothing was left to end; `cassette_minor` is None
    where the acceptor did not answer.
    """

    exit_code: int | None
    view: JournalView
    payments: tuple[PaymentSummary, ...]
    cassette_minor: int | None
    violations: tuple[str, ...]
    audit: tuple[str, ...]


def gather(stand: Stand) -> Evidence:
    """End the terminal in order and look at what it leaves."""
    exit_code = stand.stop_terminal()
    view = journal_view(stand.paths.journal)
    cassette, violations = _acceptor(stand)
    return Evidence(
        exit_code=exit_code,
        view=view,
        payments=side_by_side(view, stand.backend_payments()),
        cassette_minor=cassette,
        violations=violations,
        audit=_audit(stand.paths),
    )


def contradictions(found: Evidence) -> tuple[str, ...]:
    """Everything that does not hold, each in words; empty when all is well."""
    return tuple(_contradictions(found))


def in_cassette(stand: Stand) -> int:
    """Kopecks that are physically in the simulated cassette.

    Raises:
        ControlError: the acceptor does not answer.
    """
    notes: dict[str, int] = stand.acceptor.say("status")["cassette"]
    return sum(int(value) * 100 * count for value, count in notes.items())


def _contradictions(found: Evidence) -> Iterator[str]:
    if found.exit_code not in (0, None):
        yield f"the terminal ended with exit code {found.exit_code}"
    yield from _money(found)
    for payment in found.payments:
        if not payment.agrees:
            yield f"terminal and backend differ in the sums of payment {payment.number}"
    for violation in found.violations:
        yield f"the acceptor was told what it must not be told: {violation}"
    for finding in found.audit:
        yield f"the journal does not verify: {finding}"


def _money(found: Evidence) -> Iterator[str]:
    view = found.view
    if found.cassette_minor is None:
        yield "the acceptor does not say what is in its cassette"
    elif found.cassette_minor != view.cash_minor:
        yield f"cash by the journal {view.cash_minor}, in the cassette {found.cassette_minor} kopecks"
    # Disputed notes are in neither: nobody knows where they are.
    paid = sum(payment.inserted_minor for payment in found.payments)
    known = paid + view.suspense_minor + view.open_session_minor
    if known != view.cash_minor:
        yield (
            f"cash by the journal {view.cash_minor}, but payments {paid}, suspense "
            f"{view.suspense_minor}, open session {view.open_session_minor} kopecks"
        )


def _acceptor(stand: Stand) -> tuple[int | None, tuple[str, ...]]:
    try:
        return in_cassette(stand), tuple(stand.acceptor.say("status")["violations"])
    except ControlError:
        return None, ()


def _audit(paths: StandPaths) -> tuple[str, ...]:
    try:
        secret = bytes.fromhex(paths.journal_key.read_text(encoding="ascii").strip())
        findings = verify(paths.journal, ChainKey(secret)).findings
    except (OSError, ValueError, DBAPIError) as error:
        return (str(error),)
    return tuple(f"{one.what} (record {one.seq})" if one.seq else one.what for one in findings)
