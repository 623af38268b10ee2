"""Limitations as QML sees them: a sentence, two words and an icon each."""

from typing import TypedDict

from kiosk.terminal.snapshot import Banner
from ui.viewmodels.words import banner_brief, banner_icon, banner_text


class BannerShown(TypedDict):
    """A limitation as QML sees it."""

    icon: str
    text: str
    brief: str


def banner_shown(banner: Banner) -> BannerShown:
    """Return the limitation in words."""
    return BannerShown(
        icon=banner_icon(banner), text=banner_text(banner), brief=banner_brief(banner)
    )
