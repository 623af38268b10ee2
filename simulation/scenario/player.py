"""Plays a scenario on a stand, step by step, and says which step failed and why.

Every waiting has an end. A step that fails stops the play, since what follows would be meaningless;
what the stand holds by then is still summed up.
"""

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from simulation.demo.children import ChildError, wait_until
from simulation.demo.control import ControlError
from simulation.demo.stand import Stand
from simulation.network.forwarder import LineMode
from simulation.scenario import steps as s
from simulation.scenario.summary import (
    JournalView,
    PaymentSummary,
    as_json,
    journal_view,
    side_by_side,
)
from simulation.scenario.verdict import Evidence, contradictions, gather, in_cassette

Report = Callable[[str], None]
"""Takes one line of progress for a person."""


class StepFailedError(Exception):
    """A step could not be done, or an expectation did not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a play ended; `failure` says which step failed and every contradiction found after it."""

    steps: int
    failure: str
    payments: tuple[PaymentSummary, ...]

    @property
    def ok(self) -> bool:
        """True when every step held and nothing at the end contradicts anything."""
        return not self.failure


def play(scenario: s.Scenario, folder: Path, report: Report) -> Outcome:
    """Play a scenario in an empty folder and leave screenshots, receipts, journal and summary there.

    Raises:
        ChildError, TimeoutError: the stand itself did not start.
    """
    with Stand(folder, settings=scenario.settings, headless=True) as stand:
        player = Player(stand, report)
        failure = player.play(scenario.steps)
        if failure and stand.powered:
            with contextlib.suppress(ControlError):
                player.picture("failure")
        evidence = gather(stand)
    wrong = contradictions(evidence)
    for what in wrong:
        report(f"FAILED {what}")
    outcome = Outcome(
        steps=len(scenario.steps),
        failure="; ".join([failure, *wrong] if failure else wrong),
        payments=evidence.payments,
    )
    _write_summary(folder / "summary.json", scenario, outcome, evidence)
    return outcome


class Player:
    """The hand that plays on a stand."""

    def __init__(self, stand: Stand, report: Report) -> None:
        self._stand = stand
        self._report = report
        self._pictures = 0

    def play(self, steps: tuple[s.Step, ...]) -> str:
        """Play the steps; the text of the first failure, or nothing."""
        for number, step in enumerate(steps, start=1):
            said = json.dumps(step.model_dump(exclude_defaults=True), ensure_ascii=False)
            self._report(f"{number:>3}/{len(steps)} {said}")
            try:
                self._do(step)
            except (ControlError, TimeoutError, StepFailedError, ChildError) as error:
                failure = f"step {number} {said}: {error}"
                self._report(f"FAILED {failure}")
                return failure
        return ""

    def picture(self, name: str) -> None:
        """Keep a picture of the screen."""
        self._pictures += 1
        path = self._stand.paths.folder / f"screen-{self._pictures:02d}-{name}.png"
        self._stand.finger.do(do="screenshot", path=str(path))

    def _do(self, step: s.Step) -> None:
        finger = self._stand.finger
        match step:
            case s.Touch():
                self._touch(step)
            case s.TypeKeys():
                finger.do(do="type", text=step.type)
            case s.WaitScreen():
                self._wait_screen(step)
            case s.WaitText():
                self._wait_text(step)
            case s.ExpectVisible():
                self._expect_visible(step)
            case s.Screenshot():
                self.picture(step.screenshot)
            case s.Insert():
                self._insert(step)
            case s.Device():
                self._command(step)
            case s.WaitAcceptor():
                self._wait_acceptor(step)
            case s.Network():
                self._network(step)
            case s.Power():
                self._power(step)
            case s.Pause():
                with contextlib.suppress(TimeoutError):
                    wait_until(lambda: False, "the pause to end", step.pause_s)
            case s.ExpectPayment() | s.ExpectPayments() | s.ExpectCash():
                self._expect(step)
            case _ as never:
                assert_never(never)

    def _touch(self, step: s.Touch) -> None:
        why = ""

        def touched() -> bool:
            nonlocal why
            try:
                self._stand.finger.do(do="touch", target=step.touch)
            except ControlError as error:
                why = str(error)
                return False
            return True

        # A person, too, touches a button only once it is there and lit.
        try:
            wait_until(touched, step.touch, step.timeout_s)
        except TimeoutError as error:
            raise StepFailedError(why) from error

    def _wait_screen(self, step: s.WaitScreen) -> None:
        self._stand.finger.do(
            # The finger answers in time by itself; the socket is a little more patient.
            socket_timeout_s=step.timeout_s + 5,
            do="wait_screen",
            screen=step.wait_screen,
            timeout_s=step.timeout_s,
        )
        self.picture(step.wait_screen)

    def _wait_text(self, step: s.WaitText) -> None:
        wanted = _plain(step.wait_text.text)
        shown = ""

        def right() -> bool:
            nonlocal shown
            answer = self._stand.finger.do(do="text_of", target=step.wait_text.target)
            shown = _plain(str(answer["text"]))
            return shown == wanted

        try:
            wait_until(right, wanted, step.timeout_s)
        except TimeoutError as error:
            raise StepFailedError(f"{step.wait_text.target} shows {shown!r}") from error

    def _expect_visible(self, step: s.ExpectVisible) -> None:
        wanted = _plain(step.expect_visible)

        def there() -> bool:
            texts = self._stand.finger.do(do="texts")["texts"]
            return any(wanted in _plain(text) for text in texts)

        wait_until(there, f"a text with {wanted!r}", step.timeout_s)

    def _insert(self, step: s.Insert) -> None:
        def taken() -> bool:
            with contextlib.suppress(ControlError):
                self._stand.acceptor.say(f"insert {step.insert}")
                return True
            return False

        # The bezel is closed until the acceptor was enabled and the last note is through.
        wait_until(taken, "the acceptor to take a note", step.timeout_s)

    def _command(self, step: s.Device) -> None:
        if step.acceptor == "unplug":
            self._stand.unplug_acceptor()
        elif step.acceptor == "plug":
            self._stand.plug_acceptor()
        elif step.acceptor is not None:
            self._stand.acceptor.say(step.acceptor)
        if step.printer is not None:
            self._stand.printer.say(step.printer)

    def _wait_acceptor(self, step: s.WaitAcceptor) -> None:
        wait_until(
            lambda: self._stand.acceptor.say("status")["phase"] == step.wait_acceptor,
            f"the acceptor to be in {step.wait_acceptor}",
            step.timeout_s,
        )

    def _network(self, step: s.Network) -> None:
        line = self._stand.line
        if step.network == "cut":
            line.cut()
        elif step.network == "restore":
            line.mode = LineMode.PASS
            line.restore()
        else:
            line.mode = LineMode(step.network)

    def _power(self, step: s.Power) -> None:
        if step.power == "cut":
            self._stand.cut_power()
        else:
            self._stand.restore_power()

    def _expect(self, step: s.ExpectPayment | s.ExpectPayments | s.ExpectCash) -> None:
        differences: list[str] = []

        def holds() -> bool:
            differences[:] = self._differences(step)
            return not differences

        try:
            wait_until(holds, "the expectation", step.timeout_s)
        except TimeoutError as error:
            raise StepFailedError("; ".join(differences)) from error

    def _differences(self, step: s.ExpectPayment | s.ExpectPayments | s.ExpectCash) -> list[str]:
        view = journal_view(self._stand.paths.journal)
        match step:
            case s.ExpectCash():
                return _cash_differences(step.expect_cash, view, in_cassette(self._stand))
            case s.ExpectPayments():
                theirs = len(self._stand.backend_payments())
                found = len(view.payments)
                wanted = step.expect_payments
                if found != wanted or theirs > wanted:
                    return [f"{found} payments in the journal, {theirs} at the backend"]
                return []
            case s.ExpectPayment():
                payments = side_by_side(view, self._stand.backend_payments())
                return _payment_differences(step.expect_payment, payments)
            case _ as never:
                assert_never(never)


