"""A payment that was parked is offered again after an upgrade, once, and never one in conflict."""

from kiosk.terminal.touch import Action
from offline_queue.journal.records import PaymentsSent, from_text
from offline_queue.journal.verify import rows
from offline_queue.sync.messages import Answered, Parked
from terminal_api.payments import PaymentAnswer, PaymentStatus, Verdict


def pay(bench, times):
    for _ in range(times):
        bench.touch(Action.FINISH)
        bench.go_to_money()
        bench.feed(100)
        bench.pay()
        bench.printed()
        bench.wait(21)


def states(bench):
    return [payment.state for payment in bench.payments]


def offered(bench):
    with bench.journal.reading() as connection:
        records = [from_text(row.body) for row in rows(connection)]
    return [one.numbers for one in records if one.kind == "payments_offered_again"]


def live_again(bench, version="test"):
    bench.cut_power()
    bench.version = version
    bench.start()
    bench.ready()


def park(bench):
    """The first is unreadable, the second in conflict."""
    pay(bench, 2)
    bench.tell(Parked(numbers=(1,), why="HTTP 422"))
    conflict = PaymentAnswer(
        number=2, verdict=Verdict.CONFLICT, status=PaymentStatus.UNKNOWN, uid=None
    )
    bench.tell(Answered(answers=(conflict,)))
    assert states(bench) == ["parked", "parked"]


def test_another_version_offers_it_again_as_it_was_formed(bench):
    park(bench)
    before = bench.payments[0].item
    live_again(bench, "newer")
    assert bench.orders.named("submit") == [("submit", (1,), False)]
    assert states(bench) == ["sent", "parked"]
    assert bench.payments[0].item == before
    bench.credited(1)
    assert states(bench) == ["credited", "parked"]
    assert bench.verdict().ok


def test_the_same_version_leaves_it_to_a_person(bench):
    park(bench)
    live_again(bench)
    assert bench.orders.named("submit") == []
    assert states(bench) == ["parked", "parked"]


def test_one_upgrade_is_one_chance(bench):
    park(bench)
    live_again(bench, "newer")
    bench.tell(Parked(numbers=(1,), why="HTTP 422"))
    live_again(bench, "newer")
    assert states(bench) == ["parked", "parked"]
    assert offered(bench) == [(1,)]


def test_the_chance_is_not_lost_when_the_first_record_of_the_life_fails(bench):
    park(bench)
    bench.cut_power()
    bench.version = "newer"
    bench.start(broken=True)
    assert states(bench) == ["parked", "parked"]
    bench.journal.broken = False
    bench.wait(3)
    assert offered(bench) == [(1,)]
    assert PaymentsSent(numbers=(1,)) in _records(bench)


def _records(bench):
    with bench.journal.reading() as connection:
        return [from_text(row.body) for row in rows(connection)]
