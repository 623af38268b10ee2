"""Whoever touches the screen while the terminal is still loaded is answered and remembered."""

import threading
from dataclasses import fields, replace

import pytest

from kiosk.session.manner import asked_for
from kiosk.terminal.snapshot import Language, Manner, Screen, Snapshot
from kiosk.terminal.touch import Action, Touch
from ui.front_desk import FrontDesk
from ui.gallery.samples import SAMPLES

KK = Manner(language=Language.KK)


class Behind:
    """A terminal that comes late; it takes touches only when told to, as its thread does."""

    def __init__(self, screen=Screen.STARTING):
        self.shown = Snapshot(serial=1, screen=screen)
        self.touches = []
        self.ended = None
        self.beats = 0

    def subscribe(self, show):
        self.show = show
        show(self.shown)

    def ready(self, end):
        self.ended = end

    def beat(self):
        self.beats += 1

    def say(self, **changes):
        self.shown = replace(self.shown, **changes)
        self.show(self.shown)


@pytest.fixture
def desk():
    return FrontDesk(Language.RU)


@pytest.fixture
def seen(desk):
    seen = []
    desk.subscribe(seen.append)
    desk.window_ready(lambda: None)
    return seen


def served(desk, behind):
    desk.window_ended()
    return desk.serve(
        subscribe=behind.subscribe,
        post=behind.touches.append,
        on_ready=behind.ready,
        on_beat=behind.beat,
        info="settled when the window was opened",
    )


def choose(desk, code):
    desk.post(Touch(screen=Screen.STARTING, action=Action.LANGUAGE, value=code))


def test_a_language_is_answered_at_once(desk, seen):
    choose(desk, "kk")
    assert [one.manner.language for one in seen] == ["ru", "kk"]
    assert all(one.screen is Screen.STARTING for one in seen)


def test_nothing_that_could_mean_money_is_answered_or_kept(desk, seen):
    for action in (Action.OPEN_PROVIDER, Action.PAY, Action.BEGIN, Action.FORWARD):
        desk.post(Touch(screen=Screen.STARTING, action=action, value="mts"))
    behind = Behind()
    served(desk, behind)
    assert behind.touches == []
    assert len(seen) == 2


def test_what_was_chosen_is_told_to_the_terminal_and_shown_meanwhile(desk, seen):
    choose(desk, "kk")
    desk.post(Touch(screen=Screen.STARTING, action=Action.CONTRAST))
    behind = Behind()
    served(desk, behind)
    assert [(one.action, one.value) for one in behind.touches] == [
        (Action.LANGUAGE, "kk"),
        (Action.CONTRAST, ""),
    ]
    assert seen[-1].manner == Manner(language=Language.KK, contrast=True)


OTHER = {"language": Language.KK, "contrast": True, "low": True, "large": True}
ASKING = {
    "language": (Action.LANGUAGE, "kk"),
    "contrast": (Action.CONTRAST, ""),
    "low": (Action.LOW, ""),
    "large": (Action.LARGE, ""),
}


@pytest.mark.parametrize("field", [one.name for one in fields(Manner)])
def test_every_way_to_be_spoken_to_that_is_chosen_early_reaches_the_terminal(desk, seen, field):
    action, value = ASKING[field]
    desk.post(Touch(screen=Screen.STARTING, action=action, value=value))
    behind = Behind()
    served(desk, behind)
    manner = Manner()
    for touch in behind.touches:
        manner = asked_for(manner, touch.action, touch.value)
    assert manner == seen[-1].manner == replace(Manner(), **{field: OTHER[field]})
    # Once it is taken, the terminal's own manner is shown, whatever that is.
    behind.say(serial=2, manner=manner)
    behind.say(serial=3, screen=Screen.ATTRACT, manner=Manner())
    assert seen[-1].manner == Manner()


def test_it_is_told_once_on_each_screen_until_it_is_taken(desk, seen):
    choose(desk, "kk")
    behind = Behind()
    served(desk, behind)
    behind.say(serial=2)
    behind.say(serial=3, screen=Screen.HOME)
    assert [one.screen for one in behind.touches] == [Screen.STARTING, Screen.HOME]
    behind.say(serial=4, manner=KK)
    behind.say(serial=5, screen=Screen.ATTRACT, manner=Manner())
    assert len(behind.touches) == 2
    assert seen[-1].manner == Manner()


def test_a_choice_made_after_the_terminal_is_there_wins(desk, seen):
    choose(desk, "kk")
    behind = Behind()
    served(desk, behind)
    choose(desk, "en")
    behind.say(serial=2, screen=Screen.HOME)
    assert [one.value for one in behind.touches] == ["kk", "en"]


def test_then_everything_goes_to_the_terminal(desk, seen):
    behind = Behind(Screen.HOME)
    served(desk, behind)
    touch = Touch(screen=Screen.HOME, action=Action.OPEN_SEARCH)
    desk.post(touch)
    behind.say(**{"serial": 2, "home": SAMPLES["home"].home})
    assert behind.touches == [touch]
    assert seen[-1] is behind.shown


def test_the_window_lives_for_the_supervisor_only_with_a_terminal_behind_it(desk, seen):
    behind = Behind()
    desk.beat()
    served(desk, behind)
    desk.beat()
    assert behind.beats == 1
    assert behind.ended is not None


def test_who_serves_waits_until_the_window_has_ended(desk, seen):
    behind = Behind()
    ready = threading.Event()
    thread = threading.Thread(
        target=desk.serve,
        kwargs={
            "subscribe": behind.subscribe,
            "post": behind.touches.append,
            "on_ready": lambda _: ready.set(),
        },
    )
    thread.start()
    assert ready.wait(5)
    assert thread.is_alive()
    desk.window_ended()
    thread.join(5)
    assert not thread.is_alive()
