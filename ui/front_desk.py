"""Answers the customer while the terminal behind the window is still being put together.

It shows the starting screen, lets her choose how it speaks to her (language, contrast, low controls,
large letters), and hands her over with what she chose once the terminal is there. It must never show
a screen on which money could be meant: that picture comes from the terminal alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from threading import Event, Lock

from kiosk.session.manner import asked_for
from kiosk.terminal.snapshot import Language, Manner, Screen, Snapshot, StartingView
from kiosk.terminal.touch import Action, Touch

Publish = Callable[[Snapshot], None]
Post = Callable[[Touch], None]


class FrontDesk:
    """Stands between a window that is there and a terminal that comes later.

    Args:
        language: what is spoken until the customer says otherwise.
    """

    def __init__(self, language: Language) -> None:
        self._lock = Lock()
        self._manner = Manner(language=language)
        self._wanted: Manner | None = None
        self._asked_on: Screen | None = None
        self._show: Publish | None = None
        self._post: Post | None = None
        self._beat: Callable[[], None] | None = None
        self._end: Callable[[], None] | None = None
        self._ended = Event()

    def subscribe(self, show: Publish) -> None:
        """The window is there. Called once, before it is shown."""
        self._show = show
        show(self._picture())

    def window_ready(self, end: Callable[[], None]) -> None:
        """The first frame stands; `end` ends the window."""
        self._end = end

    def window_ended(self) -> None:
        """The window is gone: whoever serves behind it goes on in order."""
        self._ended.set()

    def let_go(self) -> None:
        """Hold nothing of the window any more, or it would die later in the thread that serves.
        Called in the Qt thread; what the terminal shows from now on goes nowhere.
        """
        self._show = None

    def post(self, touch: Touch) -> None:
        """A finger touched the window. Called in the Qt thread."""
        with self._lock:
            post = self._post
            asked = asked_for(self._manner, touch.action, touch.value)
            if asked is not None:
                self._manner = asked
                self._wanted = asked if post is None else None
        if post is not None:
            post(touch)
        elif asked is not None and self._show is not None:
            self._show(self._picture())

    def beat(self) -> None:
        """The window lives. Called in the Qt thread."""
        if self._beat is not None:
            self._beat()

    def serve(
        self,
        *,
        subscribe: Callable[[Publish], None],
        post: Post,
        on_ready: Callable[[Callable[[], None]], None],
        on_beat: Callable[[], None] | None = None,
        **_look: object,
    ) -> int:
        """The terminal is there: hand over and wait until the window has ended; return 0.

        It takes what `ui.application.run_window` takes, because it stands in for it; how the window
        looks was settled when it was opened. Called in the thread that made the terminal.
        """
        with self._lock:
            self._post = post
        subscribe(self._relay)
        self._beat = on_beat
        if self._end is not None:
            on_ready(self._end)
        self._ended.wait()
        return 0

    def _picture(self) -> Snapshot:
        return Snapshot(
            serial=0,
            screen=Screen.STARTING,
            starting=StartingView(done=frozenset()),
            manner=self._manner,
        )

    def _relay(self, snapshot: Snapshot) -> None:
        """Show what the terminal says, in the manner chosen before it was there."""
        with self._lock:
            if snapshot.manner == self._wanted:
                self._wanted = None
            wanted, post = self._wanted, self._post
            # A screen that changes meanwhile drops what was asked on the one before.
            new = wanted is not None and snapshot.screen is not self._asked_on
            self._asked_on = snapshot.screen
        if wanted is not None and new and post is not None:
            for touch in _touches(snapshot, wanted):
                post(touch)
        show = self._show  # read once: the window may end meanwhile
        if show is not None:
            show(snapshot if wanted is None else replace(snapshot, manner=wanted))


def _touches(snapshot: Snapshot, wanted: Manner) -> Iterator[Touch]:
    """What leads from the manner of this snapshot to the wanted one."""
    now, screen = snapshot.manner, snapshot.screen
    if now.language is not wanted.language:
        yield Touch(screen=screen, action=Action.LANGUAGE, value=wanted.language.value)
    if now.contrast is not wanted.contrast:
        yield Touch(screen=screen, action=Action.CONTRAST)
    if now.low is not wanted.low:
        yield Touch(screen=screen, action=Action.LOW)
    if now.large is not wanted.large:
        yield Touch(screen=screen, action=Action.LARGE)
