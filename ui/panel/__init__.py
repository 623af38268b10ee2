"""The demo's side panel: feeds notes and breaks things around a terminal, in a window of its own.

It is no part of the kiosk and never runs beside a real device; it knows the stand only through
`PanelController`.
"""

from ui.panel.controller import (
    COUNTERFEIT,
    NOTES_MINOR,
    PanelController,
    PanelError,
    PanelStatus,
    PaymentLine,
)
from ui.panel.run import run_panel

__all__ = [
    "COUNTERFEIT",
    "NOTES_MINOR",
    "PanelController",
    "PanelError",
    "PanelStatus",
    "PaymentLine",
    "run_panel",
]
