"""Heartbeats of one moment go together, each is answered after its own round, and alone by itself."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from terminal_api import ErrorCode
from terminal_api.fleet import HeartbeatAnswer
from terminal_api.signing import Claim
from wallet.http import beat_round
from wallet.http.beat_round import BeatRounds
from wallet.terminals.gate import NotAdmittedError
from wallet.terminals.heartbeats import Beat, Outcome

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@dataclass
class Desk:
    """Keeps what it is told when it is let go on."""

    serve: Callable[[Beat], Outcome] = lambda beat: 7
    rounds: list[list[str]] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.heartbeats = self.gate = self

    def clock(self) -> datetime:
        return NOW

    def keep(self, beats: Sequence[Beat], now: datetime) -> list[Outcome]:
        self.rounds.append([it.claim.terminal_id for it in beats])
        assert self.go_on.wait(30)
        return [self.serve(it) for it in beats]

    def forget(self, claim: Claim) -> None:
        self.forgotten.append(claim.terminal_id)


def beat(number: int, nonce: str = "n") -> Beat:
    claim = Claim(terminal_id=f"{number:08}", key_id="k", nonce=nonce, created=NOW)
    return Beat(claim=claim, report="{}")


def run(desk: Desk, *beats: Beat) -> list[HeartbeatAnswer | BaseException]:
    """The first one's round is under way when the others come."""

    async def main() -> list[HeartbeatAnswer | BaseException]:
        rounds = BeatRounds(desk, gather_s=0.01)
        tasks = [asyncio.create_task(rounds.keep(beats[0]))]
        while not desk.rounds:
            await asyncio.sleep(0.001)
        tasks += [asyncio.create_task(rounds.keep(it)) for it in beats[1:]]
        await asyncio.sleep(0)
        desk.go_on.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    return asyncio.run(main())


def test_one_by_itself_goes_at_once_and_those_that_come_meanwhile_go_together() -> None:
    desk = Desk()
    answers = run(desk, beat(1), beat(2), beat(3))
    assert desk.rounds == [["00000001"], ["00000002", "00000003"]]
    assert [it.terminal_id for it in answers] == ["00000001", "00000002", "00000003"]
    assert {(it.server_time, it.desired) for it in answers} == {(NOW, 7)}


def test_two_of_one_terminal_go_in_their_order_in_two_rounds() -> None:
    desk = Desk()
    run(desk, beat(1), beat(2, "a"), beat(2, "b"), beat(3), beat(2, "c"))
    assert desk.rounds[1:] == [["00000002", "00000003"], ["00000002"], ["00000002"]]


def test_a_refusal_is_its_own_alone() -> None:
    said = {"00000002": ErrorCode.KEY_UNKNOWN, "00000003": ErrorCode.REPLAYED}
    desk = Desk(serve=lambda it: said.get(it.claim.terminal_id, 7))
    good, ended, again, other = run(desk, *(beat(n) for n in (1, 2, 3, 4)))
    assert (good.desired, other.desired) == (7, 7)
    assert [it.code for it in (ended, again)] == list(said.values())
    assert desk.forgotten == ["00000002"]


def test_a_round_that_failed_is_told_to_all_of_it_and_the_next_one_goes_on() -> None:
    def serve(it: Beat) -> Outcome:
        if it.claim.terminal_id == "00000001":
            raise OSError("disk")
        return 7

    failed, good = run(Desk(serve=serve), beat(1), beat(2))
    assert isinstance(failed, OSError)
    assert good.desired == 7


def test_whoever_does_not_wait_for_the_answer_takes_nobody_elses() -> None:
    async def main() -> HeartbeatAnswer:
        desk = Desk()
        rounds = BeatRounds(desk, gather_s=0.01)
        gone = asyncio.create_task(rounds.keep(beat(1)))
        stays = asyncio.create_task(rounds.keep(beat(2)))
        while not desk.rounds:
            await asyncio.sleep(0.001)
        gone.cancel()
        await asyncio.sleep(0)
        desk.go_on.set()
        return await stays

    assert asyncio.run(main()).desired == 7


def test_more_than_can_wait_are_told_to_come_later(monkeypatch) -> None:
    monkeypatch.setattr(beat_round, "MOST_WAITING", 2)
    desk = Desk()
    *good, refused = run(desk, *(beat(n) for n in range(1, 5)))
    assert [it.desired for it in good] == [7, 7, 7]
    assert isinstance(refused, NotAdmittedError)
    assert (refused.code, refused.retry_after_s) == (ErrorCode.BUSY, 5)


def test_a_round_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(beat_round, "MOST_AT_ONCE", 2)
    desk = Desk()
    run(desk, *(beat(n) for n in range(1, 7)))
    assert [len(it) for it in desk.rounds] == [1, 2, 2, 1]


def test_a_guard_that_is_full_says_when_to_come() -> None:
    (refused,) = run(Desk(serve=lambda it: ErrorCode.BUSY), beat(1))
    assert (refused.code, refused.retry_after_s) == (ErrorCode.BUSY, 5)
