"""The sync machine: state by event, then any troubles against a model of the backend."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offline_queue.sync import (
    Answered,
    Idle,
    LinkChanged,
    LocalSyncError,
    Missing,
    Parked,
    Send,
    SyncEvent,
    SyncMachine,
    SyncPolicy,
    SyncRequest,
    TransportTrouble,
    Wait,
)
from terminal_api import (
    PAYMENTS_PATH,
    STATUS_PATH,
    BatchAnswer,
    ErrorBody,
    ErrorCode,
    NoteItem,
    PaymentAnswer,
    PaymentBatch,
    PaymentItem,
    PaymentState,
    PaymentStatus,
    StatusAnswer,
    StatusQuestion,
    Verdict,
    body_hash,
    canonical_bytes,
)

TERMINAL = "10000001"
PORTAL = b"<!doctype html><html><body>Log in, please.</body></html>"
REFUSAL = canonical_bytes(ErrorBody(error=ErrorCode.MALFORMED, message="no"))


def payment(number: int, minor: int = 10_000) -> PaymentItem:
    return PaymentItem(
        number=number,
        session=f"s{number}",
        provider_id=7,
        provider_code="mobile",
        account="9161234567",
        fields={},
        currency="RUB",
        inserted_minor=minor,
        fee_minor=0,
        credited_minor=minor,
        fee_version="1",
        formed_at=datetime(2026, 5, 1, tzinfo=UTC),
        receipt_number=number,
        notes=(NoteItem(cycle=f"c{number}", minor=minor, currency="RUB"),),
    )


def batch(*numbers: int) -> PaymentBatch:
    return PaymentBatch(terminal_id=TERMINAL, payments=tuple(payment(it) for it in numbers))


@dataclass
class Backend:
    """What the backend promises, in a few lines: exactly once by number, content compared."""

    stored: dict[int, PaymentItem] = field(default_factory=dict)
    poison: set[int] = field(default_factory=set)
    """Payments that the backend can make nothing of: it refuses any batch with them."""
    stumbling: set[int] = field(default_factory=set)
    """Payments that bring the backend down each time."""
    final: bool = True

    def serve(self, request: SyncRequest) -> tuple[int, bytes]:
        if request.path == STATUS_PATH:
            question = StatusQuestion.model_validate_json(request.body)
            states = tuple(self._state(number) for number in question.numbers)
            return 200, canonical_bytes(StatusAnswer(terminal_id=TERMINAL, payments=states))
        assert request.path == PAYMENTS_PATH
        told = PaymentBatch.model_validate_json(request.body)
        numbers = {item.number for item in told.payments}
        if numbers & self.stumbling:
            return 500, b"{}"
        if numbers & self.poison:
            return 422, REFUSAL
        answers = tuple(self._take(item) for item in told.payments)
        return 200, canonical_bytes(BatchAnswer(terminal_id=TERMINAL, answers=answers))

    def _take(self, item: PaymentItem) -> PaymentAnswer:
        verdict = Verdict.DUPLICATE
        if item.number not in self.stored:
            self.stored[item.number] = item
            verdict = Verdict.ACCEPTED
        elif self.stored[item.number] != item:
            verdict = Verdict.CONFLICT
        return PaymentAnswer(
            number=item.number, verdict=verdict, status=self._status(), uid=f"u{item.number}"
        )

    def _state(self, number: int) -> PaymentState:
        if number not in self.stored:
            return PaymentState(number=number, status=PaymentStatus.UNKNOWN, uid=None)
        return PaymentState(
            number=number,
            status=self._status(),
            uid=f"u{number}",
            body_hash=body_hash(self.stored[number]),
        )

    def _status(self) -> PaymentStatus:
        return PaymentStatus.CREDITED if self.final else PaymentStatus.ACCEPTED


def machine(**policy: float) -> SyncMachine:
    settings_ = SyncPolicy(**policy)  # type: ignore[arg-type]
    return SyncMachine(settings_, Random(1), terminal_id=TERMINAL)


def sent(machine_: SyncMachine, now: float) -> SyncRequest:
    step = machine_.next_step(now)
    assert isinstance(step, Send), step
    return step.request


def sent_numbers(request: SyncRequest) -> list[int]:
    return [it.number for it in PaymentBatch.model_validate_json(request.body).payments]


def wait_out(machine_: SyncMachine, now: float) -> float:
    step = machine_.next_step(now)
    assert isinstance(step, Wait), step
    assert now < step.until < math.inf
    return step.until


def answered_numbers(events: list[SyncEvent] | tuple[SyncEvent, ...]) -> list[int]:
    return [it.number for event in events if isinstance(event, Answered) for it in event.answers]


def run(
    machine_: SyncMachine,
    backend: Backend,
    now: float = 0.0,
    wire: Callable[[SyncRequest], tuple[int, bytes] | TransportTrouble] | None = None,
    steps: int = 10_000,
) -> list[SyncEvent]:
    """Run until idle under simulated time; `wire` may answer in the backend's place."""
    events: list[SyncEvent] = []
    for _ in range(steps):
        match machine_.next_step(now):
            case Idle():
                return events
            case Wait(until=until):
                now = until
            case Send(request=request):
                outcome = wire(request) if wire else backend.serve(request)
                if isinstance(outcome, TransportTrouble):
                    events += machine_.on_transport_error(outcome, now)
                else:
                    events += machine_.on_answer(*outcome, now)
    raise AssertionError("the machine does not come to rest")


