"""The fee's terms as a line of the slip: "5 %, не менее 10,00 руб."

Only tells what the table of fees says; it must never compute a fee.
"""

from config.catalogue import FeeBand
from kiosk.receipts.figures import money_text
from kiosk.receipts.wording import Wording

_HUNDRED = 100


def fee_words(band: FeeBand, wording: Wording) -> str:
    """The terms of one band of the table, in the customer's language."""
    said = []
    if band.percent_bp:
        said.append(wording.say("fee.percent", percent=_percent(band.percent_bp)))
    if band.fixed_minor:
        key = "fee.plus" if band.percent_bp else "fee.fixed"
        said.append(wording.say(key, sum=_money(band.fixed_minor, wording)))
    if not said and not band.min_minor:
        return wording.say("fee.none")
    if band.min_minor:
        said.append(wording.say("fee.least", sum=_money(band.min_minor, wording)))
    if band.max_minor is not None:
        said.append(wording.say("fee.most", sum=_money(band.max_minor, wording)))
    return ", ".join(said)


def _percent(basis_points: int) -> str:
    whole, rest = divmod(basis_points, _HUNDRED)
    return f"{whole},{rest:02d}".rstrip("0").rstrip(",")


def _money(minor: int, wording: Wording) -> str:
    return wording.say("sums.money", sum=money_text(minor))
