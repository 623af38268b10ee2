"""The fee and the terms in words, out of the bands the terminal published.

Nothing is computed: percents, floors and limits are only put into sentences.
"""

from dataclasses import dataclass
from typing import TypedDict

from PySide6.QtCore import QCoreApplication

from kiosk.terminal.snapshot import FeeBandView, TermsView
from ui.viewmodels.money_text import brief, percent, span_start


class BandLine(TypedDict):
    """One band as QML sees it."""

    reach: str
    fee: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsText:
    """The terms card: heading, lines of bands (empty for a single band), limits, whom to claim
    from.
    """

    heading: str
    bands: tuple[BandLine, ...]
    limits: str
    limits_brief: str
    no_change: str
    receiver: str
    receiver_phone: str
    demo_legal: bool


NO_TERMS = TermsText(
    heading="",
    bands=(),
    limits="",
    limits_brief="",
    no_change="",
    receiver="",
    receiver_phone="",
    demo_legal=False,
)


def terms_text(terms: TermsView) -> TermsText:
    """Return the terms in words."""
    return TermsText(
        heading=_heading(terms.bands),
        bands=band_lines(terms.bands) if len(terms.bands) > 1 else (),
        limits=_limits(terms),
        limits_brief=_limits_brief(terms),
        no_change=_no_change(terms.bands),
        receiver=terms.legal_name,
        receiver_phone=terms.support_phone,
        demo_legal=terms.demo_legal,
    )


def _limits(terms: TermsView) -> str:
    if terms.min_minor == terms.max_minor:
        text = QCoreApplication.translate("Terms", "Exactly %1 is to be inserted.")
        return text.replace("%1", brief(terms.max_minor))
    text = QCoreApplication.translate("Terms", "One payment: from %1 to %2.")
    return text.replace("%1", span_start(terms.min_minor)).replace("%2", brief(terms.max_minor))


def _limits_brief(terms: TermsView) -> str:
    if terms.min_minor == terms.max_minor:
        return _limits(terms)
    text = QCoreApplication.translate("Terms", "From %1 to %2, no change.")
    return text.replace("%1", span_start(terms.min_minor)).replace("%2", brief(terms.max_minor))


def fee_label(bands: tuple[FeeBandView, ...]) -> str:
    """Return the name of the fee line with the rate in force, such as `Fee 5 %`."""
    current = next((band for band in bands if band.current), bands[0] if bands else None)
    if current is None:
        return QCoreApplication.translate("Terms", "Fee")
    if _is_free(current):
        return QCoreApplication.translate("Terms", "No fee")
    return QCoreApplication.translate("Terms", "Fee %1").replace("%1", _rate(current))


def band_fee(band: FeeBandView) -> str:
    """Return one band's fee in words: rate, fixed part, floor and ceiling."""
    if _is_free(band):
        return QCoreApplication.translate("Terms", "no fee")
    text = _rate(band)
    if band.min_minor:
        text += QCoreApplication.translate("Terms", ", at least %1").replace(
            "%1", brief(band.min_minor)
        )
    if band.max_minor is not None:
        text += QCoreApplication.translate("Terms", ", at most %1").replace(
            "%1", brief(band.max_minor)
        )
    return text


def _brief_fee(band: FeeBandView) -> str:
    if _is_free(band):
        return QCoreApplication.translate("Terms", "no fee")
    text = _rate(band)
    if band.min_minor:
        text += QCoreApplication.translate("Terms", ", min. %1").replace(
            "%1", brief(band.min_minor)
        )
    if band.max_minor is not None:
        text += QCoreApplication.translate("Terms", ", max. %1").replace(
            "%1", brief(band.max_minor)
        )
    return text


def _is_free(band: FeeBandView) -> bool:
    return not (band.percent_bp or band.fixed_minor or band.min_minor)


def _rate(band: FeeBandView) -> str:
    parts = [percent(band.percent_bp)] if band.percent_bp else []
    if band.fixed_minor:
        parts.append(brief(band.fixed_minor))
    return " + ".join(parts) or brief(band.min_minor)


def _heading(bands: tuple[FeeBandView, ...]) -> str:
    if not bands or all(_is_free(band) for band in bands):
        return QCoreApplication.translate("Terms", "No fee")
    if len(bands) > 1:
        return QCoreApplication.translate("Terms", "The fee depends on the sum")
    return QCoreApplication.translate("Terms", "Fee %1").replace("%1", band_fee(bands[0]))


def _no_change(bands: tuple[FeeBandView, ...]) -> str:
    if all(_is_free(band) for band in bands):
        return QCoreApplication.translate("Terms", "No change: all you insert is paid.")
    return QCoreApplication.translate("Terms", "No change: all you insert is paid, less the fee.")


def band_lines(bands: tuple[FeeBandView, ...]) -> tuple[BandLine, ...]:
    """Return each band in a line: its reach and its fee."""
    return tuple(
        BandLine(reach=_reach(band), fee=_brief_fee(band), current=band.current) for band in bands
    )


def _reach(band: FeeBandView) -> str:
    if band.to_minor is None:
        return QCoreApplication.translate("Terms", "from %1").replace("%1", brief(band.from_minor))
    if not band.from_minor:
        return QCoreApplication.translate("Terms", "under %1").replace("%1", brief(band.to_minor))
    return (
        QCoreApplication.translate("Terms", "from %1 to %2")
        .replace("%1", span_start(band.from_minor))
        .replace("%2", brief(band.to_minor))
    )