# One batch, one answer


def test_a_fresh_machine_is_idle() -> None:
    assert machine().next_step(0.0) == Idle()


def test_a_batch_is_sent_at_once_and_answered() -> None:
    it = machine()
    it.submit(batch(1, 2), ask_first=False, now=0.0)
    request = sent(it, 0.0)
    assert request.path == PAYMENTS_PATH
    assert request.body == canonical_bytes(batch(1, 2))
    assert it.next_step(0.0) == Wait(until=math.inf)
    events = it.on_answer(*Backend().serve(request), 0.1)
    assert events[0] == LinkChanged(online=True)
    assert answered_numbers(events) == [1, 2]
    assert it.next_step(0.1) == Idle()
    assert it.carried == ()


@pytest.mark.parametrize("kind", list(TransportTrouble))
def test_trouble_of_the_line_sends_the_same_bytes_again(kind: TransportTrouble) -> None:
    it = machine()
    it.submit(batch(1, 2, 3), ask_first=False, now=0.0)
    request = sent(it, 0.0)
    assert it.on_transport_error(kind, 0.0) == (LinkChanged(online=False, why=str(kind)),)
    assert it.carried == (1, 2, 3)
    again = sent(it, wait_out(it, 0.0))
    assert again == request
    assert again.request_id == request.request_id


def other_terminal(request: SyncRequest) -> tuple[int, bytes]:
    status, body = Backend().serve(request)
    return status, body.replace(TERMINAL.encode(), b"99999999")


def foreign_number(request: SyncRequest) -> tuple[int, bytes]:
    status, body = Backend().serve(request)
    return status, body.replace(b'"number":1', b'"number":7')


def doubled_number(request: SyncRequest) -> tuple[int, bytes]:
    status, body = Backend().serve(request)
    return status, body.replace(b'"number":2', b'"number":1')


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: (500, b""),
        lambda _: (502, PORTAL),
        lambda _: (503, REFUSAL),
        lambda _: (302, b""),
        lambda _: (204, b""),
        lambda _: (404, REFUSAL),
        lambda _: (401, REFUSAL),
        lambda _: (403, canonical_bytes(ErrorBody(error="terminal_unknown", message=""))),
        lambda _: (429, b""),
        lambda _: (422, PORTAL),
        lambda _: (400, b""),
        lambda _: (200, PORTAL),
        lambda _: (200, b""),
        lambda _: (200, b"{}"),
        lambda _: (200, b"\xff\x00"),
        lambda _: (200, canonical_bytes(BatchAnswer(terminal_id=TERMINAL, answers=()))),
        other_terminal,
        foreign_number,
        doubled_number,
    ],
)
def test_what_is_no_answer_leaves_the_outcome_unknown(
    answer: Callable[[SyncRequest], tuple[int, bytes]],
) -> None:
    it = machine()
    it.submit(batch(1, 2), ask_first=False, now=0.0)
    request = sent(it, 0.0)
    events = it.on_answer(*answer(request), 0.0)
    assert [type(event) for event in events] == [LinkChanged]
    assert it.carried == (1, 2)
    assert sent(it, wait_out(it, 0.0)) == request