def _cash_differences(wanted: int, view: JournalView, cassette: int) -> list[str]:
    if wanted == view.cash_minor == cassette:
        return []
    return [f"journal {view.cash_minor}, cassette {cassette}, wanted {wanted} kopecks"]


def _payment_differences(
    wanted: s.PaymentWanted, payments: tuple[PaymentSummary, ...]
) -> list[str]:
    found = next((one for one in payments if one.number == wanted.number), None)
    if found is None:
        return [f"there is no payment {wanted.number}"]
    pairs = {
        "provider": (wanted.provider, found.provider),
        "account": (wanted.account, found.account),
        "inserted": (wanted.inserted, found.inserted_minor),
        "fee": (wanted.fee, found.fee_minor),
        "credited": (wanted.credited, found.credited_minor),
        "disputed": (wanted.disputed, found.disputed_minor),
        "state": (wanted.state, found.state),
        "backend_state": (wanted.backend_state, found.backend_state),
        "receipt": (wanted.receipt, found.receipt),
    }
    differences = [
        f"{name} is {actual!r}, wanted {expected!r}"
        for name, (expected, actual) in pairs.items()
        if expected is not None and expected != actual
    ]
    return differences if found.agrees else [*differences, "terminal and backend differ in sums"]


def _plain(text: str) -> str:
    """A text with every kind of space as a plain one."""
    return " ".join(text.replace("\u2212", "-").replace("\u2013", "-").split())


def _write_summary(path: Path, scenario: s.Scenario, outcome: Outcome, evidence: Evidence) -> None:
    summary = {
        "title": scenario.title,
        "ok": outcome.ok,
        "failure": outcome.failure,
        "payments": as_json(outcome.payments),
        "cash_by_journal_minor": evidence.view.cash_minor,
        "cash_in_cassette_minor": evidence.cassette_minor,
        "suspense_minor": evidence.view.suspense_minor,
        "open_session_minor": evidence.view.open_session_minor,
        "terminal_exit_code": evidence.exit_code,
        "acceptor_violations": evidence.violations,
        "journal_findings": evidence.audit,
    }
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
