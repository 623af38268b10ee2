"""Which sound belongs to what happens, how loud it is, and that nobody waits for it."""

import threading
import wave
from array import array
from dataclasses import replace
from datetime import UTC, datetime, time
from io import BytesIO

import pytest
from structlog.testing import capture_logs

from kiosk.terminal.snapshot import (
    Delivery,
    NoteLine,
    NoteProblem,
    NoteState,
    Screen,
    SlipState,
    Snapshot,
)
from ui.gallery import samples
from ui.gallery.samples import SAMPLES, shown
from ui.sounds import SILENT, Loudness, Sound, SoundListener, make
from ui.sounds import player as sound_player
from ui.sounds.player import PlayerError, SoundPlayer, play_by_process
from ui.sounds.sound import due
from ui.sounds.wave_files import FOLDER, wave_of

RETURNED = NoteLine(minor=None, state=NoteState.RETURNED, problem=NoteProblem.UNRECOGNISED)
CHECKING = NoteLine(minor=None, state=NoteState.CHECKING)
DISPUTED = NoteLine(minor=5_000, state=NoteState.DISPUTED)


def money(inserted_minor: int = 0, *notes: NoteLine) -> Snapshot:
    view = replace(samples.MONEY_EMPTY, inserted_minor=inserted_minor, notes=notes)
    return shown(Screen.MONEY, money=view)


def result(slip: SlipState, delivery: Delivery = Delivery.ACCEPTED) -> Snapshot:
    view = replace(samples.RESULT, slip=slip, delivery=delivery)
    return shown(Screen.THANKS, result=view)


def asking(seconds: int) -> Snapshot:
    return replace(SAMPLES["home"], asking=True, seconds_left=seconds)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (SAMPLES["confirm"], money(), None),
        (money(), money(0, CHECKING), None),
        (money(0, CHECKING), money(5_000, *samples.accepted(5_000)), Sound.NOTE_TAKEN),
        (money(0, CHECKING), money(0, RETURNED), Sound.NOTE_RETURNED),
        (money(0, RETURNED), money(0, RETURNED), None),
        (money(0, RETURNED, CHECKING), money(0, RETURNED, RETURNED), Sound.NOTE_RETURNED),
        (money(0, CHECKING), money(0, DISPUTED), Sound.ERROR),
        (SAMPLES["processing"], result(SlipState.PRINTING), None),
        (result(SlipState.PRINTING), result(SlipState.PRINTED), Sound.SLIP_READY),
        (result(SlipState.PRINTED), result(SlipState.PRINTED, Delivery.CREDITED), None),
        (result(SlipState.PRINTING), result(SlipState.FAILED), Sound.ERROR),
        (
            result(SlipState.PRINTED),
            result(SlipState.PRINTED, Delivery.REFUSED),
            Sound.ERROR,
        ),
        (SAMPLES["home"], asking(20), Sound.STILL_THERE),
        (asking(20), asking(19), None),
        (asking(11), asking(10), Sound.STILL_THERE),
        (asking(10), asking(9), None),
        (asking(9), SAMPLES["home"], None),
        (SAMPLES["entry"], SAMPLES["entry-wrong"], Sound.ERROR),
        (SAMPLES["entry-wrong"], SAMPLES["entry-wrong"], None),
        (SAMPLES["entry-wrong"], SAMPLES["entry"], None),
    ],
)
def test_each_sound_belongs_to_one_thing(
    before: Snapshot, after: Snapshot, expected: Sound | None
) -> None:
    assert due(before, after) is expected


def test_the_picture_of_a_start_makes_no_sound() -> None:
    heard: list[Sound] = []
    listener = SoundListener(heard.append)
    listener.hear(SAMPLES["money"])
    listener.hear(SAMPLES["money"])
    assert heard == []
    listener.hear(asking(20))
    assert heard == [Sound.STILL_THERE]


@pytest.mark.parametrize(
    ("hour", "expected"),
    [(18, 60), (19, 20), (0, 20), (4, 20), (5, 60), (12, 60)],
)
def test_nights_are_quieter_by_the_terminal_s_own_clock(hour: int, expected: int) -> None:
    loudness = Loudness(
        day=60, night=20, night_from=time(22), night_to=time(8), timezone="Europe/Moscow"
    )
    assert loudness.at(datetime(2026, 11, 22, hour, 0, tzinfo=UTC)) == expected