def test_small_batches_that_wait_travel_together_and_what_was_sent_stays_as_it_was() -> None:
    it = machine(together=4)
    it.submit(batch(1), ask_first=False, now=0.0)
    first = sent(it, 0.0)
    for number in (2, 4, 3):
        it.submit(batch(number), ask_first=False, now=0.0)
    it.on_transport_error(TransportTrouble.CONNECT, 0.0)
    it.submit(batch(6, 7), ask_first=False, now=0.0)
    it.submit(batch(5), ask_first=True, now=0.0)
    backend, requests = Backend(), list[SyncRequest]()

    def wire(request: SyncRequest) -> tuple[int, bytes]:
        requests.append(request)
        return backend.serve(request)

    run(it, backend, 60.0, wire)
    assert requests[0] == first
    sends = [sent_numbers(request) for request in requests if request.path == PAYMENTS_PATH]
    assert sends == [[1], [2, 3, 4], [6, 7], [5]]


def test_other_content_under_a_carried_number_travels_apart() -> None:
    it = machine()
    it.submit(batch(1), ask_first=False, now=0.0)
    other = PaymentBatch(terminal_id=TERMINAL, payments=(payment(1, minor=500),))
    it.submit(other, ask_first=False, now=0.0)
    events = run(it, Backend())
    verdicts = [a.verdict for e in events if isinstance(e, Answered) for a in e.answers]
    assert verdicts == [Verdict.ACCEPTED, Verdict.CONFLICT]


def test_only_the_numbers_without_an_answer_go_again() -> None:
    it = machine()
    it.submit(batch(1, 2, 3), ask_first=False, now=0.0)
    sent(it, 0.0)
    _, body = Backend().serve(SyncRequest(path=PAYMENTS_PATH, body=canonical_bytes(batch(2))))
    assert answered_numbers(it.on_answer(200, body, 0.0)) == [2]
    assert sent_numbers(sent(it, wait_out(it, 0.0))) == [1, 3]


def test_every_verdict_is_told_and_ends_the_carrying() -> None:
    it = machine()
    it.submit(batch(1, 2, 3, 4), ask_first=False, now=0.0)
    sent(it, 0.0)
    answers = tuple(
        PaymentAnswer(number=number, verdict=verdict, status=PaymentStatus.UNKNOWN, uid=None)
        for number, verdict in enumerate(Verdict, start=1)
    )
    body = canonical_bytes(BatchAnswer(terminal_id=TERMINAL, answers=answers))
    assert it.on_answer(200, body, 0.0)[1] == Answered(answers=answers)
    assert it.next_step(0.0) == Idle()


# Refusals of a whole request


@pytest.mark.parametrize("status", [400, 413, 422])
def test_one_poisoned_payment_is_isolated_and_parked_and_the_rest_goes_through(status: int) -> None:
    backend = Backend(poison={3})
    it = machine()
    it.submit(batch(*range(1, 9)), ask_first=False, now=0.0)

    def wire(request: SyncRequest) -> tuple[int, bytes]:
        code, body = backend.serve(request)
        return (status if code == 422 else code), body

    events = run(it, backend, wire=wire)
    parked = [event for event in events if isinstance(event, Parked)]
    assert [event.numbers for event in parked] == [(3,)]
    assert str(status) in parked[0].why
    assert sorted(backend.stored) == [1, 2, 4, 5, 6, 7, 8]
    assert not any(isinstance(event, LinkChanged) and not event.online for event in events)


def test_a_refusal_that_the_backend_did_not_write_parks_nothing() -> None:
    it = machine()
    it.submit(batch(1), ask_first=False, now=0.0)
    now = 0.0
    for _ in range(20):
        sent(it, now)
        assert not any(isinstance(event, Parked) for event in it.on_answer(422, PORTAL, now))
        now = wait_out(it, now)
    assert it.carried == (1,)


def test_a_proxy_that_finds_the_batch_too_large_gets_halves() -> None:
    it = machine()
    it.submit(batch(1, 2, 3), ask_first=False, now=0.0)
    sent(it, 0.0)
    it.on_answer(413, PORTAL, 0.0)
    assert sent_numbers(sent(it, 60.0)) == [1]


