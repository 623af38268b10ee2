"""What every simulated terminal has in common: catalogue, words, rules. Built once a process."""

from dataclasses import dataclass
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from config.catalogue import load_catalogue
from config.settings import load_settings
from drivers.printers.models import find_model
from kiosk.receipts.issuer import SlipIssuer
from kiosk.receipts.wording import load_wording
from kiosk.session.navigation import Shop
from kiosk.terminal.rules import TerminalRules, rules_of
from kiosk.terminal.slips import SlipMaker

HOTLINE: Final = "8-800-707-77-59"
TERMINAL_ID: Final = "00000042"
PROVIDERS: Final = ("mts", "beeline", "megafon", "tele2", "yota", "wallet")
"""Providers whose account is a mobile number: each customer has one of her own."""
_CHECK_URL: Final = "https://example.org/c/{payment}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shopfront:
    """See the module."""

    shop: Shop
    maker: SlipMaker
    rules: TerminalRules


@cache
def shopfront() -> Shopfront:
    """The one of this process."""
    settings = load_settings(None, overrides={"terminal": {"id": TERMINAL_ID}})
    catalogue = load_catalogue()
    issuer = SlipIssuer(
        agent_name="Агент",
        inn="0000099991",
        agent_address="Город",
        terminal_id=TERMINAL_ID,
        terminal_address="Улица",
        hotlines=(HOTLINE,),
        demo=True,
    )
    maker = SlipMaker(
        issuer=issuer,
        wording=load_wording("ru"),
        model=find_model("generic_epson"),
        zone=ZoneInfo("Europe/Moscow"),
        catalogue=catalogue,
        check_url=_CHECK_URL,
    )
    return Shopfront(shop=Shop(catalogue), maker=maker, rules=rules_of(settings))