def test_a_night_within_a_day_and_no_night_at_all() -> None:
    moment = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    early = Loudness(day=60, night=0, night_from=time(1), night_to=time(6), timezone="UTC")
    assert early.at(moment) == 0
    assert replace(early, night_to=time(1)).at(moment) == 60
    assert not SILENT.ever


@pytest.mark.parametrize("sound", Sound)
def test_the_files_are_those_that_the_script_makes(sound: Sound) -> None:
    with wave.open(str(FOLDER / f"{sound}.wav"), "rb") as file:
        kept = array("h", file.readframes(file.getnframes()))
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        assert file.getnframes() / file.getframerate() < 1
    fresh = make.samples_of(make.SCORES[sound])
    assert len(kept) == len(fresh)
    # Another library of sines rounds the last digit another way.
    assert all(abs(one - two) <= 2 for one, two in zip(kept, fresh, strict=True))


def test_volume_scales_the_samples() -> None:
    def loudest(percent: int) -> int:
        with wave.open(BytesIO(wave_of(Sound.ERROR, percent)), "rb") as file:
            return max(map(abs, array("h", file.readframes(file.getnframes()))))

    assert loudest(50) == pytest.approx(loudest(100) / 2, abs=1)


def test_nobody_waits_for_a_sound_and_the_newest_is_heard() -> None:
    begun, go_on, heard = threading.Event(), threading.Event(), []
    done = threading.Semaphore(0)

    def play(data: bytes) -> None:
        heard.append(data)
        begun.set()
        assert go_on.wait(10)
        done.release()

    player = SoundPlayer(lambda: 100, play)
    player.want(Sound.NOTE_TAKEN)
    assert begun.wait(10)
    player.want(Sound.ERROR)
    player.want(Sound.SLIP_READY)
    go_on.set()
    assert done.acquire(timeout=10)
    assert done.acquire(timeout=10)
    player.stop()

    assert heard == [wave_of(Sound.NOTE_TAKEN, 100), wave_of(Sound.SLIP_READY, 100)]


def test_no_device_is_told_once_and_hurts_nobody() -> None:
    tried = threading.Semaphore(0)

    def play(_: bytes) -> None:
        tried.release()
        raise PlayerError("aplay: no sound card")

    with capture_logs() as logs:
        player = SoundPlayer(lambda: 100, play)
        for _ in range(3):
            player.want(Sound.ERROR)
            assert tried.acquire(timeout=10)
        player.stop()

    assert [(event["event"], event["why"]) for event in logs] == [
        ("sounds_silent", "aplay: no sound card")
    ]


def test_silence_starts_no_process() -> None:
    asked = threading.Semaphore(0)
    played: list[bytes] = []

    def percent() -> int:
        asked.release()
        return 0

    player = SoundPlayer(percent, played.append)
    player.want(Sound.ERROR)
    assert asked.acquire(timeout=10)
    player.stop()
    assert played == []


def test_a_system_without_a_player_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_player, "PLAYERS", (("no-such-player-here",),))
    with pytest.raises(PlayerError, match="no-such-player-here is installed"):
        play_by_process(b"")


@pytest.mark.parametrize(
    ("command", "named"),
    [
        (("sh", "-c", "cat >/dev/null; echo no card >&2; exit 1"), "no card"),
        (("sh", "-c", "exec sleep 5"), "hangs"),
    ],
)
def test_a_player_that_fails_or_hangs_is_named(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], named: str
) -> None:
    monkeypatch.setattr(sound_player, "PLAYERS", (command,))
    monkeypatch.setattr(sound_player, "PATIENCE_S", 0.2 if named == "hangs" else 5.0)
    with pytest.raises(PlayerError, match=named):
        play_by_process(b"RIFF")


def test_a_player_gets_the_whole_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound_player, "PLAYERS", (("sh", "-c", "test $(wc -c) -gt 1000"),))
    play_by_process(wave_of(Sound.ERROR, 60))