def test_a_payment_that_brings_the_backend_down_is_cut_off_but_never_parked() -> None:
    backend = Backend(stumbling={5})
    it = machine()
    it.submit(batch(*range(1, 9)), ask_first=False, now=0.0)
    now, events = 0.0, list[SyncEvent]()
    for _ in range(200):
        match it.next_step(now):
            case Wait(until=until):
                now = until
            case Send(request=request):
                events += it.on_answer(*backend.serve(request), now)
    assert sorted(backend.stored) == [1, 2, 3, 4, 6, 7, 8]
    assert it.carried == (5,)
    assert not any(isinstance(event, Parked) for event in events)
    backend.stumbling.clear()
    assert answered_numbers(run(it, backend, now)) == [5]


def test_a_batch_too_long_for_a_slow_line_is_cut_until_it_passes() -> None:
    backend = Backend()
    it = machine()
    it.submit(batch(*range(1, 33)), ask_first=False, now=0.0)

    def wire(request: SyncRequest) -> tuple[int, bytes] | TransportTrouble:
        if len(sent_numbers(request)) > 8:
            return TransportTrouble.TIMEOUT
        return backend.serve(request)

    assert sorted(answered_numbers(run(it, backend, wire=wire))) == list(range(1, 33))


# Asking


def test_ask_first_sends_only_what_the_backend_does_not_have() -> None:
    backend = Backend()
    backend.stored = {1: payment(1), 3: payment(3)}
    it = machine()
    it.submit(batch(1, 2, 3), ask_first=True, now=0.0)
    question = sent(it, 0.0)
    assert question.path == STATUS_PATH
    events = it.on_answer(*backend.serve(question), 0.0)
    told = events[1]
    assert isinstance(told, Answered)
    assert [(a.number, a.verdict, a.status, a.uid) for a in told.answers] == [
        (1, Verdict.DUPLICATE, PaymentStatus.CREDITED, "u1"),
        (3, Verdict.DUPLICATE, PaymentStatus.CREDITED, "u3"),
    ]
    assert sent_numbers(sent(it, 0.0)) == [2]


def test_ask_first_does_not_take_a_strangers_payment_under_its_number_for_its_own() -> None:
    backend = Backend(stored={1: payment(1, minor=5_000)})
    it = machine()
    it.submit(batch(1), ask_first=True, now=0.0)
    events = run(it, backend)
    assert [a.verdict for e in events if isinstance(e, Answered) for a in e.answers] == [
        Verdict.CONFLICT
    ]


def test_ask_first_trusts_the_number_when_the_backend_tells_no_hash() -> None:
    it = machine()
    it.submit(batch(1), ask_first=True, now=0.0)
    sent(it, 0.0)
    state = PaymentState(number=1, status=PaymentStatus.ACCEPTED, uid="u")
    body = canonical_bytes(StatusAnswer(terminal_id=TERMINAL, payments=(state,)))
    assert answered_numbers(it.on_answer(200, body, 0.0)) == [1]


def test_ask_first_asks_again_about_numbers_left_out_of_the_answer() -> None:
    it = machine()
    it.submit(batch(1, 2), ask_first=True, now=0.0)
    sent(it, 0.0)
    state = PaymentState(number=1, status=PaymentStatus.CREDITED, uid="u")
    body = canonical_bytes(StatusAnswer(terminal_id=TERMINAL, payments=(state,)))
    assert answered_numbers(it.on_answer(200, body, 0.0)) == [1]
    request = sent(it, wait_out(it, 0.0))
    assert request.path == STATUS_PATH
    assert StatusQuestion.model_validate_json(request.body).numbers == (2,)


def test_a_backend_that_refuses_to_be_asked_is_sent_the_payments() -> None:
    it = machine()
    it.submit(batch(1, 2), ask_first=True, now=0.0)
    sent(it, 0.0)
    it.on_answer(422, REFUSAL, 0.0)
    assert sent_numbers(sent(it, 0.0)) == [1, 2]


