"""What must be true of the process before Qt starts: renderer, scaling, input method, caches.

It only sets environment variables that the operator left unset and fixes the renderer; it opens
nothing.
"""

import os

from PySide6.QtQuick import QQuickWindow, QSGRendererInterface

from ui.binding_check import require_sound_binding

DEFAULTS = {
    "QT_ENABLE_HIGHDPI_SCALING": "0",
    "QT_WAYLAND_DISABLE_WINDOWDECORATION": "1",
    "QML_DISABLE_DISK_CACHE": "1",
}
"""Pixels are the panel's own, no decorations in a kiosk session, no writes on a read-only root."""

FORBIDDEN = ("QT_IM_MODULE", "QT_QUICK_CONTROLS_STYLE")
"""The keyboard is ours, and so is the look."""


def prepare_environment(*, software_renderer: bool = True) -> None:
    """Set the process up for a kiosk window. Must run before the first QGuiApplication.

    Without `software_renderer` Qt chooses: only for boards whose graphics card has a real driver.
    """
    require_sound_binding()
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    for name in FORBIDDEN:
        os.environ.pop(name, None)
    if software_renderer:
        force_software_renderer()


def force_software_renderer() -> None:
    """Draw with the CPU: a kiosk board must never fall back to an emulated GPU. Before the first
    window.
    """
    QQuickWindow.setGraphicsApi(QSGRendererInterface.GraphicsApi.Software)
