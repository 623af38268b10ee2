"""Makes the maker of slips from the settings of a terminal.

Templates of one's own are loaded here, once; a bundle that cannot be used is told by an alarm and
left out, and must never keep a terminal from starting.
"""

from zoneinfo import ZoneInfo

import structlog

from config.catalogue import Catalogue
from config.receipt_section import ReceiptSettings
from config.settings import Settings
from drivers.printers.models import find_model
from kiosk.receipts.issuer import SlipIssuer
from kiosk.receipts.templates.library import TemplateSet
from kiosk.receipts.wording import load_wording
from kiosk.receipts.writer import SlipWriter
from kiosk.terminal.slips import SlipMaker

_log = structlog.get_logger(__name__)


def slip_maker_of(settings: Settings, catalogue: Catalogue) -> SlipMaker:
    """The maker of this terminal's slips; raises UnknownPrinterModelError."""
    terminal = settings.terminal
    return SlipMaker(
        issuer=SlipIssuer(
            agent_name=terminal.agent_name,
            inn=terminal.agent_inn,
            agent_address=terminal.agent_address,
            agent_phone=terminal.agent_phone,
            terminal_id=terminal.id,
            terminal_address=terminal.address,
            hotlines=settings.hotline.numbers,
            demo=terminal.demo,
        ),
        wording=load_wording(settings.display.language),
        model=find_model(settings.printer.model),
        zone=ZoneInfo(terminal.timezone),
        catalogue=catalogue,
        check_url=settings.receipt.check_url,
        writer=SlipWriter(own=_own_templates(settings.receipt)),
    )


def _own_templates(wanted: ReceiptSettings) -> tuple[TemplateSet, ...]:
    if wanted.template_folder is None:
        return ()
    # What checks and reads bundles is slow to load, and most terminals have none.
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from kiosk.receipts.templates.bundle_store import BundleStore

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(wanted.template_key))
        return BundleStore(folder=wanted.template_folder, key=key).sets()
    except (OSError, ValueError) as error:
        _log.error("slip_templates_unreadable", alarm="template refused", why=str(error))
        return ()