def test_a_later_status_is_asked_when_nothing_is_to_be_sent_and_not_too_often() -> None:
    backend = Backend(stored={1: payment(1)})
    it = machine(poll_every_s=5.0)
    it.ask((1,))
    it.submit(batch(2), ask_first=False, now=0.0)
    it.on_answer(*backend.serve(sent(it, 0.0)), 0.0)
    poll = sent(it, 0.0)
    assert poll.path == STATUS_PATH
    assert answered_numbers(it.on_answer(*backend.serve(poll), 0.0)) == [1]
    assert it.next_step(0.0) == Idle()
    it.ask((1,))
    assert it.next_step(1.0) == Wait(until=5.0)
    sent(it, 5.0)


def test_a_poll_for_a_payment_that_the_backend_lost_says_so() -> None:
    it = machine()
    it.ask((4, 2))
    events = it.on_answer(*Backend().serve(sent(it, 0.0)), 0.0)
    assert events == (LinkChanged(online=True), Missing(numbers=(2, 4)))


@pytest.mark.parametrize("status", [200, 422, 500])
def test_a_poll_that_fails_is_asked_again(status: int) -> None:
    it = machine(poll_every_s=0.0)
    it.ask((1,))
    request = sent(it, 0.0)
    it.on_answer(status, REFUSAL, 0.0)
    assert sent(it, wait_out(it, 0.0)) == request
    it.on_transport_error(TransportTrouble.CONNECT, 100.0)
    assert sent(it, 200.0) == request


def test_more_than_five_hundred_questions_make_more_than_one_request() -> None:
    backend = Backend(stored={n: payment(n) for n in range(1, 1101)})
    it = machine()
    it.ask(tuple(range(1, 1101)))
    assert answered_numbers(run(it, backend)) == list(range(1, 1101))


# Pace


def test_the_ceiling_of_the_wait_doubles_up_to_the_cap() -> None:
    class Worst(Random):
        def uniform(self, a: float, b: float) -> float:
            return max(a, b)

    it = SyncMachine(SyncPolicy(base_s=1.0, cap_s=60.0), Worst(), terminal_id=TERMINAL)
    it.submit(batch(1), ask_first=False, now=0.0)
    now, waits = 0.0, []
    for _ in range(9):
        sent(it, now)
        it.on_transport_error(TransportTrouble.CONNECT, now)
        until = wait_out(it, now)
        waits.append(until - now)
        now = until
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


@given(st.integers(1, 10_000), st.randoms(use_true_random=False))
def test_jitter_stays_between_zero_and_the_cap(failures: int, rng: Random) -> None:
    assert 0.0 <= SyncPolicy().delay(failures, rng) <= 60.0


def test_a_server_that_asks_to_wait_is_obeyed_even_when_the_link_returns() -> None:
    it = machine()
    it.submit(batch(1), ask_first=False, now=0.0)
    sent(it, 0.0)
    it.on_answer(503, b"", 0.0, retry_after_s=120.0)
    it.link_returned(1.0)
    assert 120.0 <= wait_out(it, 1.0) <= 121.0


def test_nobody_on_the_wire_silences_a_terminal_for_ever() -> None:
    it = machine(retry_after_cap_s=600.0)
    it.submit(batch(1), ask_first=False, now=0.0)
    sent(it, 0.0)
    it.on_answer(503, b"", 0.0, retry_after_s=1e12)
    assert wait_out(it, 0.0) <= 601.0


def test_a_link_that_returns_ends_the_wait() -> None:
    it = machine()
    it.submit(batch(1), ask_first=False, now=0.0)
    request = sent(it, 0.0)
    it.on_answer(500, b"", 0.0)
    wait_out(it, 0.0)
    it.link_returned(0.0)
    assert sent(it, 0.0) == request


def test_the_link_is_told_once_for_each_change() -> None:
    it = machine()
    it.submit(batch(1), ask_first=False, now=0.0)
    told = []
    for outcome in (False, False, True):
        it.link_returned(0.0)
        request = sent(it, 0.0)
        if outcome:
            told += it.on_answer(*Backend().serve(request), 0.0)
        else:
            told += it.on_transport_error(TransportTrouble.CONNECT, 0.0)
    assert [e.online for e in told if isinstance(e, LinkChanged)] == [False, True]
    assert it.online is True


# Wrong use


def test_a_batch_of_another_terminal_is_refused() -> None:
    other = PaymentBatch(terminal_id="99999999", payments=(payment(1),))
    with pytest.raises(LocalSyncError):
        machine().submit(other, ask_first=False, now=0.0)


