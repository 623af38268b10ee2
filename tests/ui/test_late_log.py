"""The window's log is loaded late and loses nothing."""

import subprocess
import sys

from structlog.testing import capture_logs

from ui.late_log import LateLog, hold_events, release_events


def test_what_was_told_before_the_log_was_set_up_is_told_then_in_order() -> None:
    log = LateLog("ui.window")
    with capture_logs() as logs:
        hold_events()
        log.info("window shown", fullscreen=True)
        log.warning("qml", text="?")
        assert logs == []
        release_events()
        log.error("brand_refused", alarm="brand refused")
    assert [(one["event"], one["log_level"]) for one in logs] == [
        ("window shown", "info"),
        ("qml", "warning"),
        ("brand_refused", "error"),
    ]


def test_the_window_loads_nothing_heavy_before_its_first_frame() -> None:
    heavy = ("structlog", "pydantic", "sqlalchemy", "typer", "requests", "PySide6.QtTest")
    code = (
        "import sys, kiosk.__main__, kiosk.window_first;"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout == "[]\n"
