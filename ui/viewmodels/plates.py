"""Plates instead of logos: a provider becomes an initial on a colour that belongs to its name.

Well-known names get the hue people expect; all others take one of a fixed set by a hash of the name
that is the same on every terminal. Each ground comes with the ink that reads on it (at least 4.5:1,
tested).
"""

from typing import TypedDict
from zlib import crc32

from kiosk.terminal.snapshot import CategoryItem, ProviderItem
from ui.viewmodels.catalogue_text import translated

WHITE = "#FFFFFF"
INK = "#10203A"

KNOWN = {
    "mts": ("#C8102E", WHITE),
    "mts_home": ("#C8102E", WHITE),
    "mgts": ("#C8102E", WHITE),
    "beeline": ("#F2B705", INK),
    "megafon": ("#0B7F3A", WHITE),
    "tele2": ("#1F2229", WHITE),
    "yota": ("#0078B5", WHITE),
    "motiv": ("#C2410C", WHITE),
    "rostelecom": ("#6A35C9", WHITE),
    "sberbank": ("#14804A", WHITE),
    "vtb": ("#0A4FA3", WHITE),
    "alfabank": ("#D3222A", WHITE),
    "qiwi_wallet": ("#FF8C00", INK),
    "qvc": ("#FF8C00", INK),
    "yoomoney": ("#7B2FF2", WHITE),
    "steam": ("#1B2838", WHITE),
    "troika": ("#0072BC", WHITE),
    "strelka": ("#B3124A", WHITE),
    "mosenergosbyt": ("#C2500A", WHITE),
    "tricolor": ("#1D4FA1", WHITE),
    "gas": ("#0B63B0", WHITE),
}

PALETTE = (
    ("#0B3B5C", WHITE),
    ("#0F6B4F", WHITE),
    ("#7A1F5C", WHITE),
    ("#8A3B12", WHITE),
    ("#2F4AA0", WHITE),
    ("#5B2A86", WHITE),
    ("#17626B", WHITE),
    ("#8C1D18", WHITE),
    ("#4E5D1E", WHITE),
    ("#F2B705", INK),
    ("#9FD6C2", INK),
    ("#A8C7F0", INK),
)

CATEGORY_ICONS = {
    "cellular": "smartphone",
    "internet_tv": "wifi",
    "utilities": "house",
    "banks": "landmark",
    "loans": "credit-card",
    "microloans": "hand-coins",
    "wallets": "wallet",
    "games": "gamepad-2",
    "transport": "bus",
    "state": "file-text",
    "charity": "heart-handshake",
    "direct_sales": "shopping-bag",
    "education": "graduation-cap",
    "legal_entity": "building-2",
}
ICON_OF_UNKNOWN_CATEGORY = "layout-grid"


class ProviderPlate(TypedDict):
    """A provider as QML sees it."""

    code: str
    name: str
    initial: str
    ground: str
    ink: str


class CategoryPlate(TypedDict):
    """A category as QML sees it."""

    code: str
    title: str
    icon: str


NO_PROVIDER = ProviderPlate(code="", name="", initial="", ground=PALETTE[0][0], ink=WHITE)


def provider_plate(item: ProviderItem) -> ProviderPlate:
    """Return the provider with its initial and colours."""
    ground, ink = KNOWN.get(item.code) or PALETTE[crc32(item.name.encode()) % len(PALETTE)]
    return ProviderPlate(
        code=item.code,
        name=translated(item.name),
        initial=_initial(item.name),
        ground=ground,
        ink=ink,
    )


def category_plate(item: CategoryItem) -> CategoryPlate:
    """Return the category with its icon."""
    icon = CATEGORY_ICONS.get(item.code, ICON_OF_UNKNOWN_CATEGORY)
    return CategoryPlate(code=item.code, title=translated(item.title), icon=icon)


def _initial(name: str) -> str:
    quoted = name.partition("\u00ab")[2] or name
    return next((sign for sign in quoted if sign.isalnum()), "").upper()