def test_an_answer_without_a_request_is_refused() -> None:
    with pytest.raises(LocalSyncError):
        machine().on_answer(200, b"", 0.0)
    with pytest.raises(LocalSyncError):
        machine().on_transport_error(TransportTrouble.CONNECT, 0.0)


def test_a_number_that_no_payment_can_have_is_not_asked() -> None:
    with pytest.raises(LocalSyncError):
        machine().ask((0,))


def test_a_payment_is_not_carried_twice() -> None:
    it = machine()
    it.submit(batch(1, 2), ask_first=False, now=0.0)
    sent(it, 0.0)
    it.submit(batch(1, 2, 3), ask_first=True, now=0.0)
    it.on_transport_error(TransportTrouble.CONNECT, 0.0)
    assert it.carried == (1, 2, 3)
    backend = Backend()
    assert sorted(answered_numbers(run(it, backend, 60.0))) == [1, 2, 3]


def test_a_fault_of_our_own_keeps_the_request_in_flight(monkeypatch: pytest.MonkeyPatch) -> None:
    it = machine()
    it.submit(batch(1), ask_first=False, now=0.0)
    request = sent(it, 0.0)

    def broken(*_: object) -> None:
        raise RuntimeError("bug")

    with monkeypatch.context() as patched:
        patched.setattr("offline_queue.sync.machine.read_batch_answer", broken)
        with pytest.raises(RuntimeError):
            it.on_answer(*Backend().serve(request), 0.0)
    assert it.in_flight
    it.on_transport_error(TransportTrouble.UNEXPECTED, 0.0)
    assert answered_numbers(run(it, Backend())) == [1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_s": 0.0},
        {"cap_s": 0.5},
        {"retry_after_cap_s": -1.0},
        {"poll_every_s": -1.0},
        {"together": 501},
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be|from"):
        machine(**wrong)


# Any sequence of troubles

troubles = st.one_of(
    st.sampled_from(TransportTrouble),
    st.sampled_from(
        [(500, b""), (200, PORTAL), (200, b""), (422, PORTAL), (413, b""), (302, b""), (404, b"")]
    ),
    st.just("lost on the way back"),
    st.just("half an answer"),
)


@settings(max_examples=150, deadline=None)
@given(
    batches=st.lists(
        st.tuples(st.sets(st.integers(1, 30), min_size=1, max_size=12), st.booleans()),
        min_size=1,
        max_size=5,
    ),
    trouble=st.lists(troubles, max_size=25),
    together=st.integers(0, 40),
    poison=st.sets(st.integers(1, 30), max_size=3),
    stored_before=st.sets(st.integers(1, 30), max_size=5),
    seed=st.integers(0, 2**32),
)
def test_after_any_troubles_each_payment_is_stored_once_and_told_once(
    batches: list[tuple[set[int], bool]],
    trouble: list[object],
    together: int,
    poison: set[int],
    stored_before: set[int],
    seed: int,
) -> None:
    poison -= stored_before
    backend = Backend(poison=poison, stored={n: payment(n) for n in stored_before})
    it = SyncMachine(SyncPolicy(together=together), Random(seed), terminal_id=TERMINAL)
    for numbers, ask_first in batches:
        it.submit(batch(*sorted(numbers)), ask_first=ask_first, now=0.0)
    wanted = set().union(*(numbers for numbers, _ in batches))
    assert set(it.carried) == wanted
    script = list(trouble)

    def wire(request: SyncRequest) -> tuple[int, bytes] | TransportTrouble:
        if not script:
            return backend.serve(request)
        match script.pop(0):
            case TransportTrouble() as kind:
                return kind
            case (int() as status, bytes() as body):
                return status, body
            case "lost on the way back":
                backend.serve(request)
                return TransportTrouble.BROKEN
            case _:
                status, body = backend.serve(request)
                return status, body[: len(body) // 2]

    events = run(it, backend, wire=wire)
    parked = [number for e in events if isinstance(e, Parked) for number in e.numbers]
    assert sorted(answered_numbers(events) + parked) == sorted(wanted)
    assert set(parked) == poison & wanted
    assert set(backend.stored) == (wanted - poison) | stored_before
    assert not any(isinstance(e, Missing) for e in events)
