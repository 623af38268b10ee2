"""A watched acceptor, with every protocol's real halves: what is told, and what is left alone."""

from collections.abc import Callable
from string import Formatter

import pytest

from drivers.acceptors.ccnet.explain import CcnetExplainer
from drivers.acceptors.ccnet.frames import encode_answer, encode_command
from drivers.acceptors.contract import AcceptorEvent, Fault
from drivers.acceptors.faults import FaultNumber
from drivers.acceptors.state_tap import StateTap
from drivers.acceptors.watch import Seen, Watch, watch_texts
from simulation.acceptor.protocols import Build, HostBuild, ProtocolName, kit_of
from simulation.acceptor.rig import Rig


class Watched:
    """A machine, its host half, and a technician."""

    def __init__(self, protocol: ProtocolName, *, stacks: bool) -> None:
        self.kit = kit_of(protocol)
        self.machine = self.kit.make_machine(Build())
        self.known: bytes | None = None
        self.seen: list[Seen] = []
        self.lives = 0
        self.stacks = stacks
        self.begin()
        self.rig = Rig(self.host, self.machine, react=self.react)

    def begin(self) -> None:
        self.lives += 1
        self.host = self.kit.make_host(
            HostBuild(boot=f"watch{self.lives}", known=self.known, remember=self.remember)
        )
        self.watch = Watch(self.host, stacks=self.stacks, language="en", show=self.seen.append)
        self.react: Callable[[AcceptorEvent], None] = self.watch.take

    def remember(self, known: bytes) -> None:
        self.known = known

    def again(self) -> None:
        self.begin()
        self.rig.react = self.react
        self.rig.replace_host(self.host)

    def until(self, event: str) -> None:
        before = len(self.seen)
        self.rig.run_until(lambda: any(s.facts["event"] == event for s in self.seen[before:]))

    def insert(self, value: int) -> None:
        assert self.machine.insert(value, self.rig.now)

    def places(self) -> tuple[int, int]:
        metal = self.machine.body.places
        return len(metal.cassette), len(metal.returned)


@pytest.fixture(params=list(ProtocolName))
def protocol(request: pytest.FixtureRequest) -> ProtocolName:
    name: ProtocolName = request.param
    return name


def test_a_note_is_given_back_unless_it_shall_be_taken(protocol: ProtocolName) -> None:
    watched = Watched(protocol, stacks=False)
    watched.until("enabled")
    watched.insert(500)
    watched.until("returned")
    watched.rig.run(3)
    assert watched.places() == (0, 1)
    escrowed = next(seen for seen in watched.seen if seen.facts["event"] == "escrowed")
    assert escrowed.words == "500 RUB in escrow: giving it back"


def test_a_note_that_is_taken_is_loudly_credited_to_nobody(protocol: ProtocolName) -> None:
    watched = Watched(protocol, stacks=True)
    watched.until("enabled")
    for _ in range(2):
        watched.insert(100)
        watched.until("stacked")
        watched.rig.run(3)
    assert watched.places() == (2, 0)
    stacked = [seen for seen in watched.seen if seen.facts["event"] == "stacked"]
    assert len(stacked) == 2
    assert "credited to nobody" in stacked[0].words


def test_the_end_of_the_terminals_note_stays_with_the_device(protocol: ProtocolName) -> None:
    watched = Watched(protocol, stacks=True)
    watched.until("enabled")
    watched.rig.react = lambda event: watched.react(event) if _moves(event) else None
    watched.insert(500)
    watched.rig.run_until(lambda: watched.machine.body.shown_end is not None)
    watched.again()
    watched.rig.run(20)
    told = [seen for seen in watched.seen if seen.facts.get("belongs_to_terminal")]
    assert [seen.facts["event"] for seen in told] == ["stacked"]
    assert "start the terminal" in told[0].words
    assert watched.machine.body.shown_end is not None


def _moves(event: AcceptorEvent) -> bool:
    return type(event).__name__ not in ("Stacked", "Disputed")


def test_ending_gives_a_note_in_escrow_back_and_rests(protocol: ProtocolName) -> None:
    watched = Watched(protocol, stacks=True)
    watched.until("enabled")
    watched.insert(500)
    watched.rig.run(0.3)
    watched.watch.end()
    watched.rig.run_until(lambda: watched.watch.is_at_rest)
    assert watched.places() == (0, 1)


def test_a_fault_comes_with_advice_in_the_technicians_language() -> None:
    seen: list[Seen] = []
    host = kit_of(ProtocolName.CCNET).make_host(HostBuild(boot="watch1"))
    watch = Watch(host, stacks=False, language="ru", show=seen.append)
    watch.take(Fault(number=FaultNumber.CASSETTE_FULL, raw="41"))
    watch.take(Fault(number=999, raw=""))
    assert "неисправность 110 cassette_full (41): " in seen[0].words
    assert "инкассац" in str(seen[0].facts["advice"]).lower()
    assert seen[1].words == "неисправность 999 unknown: "


def test_a_refused_note_comes_with_the_makers_reason_in_words(protocol: ProtocolName) -> None:
    watched = Watched(protocol, stacks=False)
    watched.until("enabled")
    assert watched.machine.insert(None, watched.rig.now)
    watched.until("rejected")
    told = next(seen for seen in watched.seen if seen.facts["event"] == "rejected")
    assert str(told.facts["advice"]).endswith(".")
    assert str(told.facts["advice"]) in told.words


def test_every_language_says_everything_with_the_same_names_filled_in() -> None:
    languages = watch_texts()
    assert set(languages) == {"ru", "en", "kk"}
    for language in languages.values():
        assert set(language) == set(languages["en"])
        for name, text in language.items():
            wanted = [field for _, field, _, _ in Formatter().parse(languages["en"][name]) if field]
            found = [field for _, field, _, _ in Formatter().parse(text) if field]
            assert sorted(found) == sorted(wanted)


def test_a_state_is_told_when_it_changes(protocol: ProtocolName) -> None:
    watched = Watched(protocol, stacks=False)
    watched.watch.says("idling")
    watched.watch.says("idling")
    watched.watch.says("accepting")
    assert [seen.words for seen in watched.seen] == ["state: idling", "state: accepting"]


def test_states_are_heard_on_the_line_and_acknowledgements_are_none() -> None:
    heard: list[str] = []
    tap = StateTap(CcnetExplainer(), heard.append)
    for asked, answer in ((0x33, b"\x14"), (0x35, b"\x00"), (0x33, b"\x1c\x68")):
        tap.crossed(encode_command(asked), to_device=True)
        tap.crossed(encode_answer(answer), to_device=False)
        tap.crossed(encode_command(0x00), to_device=True)
    assert heard == ["idling", "rejecting inhibited"]
